"""Reading what points to something else: cases, properties, paragraphs of law, addresses, template fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from replyassist.domain import Span
from replyassist.text.facts.fact import Fact, any_of, cues
from replyassist.text.tokens import EMAIL, URL

EMAIL_ADDRESS = re.compile(rf"(?<![\w.+-]){EMAIL}", re.IGNORECASE)
WEB_ADDRESS = re.compile(rf"(?<![\w@.-])(?:{URL})", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|\{[\w. -]{0,40}\}|%\([\w.]{1,40}\)[sdif]"
    r"|(?<![\w%])%[sd](?!\w)"
    r"|<<[^<>\n]{1,60}>>|<[^\W\d_][\w-]{0,40}>|«\w{0,40}_\w{0,40}»|\[\[[^\[\]\n]{1,60}\]\]"
    r"|\[[A-ZÆØÅÄÖ][A-ZÆØÅÄÖ0-9_ /-]{1,40}\]|(?<!\w)__\w{1,40}?__(?!\w)"
)
YEAR_AND_NUMBER = re.compile(
    r"(?<![\w/.:-])(?:(?:19|20)\d\d|\d\d(?=/\d{4}))/\d{1,8}(?:-\d{1,5})?(?![\w/]|[.:,]\d)"
)
# Denmark: a subject number of the municipalities' common list and what follows it, or a year and a number.
SUBJECT_NUMBER = re.compile(
    r"(?<![\w.-])(?:\d\d\.\d\d\.\d\d-[A-Z]\d\d-\d{1,5}-\d\d|(?:19|20)\d\d-\d{5,7})(?![\w-])"
)
SERIES = re.compile(r"(?<!\w)[A-ZÆØÅÄÖ]{2,8}[ -]?(?:19|20)\d\d[-/:.]\d{1,8}(?:-\d{1,5})?(?![\w/])")
# "2025/26" and "2025/2026" are school years and seasons.
YEAR_SPAN = re.compile(r"(\d\d)(\d\d)/(?:(\d\d))?(\d\d)\Z")
SWEDISH_PROPERTY = re.compile(
    r"(?<!\w)[A-ZÅÄÖÆØ][\w-]{1,30}(?: [A-ZÅÄÖÆØ][\w-]{1,30}){0,2} (?:s:)?\d{1,3}:\d{1,5}(?![\w:])"
)
STATUTE = re.compile(r"(?<![\w:])(?:1[89]|20)\d\d:\d{1,4}(?![\w:])")
SECTION = r"\d{1,3}(?: ?[a-h](?!\w))?(?:[-–]\d{1,3}(?: ?[a-h](?!\w))?)?"
PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,6}"  # international
    r"|\d\d \d\d \d\d \d\d|[489]\d\d \d\d \d{3}"  # Norway, Denmark
    r"|0\d{1,3}[-–/ ]\d{2,4}(?: ?\d{2,4}){1,3})"  # Sweden, Finland
    r"(?![\w/]|[.,:-]\d| \d)"
)
# With the "00" before it; shorter numbers that begin so are set aside for fiction.
SHORTEST_ABROAD = 10
NOT_DIGIT = re.compile(r"[^\d+]")


def find_addresses(text: str) -> Iterator[Fact]:
    """E-mail and web addresses, in lower case without the scheme, and template placeholders as they stand."""
    for match in EMAIL_ADDRESS.finditer(text):
        yield Fact("email", Span(*match.span()), match[0].lower())
    for match in WEB_ADDRESS.finditer(text):
        yield Fact("url", Span(*match.span()), re.sub(r"\Ahttps?://", "", match[0]).rstrip("/"))
    for match in PLACEHOLDER.finditer(text):
        yield Fact("placeholder", Span(*match.span()), match[0])


def find_case_numbers(text: str) -> Iterator[Fact]:
    """Case and journal numbers in prepared text, without the words that announce them."""
    for match in YEAR_AND_NUMBER.finditer(text):
        if not _is_year_span(match[0]):
            yield Fact("case-number", Span(*match.span()), match[0])
    for pattern in (SERIES, SUBJECT_NUMBER):
        for match in pattern.finditer(text):
            yield Fact("case-number", Span(*match.span()), match[0])
    for match in _announced_case().finditer(text):
        if any(c.isdigit() for c in match["number"]) and not _is_year_span(match["number"]):
            yield Fact("case-number", Span(*match.span("number")), match["number"])


def find_properties(text: str) -> Iterator[Fact]:
    """Cadastral numbers in prepared text: ``123/45``, ``Ekbacken 1:23``, ``12ab Lund By``."""
    for match in _norwegian_property().finditer(text):
        parts = ("pair", "parcel", "holding", "third", "fourth")
        yield Fact("property", Span(*match.span()), "/".join(match[name] for name in parts if match[name]))
    for match in _danish_property().finditer(text):
        number = match["number"].replace(" ", "").lower()
        yield Fact("property", Span(*match.span()), f"{number} {match['district'] or ''}".rstrip())
    for match in SWEDISH_PROPERTY.finditer(text):
        yield Fact("property", Span(*match.span()), match[0])
    for match in _swedish_block().finditer(text):
        yield Fact("property", Span(*match.span("name")), match["name"])


def find_law(text: str) -> Iterator[Fact]:
    """References to law in prepared text: ``20-4``, ``9:31`` (chapter, section), ``12(2)`` (subsection)."""
    for match in _law().finditer(text):
        section = match["section1"] or match["section2"]
        chapter = match["chapter1"] or match["chapter2"]
        below = match["below1"] or match["below2"] or match["below3"]
        value = (f"{chapter}:" if chapter else "") + _section(section) + (f"({below})" if below else "")
        yield Fact("law", Span(*match.span()), value)
        if match["plural"]:
            yield from _further_sections(text, match.end())
    for match in _sections_before().finditer(text):
        for section in re.finditer(SECTION, match["listed"]):
            start = match.start("listed") + section.start()
            yield Fact("law", Span(start, start + len(section[0])), _section(section[0]))
    for match in STATUTE.finditer(text):
        yield Fact("law", Span(*match.span()), match[0])


def find_phones(text: str) -> Iterator[Fact]:
    """Phone numbers in prepared text: digits, after a plus sign where there is one."""
    for match in PHONE.finditer(text):
        yield Fact("phone", Span(*match.span()), _phone(match[0]))
    for match in _announced_phone().finditer(text):
        if 5 <= len(_phone(match["number"])) <= 15:
            yield Fact("phone", Span(*match.span("number")), _phone(match["number"]))


def _phone(written: str) -> str:
    digits = NOT_DIGIT.sub("", written)
    return f"+{digits[2:]}" if digits.startswith("00") and len(digits) >= SHORTEST_ABROAD else digits


def _section(written: str) -> str:
    return written.replace(" ", "").replace("–", "-").lower()


def _is_year_span(number: str) -> bool:
    match = YEAR_SPAN.match(number)
    if match is None:
        return False
    century, year, next_century, next_year = match.groups()
    return int(next_year) == (int(year) + 1) % 100 and next_century in {None, century}


def _further_sections(text: str, start: int) -> Iterator[Fact]:
    """The sections after the first in "§§ 11-6, 19-2 og 20-4"."""
    following = _joined_section()
    while match := following.match(text, start):
        yield Fact("law", Span(*match.span("section")), _section(match["section"]))
        start = match.end()


@cache
def _joined_section() -> re.Pattern[str]:
    return re.compile(
        rf"(?:, |,? {any_of(cues('law')['joined'])} |,? &)(?P<section>{SECTION})(?!\w|[.,]\d| ?%)"
    )


@cache
def _sections_before() -> re.Pattern[str]:
    """The sections before the last in "20, 21 och 23 §§"."""
    return re.compile(
        rf"(?<![\w.,§-])(?<!§ )(?P<listed>{SECTION}(?:, {SECTION}){{0,8}}) {any_of(cues('law')['joined'])}"
        rf" (?={SECTION} ?§§)"
    )


@cache
def _law() -> re.Pattern[str]:
    table = cues("law")
    chapter = rf"(?<!\w){any_of(table['chapter'])} (?P<chapter1>\d{{1,2}}),? "
    numbered_chapter = rf"(?<!\w)(?P<chapter2>\d{{1,2}}) {any_of(table['chapter'])},? "
    below = any_of(table["subsection"])
    sign = rf"(?:(?P<plural>{any_of(table['plural'])})|§|(?<!\w){any_of(table['before'])})"
    return re.compile(
        rf"(?:{chapter}|{numbered_chapter})?(?:"
        rf"{sign}\s{{0,2}}(?P<section1>{SECTION})"
        rf"(?:,? {below} ?(?P<below1>\d{{1,2}})|\((?P<below2>\d{{1,2}})\))?"
        rf"|(?<![\w.,-])(?P<section2>{SECTION}) ?§§?(?! ?\d)(?:,? {below} ?(?P<below3>\d{{1,2}}))?)"
        rf"(?![\w]|[.,:]\d)",
        re.IGNORECASE,
    )


@cache
def _announced_case() -> re.Pattern[str]:
    before = any_of(cues("case")["before"])
    return re.compile(
        rf"(?<!\w){before}(?: ?nr\.)?[ :.]{{1,3}}"
        r"(?P<number>(?:[A-ZÆØÅÄÖ]{1,8}[ -]?)?\d[\w]{0,14}(?:[-/:.][\w]{1,14}){1,6}"
        r"|(?:[A-ZÆØÅÄÖ]{1,8}[ -]?)?\d{5,14})"
        r"(?![\w/])",
        re.IGNORECASE,
    )


@cache
def _announced_phone() -> re.Pattern[str]:
    before = any_of(cues("phone")["before"])
    return re.compile(
        rf"(?<!\w){before}[ :.]{{1,3}}(?P<number>\+?\d(?:[ -]?\d){{4,14}})(?![\w/]|[.,:-]\d)", re.IGNORECASE
    )


@cache
def _norwegian_property() -> re.Pattern[str]:
    table = cues("property")
    gap = r"[ :]{0,2}"
    further = "".join(
        rf"(?:,? {any_of(table['further'])}{gap}(?P<{name}>\d{{1,5}}))?" for name in ("third", "fourth")
    )
    return re.compile(
        rf"(?<!\w)(?:{any_of(table['parcel'])}{gap}(?P<parcel>\d{{1,5}})"
        rf",?(?: og| and)? {{0,2}}{any_of(table['holding'])}{gap}(?P<holding>\d{{1,5}}){further}"
        rf"|{any_of(table['both'])}{gap}(?P<pair>\d{{1,5}}/\d{{1,5}}(?:/\d{{1,5}}){{0,2}}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _danish_property() -> re.Pattern[str]:
    before = any_of(cues("property")["danish"])
    name = r"[A-ZÆØÅ][\w-]{1,30}"
    district = rf"(?-i:{name}(?: {name}){{0,2}} By(?!\w)(?:, {name})?)"
    number = r"\d{3}-\d{5,7}|\d{1,4} ?[a-zæøå]{0,3}"
    return re.compile(
        rf"(?<!\w){before}[ :]{{0,2}}(?P<number>{number})(?!\w)(?:,? (?P<district>{district}))?",
        re.IGNORECASE,
    )


@cache
def _swedish_block() -> re.Pattern[str]:
    before = any_of(cues("property")["swedish"])
    name = r"[A-ZÅÄÖ][\w-]{1,30}"
    number = r"\d{1,4}(?![\w:]|[.,]\d)"
    return re.compile(rf"(?<!\w)(?i:{before}) (?P<name>{name}(?: {name}){{0,2}} {number})")

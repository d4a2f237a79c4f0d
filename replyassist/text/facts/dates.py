"""Reading dates and times of day as Nordic and other European letters write them; the day stands first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from replyassist.domain import Span
from replyassist.text.facts.fact import Fact, any_of, cues
from replyassist.text.vocabulary import months

NAME = r"[^\W\d_]{2,14}\.?(?: [^\W\d_]{2,14})?"
DAY_MONTH = re.compile(
    rf"(?<![\d.,/:-])(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|-го|-е)?\s{{0,3}}(?:(?:de|of|day of|من) )?"
    rf"(?P<month>{NAME})"
)
YEAR_AFTER = re.compile(
    r"(?:\.?,? | de | del | (?:من )?ل?عام | (?:من )?سنة |\s{1,3})(?P<year>(?:1[89]|2[01])\d\d)"
    r"(?!\d|[/:.,-]\d)"
)
# "14 آذار/مارس": the two names that a month has in Arabic.
SAME_MONTH = re.compile(r" ?[/(] ?(?P<month>[^\W\d_]{2,14})\)?")
MONTH_DAY = re.compile(
    r"(?<!\w)(?P<month>[^\W\d_]{3,14})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:/]|[.,]\d|\w)"
    r"(?:,? (?P<year>(?:1[89]|2[01])\d\d)(?!\d))?"
)
MONTH_YEAR = re.compile(
    r"(?<!\w)(?P<month>[^\W\d_]{3,14}(?: (?:الأول|الاول|الثاني))?)\.?(?: de| del| månad| måned)? "
    r"(?P<year>(?:1[89]|2[01])\d\d)(?!\d|[/:.,-]\d)"
)
YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?: [mг]\.)? (?P<month>[^\W\d_]{3,14}) (?P<day>\d{1,2})(?!\d)"
)
ISO = re.compile(
    r"(?<![\w/:.-])(?P<year>\d{4})(?P<sign>[-.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\w/:-]|\.\d)"
)
NUMERIC = re.compile(
    r"(?<![\w/:,-])(?<!\d\.)(?P<day>\d{1,2})(?:\. ?|[/-])(?P<month>\d{1,2})(?:\. ?|[/-]| (?=\d{4}))"
    r"(?P<year>\d{4}|\d{2})(?![\w/:-]|[.,]\d)"
)
WITHOUT_YEAR = re.compile(r"(?<![\w/:.,-])(?P<day>\d{2})\.(?P<month>\d{2})\.(?!\w)")
SLASHED = re.compile(r"(?<!\w)(?:den|d\.|the) (?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/-])", re.IGNORECASE)
CHINESE = re.compile(r"(?:(?P<year>\d{4})\s?年\s?)?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]")
# Years written with two digits: up to here they are of this century.
LAST_SHORT_YEAR = 68
LEAP_YEAR = 2000
# Names of months that are verbs in the same language: only a date where they are capitalised.
AMBIGUOUS = frozenset({"may", "march"})
REACH = 24


def find_dates(text: str) -> Iterator[Fact]:
    """Dates in prepared text; two readings of one place may overlap."""
    for match in DAY_MONTH.finditer(text):
        yield from _named(text, match)
    for pattern in (MONTH_DAY, YEAR_MONTH_DAY):
        for match in pattern.finditer(text):
            month = _month(match["month"])
            if month and (match["month"][0].isupper() or pattern is YEAR_MONTH_DAY):
                yield from _fact(match.start(), match.end(), match["year"], month, match["day"])
    yield from _worded(text)
    for match in MONTH_YEAR.finditer(text):
        month = _month(match["month"])
        if month and match["month"] not in AMBIGUOUS:
            yield Fact("date", Span(*match.span()), f"{match['year']}-{month:02}")
    for pattern in (ISO, CHINESE):
        for match in pattern.finditer(text):
            yield from _fact(match.start(), match.end(), match["year"], int(match["month"]), match["day"])
    for match in NUMERIC.finditer(text):
        yield from _numeric(match)
    for pattern in (WITHOUT_YEAR, SLASHED):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - REACH) : match.start()]
            if not _parts().search(before):
                start, end = match.start("day"), match.end("month")
                yield from _fact(start, end, None, int(match["month"]), match["day"])


def find_times(text: str) -> Iterator[Fact]:
    """Times of day in prepared text, as ``14:30``."""
    for match in _time().finditer(text):
        for hour, minute, half in (("h1", "m1", "half1"), ("h2", "m2", "half2")):
            if match[hour] is None:
                continue
            value = _clock(match[hour], match[minute], match[half] or match["half2"])
            if value is None:
                break
            end = match.end(half) if match[half] else max(match.end(hour), match.end(minute))
            yield Fact("time", Span(match.start(hour), end), value)


def _worded(text: str) -> Iterator[Fact]:
    for match in _in_words().finditer(text):
        if (month := _month(match["month"])) and match["month"] not in AMBIGUOUS:
            year = YEAR_AFTER.match(text, match.end())
            end, day = year.end() if year else match.end(), _ordinals()[match["day"].casefold()]
            yield from _fact(match.start(), end, year and year["year"], month, day)


def _named(text: str, match: re.Match[str]) -> Iterator[Fact]:
    name, end = match["month"], match.end("month")
    month = _month(name)
    if month is None:
        name = name.split(" ")[0]
        month, end = _month(name), match.start("month") + len(name)
    if month is None or name in AMBIGUOUS:
        return
    if (again := SAME_MONTH.match(text, end)) and _month(again["month"]) == month:
        end = again.end()
    year = YEAR_AFTER.match(text, end)
    if year is None and name.endswith("."):
        end -= name.casefold().rstrip(".") in months() and len(name.rstrip(".")) > 4
    yield from _fact(
        match.start("day"), year.end() if year else end, year and year["year"], month, match["day"]
    )


def _numeric(match: re.Match[str]) -> Iterator[Fact]:
    year, day, month = match["year"], match["day"], int(match["month"])
    if len(year) == 2:
        if "/" in match[0] and "." in match[0]:
            return
        year = f"{20 if int(year) <= LAST_SHORT_YEAR else 19}{year}"
    if month > 12 and "/" in match[0]:
        day, month = str(month), int(day)
    yield from _fact(match.start(), match.end(), year, month, day)


def _fact(start: int, end: int, year: str | None, month: int, day: str) -> Iterator[Fact]:
    try:
        read = date(int(year) if year else LEAP_YEAR, month, int(day))
    except ValueError:
        return
    yield Fact("date", Span(start, end), read.isoformat() if year else f"--{read:%m-%d}")


def _month(name: str) -> int | None:
    return months().get(name.casefold().rstrip("."))


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.casefold() in cues("time")["pm"] else 0)
    return f"{hours:02}:{minutes:02}" if hours <= 24 and minutes < 60 else None


@cache
def _in_words() -> re.Pattern[str]:
    """A day in words and the name that follows it: "den tredje april", "the third of April"."""
    return re.compile(
        rf"(?<![\w-])(?:(?:den|the) )?(?P<day>{any_of(list(_ordinals()))}) (?:(?:(?:day )?of|من) )?"
        rf"(?P<month>[^\W\d_]{{3,14}})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _ordinals() -> dict[str, str]:
    table: dict[str, list[str]] = cues("ordinal")
    return {word: day for day, words in table.items() for word in words}


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(cues('number')['of_parts'])} ?\Z", re.IGNORECASE)


@cache
def _time() -> re.Pattern[str]:
    """One time or a range of two, told by a cue, a colon, am or pm, or by being a range of such."""
    table = cues("time")
    half = f"{any_of(table['am'] + table['pm'])}(?!\\w)"
    link = rf" ?(?:[-–—]|{any_of(table['between'])}) ?(?:{any_of(table['before'])} )?"
    second = rf"(?:{link}(?P<h2>\d{{1,2}})(?:[.:](?P<m2>\d\d))?(?: ?(?P<half2>{half}))?(?![\d:]|[.,]\d))?"
    first = r"(?P<h1>\d{1,2})(?:(?:[.:]| ?h ?)(?P<m1>\d\d))?"
    cued = rf"(?<!\w){any_of(table['before'])} {{0,2}}(?=\d{{1,2}}[.:h]\d\d)"
    clock = rf"(?<!\w){any_of(table['hour'])} {{0,2}}(?=\d)"
    bare = rf"(?<![\w.,:/-])(?=\d\d:\d\d(?![\d:])|\d\d\.\d\d ?[-–—] ?\d\d\.\d\d(?![\d.])|{first_half(half)})"
    after = rf"(?: ?(?P<half1>{half})| ?{any_of(table['after'])})?"
    return re.compile(rf"(?:{cued}|{clock}|{bare}){first}{after}(?![\d:]|[.,]\d){second}", re.IGNORECASE)


def first_half(half: str) -> str:
    """An expression for a time that is told by what follows it, such as ``2.30 pm`` or ``14 Uhr``."""
    return rf"\d{{1,2}}(?:[.:]\d\d)? ?(?:{half}|{any_of(cues('time')['after'])}(?!\w))"

"""Telling the parts of a plain-text letter apart: headings, list items, addresses, greetings, signatures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from replyassist import languages
from replyassist.domain import Block, BlockKind, Span
from replyassist.languages import Language
from replyassist.text.lines import Line, find_paragraphs, join_lines, marker_end, width_of
from replyassist.text.vocabulary import months

LONGEST_HEADING = 110
LONGEST_GREETING = 60
LONGEST_ADDRESS_LINE = 60
LONGEST_SIGNATURE_LINE = 80
MOST_SPACES_OF_NAME = 3
FEWEST_SPACES_OF_LEAD_IN = 3  # shorter than four words, it is the heading of a list
MERGING = frozenset({"table", "address", "signature", "quote"})  # neighbouring lines are one block
ENDS_NO_HEADING = (".", "…", ";", ",")
# "5003 Bergen", "123 45 Malmö", "DK-2100 København Ø", "FI-00100 Helsinki".
# "Westby WB1 2AB" too: where the figures stand last, they hold letters.
POSTAL_LINE = re.compile(
    r"(?=\D*+\d)(?:(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{3} \d{2}),? [A-ZÆØÅÄÖ][^\d.,:;]{1,40}\Z"
    r"|(?:[^\W\d_][^\d.:;]{1,40} )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\Z)"
)
# "12 High Street": no list item, unless more lines begin so.
HOUSE_NUMBER = re.compile(r"\d{1,4} ?[A-Za-z]? [A-Z]")
# "Fjordvik, den 4. mai 2026", "Date 12.03.2026": at most three words, then a date with its year.
DATED = re.compile(
    r"(?:[^\W\d_]+[.,:]? ){0,3}(?:\d{1,2}(?:[./-]|st|nd|rd|th)? ?(?P<month>[^\W\d_]+|\d{1,2})[./ -] ?\d{4})\Z"
)
# "Time: 1 p.m." and "Sum: 4 200 kr." end as no sentence does.
UNIT_END = re.compile(r"(?:\d \w{1,3}|\w\.\w{1,3})\.\Z")
FIELD = re.compile(r"[^\W\d_][^:\n]{1,30}+:(?:\s+\S.{0,100})?\Z", re.DOTALL)
# What mail programs put above the message that they quote.
QUOTED_MAIL = re.compile(
    r"-{2,}.{0,60}-{2,}\Z|_{8,}\Z|(?:Fra|Från|From|Frå|Von|Od|Від):\s.{0,200}[@<]"
    r"|(?:Den|På|On|El|Am|Le) .{6,120}(?:skrev|wrote|schrieb|escribió|a écrit).{0,80}:\Z"
)
QUOTED_SENDER = re.compile(r"(?:Fra|Från|From|Frå|Von|Od|Від):\s")
# The line that mail programs put above a signature: all that follows belongs to it.
SIGNATURE_MARK = re.compile(r"^--[ \t]*\r?$", re.MULTILINE)
NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s")
LETTERS = re.compile(r"[^\W\d_]")
OTHERS = re.compile(r"[\s\d.,/:§()-]")
NEXT_SENTENCE = re.compile(r"[.!?:] *[^\W\d_]")
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")


@dataclass(slots=True)
class _Reading:
    """How far through the letter the reading has come."""

    begun: bool = False  # running text has been met: the letterhead is over
    closed: bool = False  # the closing has been met: names and addresses follow
    quoting: bool = False  # the message that is answered has been met: all that follows is its
    signing: bool = False  # the mark of a signature has been met: all that follows is its


@dataclass(frozen=True)
class _Paragraph:
    """The units between blank lines. What is asked for each of them is found out once: a list of thousands
    of items would else take the square of its length.
    """

    units: list[list[Line]]
    texts: list[str]
    is_last: bool

    @cached_property
    def is_running(self) -> bool:
        """Whether any of it reads as sentences."""
        return any(map(_is_running, self.texts))

    @cached_property
    def has_postal_line(self) -> bool:
        return any(POSTAL_LINE.match(line.text) for unit in self.units for line in unit)

    @cached_property
    def has_short_lines(self) -> bool:
        """Whether its lines are as those of letterheads, and no list."""
        items = [unit[0].text for unit in self.units if marker_end(unit[0].text)]
        return (
            len(items) <= 1
            and all(map(HOUSE_NUMBER.match, items))
            and all(len(line.text) <= LONGEST_ADDRESS_LINE for unit in self.units for line in unit)
        )

    @cached_property
    def has_no_sentence(self) -> bool:
        return not any(text.endswith((".", "!", "?", ",")) or FIELD.match(text) for text in self.texts)


class _Unit(NamedTuple):
    """Lines that run on, and what surrounds them; a tuple, since there are so many."""

    lines: list[Line]
    text: str
    paragraph: _Paragraph
    number: int  # in its paragraph

    @property
    def last_of_text(self) -> bool:
        return self.paragraph.is_last and self.number == len(self.paragraph.units) - 1

    @property
    def first(self) -> bool:
        return self.number == 0

    @property
    def alone(self) -> bool:
        return len(self.paragraph.units) == 1

    @property
    def following(self) -> list[Line] | None:
        """The next unit of the paragraph."""
        units = self.paragraph.units
        return units[self.number + 1] if self.number + 1 < len(units) else None

    @property
    def before_running_text(self) -> bool:
        """Whether the next unit of the paragraph is running text."""
        return self.following is not None and _is_running(" ".join(line.text for line in self.following))

    @property
    def before_table(self) -> bool:
        """Whether the next unit of the paragraph is a row of cells."""
        return self.following is not None and self.following[0].cells

    @property
    def leads_in_text(self) -> bool:
        """Whether running text follows that is no list item."""
        following = self.following
        return self.first and following is not None and not marker_end(following[0].text)

    @property
    def leads_in_list(self) -> bool:
        """Whether it is the beginning of sentences that its list items end: "Send us" and what to send."""
        following = self.following
        return (
            following is not None
            and not marker_end(self.text)
            and marker_end(following[0].text) > 0
            and self.text.count(" ") >= FEWEST_SPACES_OF_LEAD_IN
        )


def find_structure(text: str, language: Language | None = None) -> tuple[Block, ...]:
    """Find the blocks of a plain text, in order and without overlap.

    Args:
        text: a letter, an e-mail or any other text.
        language: gives the words of greetings and closings; None takes those of all drafting languages.
    """
    state = _Reading()
    salutations, closings = _greetings(language)
    blocks: list[Block] = []
    mark = SIGNATURE_MARK.search(text)
    for unit in _units(text):
        start = unit.lines[0].start
        state.signing = state.begun and mark is not None and start > mark.start()
        kind = _kind(unit, state, salutations, closings)
        if kind == "heading" and (marker := MARKDOWN_HEADING.match(unit.text)):
            start += marker.end()
        _add(blocks, Block(kind, Span(start, unit.lines[-1].end)), text)
        state.begun |= kind in {"salutation", "paragraph"}
        state.closed = kind in {"closing", "signature"}
        state.quoting |= kind == "quote" and not unit.text.startswith(">")
    if [block.kind for block in blocks] == ["address"] and not any(c.isdigit() for c in text):
        return (Block("paragraph", blocks[0].span),)  # a line alone heads no letter: it is what was written
    return tuple(blocks)


def _units(letter: str) -> Iterator[_Unit]:
    paragraphs = list(find_paragraphs(letter))
    page_width = width_of(paragraphs)
    for lines in paragraphs:
        units = list(join_lines(lines, page_width))
        texts = [" ".join([line.text for line in unit]) for unit in units]
        paragraph = _Paragraph(units, texts, lines is paragraphs[-1])
        for number, text in enumerate(texts):
            composed = unicodedata.normalize("NFC", text)
            if LETTERS.search(composed) or any(map(str.isdigit, composed)):
                yield _Unit(units[number], composed, paragraph, number)


def _kind(  # noqa: PLR0911, PLR0912  # one line per kind, in the order that decides
    unit: _Unit, state: _Reading, salutations: tuple[str, ...], closings: tuple[str, ...]
) -> BlockKind:
    text = unit.text
    if state.quoting or text.startswith(">") or (state.begun and _begins_quotation(unit)):
        return "quote"
    if state.signing:
        return "signature"
    if state.begun and len(text) <= LONGEST_GREETING and _begins_with(text, closings):
        return "closing"
    if state.closed and all(len(line.text) <= LONGEST_SIGNATURE_LINE for line in unit.lines):
        return (
            "signature" if not text.endswith((".", "?")) or unit.lines[0].text.count(" ") < 3 else "paragraph"
        )
    if unit.alone and _is_date(text):
        return "address"
    if not state.begun and not unit.lines[0].cells and _is_address(unit):
        return "address"
    if unit.lines[0].cells or _is_field(unit, state):
        return "table" if state.begun or not text.endswith(":") else "address"
    if _is_salutation(text, salutations):
        return "salutation"
    if _is_heading(unit, state):
        return "heading"
    if marker_end(text):
        return "list-item"
    if unit.leads_in_list:
        return "paragraph"
    if not state.begun and not _is_running(text) and len(text) <= LONGEST_ADDRESS_LINE:
        return "address"
    if unit.paragraph.is_last and (not unit.alone or _is_name(unit, state)) and not _is_running(text):
        return "signature"
    if not unit.alone and not unit.paragraph.is_running:
        return "address" if unit.paragraph.has_postal_line else "list-item"
    return "paragraph"


def _is_date(text: str) -> bool:
    """Whether it says when the letter was written, and perhaps where."""
    dated = DATED.match(text) if text[-1].isdecimal() else None
    return dated is not None and (dated["month"].isdigit() or dated["month"].casefold() in months())


def _is_name(unit: _Unit, state: _Reading) -> bool:
    """Whether it is a name alone under the text: of a person, or of an office."""
    text = unit.text
    return state.begun and text.count(" ") <= MOST_SPACES_OF_NAME and text[0].isupper()


def _is_field(unit: _Unit, state: _Reading) -> bool:
    """Whether it is a label and its value, such as a reference or a sum."""
    text = unit.text
    if not FIELD.match(text) or text.endswith(("!", "?")) or unit.lines[0].marked:
        return False
    if text.endswith(".") and not UNIT_END.search(text):
        return False
    if text.endswith(":") and unit.following and marker_end(unit.following[0].text):
        return False  # "Send us:" leads in a list
    # "You must do this:" leads in what follows; a label is shorter, or has its value beside it.
    return not (state.begun and text.endswith(":") and text.count(" ") >= FEWEST_SPACES_OF_LEAD_IN - 1)


def _begins_quotation(unit: _Unit) -> bool:
    """Whether it is what a mail program puts above the message that is answered."""
    if QUOTED_MAIL.match(unit.text) or (len(unit.lines) > 1 and QUOTED_MAIL.match(unit.lines[0].text)):
        return True
    return bool(QUOTED_SENDER.match(unit.text) and unit.following and FIELD.match(unit.following[0].text))


def _is_running(text: str) -> bool:
    """Whether a unit reads as sentences: it ends as they do, or it is too long for anything else."""
    return text.endswith((".", "!", "?", ":", "…")) or len(text) > LONGEST_HEADING


def _is_address(unit: _Unit) -> bool:
    """Whether it stands in the letterhead: an address, or the lines of sender and receiver."""
    if not unit.paragraph.has_short_lines:
        return False
    if unit.paragraph.has_postal_line:
        return True
    if not unit.alone:
        return unit.paragraph.has_no_sentence
    # A date or a reference on a line of its own: hardly any letters beside the figures.
    text = unit.text
    if text[-1] in ".!?" or not any(map(str.isdigit, text)):
        return False
    return len(OTHERS.findall(text)) * 2 > len(text)


def _is_heading(unit: _Unit, state: _Reading) -> bool:
    text = unit.text
    if MARKDOWN_HEADING.match(text):
        return True
    if len(text) > LONGEST_HEADING or len(unit.lines) > 2 or text.endswith(ENDS_NO_HEADING):
        return False
    if text.endswith((":", "!")) or unit.last_of_text or not LETTERS.search(text) or text[0].islower():
        return False
    if marker_end(text) and not (NUMBERED_HEADING.match(text) and (unit.alone or unit.leads_in_text)):
        return False
    if unit.alone:
        return not text.endswith("?") or state.begun
    return unit.first and (unit.before_running_text or unit.before_table)


def _is_salutation(text: str, salutations: tuple[str, ...]) -> bool:
    if len(text) > LONGEST_GREETING or text[-1] in ".?" or not _begins_with(text, salutations):
        return False
    inner = text.rstrip(",!.: ")
    return not NEXT_SENTENCE.search(inner) and inner.count(" ") < 7


def _begins_with(text: str, phrases: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return folded.startswith(phrases) and any(
        folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum()
        for phrase in phrases
    )


@cache
def _greetings(language: Language | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = [language] if language else [languages.load(tag) for tag in languages.available()]
    salutations = {word.casefold() for each in known for word in each.salutations}
    closings = {phrase.casefold() for each in known for phrase in each.closings}
    return tuple(sorted(salutations)), tuple(sorted(closings))


def _add(blocks: list[Block], block: Block, text: str) -> None:
    """Add a block; neighbouring lines of one table, address, signature or quotation are one block."""
    if blocks and blocks[-1].kind == block.kind and block.kind in MERGING:
        gap = text[blocks[-1].span.end : block.span.start]
        if len(gap.splitlines()) < 2 or block.kind in {"quote", "signature"}:
            blocks[-1] = Block(block.kind, Span(blocks[-1].span.start, block.span.end))
            return
    blocks.append(block)

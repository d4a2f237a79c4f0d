"""Lines of a plain text, and which of them run on: a newline inside a wrapped paragraph ends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from replyassist.text.vocabulary import months

# Wider lines were not broken by hand or by a mail program: there, a newline is the writer's.
WIDEST_WRAP = 120
NARROWEST_WRAP = 40
# A list item's marker, with the white space that sets it off: bullets, Word's two among them, boxes to tick,
# letters and numbers. None begins with a capital letter, as most lines do: told at once.
MARKER = re.compile(
    r"(?![A-ZÆØÅÄÖ])(?:[-–—•*·‣▪◦●○■□✓✔➢→\uf0a7\uf0b7☐☑☒❏❑]|\[[ xX]?\]|o(?=[ \t]+[A-ZÆØÅÄÖ])"
    r"|\(?(?:\d{1,3}|[a-zæøå]|[ivx]{1,5})\)|\d{1,3}(?:\.\d{1,2}){0,3}\.?(?=[ \t]+[^\W\d_a-zæøåäö])"
    r"|\d{1,2}\.|[a-h]\.)[ \t\u00a0]+(?=\S)"
)
# Between the cells of a row: a tab, or a gap that no writer leaves inside a sentence.
CELL_GAP = re.compile(r"\t\s*| {3,}")
LONGEST_MARKER = 16
WORD = re.compile(r"[^\W\d_]+")
FINAL = frozenset(".!?:;…。！？।።؟۔")


class Line(NamedTuple):
    """One line: its text without surrounding white space, which is never empty, and where that stands.

    A tuple, since there are so many.
    """

    start: int
    end: int
    text: str
    indent: int

    @property
    def marked(self) -> bool:
        """Whether it begins with a list item's marker or a quotation sign."""
        return self.text[0] == ">" or marker_end(self.text) > 0

    @property
    def cells(self) -> bool:
        """Whether it is a row of cells."""
        return is_row(self.text)


def marker_end(line: str) -> int:
    """Where the text of a list item begins in its line; 0 without a marker, and for a date."""
    marker = MARKER.match(line, 0, LONGEST_MARKER)
    if marker is None:
        return 0
    word = WORD.match(line, marker.end(), marker.end() + LONGEST_MARKER)
    return 0 if word and word[0].casefold() in months() else marker.end()


def is_row(line: str) -> bool:
    """Whether a line is a row of cells; the tab after a list item's marker makes none."""
    if line.count("|") > 1:
        return True
    if "\t" not in line and "   " not in line:  # told in a tenth of the time of the expression
        return False
    return CELL_GAP.search(line, marker_end(line)) is not None


def find_paragraphs(text: str) -> Iterator[list[Line]]:
    """The runs of lines between blank lines, each with at least one line."""
    lines: list[Line] = []
    make = tuple.__new__  # in half the time that a named tuple's own constructor takes
    start = 0
    for raw in text.splitlines(keepends=True):
        if body := raw.strip():
            indent = raw.index(body[0])
            first = start + indent
            lines.append(make(Line, (first, first + len(body), body, indent)))
        elif lines:
            yield lines
            lines = []
        start += len(raw)
    if lines:
        yield lines


def find_units(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the parts that no sentence crosses: lines that run on, list items, headings, cells."""
    if text == text.strip() and len(text.splitlines()) == 1:  # as most blocks of a letter are
        yield from _cells(Line(0, len(text), text, 0)) if is_row(text) else ((0, len(text)),)
        return
    paragraphs = list(find_paragraphs(text))
    page_width = width_of(paragraphs)
    for lines in paragraphs:
        for unit in join_lines(lines, page_width):
            if len(unit) == 1 and unit[0].cells:
                yield from _cells(unit[0])
            else:
                yield unit[0].start, unit[-1].end


def width_of(paragraphs: Iterable[list[Line]]) -> int:
    """Length of the longest line, in code points."""
    return max([line.indent + len(line.text) for lines in paragraphs for line in lines], default=0)


def join_lines(lines: list[Line], page_width: int) -> Iterator[list[Line]]:
    """Put the lines of one paragraph together that run on.

    Args:
        lines: lines without a blank one between them.
        page_width: length of the longest line of the text, in code points.
    """
    if len(lines) == 1:
        yield lines
        return
    width = width_of([lines]) if len(lines) > 2 else page_width
    full = [_is_full(line, following, width) for line, following in pairwise(lines)]
    # An address has a full line by chance; a wrapped paragraph has mostly full ones.
    wrapped = NARROWEST_WRAP <= width <= WIDEST_WRAP and sum(full) * 5 >= len(full) * 3
    unit = [lines[0]]
    for line, following, is_full in zip(lines, lines[1:], full, strict=False):
        hangs = following.indent > unit[0].indent and unit[0].marked and not following.marked
        if hangs or _runs_on(line, following, wrapped and is_full):
            unit.append(following)
        else:
            yield unit
            unit = [following]
    yield unit


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on the line."""
    word = following.text[: width + 1].split(maxsplit=1)[0]
    return line.indent + len(line.text) + 1 + len(word) > width


def _runs_on(line: Line, following: Line, full: bool) -> bool:
    lower = following.text[0].islower()
    if not (full or lower):
        return False  # as most lines that don't run on: told before anything that takes time
    if line.cells or following.cells or following.text[0] == ">":
        return False
    open_ended = line.text[-1] not in FINAL
    if following.marked:
        # "... within\n12. March" and "... the plan\n- but not" are text, not list items.
        return (
            full and open_ended and not line.marked and following.text[marker_end(following.text)].islower()
        )
    if full:
        return True
    return lower and open_ended and len(line.text) >= NARROWEST_WRAP and line.text[-1] != ","


def _cells(line: Line) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in CELL_GAP.finditer(line.text + "\t"):
        cell = line.text[start : gap.start()]
        if cell.strip():
            begin = line.start + start + len(cell) - len(cell.lstrip())
            yield begin, begin + len(cell.strip())
        start = gap.end()

"""Finding again, in the translation of a sentence, the words that a link or a word in bold stood around."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

# Elements that would be lost without words; those that only mark words can stand empty.
NEEDS_WORDS = frozenset({"a", "label"})
WORD = re.compile(r"\S+")
BETWEEN_NEIGHBOURS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
# Of 100: how like the words must be that are taken for those that were looked for.
ALIKE = 70
SHORTEST = 5  # letters; shorter words are like each other by chance
# Words of a block that are compared; a longer one is no sentence.
MOST_WORDS = 400
END = ".,:;!?"


@dataclass(frozen=True, slots=True)
class Element:
    """An inline element of a block.

    Attributes:
        first, last: indexes of its opening and its closing piece.
        name: of the element.
        text: its text.
        start: where that begins in the block's text.
    """

    first: int
    last: int
    name: str
    text: str
    start: int


Range = tuple[int, int]


def place(
    block: str, whole: str, elements: Sequence[Element], wordings: Mapping[str, str]
) -> dict[int, int] | None:
    """Where the tags of each element go in the translation of its block.

    Elements keep their order and nesting. One that only marks words and is not found again stands empty, for
    bold on the wrong word of a decision is worse; a link that is not found again takes the words between its
    neighbours.

    Args:
        block: the text of the block.
        whole: its translation.
        elements: outer ones before inner ones, in the order of the source.
        wordings: what the text of an element was translated to when it stood alone.

    Returns:
        Offsets by index of the piece; None when an element can't be placed.
    """
    ranges: dict[int, Range] = {}
    lost: list[Element] = []
    for element in elements:
        low, high = _room(element, elements, ranges, len(whole))
        found = _find(block, whole, element, wordings.get(element.text, element.text))
        if found is None or found[0] < low or found[1] > high:
            if any(_is_nested(element, other) for other in elements if other is not element):
                return None
            lost.append(element)
        else:
            ranges[element.first] = found
    for element in lost:
        low, high = _room(element, elements, ranges, len(whole))
        if element.name in NEEDS_WORDS:
            gap = BETWEEN_NEIGHBOURS.search(whole, low, high)
            if gap is None:
                return None
            ranges[element.first] = gap.span()
        else:
            ranges[element.first] = low, low
    return {
        index: at
        for element in elements
        for index, at in zip((element.first, element.last), ranges[element.first], strict=True)
    }


def _room(element: Element, elements: Sequence[Element], ranges: Mapping[int, Range], end: int) -> Range:
    """The range that its outer elements and its neighbours leave to an element."""
    low, high = 0, end
    for other in elements:
        if other is element or other.first not in ranges:
            continue
        start, stop = ranges[other.first]
        if other.first < element.first and other.last > element.last:
            low, high = max(low, start), min(high, stop)
        elif other.last < element.first:
            low = max(low, stop)
        elif other.first > element.last:
            high = min(high, start)
    return low, max(low, high)


def _is_nested(one: Element, other: Element) -> bool:
    return (one.first < other.first < one.last) or (other.first < one.first < other.last)


def _find(block: str, whole: str, element: Element, wording: str) -> Range | None:
    if element.text == block:
        return 0, len(whole)
    if element.text[-1] not in END:
        wording = wording.rstrip(END)
    found = _same(block, whole, element, wording, re.IGNORECASE)
    # A date, an amount or a name may have been worded in another way when it stood alone.
    if found is None and (element.text != element.text.lower() or any(map(str.isdigit, element.text))):
        found = _same(block, whole, element, element.text, re.NOFLAG)
    return found or _alike(whole, wording)


def _same(block: str, whole: str, element: Element, wording: str, flags: re.RegexFlag) -> Range | None:
    """Where the words stand: once, or as often as those of the element stand in the block."""
    for pattern in (_as_words, re.escape):
        found = [match.span() for match in re.finditer(pattern(wording), whole, flags)] if wording else []
        if found:
            before = [match.start() for match in re.finditer(pattern(element.text), block, flags)]
            if len(found) == 1:
                return _to_whole_words(whole, *found[0])
            if len(found) == len(before) and element.start in before:
                return _to_whole_words(whole, *found[before.index(element.start)])
            return None
    return None


def _to_whole_words(whole: str, start: int, end: int) -> Range:
    """The range with the rest of a word that it cuts ("not" in "cannot"), where words are parted."""
    while start > 0 and _is_cased(whole[start - 1]) and _is_cased(whole[start]):
        start -= 1
    while end < len(whole) and _is_cased(whole[end - 1]) and _is_cased(whole[end]):
        end += 1
    return start, end


def _is_cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _as_words(text: str) -> str:
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def _alike(whole: str, wording: str) -> Range | None:
    """The words of the translation that are most like those looked for, when they are like them at all."""
    words = [match.span() for match in WORD.finditer(whole)][:MOST_WORDS]
    count = len(wording.split())
    process: Callable[[str], str] = utils.default_process
    if len(wording) < SHORTEST:
        return None
    best, places = float(ALIKE), list[Range]()
    for size in {max(1, count - 1), count, count + 1}:
        for first in range(len(words) - size + 1):
            start, end = words[first][0], words[first + size - 1][1]
            end = start + len(whole[start:end].rstrip(END))
            score = fuzz.ratio(whole[start:end], wording, processor=process)
            if score >= best and score > 0:
                places = [(start, end)] if score > best else [*places, (start, end)]
                best = score
    return places[0] if len(places) == 1 else None

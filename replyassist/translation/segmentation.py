"""What is translated and what is kept: sentences without their bullets, and nothing between them touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.lines import marker_end
from replyassist.text.sentences import split_sentences
from replyassist.translation.names import is_name_line

# Where a sentence that is too long for the model may be parted, best first.
JOINTS = (re.compile(r"(?<=[;:])\s+"), re.compile(r"(?<=[,–—])\s+"), re.compile(r"\s+"))
# Emoji and other pictures, with what joins them.
SYMBOLS = r"[\u2190-\u21ff\u2300-\u2bff\u3030\U0001f000-\U0001faff][\u200d\ufe0f\U0001f3fb-\U0001f3ff]*"
CLOSING_SYMBOLS = re.compile(rf"\s*(?:{SYMBOLS}\s{{0,3}}){{1,20}}\Z")
QUOTE = re.compile(r"(?:>[ \t]?)+")


def find_segments(text: str, language: Language | None) -> list[Span]:
    """The spans that are translated, in order. Everything else is kept as it stands.

    A list item's marker, a quotation sign, closing emoji, a line that is a name or an address
    and a span without letters are kept, not translated; a number of another script is.
    """
    segments = []
    for sentence in split_sentences(text, language):
        start = sentence.start
        end = sentence.end
        if quote := QUOTE.match(text, start, end):
            start = quote.end()
        start += marker_end(text[start:end])
        if closing := CLOSING_SYMBOLS.search(text, start, end):
            end = closing.start()
        here = text[start:end]
        tag = language.tag if language else ""
        if any(map(_is_written, here)) and not is_name_line(here, tag, language):
            segments.append(Span(start, end))
    return segments


def _is_written(character: str) -> bool:
    """Whether another language may write a character otherwise: a letter, or a numeral of another script."""
    return character.isalpha() or (character.isdecimal() and not character.isascii())


def split_long(sentence: str, length: Callable[[str], int], limit: int) -> Iterator[str]:
    """Part a sentence until each part has at most ``limit`` tokens, at the joint nearest to its middle.

    The parts, joined by a space, are the sentence. A part without any white space is cut where it must be.
    """
    if length(sentence) <= limit:
        yield sentence
        return
    middle = len(sentence) // 2
    for joint in JOINTS:
        places = [
            m for m in joint.finditer(sentence) if len(sentence) // 8 < m.start() < len(sentence) * 7 // 8
        ]
        if places:
            place = min(places, key=lambda m: abs(m.start() - middle))
            yield from split_long(sentence[: place.start()], length, limit)
            yield from split_long(sentence[place.end() :], length, limit)
            return
    yield from split_long(sentence[:middle], length, limit)
    yield from split_long(sentence[middle:], length, limit)

"""One shape of text for all rules: composed letters, plain spaces; with the way back to what was received."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from replyassist.domain import Span

# Invisible characters that split words in two for a machine and for nobody else: soft hyphen, zero-width
# space, non-joiner and joiner, word joiner, byte order mark.
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
# One character becomes one character, so that no offset moves.
TYPOGRAPHY = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "’": "'", "\u2011": "-"}
# Where a cluster of several characters may stand: only what is not ASCII joins what stands before it.
UNUSUAL_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in one shape, and where each of its characters stood in the text as it was received.

    Attributes:
        text: NFC, without invisible characters, with plain spaces and apostrophes; line breaks as they were.
        offsets: for each character, and for the end, its offset in the received text; None when none moved.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def to_original(self, start: int, end: int) -> Span:
        """The span in the text as it was received, of a range of the normal text."""
        if self.offsets is None:
            return Span(start, end)
        return Span(self.offsets[start], self.offsets[end])

    def from_original(self, span: Span) -> Span:
        """The span in the normal text."""
        if self.offsets is None:
            return span
        return Span(bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end))


def normalise(text: str) -> NormalText:
    """Bring a text into the one shape, in linear time."""
    if unicodedata.is_normalized("NFC", text) and not any(sign in text for sign in INVISIBLE):
        return NormalText(_plain(text))
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in UNUSUAL_RUN.finditer(text):  # what stands between them is copied whole
        pieces.append(text[position : run.start()])
        offsets.extend(range(position, run.start()))
        position = run.start()
        for end in range(position + 1, run.end() + 1):
            if end < run.end() and _belongs(text[position:end], text[end]):
                continue
            composed = unicodedata.normalize("NFC", text[position:end])
            cluster = "".join(c for c in composed if c not in INVISIBLE)
            pieces.append(cluster)
            offsets.extend([position] * len(cluster))
            position = end
    pieces.append(text[position:])
    offsets.extend(range(position, len(text) + 1))
    return NormalText(_plain("".join(pieces)), tuple(offsets))


def _plain(text: str) -> str:
    """The text with plain spaces, hyphens and apostrophes."""
    for sign, plain in TYPOGRAPHY.items():  # ``translate`` takes far longer
        text = text.replace(sign, plain)
    return text


def _belongs(letter: str, character: str) -> bool:
    """Whether a character is part of the letter before it: a combining mark, or what composes (Hangul
    does)."""
    if character.isascii():
        return False
    if unicodedata.combining(character):
        return True
    composed = unicodedata.normalize("NFC", letter + character)
    return len(composed) == len(unicodedata.normalize("NFC", letter))

"""The units of a document (paragraphs, cells) translated as one letter, and handed back one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from replyassist.domain import Translation
from replyassist.translation.translator import Translator

# No sentence goes across a blank line, and what stands between sentences is kept.
SEPARATOR = "\n\n"


def translate_units(
    translator: Translator, units: Sequence[str], source: str, target: str
) -> tuple[tuple[str, ...], Translation]:
    """Each unit in the target language, and the translation of them all with its checks.

    Raises:
        TranslationUnavailable, TranslationFailed, TimeLimitReached, PackageError.
    """
    found = translator.translate(SEPARATOR.join(units), source, target)
    ends = [segment.source.end for segment in found.segments]
    # How far the text after each segment has moved.
    moves = [0, *(segment.target.end - segment.source.end for segment in found.segments)]
    lengths = accumulate((len(unit) + len(SEPARATOR) for unit in units), initial=0)
    translated = []
    for unit, start in zip(units, lengths, strict=False):
        end = start + len(unit)
        # Where a unit begins, the segments before it have ended; where it ends, its own have.
        first, last = moves[bisect_right(ends, start)], moves[bisect_right(ends, end)]
        translated.append(found.text[start + first : end + last])
    return tuple(translated), found

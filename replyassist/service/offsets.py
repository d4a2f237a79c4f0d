"""Where a code point stands in UTF-16 code units, which browsers and LanguageTool's clients count in."""

from __future__ import annotations

from bisect import bisect_left

from replyassist.domain import Span

LAST_OF_ONE_UNIT = "\uffff"


class Utf16Offsets:
    """Turns offsets in code points into offsets in UTF-16 code units, for one text."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, character in enumerate(text) if character > LAST_OF_ONE_UNIT]
        # The UTF-16 offsets of their second halves.
        self._after_wide = [i + n + 1 for n, i in enumerate(self._wide)]

    def of(self, offset: int) -> int:
        """The UTF-16 offset of the code point at ``offset``."""
        return offset + bisect_left(self._wide, offset)

    def of_span(self, span: Span) -> tuple[int, int]:
        """Start and end of ``span`` in UTF-16 code units."""
        return self.of(span.start), self.of(span.end)

    def to_code_points(self, offset: int) -> int:
        """The code point at a UTF-16 offset; one between two halves of a code point is the next one's."""
        return offset - bisect_left(self._after_wide, offset)

    def after_last_wide(self, offset: int) -> int:
        """The code point after the last one before ``offset`` that takes two units; 0 when there is none."""
        before = bisect_left(self._wide, offset)
        return self._wide[before - 1] + 1 if before else 0

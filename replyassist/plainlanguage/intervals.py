"""Ranges of a text that don't overlap, looked up in the time of a logarithm: a long text has thousands."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable


class Intervals:
    """Half-open ranges of offsets in order; those given that overlap are one."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._ranges: list[tuple[int, int]] = []
        for start, end in sorted(ranges):
            if self._ranges and start < self._ranges[-1][1]:
                first, last = self._ranges[-1]
                self._ranges[-1] = (first, max(last, end))
            else:
                self._ranges.append((start, end))

    def add(self, start: int, end: int) -> None:
        """Take in a range that overlaps none."""
        insort(self._ranges, (start, end))

    def overlap(self, start: int, end: int) -> bool:
        """Whether one of them shares an offset with a range."""
        before = bisect_left(self._ranges, (end,))
        return before > 0 and self._ranges[before - 1][1] > start

    def hold(self, start: int, end: int) -> bool:
        """Whether a range lies wholly within one of them."""
        before = bisect_left(self._ranges, (start + 1,))
        return before > 0 and self._ranges[before - 1][1] >= end

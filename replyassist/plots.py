"""Where the marks of plots stand; templates draw them, in the colours of their page.

The report, the desk and the insights place what they plot on one kind of scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0  # units that the longest bar or the whole scale takes
LINE_WIDTH, LINE_HEIGHT = 600.0, 160.0
STEP = 10


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from ``first`` to ``last``, drawn on ``length`` units; what lies beyond stands at its end."""

    first: float
    last: float
    length: float = FULL

    def place(self, value: float) -> float:
        """How far from the scale's beginning a value stands, in units of the drawing."""
        if self.last <= self.first:
            return 0.0
        share = (value - self.first) / (self.last - self.first)
        return round(self.length * min(1.0, max(0.0, share)), 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; ``length`` is in units of FULL."""

    label: str
    value: float
    length: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line; ``x`` and ``y`` are units of the drawing, from its left and upper edge."""

    label: str
    value: float
    x: float
    y: float


def bars(values: Sequence[tuple[str, float]], *, whole: float = FULL) -> list[Bar]:
    """Bars whose full length stands for ``whole``."""
    scale = Scale(0.0, whole)
    return [Bar(label, value, scale.place(value)) for label, value in values]


@dataclass(frozen=True, slots=True)
class Line:
    """A line on its scale; ``marks`` are the values and heights that the scale is labelled with."""

    points: tuple[Point, ...]
    marks: tuple[tuple[int, float], ...]


def line(
    values: Sequence[tuple[str, float]], width: float = LINE_WIDTH, height: float = LINE_HEIGHT
) -> Line | None:
    """Points at equal distances, on a scale of whole tens; None for fewer than two, which make no line."""
    if len(values) < 2:
        return None
    lowest, highest = min(value for _, value in values), max(value for _, value in values)
    start = max(0, int(lowest // STEP - 1) * STEP)
    end = min(100, int(highest // STEP + 2) * STEP)
    across, upwards = Scale(0, len(values) - 1, width), Scale(start, end, height)

    def level(value: float) -> float:
        return round(height - upwards.place(value), 1)

    points = (Point(label, value, across.place(i), level(value)) for i, (label, value) in enumerate(values))
    return Line(tuple(points), tuple((mark, level(mark)) for mark in range(start, end + 1, STEP)))

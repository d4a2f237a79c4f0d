"""Where the bars and points of the report's plots lie; the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0  # units that the longest bar or the whole scale takes
LINE_WIDTH, LINE_HEIGHT = 600.0, 160.0
STEP = 10


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
    return [Bar(label, value, round(FULL * value / whole, 2) if whole else 0.0) for label, value in values]


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
    step = width / (len(values) - 1)

    def level(value: float) -> float:
        return round(height * (1 - (value - start) / (end - start)), 1)

    points = (
        Point(label, value, round(i * step, 1), level(value)) for i, (label, value) in enumerate(values)
    )
    return Line(tuple(points), tuple((mark, level(mark)) for mark in range(start, end + 1, STEP)))

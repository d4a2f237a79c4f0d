"""Where the bars and points of the report's plots lie; the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0  # units that the longest bar or the whole scale takes
LINE_WIDTH, LINE_HEIGHT = 600.0, 160.0


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


def line(values: Sequence[tuple[str, float]]) -> list[Point]:
    """Points at equal distances, on a scale from 0 to 100; none for fewer than two, which make no line."""
    if len(values) < 2:
        return []
    step = LINE_WIDTH / (len(values) - 1)
    return [
        Point(label, value, round(i * step, 1), round(LINE_HEIGHT * (1 - value / 100), 1))
        for i, (label, value) in enumerate(values)
    ]

"""Marks stand where their values are on the scale, whoever draws them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.plots import Scale, bars, line


@pytest.mark.parametrize(
    ("scale", "value", "place"),
    [
        (Scale(0, 100, 200), 25, 50.0),
        (Scale(20, 60, 100), 30, 25.0),
        (Scale(20, 60, 100), 10, 0.0),
        (Scale(20, 60, 100), 90, 100.0),
        (Scale(0, 0, 100), 5, 0.0),  # nothing was counted
        (Scale(0, 3), 1, 33.3),
    ],
)
def test_a_place_on_a_scale(scale: Scale, value: float, place: float) -> None:
    assert scale.place(value) == place


@given(st.floats(0, 100), st.floats(0, 100))
def test_what_is_more_stands_no_further_back(one: float, other: float) -> None:
    scale = Scale(0, 100, 50)
    assert 0 <= scale.place(min(one, other)) <= scale.place(max(one, other)) <= 50


def test_bars_and_a_line() -> None:
    assert [bar.length for bar in bars([("a", 30), ("b", 60)], whole=60)] == [50.0, 100.0]
    assert [bar.length for bar in bars([("a", 0)], whole=0)] == [0.0]
    drawn = line([("1", 40), ("2", 60), ("3", 50)], width=200, height=100)
    assert drawn is not None
    assert [point.x for point in drawn.points] == [0.0, 100.0, 200.0]
    assert drawn.marks[0] == (30, 100.0)
    assert drawn.marks[-1] == (80, 0.0)
    assert [point.y for point in drawn.points] == [80.0, 40.0, 60.0]
    assert line([("1", 40)]) is None

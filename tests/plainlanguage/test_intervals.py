"""Ranges are found as by looking at each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from replyassist.plainlanguage.intervals import Intervals

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda r: (r[0], r[0] + r[1])))
ONE = st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda r: (r[0], r[0] + r[1]))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@given(RANGES, ONE)
def test_what_overlaps_one_of_them(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    taken, places = [], Intervals()
    for each in ranges:
        if not any(overlap(each, other) for other in taken):
            assert not places.overlap(*each)
            taken.append(each)
            places.add(*each)
        else:
            assert places.overlap(*each)
    assert places.overlap(*asked) == any(overlap(asked, other) for other in taken)
    assert places.hold(*asked) == any(start <= asked[0] and asked[1] <= end for start, end in taken)


@given(RANGES.map(lambda ranges: [each for each in ranges if each[0] < each[1]]), ONE)
def test_ranges_that_overlap_are_one(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    assert Intervals(ranges).overlap(*asked) == any(overlap(asked, other) for other in ranges)

"""How common a word is, and what a compound is worth."""

from __future__ import annotations

import pytest

from replyassist.plainlanguage.frequency import (
    COST_OF_JOINT,
    FLOOR,
    LONGEST_COMPOUND,
    FrequencyTable,
)

COMMON = {"vann": 5.0, "avgift": 4.0, "melding": 4.5}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("vann", 5.0),
        ("vannavgift", 4.0 - COST_OF_JOINT),
        ("vannavgiftsmelding", 4.0 - COST_OF_JOINT),
        ("vannavgift-melding", 4.0 - 2 * COST_OF_JOINT),
        ("qqqqqqqqqqqq", FLOOR),
    ],
)
def test_a_compound_is_a_little_harder_than_its_rarest_part(word: str, value: float) -> None:
    assert FrequencyTable(COMMON, ("", "s")).zipf(word) == pytest.approx(value)


def test_what_is_longer_than_any_word_is_not_taken_apart() -> None:
    """A key or a picture in a text: its length squared would be hours."""
    longest = LONGEST_COMPOUND - len("vann")
    table = FrequencyTable({"vann": 5.0, "x" * longest: 4.0, "x" * (longest + 1): 4.0}, ("",))
    assert table.zipf("vann" + "x" * longest) == pytest.approx(4.0 - COST_OF_JOINT)
    assert table.zipf("vann" + "x" * (longest + 1)) == FLOOR

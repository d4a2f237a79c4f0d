"""Whose crowns a sum is in."""

import pytest

from replyassist.translation.crowns import own_crowns
from replyassist.translation.sentence import Direction


@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [
        ("sv", "en", "The fee is 4,350 kroner.", "The fee is 4,350 kronor."),
        ("sv", "en", "A Swedish krone. Kroner!", "A Swedish krona. Kronor!"),
        ("sv", "en", "It costs 35 Norwegian kroner.", "It costs 35 Norwegian kroner."),
        ("sv", "en", "The kroneresults of EUR 20", "The kroneresults of EUR 20"),
        ("nb", "en", "The fee is 4,350 kroner.", "The fee is 4,350 kroner."),
        ("sv", "nb", "Gebyret er 200 kroner.", "Gebyret er 200 kroner."),
    ],
)
def test_crowns_are_those_of_the_country(source, target, text, expected):
    assert own_crowns(text, Direction.of(source, target)) == expected

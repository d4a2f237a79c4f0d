"""Times of day for languages that count to 24."""

import pytest

from replyassist.translation.clock import with_clock
from replyassist.translation.sentence import Direction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between 8 am and 3 pm.", "Between 08:00 and 15:00."),
        ("From 9 a.m. to 2.30 p.m.", "From 09:00 to 14:30."),
        ("At 12 am, 12:15 PM or 7pm", "At 00:00, 12:15 or 19:00"),
        ("I am 8. I am here at 10", "I am 8. I am here at 10"),
        ("Room 13 pm, 0.5 am", "Room 13 pm, 0.5 am"),
        ("The 3 amounts", "The 3 amounts"),
    ],
)
def test_half_days_are_counted_to_24(text, expected):
    assert with_clock(text, Direction.of("en", "sv")) == expected


@pytest.mark.parametrize(("source", "target"), [("en", "pl"), ("da", "sv")])
def test_other_languages_keep_theirs(source, target):
    assert with_clock("At 3 pm", Direction.of(source, target)) == "At 3 pm"

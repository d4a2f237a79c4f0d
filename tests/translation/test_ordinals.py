"""English ordinals after their number."""

from __future__ import annotations

import pytest

from replyassist.translation.ordinals import own_ordinals
from replyassist.translation.sentence import Direction


@pytest.mark.parametrize(
    ("translated", "expected"),
    [
        ("The bill for 2th time, and the 21th.", "The bill for 2nd time, and the 21st."),
        ("The 3th, the 1th and 103th place.", "The 3rd, the 1st and 103rd place."),
        ("The 11st, 12nd and 113rd of them.", "The 11th, 12th and 113th of them."),
        ("Building B2th, 1.2th and 20th.", "Building B2th, 1.2th and 20th."),
    ],
)
def test_the_ending_is_that_of_the_number(translated, expected):
    assert own_ordinals(translated, Direction.of("nb", "en")) == expected
    assert own_ordinals(translated, Direction.of("nb", "sv")) == translated

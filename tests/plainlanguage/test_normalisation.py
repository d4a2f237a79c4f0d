"""The one shape of a text, and the way back to what was received."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist.plainlanguage.normalisation import INVISIBLE, TYPOGRAPHY, normalise

LETTERS = st.sampled_from("aeoAO ä\u0308\u030a\u0301\u00ad\u200b\ufeff\u00a0’æøåé한ᄒ\u1161\u11ab😀\r\n")


@settings(max_examples=300, deadline=None)
@given(st.text(LETTERS, max_size=40))
def test_every_text_gets_the_shape_of_its_letters_and_each_has_its_place(text: str) -> None:
    normal = normalise(text)
    visible = "".join(c for c in unicodedata.normalize("NFC", text) if c not in INVISIBLE)
    if not any(c in INVISIBLE for c in text):  # what stands between two letters keeps them from joining
        assert normal.text == visible.translate(str.maketrans(TYPOGRAPHY))
    assert all(c not in INVISIBLE for c in normal.text)
    offsets = normal.offsets or tuple(range(len(text) + 1))
    assert len(offsets) == len(normal.text) + 1
    assert offsets[-1] == len(text)
    assert list(offsets) == sorted(offsets)


def test_what_stands_beside_a_letter_that_moved_keeps_its_own_place() -> None:
    text = "Vi har sø\u0308kt om noe pa\u030a nytt, sa\u00adk 12."
    normal = normalise(text)
    start = normal.text.index("nytt")
    assert normal.to_original(start, start + 4).of(text) == "nytt"
    start = normal.text.index("på")
    assert normal.to_original(start, start + 2).of(text) == "pa\u030a"

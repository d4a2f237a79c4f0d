"""A draft taken apart into words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist import languages
from replyassist.plainlanguage.analysis import SPELT, Word, find_words
from replyassist.text.tokens import scan

PIECES = """
vedtak Vi BNA och e-post O'Brien og/eller jf jf. osv.) bl.a. m.fl., www www. www.… a@b.no nav.no/sak 4 200 1,5
kl. 12.00 § – - ( ) « » .. !? " ' 2026/12-3 §3 i18n 𝐀b ß ½ ² e\u0301 नमस्ते 好。 ok.då x: (x), «y».
"""


@pytest.mark.parametrize("tag", ["nb", "en"])
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=12), st.sampled_from([" ", "  ", ""]), st.data())
def test_what_is_told_at_once_to_be_a_word_is_what_the_scan_tells(
    tag: str, pieces: list[str], space: str, data: st.DataObject
) -> None:
    flat, language = space.join(pieces), languages.load(tag)
    start = data.draw(st.integers(0, len(flat)))
    end = data.draw(st.integers(start, len(flat)))
    expected, previous = [], end
    for kind, first, last in scan(flat, language, start, end):
        form = flat[first:last]
        gap = flat[previous:first].strip()
        expected.append(Word(first, last, form.lower() if kind in SPELT else "", gap, form[0].isupper()))
        previous = last
    assert find_words(flat, start, end, language) == tuple(expected)

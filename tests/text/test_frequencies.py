"""How often words are used: as wordfreq says, without its dictionaries."""

from itertools import islice

import pytest
import wordfreq

from replyassist.text.frequencies import read_words, zipf


@pytest.mark.parametrize("tag", ["nb", "sv", "da", "en"])
def test_words_have_the_frequency_that_wordfreq_gives_them(tag):
    listed = [word for _, same in islice(read_words(tag), 500) for word in same]
    for word in [*listed[::23], "Ikke", "e-post", "Lars-Erik", "won't", "Tjønnås", "xqzzy", "-"]:
        assert zipf(word, tag) == pytest.approx(wordfreq.zipf_frequency(word, tag), abs=0.011), word


def test_what_holds_digits_is_no_word():
    assert zipf("2026", "nb") == zipf("b12", "nb") == 0

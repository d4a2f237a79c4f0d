"""What the words of a letter say about its kind."""

import numpy as np
import pytest

from replyassist import languages
from replyassist.plainlanguage.kind_words import KindWords
from replyassist.plainlanguage.letter_kind import NONE, KindTeller, Line, stems
from replyassist.profiles import load_letter_kinds

WORDS = KindWords({"avslag": 0, "avslag@": 1}, np.array([[4.0, 0.0], [2.0, -2.0]]))


def test_words_are_summed_and_the_more_a_letter_has_the_less_each_says():
    assert WORDS.speak({"avslag", "avslag@", "unknown", "other"}).tolist() == [3.0, -1.0]
    assert WORDS.speak({"unknown"}).tolist() == [0.0, 0.0]
    assert WORDS.speak(set()).tolist() == [0.0, 0.0]


def test_a_word_of_the_opening_counts_there_too():
    lines = [
        Line("Avslag på søknad", ["avslag", "på", "søknad"], 2),
        Line("Barnehagen 12", ["barnehagen", "12"], 0),
    ]
    assert stems(lines, "nb") == {"avslag", "avslag@", "på", "på@", "søknad", "søknad@", "barneha"}
    assert "kinder" not in stems([Line("Kindergarten", ["kindergarten"], 0)], "nb")
    assert stems([Line("Kindergarten", ["kindergarten"], 0)], "en") == {"kinder"}


@pytest.mark.parametrize("tag", languages.available())
def test_the_weights_that_ship_fit_the_kinds(tag):
    words, teller = KindWords.load(tag), KindTeller.load(languages.load(tag))
    assert words.weights.shape == (len(words.rows), len(teller.kinds))
    assert teller.kinds == (*load_letter_kinds(), NONE)

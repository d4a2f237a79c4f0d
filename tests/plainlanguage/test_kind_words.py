"""What the words of a letter say about its kind."""

import numpy as np
import pytest

from replyassist import languages
from replyassist.plainlanguage.kind_words import KindWords
from replyassist.plainlanguage.letter_kind import NEGATION, NONE, KindTeller, Line, stems
from replyassist.profiles import load_letter_kinds

WORDS = KindWords({"avslag": 0, "avslag@": 1}, np.array([[4.0, 0.0], [2.0, -2.0]]))


def test_words_are_summed_and_the_more_a_letter_has_the_less_each_says():
    assert WORDS.speak({"avslag", "avslag@", "unknown", "other"}).tolist() == [3.0, -1.0]
    assert WORDS.speak({"unknown"}).tolist() == [0.0, 0.0]
    assert WORDS.speak(set()).tolist() == [0.0, 0.0]


def test_a_word_counts_once_more_in_the_opening_and_beside_a_negation():
    lines = [
        Line("Avslag på søknad", ["avslag", "på", "søknad"], {"refuse"}, 2),
        Line("Barnehagen 12", ["barnehagen", "12"], set(), 0),
        Line("Ikke nå", ["ikke", "nå"], {NEGATION}, 0),
    ]
    opening = {"avslag", "avslag@", "på", "på@", "søknad", "søknad@"}
    assert stems(lines, "nb") == {*opening, "barneha", "ikke", "ikke!", "nå", "nå!"}
    assert stems([Line("Kindergarten", ["kindergarten"], set(), 0)], "en") == {"kinder"}


@pytest.mark.parametrize("tag", languages.available())
def test_the_weights_that_ship_fit_the_kinds(tag):
    words, teller = KindWords.load(tag), KindTeller.load(languages.load(tag))
    assert words.weights.shape == (len(words.rows), len(teller.kinds))
    assert teller.kinds == (*load_letter_kinds(), NONE)

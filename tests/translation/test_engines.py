"""Of the hypotheses for a sentence the one is taken that is likely in both directions."""

import pytest

from replyassist.config import Settings, data_folder
from replyassist.translation import Translator
from replyassist.translation.argos import open_vocabulary
from replyassist.translation.engine import Engine, Hypothesis
from replyassist.translation.engines import rank
from replyassist.translation.packages import read_package


class Back:
    """A model of the way back to which what is shorter is as unlikely as what it lacks."""

    def score(self, sentences, translations, *, prefix=""):
        assert prefix == "<2nb>"
        return [len(a.split()) - len(b.split()) for a, b in zip(sentences, translations, strict=True)]


def test_what_says_all_comes_before_what_is_a_little_likelier():
    found = [
        [Hypothesis("You can appeal.", -0.2), Hypothesis("You can appeal within three weeks.", -0.3)],
        [Hypothesis("No.", -0.1)],
    ]
    ranked = rank(Back(), "<2nb>", ["Du kan klage innen tre uker.", "Nei."], found)
    assert [h.text for h in ranked[0]] == ["You can appeal within three weeks.", "You can appeal."]
    assert [h.score for h in ranked[0]] == [-0.3, -0.2]
    assert ranked[1] == found[1]


def test_a_model_says_how_likely_a_translation_is():
    package = read_package(data_folder("models") / "translation" / "en_nb", bundled=True)
    engine = Engine(package.files, open_vocabulary(package), threads=1)
    pairs = {"Du kan klage.": "You can appeal.", "Du kan svømme.": "You can appeal.", "": "You can appeal."}
    right, wrong, empty = engine.score(list(pairs.values()), list(pairs), prefix="<2nb>")
    assert wrong < right < 0
    assert empty <= 0
    assert engine.score([""], ["Du kan klage."], prefix="<2nb>")[0] < right
    assert engine.score([], []) == []


@pytest.mark.parametrize("readings", [1, 8])
def test_a_letter_is_translated_with_and_without_the_way_back(readings):
    translator = Translator.load(Settings(readings=readings), data_folder("models") / "translation")
    (translation,) = translator.translate_many(["Du kan klage på vedtaket innen tre uker."], "nb", "en")
    assert "three weeks" in translation.text
    assert all(segment.confidence for segment in translation.segments)

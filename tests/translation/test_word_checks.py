"""Words that are left in the source language, or made up."""

import pytest

from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.termbase import Termbase
from replyassist.translation.word_checks import check_words, count_strays


def found(source, target, pair, termbase=None):
    direction = Direction.of(*pair)
    terms = termbase.terms_in(source, *pair) if termbase else ()
    sentence = Sentence.read(source, direction, terms)
    return [(c.detail, c.target.of(target)) for c in check_words(sentence, target, direction)]


@pytest.mark.parametrize(
    ("source", "target", "pair", "expected"),
    [
        ("Du får hjemmesykepleie.", "You will get hjemmesykepleie.", ("nb", "en"), "hjemmesykepleie"),
        ("Du får heimesjukepleie.", "You will get heimesjukepleie.", ("nn", "en"), "heimesjukepleie"),
        ("Du får hemtjänst.", "You will get hemtjänst.", ("sv", "en"), "hemtjänst"),
        ("Du får hjemmehjælp.", "You will get hjemmehjælp.", ("da", "en"), "hjemmehjælp"),
        ("The householder pays.", "Den householder betaler.", ("en", "nb"), "householder"),
    ],
)
def test_a_word_of_the_source_language_is_flagged(source, target, pair, expected):
    assert ("untranslated", expected) in found(source, target, pair)


@pytest.mark.parametrize(
    ("source", "target", "pair", "word"),
    [
        ("Du kan klage.", "You can appeal wayfullsome.", ("nb", "en"), "wayfullsome"),
        ("Kari (født i 1980)", "Kari (fect in 1980)", ("nb", "en"), "fect"),
        ("The reply is here.", "Svaret er hvrask.", ("en", "nb"), "hvrask"),
        ("The reply is here.", "Svaret är hitsk.", ("en", "sv"), "hitsk"),
    ],
)
def test_a_made_up_word_is_flagged(source, target, pair, word):
    assert found(source, target, pair) == [("unknown", word)]


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Planen gir mer information.", "The plan gives more information.", ("sv", "en")),
        ("Se forvaltningsloven § 28.", "See forvaltningsloven § 28.", ("nb", "en")),
        ("Kontakt Byggtorget i Ål.", "Contact Byggtorget in Ål.", ("nb", "en")),
        ("Du får svar.", "You get an answer by fax or post.", ("nb", "en")),
        ("The cost of municipal housing", "Kommunalboligkostnad", ("en", "nb")),
        ("Skriv til byggtorget@aal.example.", "Write to byggtorget@aal.example.", ("nb", "en")),
        ("Det är högst på månaden.", "Det er høgst på månaden.", ("sv", "nn")),
        ("Du har byggesak.", "Du har byggesak.", ("nb", "nn")),
        ("Du får hjemmesykepleie.", "تحصل على hjemmesykepleie", ("nb", "ar")),
    ],
)
def test_what_is_kept_on_purpose_or_used_in_both_passes(source, target, pair):
    assert found(source, target, pair) == []


def test_a_word_of_the_municipality_is_no_foreign_word():
    own = Termbase(({"nb": "lavterskeltilbud", "en": "lavterskeltilbud"},))
    texts = ("Vi har et lavterskeltilbud.", "We have a lavterskeltilbud.", ("nb", "en"))
    assert found(*texts) != []
    assert found(*texts, own) == []


@pytest.mark.parametrize(
    ("text", "target", "count"),
    [
        ("Din sagsbehandler har permisjon til mandag.", "da", 1),
        ("Din sagsbehandler har orlov til mandag.", "da", 0),
        ("Läraren hittade intervjuet latterlig.", "sv", 2),
        ("Læreren syntes intervjuet var latterlig.", "nb", 0),
        ("Permisjon 🙂", "da", 0),
        ("permisjon", "en", 0),
        ("", "da", 0),
    ],
)
def test_words_of_a_neighbouring_language_are_counted(text, target, count):
    assert count_strays(text, target) == count

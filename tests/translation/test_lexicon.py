"""Words of a text that nothing in its translation stands for."""

import pytest

from replyassist.translation.lexicon import Lexicon, check_rendered, load_lexicon
from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.termbase import Termbase

SV_EN = Lexicon("sv", "en", {"läckte": "leaked leakin", "tillstå": "permit permis"})


def unmatched(lexicon, text, translation):
    return [span.of(text) for span in lexicon.unmatched(text, translation)]


@pytest.mark.parametrize(
    ("lexicon", "text", "translation", "expected"),
    [
        (SV_EN, "Ventilerna läckte i går.", "The valves waited yesterday.", ["läckte"]),
        (SV_EN, "VENTILERNA LÄCKTE", "THE VALVES LEAKED", []),
        (SV_EN, "Tillståndet gäller dig.", "It applies to you.", ["Tillståndet"]),
        (SV_EN, "Tillståndet gäller.", "The permission is valid.", []),
        (SV_EN, "Firman heter Tillståndet.", "The firm is called Tillståndet.", []),
        (SV_EN, "", "", []),
    ],
)  # fmt: skip
def test_a_word_is_matched_by_any_of_its_wordings(lexicon, text, translation, expected):
    assert unmatched(lexicon, text, translation) == expected


@pytest.mark.parametrize(
    ("pair", "text", "right", "wrong"),
    [
        (("nb", "en"), "Taket lekker.", "The roof is leaking.", "The roof is laughing."),
        (("nn", "en"), "Naboen klaga.", "The neighbour complained.", "The neighbour thanked."),
        (("sv", "en"), "Fönstret är trasigt.", "The window is broken.", "The finger is broken."),
        (("da", "en"), "Ansøgningen mangler.", "The application is missing.", "The view is missing."),
        (("pl", "en"), "Gdzie jest szkoła?", "Where is the school?", "Where is the scale?"),
        (("uk", "en"), "Де дитина?", "Where is the child?", "Where is the hospital?"),
    ],
)
def test_the_lexicons_that_ship_tell_a_wrong_word(pair, text, right, wrong):
    lexicon = load_lexicon(*pair)
    assert unmatched(lexicon, text, right) == []
    assert unmatched(lexicon, text, wrong)


def flagged(text, translation, termbase=None):
    direction = Direction.of("sv", "en")
    terms = termbase.terms_in(text, "sv", "en") if termbase else ()
    sentence = Sentence.read(text, direction, terms)
    return [check.source.of(text) for check in check_rendered(sentence, translation, direction)]


def test_a_translation_is_checked_by_the_words_of_the_source():
    (check,) = check_rendered(
        Sentence.read("Fönstret är trasigt.", Direction.of("sv", "en")),
        "The finger is broken.",
        Direction.of("sv", "en"),
    )
    assert (check.kind, check.detail, check.passed, check.target) == ("word", "unmatched", False, None)
    assert check.source.of("Fönstret är trasigt.") == "Fönstret"


def test_names_laws_and_terms_are_checked_apart(tmp_path):
    act = "9 kap. 31 § plan- och bygglagen"
    assert flagged(f"Avslaget följer {act}.", f"The refusal follows {act}.") == []
    assert flagged(f"Ansökan avslås med stöd av {act}.", f"The application is refused under {act}.") == []
    assert flagged("Hon heter Anna Fönster.", "Her name is Anna Fönster.") == []
    assert flagged("Barnet får en plats.", "The kid gets a place.") == ["Barnet"]
    (tmp_path / "words.csv").write_text("sv,en\nbarnet,the kid\n", encoding="utf-8")
    kid = Termbase.read(tmp_path / "words.csv")
    assert flagged("Barnet får en plats.", "The kid gets a place.", kid) == []


def test_a_direction_without_a_lexicon_has_none():
    assert load_lexicon("so", "en") is None
    assert load_lexicon("en", "nb") is None

"""Set phrases of letters, in all ordered pairs of the five languages."""

from itertools import permutations

import pytest

from replyassist import languages
from replyassist.domain import Span
from replyassist.translation.formulas import formulas_of, part_label, write_formula
from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.termbase import Termbase

TAGS = ("nb", "nn", "sv", "da", "en")
CLOSINGS = {
    "nb": "Med vennlig hilsen", "nn": "Med venleg helsing", "sv": "Med vänlig hälsning",
    "da": "Med venlig hilsen", "en": "Kind regards",
}  # fmt: skip


def written(text, source, target):
    direction = Direction.of(source, target)
    return write_formula(Sentence.read(text, direction), direction)


@pytest.mark.parametrize("pair", permutations(TAGS, 2), ids="-".join)
def test_every_phrase_of_a_language_has_one_in_the_other(pair):
    ours, theirs = (languages.load(tag).formulas for tag in pair)
    assert ours.keys() == theirs.keys()
    for key, phrases in ours.items():
        for phrase in phrases:
            if "{" not in phrase:
                found = written(phrase, *pair)
                assert found is not None, (key, phrase)
                assert found.rstrip(".?").casefold() == theirs[key][0].rstrip(".?").casefold(), (key, phrase)


@pytest.mark.parametrize("tag", TAGS)
def test_no_phrase_has_two_meanings_in_its_language(tag):
    listed = [phrase.casefold().rstrip("?") for p in languages.load(tag).formulas.values() for phrase in p]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("pair", permutations(TAGS, 2), ids="-".join)
def test_a_closing_keeps_its_marks_and_its_case(pair):
    source, target = pair
    assert written(CLOSINGS[source], *pair) == CLOSINGS[target]
    assert written(CLOSINGS[source] + ",", *pair) == CLOSINGS[target] + ","
    assert written(CLOSINGS[source].upper(), *pair) == CLOSINGS[target].upper()


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("Hei, Kari Nordmann!", "nb", "sv", "Hej Kari Nordmann!"),
        ("Dear Ms Wójcik,", "en", "nn", "Kjære Wójcik,"),
        ("Bästa Åsa,", "sv", "en", "Dear Åsa,"),
        ("VEDTAK", "nb", "da", "AFGØRELSE"),
        ("Delvis innvilget:", "nb", "en", "Partly granted:"),
        ("Hvad sker der nu?", "da", "nb", "Hva skjer videre?"),
        ("saksbehandler", "nb", "sv", "handläggare"),
        ("Dato: 12. mars 2026", "nb", "en", "Date: 12 March 2026"),
        ("Our ref.: 2026/117", "en", "da", "Vores reference: 2026/117"),
        ("Saksbehandler: Torunn Haukeland", "nb", "sv", "Handläggare: Torunn Haukeland"),
        ("Telefon 55 56 12 34", "nb", "en", "Phone 55 56 12 34"),
        ("NOK 4,120.00", "en", "nb", "NOK 4\u00a0120,00"),
        ("12. mars 2026", "nb", "sv", "12 mars 2026"),
    ],
)
def test_greetings_keep_names_and_labels_keep_facts(text, source, target, expected):
    assert written(text, source, target) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Vi sender deg et vedtak.", "nb"),
        ("Til 12. mars 2026", "nb"),
        ("Til Statsforvalteren", "nb"),
        ("Dato: så snart som mulig", "nb"),
        ("Ja, du kan klage.", "nb"),
        ("Hej igen och tack för ditt brev", "sv"),
        ("", "en"),
    ],
)
def test_a_sentence_is_no_set_phrase(text, source):
    assert written(text, source, "en" if source != "en" else "nb") is None


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Avslag: Du får ikke plass.", ["Avslag:", "Du får ikke plass."]),
        ("Avslag:  Du får ikke plass.", ["Avslag:", "Du får ikke plass."]),
        ("Dato: 12. mars 2026", ["Dato: 12. mars 2026"]),
        ("Husk: Du kan klage.", ["Husk: Du kan klage."]),
        ("Du kan klage.", ["Du kan klage."]),
    ],
)
def test_a_label_stands_apart_from_the_sentence_that_it_opens(line, parts):
    spans = part_label(line, Span(0, len(line)), Direction.of("nb", "en"))
    assert [span.of(line) for span in spans] == parts


@pytest.mark.parametrize(
    ("tag", "line", "parts"),
    [
        ("ar", "السلام عليكم، متى سأحصل على رد؟", ["السلام عليكم،", "متى سأحصل على رد؟"]),
        ("pl", "Dzień dobry, straciłem pracę.", ["Dzień dobry,", "straciłem pracę."]),
        ("uk", "Доброго дня, я отримала листа.", ["Доброго дня,", "я отримала листа."]),
        ("pl", "Niestety, straciłem pracę.", ["Niestety, straciłem pracę."]),
        ("pl", "Dzień dobry,", ["Dzień dobry,"]),
        ("nb", "Hei, jeg har mistet jobben.", ["Hei, jeg har mistet jobben."]),
    ],
)
def test_a_citizen_s_greeting_stands_apart_from_the_sentence_that_it_opens(tag, line, parts):
    spans = part_label(line, Span(0, len(line)), Direction.of(tag, "en"))
    assert [span.of(line) for span in spans] == parts


def test_arabic_marks_are_those_of_the_language_that_is_written(translator):
    assert translator.translate("السلام عليكم،", "ar", "nb").text == "Hei,"


def test_what_a_municipality_calls_it_comes_before_the_set_phrase():
    own = Termbase(({"nb": "vedtak", "en": "ruling"},))
    direction = Direction.of("nb", "en")
    for text, expected in (("Vedtak", "Ruling"), ("VEDTAK:", "RULING:")):
        sentence = Sentence.read(text, direction, own.terms_in(text, "nb", "en"))
        assert write_formula(sentence, direction) == expected


def test_a_letter_is_opened_and_closed_as_letters_are(translator):
    letter = "Hei!\r\n\r\nDu kan klage.\r\n\r\nMed vennlig hilsen\r\nIngvald Nesheim\r\nsaksbehandler\r\n"
    result = translator.translate(letter, "nb", "en")
    assert result.text == (
        "Hello!\r\n\r\nYou can appeal.\r\n\r\nKind regards\r\nIngvald Nesheim\r\ncaseworker\r\n"
    )
    assert {segment.origin for segment in result.segments} == {"formula"}


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Hei Anna!", "nb", "pl", "Dzień dobry, Anna!"),
        ("Hej Anna,", "da", "uk", "Добрий день, Anna,"),
        ("Kära Anna", "sv", "ar", "مرحبًا Anna"),
        ("Har du spørsmål?", "nn", "ar", "هل لديك أسئلة؟"),
        ("Z poważaniem", "pl", "nb", "Med vennlig hilsen"),
        ("Дякую!", "uk", "sv", "Tack!"),
    ],
)
def test_set_phrases_are_known_in_the_languages_of_citizens(translator, text, source, target, wanted):
    assert translator.translate(text, source, target).text == wanted


def test_the_languages_of_citizens_share_the_keys():
    keys = languages.load("nb").formulas.keys()
    for tag in ("pl", "uk", "ar"):
        assert set(formulas_of(tag)) <= keys

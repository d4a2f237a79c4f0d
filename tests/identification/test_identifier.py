"""What the identifier answers: languages, hard conditions, two languages at once, and when it can't tell."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from replyassist.errors import ConfigurationError, EmptyText, InvalidEncoding
from replyassist.identification import Identifier, everyday

HERE = Path(__file__).parent
SENTENCES: dict[str, Any] = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
MESSAGES: list[dict[str, Any]] = tomllib.loads(
    (HERE.parent / "letters" / "messages.toml").read_text(encoding="utf-8")
)["message"]
ASKED_FOR = frozenset(tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))["asked_for"])
SIGNATURE = """

Med vennlig hilsen
Kari Nordmann
Storgata 12, 5003
+47 55 00 01 23
kari.nordmann@example.com

Sent from my iPhone"""


def test_every_language_that_was_asked_for_can_be_answered(identifier: Identifier) -> None:
    assert identifier.languages >= ASKED_FOR
    assert "zxx" not in identifier.languages


@pytest.mark.parametrize("language", SENTENCES["plain"])
def test_a_plain_sentence_is_told(identifier: Identifier, language: str) -> None:
    text = SENTENCES["plain"][language]
    found = identifier.identify(text)
    assert found.language == language
    assert found.confidence == found.candidates[0].confidence
    assert [(span.span.start, span.span.end, span.language) for span in found.spans] == [
        (0, len(text), language)
    ]


@pytest.mark.parametrize("case", SENTENCES["hard"])
def test_a_hard_sentence_is_told(identifier: Identifier, case: str) -> None:
    assert identifier.identify(SENTENCES["hard"][case]).language == case.partition("-")[0]


@pytest.mark.parametrize("language", SENTENCES["transliterated"])
def test_latin_letters_for_another_script_never_make_it_sure_of_the_wrong_language(
    identifier: Identifier, language: str
) -> None:
    found = identifier.identify(SENTENCES["transliterated"][language])
    assert found.language == language or found.confidence < 0.9
    assert found.candidates


def test_most_transliterated_sentences_are_told(identifier: Identifier) -> None:
    told = [
        tag for tag, text in SENTENCES["transliterated"].items() if identifier.identify(text).language == tag
    ]
    assert len(told) >= 6, told


@pytest.mark.parametrize(
    ("language", "text"),
    [("nb", "Brevet gikk til auksjonsfirmaet"), ("nn", "Presidentkandidaten vil eg treffe"),
     ("nn", "Kommunen har eit treningssenter"), ("nb", "Vi gikk fra presidentpalasset"),
     ("sv", "Kommunen ska inte betala hyran"), ("da", "Bygningen er nu uden elevatorer")],
)  # fmt: skip
def test_one_small_word_outweighs_a_long_one(identifier: Identifier, language: str, text: str) -> None:
    assert identifier.identify(text).language == language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Barna leker i hagen min"),
        ("nb", "Veien går forbi gården vår"),
        ("da", "Min have er fuld af bier"),
    ],
)
def test_neighbours_tell_what_each_word_leaves_open(identifier: Identifier, language: str, text: str) -> None:
    assert identifier.identify(text).language == language


def test_a_first_name_tells_no_language(identifier: Identifier) -> None:
    alone, named = (identifier.identify(text) for text in ("Les denne boka no", "Tom les denne boka no"))
    assert alone.language == named.language == "nn"


@pytest.mark.parametrize(
    ("text", "form"),
    [("Eg treng hjelp", "nn"), ("Jeg trenger hjelp", "nb"), ("Kommunen har sendt brev", None),
     ("Jag behöver hjälp", None), ("1234", None)],
)  # fmt: skip
def test_the_written_form_of_norwegian_is_told_where_the_words_show_it(
    identifier: Identifier, text: str, form: str | None
) -> None:
    assert identifier.identify(text).written_form == form


@pytest.mark.parametrize("language", ["nn", "sv", "da", "fi", "pl", "so", "ar"])
def test_a_signature_in_another_language_changes_nothing(identifier: Identifier, language: str) -> None:
    found = identifier.identify(SENTENCES["plain"][language] + SIGNATURE)
    assert found.language == language


@pytest.mark.parametrize(
    ("first", "second"), [("nb", "pl"), ("en", "sv"), ("ar", "nb"), ("fi", "sv"), ("da", "uk")]
)
def test_a_mixed_message_comes_back_in_parts(identifier: Identifier, first: str, second: str) -> None:
    one, other = SENTENCES["plain"][first], SENTENCES["plain"][second]
    found = identifier.identify(f"{one} {other}")
    assert [(span.span.start, span.language) for span in found.spans] == [(0, first), (len(one) + 1, second)]
    assert found.language in {first, second}


def test_a_greeting_does_not_decide(identifier: Identifier) -> None:
    found = identifier.identify("Hei!\n" + SENTENCES["plain"]["pl"])
    assert found.language == "pl"


@pytest.mark.parametrize("text", ["1234 5678", "?!?", "😀😀", "https://www.example.org/a?b=1", "\x00"])
def test_without_letters_there_is_no_language(identifier: Identifier, text: str) -> None:
    found = identifier.identify(text)
    assert (found.language, found.confidence, found.spans) == (None, 0.0, ())


@pytest.mark.parametrize("text", ["xq", "ok", "Per Olsen"])
def test_what_cannot_be_told_is_not_told_surely(identifier: Identifier, text: str) -> None:
    found = identifier.identify(text)
    assert found.language is None or found.confidence < 0.9
    assert found.candidates


@pytest.mark.parametrize("text", ["aaaa", "A" * 50])
def test_a_letter_held_down_is_no_language(identifier: Identifier, text: str) -> None:
    assert identifier.identify(text).language is None


def test_a_word_drawn_out_is_the_word(identifier: Identifier) -> None:
    drawn, plain = (
        identifier.identify(text) for text in ("Hjeeeeelp, vennnnligst svar", "Hjelp, venligst svar")
    )
    assert (drawn.language, drawn.confidence) == (plain.language, plain.confidence)


@pytest.mark.parametrize("text", SENTENCES["alike"])
def test_what_is_the_same_in_several_languages_is_left_open(identifier: Identifier, text: str) -> None:
    found = identifier.identify(text)
    assert (found.language, found.confidence, found.spans) == (None, 0.0, ())
    assert {candidate.language for candidate in found.candidates} >= set(SENTENCES["alike"][text])


@pytest.mark.parametrize("text", SENTENCES["greetings"])
def test_a_greeting_that_one_language_has_is_told(identifier: Identifier, text: str) -> None:
    found = identifier.identify(text)
    assert found.language == SENTENCES["greetings"][text]
    assert [(span.span.start, span.span.end) for span in found.spans] == [(0, len(text))]


def test_a_prior_decides_what_is_the_same_in_several_languages() -> None:
    found = Identifier.load(prior={"nn": 1.0}).identify("Takk!")
    assert found.language == "nn"
    assert found.confidence < 0.6


def test_everyday_words_are_in_languages_that_can_be_answered(identifier: Identifier) -> None:
    text = (Path(everyday.__file__).parent / "everyday.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) <= identifier.languages
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["", " ", "\n\t \u3000"])
def test_nothing_but_white_space_is_an_error(identifier: Identifier, text: str) -> None:
    with pytest.raises(EmptyText):
        identifier.identify(text)


def test_lone_surrogates_are_an_error(identifier: Identifier) -> None:
    with pytest.raises(InvalidEncoding):
        identifier.identify("Hei \ud800 der")


@pytest.mark.parametrize(
    ("language", "script"), [("uk", "Cyrl"), ("ar", "Arab"), ("sh", "Latn"), ("th", "Thai")]
)
def test_the_script_is_told(identifier: Identifier, language: str, script: str) -> None:
    assert identifier.identify(SENTENCES["plain"][language]).script == script


def test_serbian_keeps_its_script(identifier: Identifier) -> None:
    found = identifier.identify("Још нисам добио одговор на свој захтев и желео бих да знам колико да чекам.")
    assert (found.language, found.script) == ("sh", "Cyrl")


def test_a_prior_moves_what_is_in_doubt(identifier: Identifier) -> None:
    text = "Han er her"
    plain = {c.language: c.confidence for c in identifier.identify(text).candidates}
    moved = {c.language: c.confidence for c in Identifier.load(prior={"nb": 2.0}).identify(text).candidates}
    assert moved["nb"] > plain["nb"]
    assert moved["nb"] > moved.get("da", 0.0)


def test_a_prior_for_no_language_is_an_error() -> None:
    with pytest.raises(ConfigurationError):
        Identifier.load(prior={"norsk": 1.0})


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        Identifier.load(tmp_path)


def test_the_messages_that_citizens_write(identifier: Identifier) -> None:
    """The project's own messages, which nothing was tuned on."""
    wrong = [m["id"] for m in MESSAGES if identifier.identify(m["text"]).language != m["language"]]
    assert len(wrong) <= 0.08 * len(MESSAGES), wrong

"""Where a wording has a plainer one and yet no button: pressing it unseen would break the sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replyassist.domain import Assessment

Ask = Callable[..., Assessment]

# Language, sentence, what is hard in it.
ADVICE = [
    ("en", "We will expedite it.", "expedite"),
    ("nb", "Vi må innhente det i dag.", "innhente"),
    ("nn", "Vi må innhente det i dag.", "innhente"),
    ("en", "We offer a remuneration package.", "remuneration"),
    ("nb", "Det ble i møtet redegjort for planen.", "redegjort for"),
    ("en", "As regards the drive, we have said yes.", "As regards"),
    ("en", "Keep the door shut at all times.", "at all times"),
    ("sv", "Du har i skrivelse, undertecknad av din granne, sagt nej.", "skrivelse"),
    ("da", "Anvendt praksis er uændret.", "Anvendt"),
    ("da", "Vi har imødekommet klagen.", "imødekommet"),
    ("da", "Spørgsmålet om, hvorvidt du har ret til hjælp, er svært.", "om, hvorvidt"),
    ("da", "Vedlagt fremsendes klage fra din nabo.", "Vedlagt fremsendes"),
    ("da", "Ejeren skal bringe huset i overensstemmelse med planen.", "bringe huset i overensstemmelse med"),
    ("da", "Kopi af brevet er tilsendt klageren.", "tilsendt"),
    ("da", "Du kan bede om, at der iværksættes værgemål for din bror.", "iværksættes værgemål"),
]
BUTTON = [
    ("en", "We will expedite your case.", "expedite", "speed up"),
    ("nb", "Vi må innhente svar i dag.", "innhente", "hente inn"),
    ("nn", "Vi må innhente svar i dag.", "innhente", "hente inn"),
    ("en", "We offer fair remuneration.", "remuneration", "pay"),
    ("nb", "Vi har redegjort for planen.", "redegjort for", "forklart"),
    ("en", "Tell us as regards the drive.", "as regards", "about"),
    ("en", "The door must at all times be shut.", "must at all times", "must always"),
]
# A term to explain that takes its explanation in a sentence of its own alone.
NO_BRACKETS = [
    ("nb", "Nabovarslene ble sendt i går.", "Nabovarslene"),
    ("nn", "Nabovarsla vart sende i går.", "Nabovarsla"),
    ("nb", "Vi skal på befaring av huset.", "befaring"),
    ("nb", "Vi viser til befaringen som vi var på.", "befaringen"),
]


@pytest.mark.parametrize(("tag", "text", "words"), ADVICE)
def test_there_is_advice_and_no_button(ask: Ask, tag: str, text: str, words: str) -> None:
    found = [finding for finding in ask(text, tag).findings if finding.span.of(text) == words]
    assert [finding.suggestions for finding in found] == [()]


@pytest.mark.parametrize(("tag", "text", "words", "plain"), BUTTON)
def test_there_is_a_button(ask: Ask, tag: str, text: str, words: str, plain: str) -> None:
    found = [finding for finding in ask(text, tag).findings if finding.span.of(text) == words]
    assert [[each.replacement for each in finding.suggestions] for finding in found] == [[plain]]


@pytest.mark.parametrize(("tag", "text", "word"), NO_BRACKETS)
def test_an_explanation_comes_after_the_sentence(ask: Ask, tag: str, text: str, word: str) -> None:
    found = [finding for finding in ask(text, tag).findings if finding.span.of(text) == word]
    assert [[way.span.of(text) for way in finding.suggestions] for finding in found] == [["."]]


def test_a_term_is_explained_by_the_name_that_stands_there(ask: Ask) -> None:
    text = "Your need for practical assistance is greater."
    found = next(f for f in ask(text, "en").findings if f.span.of(text) == "practical assistance")
    assert found.suggestions[-1].replacement.startswith(". “Practical assistance” means:")


def test_a_participle_is_not_explained_as_the_noun_that_it_looks_like(ask: Ask) -> None:
    assert "da.term.skøn" in {f.rule for f in ask("Du kan klage over skønnet.", "da").findings}
    assert "da.term.skøn" not in {f.rule for f in ask("Hjælpen er skønnet nødvendig.", "da").findings}


def test_no_sentence_is_to_begin_with_what_somebody_says(ask: Ask) -> None:
    """ "... has seen, that there is a house in the garden" has no two sentences."""
    text = (
        "Kommunen har ved et besøg i din have i begyndelsen af september set, at der ved siden af huset nu "
        "står et skur med plads til to biler og en del haveredskaber af træ."
    )
    (found,) = (f for f in ask(text, "da").findings if f.kind == "sentence-length")
    assert "at der" not in found.message


def test_a_rule_is_silent_where_its_exception_stands_in_the_text(ask: Ask) -> None:
    button = "da.pattern.afgoerelsen-kan-paaklages"
    text = "Afgørelsen kan påklages til nævnet."
    assert button in {f.rule for f in ask(text, "da").findings}
    sent_on = f"Vi videresender klagen. {text}"
    assert button not in {f.rule for f in ask(sent_on, "da").findings}

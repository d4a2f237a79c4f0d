"""The main job: a letter and a message in, everything out."""

import tomllib
from pathlib import Path

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.domain import Draft, Span
from replyassist.errors import (
    EmptyText,
    InvalidEncoding,
    LanguageNotSupported,
    LanguageUnknown,
    TextTooLong,
    TranslationUnavailable,
)

LETTERS = Path(__file__).parent / "letters"


def letter(language, slug, version="today"):
    return (LETTERS / language / slug / f"{version}.txt").read_bytes().decode("utf-8")


REFUSALS = [
    pytest.param(path.parent, id=path.parent.parent.name)
    for path in sorted(LETTERS.glob("??/*/letter.toml"))
    if tomllib.loads(path.read_text(encoding="utf-8"))["kind"] == "refusal"
]


@pytest.mark.parametrize("folder", REFUSALS)
def test_a_refusal_shows_its_language_its_findings_and_a_translation(assistant, folder):
    text = (folder / "today.txt").read_bytes().decode("utf-8")
    language = folder.parent.name
    assessment = assistant.assess(Draft(text))
    assert assessment.identification.language == language
    assert assessment.letter_kind == "refusal"
    assert len(assessment.top_fixes) == 3
    assert any(finding.suggestions for finding in assessment.findings)
    plain = assistant.assess(Draft((folder / "plain.txt").read_bytes().decode("utf-8")))
    assert plain.score.value > assessment.score.value
    target = "en" if language != "en" else "nb"
    translation = assistant.translate(text, target)
    assert translation.route[0] == language
    assert translation.text != text


def test_a_reply_reads_the_message_and_the_draft_together(assistant):
    reply = assistant.reply(
        message="Hello, when will I get an answer to my application for a parking permit?",
        draft=Draft(letter("nb", "refused-dispensation")),
    )
    assert reply.message.language == "en"
    assert reply.message_translation.target == "nb"
    assert reply.translation.target == "en"
    assert reply.draft.identification.language == "nb"


def test_a_draft_in_the_other_written_form_is_noticed(assistant):
    reply = assistant.reply(
        message="Hei, eg lurer på når de svarar på søknaden min. Eg har ikkje høyrt noko enno.",
        draft=Draft(letter("nb", "refused-dispensation")),
    )
    assert reply.message.language == "nn"
    assert [notice.code for notice in reply.notices] == ["other-written-form"]
    assert reply.translation.target == "nn"


def test_a_language_that_can_not_be_served_is_said_with_an_offer_of_an_interpreter(assistant):
    reply = assistant.reply(
        message="Waxaan rabaa inaan ogaado goorta aan jawaabta codsigayga heli doono.",
        draft=Draft(letter("nb", "refused-dispensation")),
    )
    assert reply.translation is None
    assert reply.draft.findings
    unavailable = [n for n in reply.notices if n.code == "translation-unavailable"]
    assert any("turjumaan" in n.parameters.get("notice", "") for n in unavailable)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Foretaket må søke om ansvarsrett i tiltaksklasse 2 før arbeidet kan starte.", "ansvarsrett"),
        ("Byggherren behöver ett startbesked innan arbetet får påbörjas på tomten.", "startbesked"),
    ],
)
def test_a_contractor_knows_the_trade_and_a_layperson_does_not(assistant, text, word):
    rules = {
        audience: {f.rule for f in assistant.assess(Draft(text, audience=audience)).findings}
        for audience in ("layperson", "contractor")
    }
    assert any(word in rule for rule in rules["layperson"])
    assert not any(word in rule for rule in rules["contractor"])


def test_locked_text_gets_no_suggestions(assistant):
    text = letter("nb", "refused-dispensation")
    whole = Span(0, len(text))
    assert not any(f.suggestions for f in assistant.assess(Draft(text, locked=(whole,))).findings)


def test_simplify_applies_what_it_offers_and_the_score_rises(assistant):
    draft = Draft(letter("nb", "refused-dispensation"))
    result = assistant.simplify(draft)
    assert result.plan
    assert result.after.score.value > result.before.score.value
    text = draft.text
    for suggestion in sorted(result.plan, key=lambda s: s.span, reverse=True):
        text = text[: suggestion.span.start] + suggestion.replacement + text[suggestion.span.end :]
    assert text == result.text


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyText),
        (" \n\t ", EmptyText),
        ("a" * 10_000_000, TextTooLong),
        ("nul \0 inne i teksten", InvalidEncoding),
        ("en ensom \ud800 surrogat", InvalidEncoding),
        ("12345 67890", LanguageUnknown),
        (
            "Dzień dobry, kiedy dostanę odpowiedź na mój wniosek o miejsce w przedszkolu?",
            LanguageNotSupported,
        ),
    ],
)
def test_bad_input_has_its_own_error(assistant, text, error):
    with pytest.raises(error) as caught:
        assistant.assess(Draft(text))
    assert text not in str(caught.value) or not text.strip()


def test_a_pair_without_a_route_is_refused(assistant):
    with pytest.raises(TranslationUnavailable):
        assistant.translate("Dzień dobry, kiedy dostanę odpowiedź na mój wniosek?", "nb")


def test_missing_packages_take_nothing_else_down(tmp_path):
    broken = tmp_path / "nb_pl"
    broken.mkdir()
    (broken / "metadata.json").write_text("{", encoding="utf-8")
    assistant = ReplyAssistant.load(Settings(packages=str(tmp_path)))
    assert assistant.translate("Takk for hjelpen.", "en", source="nb").text


def test_a_document_comes_back_in_its_own_format(assistant):
    page = (
        "<!doctype html><html lang='nb'><body><h1>Vedtak</h1>"
        "<p>Skriv til <a href='/x'>post@bergen.example</a>.</p></body></html>"
    )
    data, parts = assistant.translate_document(page.encode(), "en", source="nb", filename="brev.html")
    text = data.decode()
    assert text.startswith("<!doctype html>")
    assert "post@bergen.example" in text
    assert "Vedtak" not in text
    assert parts[0].route == ("nb", "en")

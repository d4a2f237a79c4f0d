"""The main job: a letter and a message in, everything out."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.domain import Draft, Span, Translation
from replyassist.errors import (
    EmptyText,
    InvalidEncoding,
    LanguageNotSupported,
    LanguageUnknown,
    TextTooLong,
    TranslationFailed,
    TranslationUnavailable,
)
from replyassist.translation.tasks import TranslationTask

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


@pytest.mark.parametrize("message", ["Kan du hjelpe meg?", "Kommunen har sendt brev", "Kan du sende skjema?"])
def test_a_message_that_is_right_in_both_written_forms_may_be_answered_in_either(assistant, message):
    for language in ("nb", "nn"):
        reply = assistant.reply(message=message, draft=Draft(letter(language, "refused-dispensation")))
        assert {notice.code for notice in reply.notices} <= {"either-written-form"}
        assert reply.translation is None


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
        assistant.translate("Når får jeg svar på søknaden min om barnehageplass?", "so")


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
    made = assistant.translate_document(page.encode(), "en", source="nb", filename="brev.html")
    text = made.content.decode()
    assert text.startswith("<!doctype html>")
    assert "post@bergen.example" in text
    assert "Vedtak" not in text
    assert made.route == ("nb", "en")


def test_a_document_whose_language_is_told_has_the_same_limits(assistant):
    small = replace(assistant, settings=replace(assistant.settings, text_limit=10))
    for source in ("nb", None):
        with pytest.raises(TextTooLong):
            small.translate_document(b"Takk for hjelpen.", "en", source=source, filename="a.txt")
        with pytest.raises(EmptyText):
            small.translate_document(b" \n", "en", source=source, filename="a.txt")


def test_each_of_many_texts_has_its_own_outcome(assistant):
    tasks = [
        TranslationTask("Kommunen har avslått søknaden din.", "en"),
        TranslationTask(" ", "en"),
        TranslationTask("Kommunen har avslått søknaden din.", "so"),
        TranslationTask("Vi har tagit emot din ansökan om bygglov.", "en"),
        TranslationTask("xq zzk", "en"),
        TranslationTask("Takk for hjelpen.", "en", "nb", (Span(0, 4),)),
    ]
    outcomes = assistant.translate_many(tasks)
    kinds = [Translation, EmptyText, TranslationUnavailable, Translation, LanguageUnknown, Translation]
    assert [type(outcome) for outcome in outcomes] == kinds
    for i in (0, 3, 5):
        task = tasks[i]
        alone = assistant.translate(task.text, task.target, source=task.source, locked=task.locked)
        assert outcomes[i] == alone


class Fragile:
    """A translator that a certain text breaks, and whatever goes with it."""

    def __init__(self):
        self.batches = []

    def translate_many(self, texts, source, target, *, locked=()):
        self.batches.append(len(texts))
        if "b" * 9 in texts:
            raise TranslationFailed
        return [Translation(t.upper(), t, source, target, (source, target), (), "gist", "") for t in texts]


def test_a_text_that_breaks_a_batch_breaks_alone_and_batches_are_portions(assistant, monkeypatch):
    monkeypatch.setattr("replyassist.translation.tasks.PORTION", 20)
    fragile = Fragile()
    small = replace(assistant, translator=fragile)
    tasks = [TranslationTask(letter * 9, "en", "nb") for letter in "abcde"]
    outcomes = small.translate_many(tasks)
    assert [getattr(outcome, "text", type(outcome)) for outcome in outcomes] == [
        "A" * 9, TranslationFailed, "C" * 9, "D" * 9, "E" * 9,
    ]  # fmt: skip
    assert fragile.batches == [2, 1, 1, 2, 1]

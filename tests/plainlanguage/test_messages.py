"""What a finding says is itself plain: the messages of each language pass our own check for laypeople."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from replyassist import languages
from replyassist.domain import Assessment, Draft, Identification, Score
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

Ask = Callable[..., Assessment]
TAGS = languages.available()
# Words that stand in for what a rule found: short and common ones, as a finding is about the sentence
# around them.
FILLED = {"text": "", "plain": "", "definition": "", "count": "3", "limit": "3"}
WORDINGS = frozenset({"term", "phrase", "pattern", "nominalisation", "sentence-length", "double-negation"})


def messages() -> list[object]:
    return [
        pytest.param(tag, text.format_map(FILLED).replace("«»", "").replace("“”", ""), id=f"{tag}-{key}")
        for tag in TAGS
        for key, text in languages.load(tag).messages.items()
    ]


@pytest.mark.parametrize(("tag", "message"), messages())
def test_a_message_uses_no_word_that_we_advise_against(ask: Ask, tag: str, message: str) -> None:
    found = [f for f in ask(message, tag).findings if f.kind in WORDINGS and f.severity != "advice"]
    assert not [(f.rule, f.span.of(message)) for f in found]


@pytest.mark.parametrize("tag", TAGS)
def test_the_messages_reach_the_target_of_laypeople(ask: Ask, tag: str) -> None:
    texts = (text.format_map(FILLED) for text in languages.load(tag).messages.values())
    score = ask("\n\n".join(texts), tag).score
    assert isinstance(score, Score)
    assert score.value >= load_profiles()["layperson"].targets["score"]


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_every_message(tag: str) -> None:
    assert languages.load(tag).messages.keys() == languages.load("en").messages.keys()


LONG = (
    "Vi har lest søknaden din om tilbygg på huset i Solveien og snakket med naboen som bor like ved, "
    "og du må innsende dokumentasjon på vedtaket i henhold til plan- og bygningsloven innen 3. mai 2026."
)


@pytest.mark.parametrize("ui", TAGS)
def test_a_finding_is_explained_in_the_language_of_the_user(assessor: Assessor, ui: str) -> None:
    draft, identification = Draft(LONG, "nb"), Identification("nb", 1.0)
    findings = assessor.assess(draft, identification, ui_language=ui, letter=False).findings
    openings = {re.split(r"[{]", text)[0] for text in languages.load(ui).messages.values()}
    assert {"sentence-length", "term"} <= {f.kind for f in findings}
    for finding in findings:
        assert any(finding.message.startswith(opening) for opening in openings if opening)
        assert finding.gain > 0 or finding.severity == "advice"


@pytest.mark.parametrize("tag", TAGS)
def test_an_explanation_uses_no_word_that_we_advise_against(ask: Ask, tag: str) -> None:
    own = {t.lemma: t.definition for t in languages.load(tag).terms if t.kind != "replace"}
    text = "\n\n".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in own.values())
    found = [f for f in ask(text, tag).findings if f.kind in WORDINGS and f.severity == "error"]
    worded = [
        f.span.of(text) for f in ask(text, tag).findings if f.kind == "term" and f.severity == "warning"
    ]
    assert not found
    assert not worded


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("da", "Vi kan imødekomme dit ønske."),
        ("en", "You can direct questions to the undersigned."),
        ("nn", "Eg ber høflegast om at De svarar."),
    ],
)
@pytest.mark.parametrize("ui", TAGS)
def test_what_has_no_replacement_is_not_told_with_an_empty_one(
    assessor: Assessor, tag: str, text: str, ui: str
) -> None:
    draft, identification = Draft(text, tag), Identification(tag, 1.0)
    findings = assessor.assess(draft, identification, ui_language=ui, letter=False).findings
    assert findings
    assert not [f.message for f in findings if re.search(r"«»|“”|””|»«", f.message)]

"""What a finding says is itself plain: the messages of each language pass our own check for laypeople."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replyassist import languages
from replyassist.domain import Assessment, Score
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

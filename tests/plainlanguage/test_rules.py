"""Every rule of every language keeps its promises: it flags, stays silent, its suggestion settles it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from replyassist import languages
from replyassist.domain import Assessment, Finding
from replyassist.languages import RuleEntry
from replyassist.plainlanguage.rules.lexicon import expand
from replyassist.plainlanguage.rules.structure import KINDS

# A nominalisation is a term, found under the term's name, and the entry switches on its message.
BY_KIND = frozenset(KINDS) | {"nominalisation"}
NESTED_REPETITION = re.compile(r"[*+}]\)[*+{]")
WORDINGS = frozenset({"phrase", "pattern", "term", "nominalisation"})
KNOWN_KINDS = BY_KIND | {"phrase", "pattern", "keep"}
Ask = Callable[..., Assessment]
EVERY_RULE = [(tag, rule) for tag in languages.available() for rule in languages.load(tag).rules]


def cases(of: str, kinds: frozenset[str] | set[str] | None = None) -> Iterator[object]:
    """One case per sentence, so that a failure names it; of the kinds given, else of all but names."""
    for tag, rule in EVERY_RULE:
        if (rule.kind not in kinds) if kinds else rule.kind == "keep":
            continue
        for number, case in enumerate(getattr(rule, of)):
            yield pytest.param(tag, rule, case, id=f"{rule.id}-{number}")


def found_by(rule: RuleEntry, findings: tuple[Finding, ...]) -> list[Finding]:
    return [f for f in findings if (f.kind == rule.kind if rule.kind in BY_KIND else f.rule == rule.id)]


@pytest.mark.parametrize(("tag", "rule", "case"), cases("flags"))
def test_a_rule_flags_what_it_says(ask: Ask, tag: str, rule: RuleEntry, case: tuple[str, str | None]) -> None:
    text, fixed = case
    found = found_by(rule, ask(text, tag).findings)
    assert found
    if fixed is None:
        assert not rule.replace
        return
    for finding in sorted(found, key=lambda f: f.span, reverse=True):
        change = finding.suggestions[0]
        text = text[: change.span.start] + change.replacement + text[change.span.end :]
    assert text == fixed
    assert not found_by(rule, ask(fixed, tag).findings)


@pytest.mark.parametrize(("tag", "rule", "case"), cases("passes"))
def test_a_rule_is_silent_on_near_misses(ask: Ask, tag: str, rule: RuleEntry, case: str) -> None:
    assert not found_by(rule, ask(case, tag).findings)


@pytest.mark.parametrize(("tag", "rule", "case"), cases("passes", {"keep"}))
def test_a_name_that_looks_like_a_term_is_left_alone(ask: Ask, tag: str, rule: RuleEntry, case: str) -> None:
    kept = [" ".join(text.split()) for text in expand(rule.pattern) if text in case.lower()]
    assert kept
    found = [f.span.of(case).lower() for f in ask(case, tag).findings if f.kind in WORDINGS]
    assert not [text for text in found if any(text in words for words in kept)]


@pytest.mark.parametrize(("tag", "rule"), EVERY_RULE, ids=[rule.id for _, rule in EVERY_RULE])
def test_a_rule_is_well_formed(tag: str, rule: RuleEntry) -> None:
    assert rule.kind in KNOWN_KINDS
    assert rule.id.startswith(f"{tag}.{rule.kind}")
    assert rule.passes
    if rule.kind == "keep":
        assert not rule.flags
        return
    assert rule.message in languages.load(tag).messages
    assert rule.flags
    assert not NESTED_REPETITION.search(rule.pattern), "could take exponential time"


@pytest.mark.parametrize("tag", languages.available())
def test_a_language_switches_on_every_structural_kind(tag: str) -> None:
    language = languages.load(tag)
    expected = BY_KIND if language.compound_joints else BY_KIND - {"compound-length"}
    assert expected <= {rule.kind for rule in language.rules}

"""Every term in every form: found where it stands, and a replacement that is not itself to be replaced."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

import pytest

from replyassist import languages
from replyassist.domain import Assessment, AudienceProfile, Draft, Finding, Identification, Term
from replyassist.plainlanguage import Assessor
from replyassist.plainlanguage.rules.wording import term_id
from replyassist.profiles import load_profiles

Ask = Callable[..., Assessment]
WORDINGS = frozenset({"term", "phrase", "pattern", "nominalisation"})
TAGS = languages.available()


def forms_of(term: Term) -> list[str]:
    return sorted({form for slot in term.forms for form in slot.split("/") if form})


def sentence(form: str) -> str:
    """A frame that fits any part of speech: the form first, then a number that no rule minds."""
    return f"{form[0].upper()}{form[1:]} 12."


def rounds(terms: Iterable[Term]) -> Iterator[list[tuple[Term, str]]]:
    """Each term with one of its forms, again and again until all forms were had: one text a round is fast."""
    for several in zip_longest(*[[(term, form) for form in forms_of(term)] for term in terms]):
        yield [each for each in several if each]


def paragraphs(forms: Iterable[str]) -> tuple[str, list[int]]:
    """A text with a paragraph per form, and the offset of each."""
    text, starts = "", []
    for form in forms:
        starts.append(len(text))
        text += f"{sentence(form)}\n\n"
    return text, starts


def by_paragraph(findings: tuple[Finding, ...], starts: list[int]) -> dict[int, list[Finding]]:
    """Findings by the number of the paragraph that they stand in."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[bisect_right(starts, finding.span.start) - 1].append(finding)
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_every_form_of_every_term_is_found(ask: Ask, tag: str) -> None:
    missed = []
    for batch in rounds(languages.load(tag).terms):
        text, starts = paragraphs(form for _, form in batch)
        found = by_paragraph(ask(text, tag).findings, starts)
        for number, (term, form) in enumerate(batch):
            # A rule may speak in the term's place, where it says more.
            if not any(f.rule == term_id(term) or f.kind in WORDINGS - {"term"} for f in found[number]):
                missed.append(form)
    assert not missed


@pytest.mark.parametrize("tag", TAGS)
def test_a_replacement_settles_the_matter(ask: Ask, tag: str) -> None:
    stay = {term_id(term) for term in languages.load(tag).terms if term.kind != "replace"}
    for batch in rounds(term for term in languages.load(tag).terms if term.kind == "replace"):
        text, _ = paragraphs(form for _, form in batch)
        offered = [f.suggestions for f in ask(text, tag).findings if f.kind in WORDINGS and f.suggestions]
        for choice in range(max(map(len, offered), default=0)):
            new = text
            for change in sorted(
                (s[min(choice, len(s) - 1)] for s in offered), key=lambda c: c.span, reverse=True
            ):
                new = new[: change.span.start] + change.replacement + new[change.span.end :]
            again = [f for f in ask(new, tag).findings if f.kind in WORDINGS and f.suggestions]
            assert not [(f.rule, f.span.of(new)) for f in again if f.rule not in stay]
            assert all(line[0].isupper() or not line[0].isalpha() for line in new.split("\n\n") if line)


@pytest.mark.parametrize("tag", TAGS)
def test_there_are_enough_terms(tag: str) -> None:
    assert len(languages.load(tag).terms) >= (150 if tag == "en" else 250)


@pytest.mark.parametrize("tag", TAGS)
def test_the_trade_words_of_contractors_are_silent_for_them_alone(ask: Ask, tag: str) -> None:
    profile = load_profiles()["contractor"]
    trade = [t for t in languages.load(tag).terms if not profile.domains.isdisjoint(t.domains)]
    assert len(trade) > 20
    text, _ = paragraphs(forms_of(term)[0] for term in trade)
    rules = {audience: {f.rule for f in ask(text, tag, audience).findings} for audience in load_profiles()}
    own = {term_id(term) for term in trade}
    assert not own & rules["contractor"]
    assert len(own & rules["layperson"]) > 0.9 * len(own)  # the rest is said by a rule


@pytest.mark.parametrize("tag", TAGS)
def test_a_term_to_explain_is_found_once_and_not_where_it_is_explained(ask: Ask, tag: str) -> None:
    term = next(t for t in languages.load(tag).terms if t.kind == "explain" and t.forms[0])
    text = f"{sentence(term.forms[0])} {sentence(term.forms[0])}"
    assert [f.rule for f in ask(text, tag).findings].count(term_id(term)) == 1
    explained = f"12 {term.forms[0]} ({term.definition})."
    assert term_id(term) not in {f.rule for f in ask(explained, tag).findings}


@pytest.mark.parametrize("tag", TAGS)
def test_each_way_to_explain_a_term_settles_the_matter(ask: Ask, tag: str) -> None:
    ways = 0
    for term in languages.load(tag).terms:
        if term.kind == "replace" or len(term.definition.split()) > 12:
            continue
        text = sentence(forms_of(term)[0])
        for finding in ask(text, tag).findings:
            for way in finding.suggestions if finding.rule == term_id(term) else ():
                new = text[: way.span.start] + way.replacement + text[way.span.end :]
                assert term.definition.rstrip(".") in new
                assert term_id(term) not in {f.rule for f in ask(new, tag).findings}
                ways += 1
    assert ways > 50


EXPLAINED = {
    "nb": ("Du har rett til {}.", "partsinnsyn", "partsinnsyn ("),
    "nn": ("Du har rett til {}.", "partsinnsyn", "partsinnsyn ("),
    "sv": ("Du kan begära {}.", "anstånd", "anstånd ("),
    "da": ("Du har ret til {}.", "aktindsigt", "aktindsigt ("),
    "en": ("You may ask for {}.", "public access", "public access ("),
}


@pytest.mark.parametrize("tag", TAGS)
def test_a_term_that_must_stay_is_explained_where_that_is_grammatical(ask: Ask, tag: str) -> None:
    frame, word, opening = EXPLAINED[tag]
    text = frame.format(word)
    found = next(f for f in ask(text, tag).findings if f.span.of(text) == word)
    assert [s.replacement.startswith(opening) for s in found.suggestions] == [True, False]
    assert found.suggestions[1].span.of(text) == "."
    for quoted in (f"({word})", f'"{word}"', f"{word.upper()}"):
        again = [f for f in ask(frame.format(quoted), tag).findings if f.rule == found.rule]
        assert not [s for f in again for s in f.suggestions if s.replacement.lower().startswith(opening)]


def test_an_audience_of_ones_own_can_know_a_domain(assessor: Assessor) -> None:
    own = {"nurse": AudienceProfile("nurse", {}, frozenset({"health-care"}))}
    term = next(t for t in languages.load("nb").terms if t.domains == ("health-care",))
    theirs = Assessor(assessor.models, own, assessor.kinds)
    text = sentence(forms_of(term)[0])
    found = theirs.assess(Draft(text, "nb", "nurse"), Identification("nb", 1.0), letter=False).findings
    assert term_id(term) not in {f.rule for f in found}

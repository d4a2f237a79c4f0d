"""What a sentence states against what its translation states: nothing lost, nothing added, nothing turned
round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from replyassist.domain import Check, Span
from replyassist.languages import Language
from replyassist.text.facts import Fact, find_facts
from replyassist.text.tokens import words
from replyassist.translation.names import find_names

# A translation is between half and twice as long as its source, give or take a dozen characters; languages
# that write without vowels or in characters for words are shorter.
LONGEST, SHORTEST, SLACK = 2.2, 0.4, 12
DENSE = frozenset({"ar", "fa", "ps", "ur", "zh", "am", "ti", "th", "hi"})
LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}")
COPIED_WORDS = 4
CROWNS = {"nb": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK"}
NEIGHBOURS = frozenset({"nb", "nn", "da"})


def check_segment(
    source: str, target: str, source_language: Language | None, target_language: Language | None,
    route: tuple[str, str], terms: Sequence[tuple[str, str]] = (),
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of one segment; spans are into ``source`` and ``target`` themselves.

    Args:
        source, target: the sentence and its translation.
        source_language, target_language: their data; None where the language has none.
        route: tags of source and target.
        terms: ``(source form, wanted target form)`` of the termbase that the source holds.
    """
    return (
        *_facts(source, target, source_language, target_language),
        *_names(source, target, route[0]),
        *_terms(source, target, terms),
        *_negation(source, target, source_language, target_language),
        *_decision(source, target, source_language, target_language),
        *_shape(source, target, route),
    )


def _facts(
    source: str, target: str, source_language: Language | None, target_language: Language | None
) -> Iterator[Check]:
    crown = _crown(source_language) or _crown(target_language)
    stated = find_facts(source, source_language, crown=crown)
    arrived = list(find_facts(target, target_language, crown=crown))
    missing = []
    for fact in stated:
        if match := next((a for a in arrived if same(fact, a)), None):
            arrived.remove(match)
            yield Check(fact.kind, fact.span, match.span, True)
        else:
            missing.append(fact)
    for fact in missing:
        # The same kind with another value is what became of it; else it is not there.
        changed = next((a for a in arrived if a.kind == fact.kind), None)
        if changed:
            arrived.remove(changed)
        yield Check(
            fact.kind, fact.span, changed.span if changed else None, False, "changed" if changed else "lost"
        )
    for fact in arrived:
        yield Check(fact.kind, None, fact.span, False, "added")


def _crown(language: Language | None) -> str | None:
    """The currency that "kr" means in a letter from where the language is at home; English is at home
    nowhere."""
    return CROWNS.get(language.tag) if language else None


def same(stated: Fact, arrived: Fact) -> bool:
    """Whether two facts have one value; a number may be read as another kind when its digits are the same."""
    if stated.value == arrived.value:
        return stated.kind == arrived.kind or _digits(stated.value) == _digits(arrived.value) != ""
    if stated.kind == arrived.kind == "law":
        # "§ 12-13 tredje ledd" and "Section 12-13(3)": one may name the part of the paragraph in words.
        return stated.value.partition("(")[0] == arrived.value.partition("(")[0]
    if stated.kind != arrived.kind and "amount" not in (stated.kind, arrived.kind):
        return _digits(stated.value) == _digits(arrived.value) != ""
    return False


def _digits(value: str) -> str:
    return "".join(c for c in value if c.isdigit())


def _names(source: str, target: str, source_tag: str) -> Iterator[Check]:
    here = target.casefold()
    for span in find_names(source, source_tag):
        name = span.of(source)
        start = here.find(name.casefold())
        if start < 0 and name.endswith("s"):  # a genitive
            start = here.find(name[:-1].rstrip("'’").casefold())
        found = Span(start, start + len(name)) if 0 <= start <= len(target) - len(name) else None
        yield Check("name", span, found, found is not None, "" if found else "lost")


def _terms(source: str, target: str, terms: Sequence[tuple[str, str]]) -> Iterator[Check]:
    for form, wanted in terms:
        at = source.casefold().find(form.casefold())
        there = target.casefold().find(wanted.casefold())
        found = Span(there, there + len(wanted)) if there >= 0 else None
        yield Check("term", Span(at, at + len(form)), found, found is not None, "" if found else "not-used")


def _negation(
    source: str, target: str, source_language: Language | None, target_language: Language | None
) -> Iterator[Check]:
    if source_language is None or target_language is None:
        return
    stated, arrived = _cues(source, source_language.negations), _cues(target, target_language.negations)
    if stated and not arrived:
        if not _cues(target, target_language.implied_negations):
            yield Check("negation", stated[0], None, False, "lost")
    elif arrived and not stated:
        if not _cues(source, source_language.implied_negations):
            yield Check("negation", None, arrived[0], False, "added")
    elif stated:
        yield Check("negation", stated[0], arrived[0], True)


def _decision(
    source: str, target: str, source_language: Language | None, target_language: Language | None
) -> Iterator[Check]:
    if source_language is None or target_language is None:
        return
    for stated, opposite in (("refused", "granted"), ("granted", "refused")):
        said = _cues(source, getattr(source_language, stated))
        if said and not _cues(source, getattr(source_language, opposite)):
            turned = _cues(target, getattr(target_language, opposite))
            kept = _cues(target, getattr(target_language, stated))
            if turned and not kept and not _cues(target, target_language.negations):
                yield Check("decision", said[0], turned[0], False, "inverted")


def _cues(text: str, forms: Collection[str]) -> list[Span]:
    """Where words of ``forms`` stand; an English ``n't`` counts as its own word."""
    wanted = {form.casefold() for form in forms}
    found = []
    for span in words(text):
        word = span.of(text).casefold().replace("’", "'")
        if word in wanted or (word.endswith("n't") and "not" in wanted):
            found.append(span)
    return found


def _shape(source: str, target: str, route: tuple[str, str]) -> Iterator[Check]:
    whole_source, whole_target = Span(0, len(source)), Span(0, len(target))
    if not target.strip():
        yield Check("length", whole_source, None, False, "lost")
        return
    shortest = SHORTEST / 2 if route[1] in DENSE else SHORTEST
    longest = LONGEST * 2 if route[0] in DENSE else LONGEST
    if not len(source) * shortest - SLACK <= len(target) <= len(source) * longest + SLACK:
        detail = "too-short" if len(target) < len(source) else "too-long"
        yield Check("length", whole_source, whole_target, False, detail)
    if has_loop(target) and not has_loop(source):
        yield Check("repetition", whole_source, whole_target, False, "loop")
    copied = not {*route} <= NEIGHBOURS and source.casefold() == target.casefold()
    if copied and sum(1 for _ in words(source)) >= COPIED_WORDS:
        yield Check("untranslated", whole_source, whole_target, False, "copied")


def has_loop(text: str) -> bool:
    """Whether some words come three times in a row, or one word makes up most of a long sentence."""
    if LOOP.search(text):
        return True
    counted = Counter(span.of(text).casefold() for span in words(text))
    total = sum(counted.values())
    return total > 15 and counted.most_common(1)[0][1] > total / 3

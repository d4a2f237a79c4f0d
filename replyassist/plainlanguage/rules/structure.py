"""Rules on how a text is built: one function per kind, switched on by an entry of a language's rules.

Each takes the entry, with its parameters, and the text, and yields what it finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from replyassist.languages import Language, RuleEntry
from replyassist.plainlanguage.analysis import Analysis, Sentence, Word
from replyassist.plainlanguage.frequency import FrequencyTable
from replyassist.plainlanguage.measures import Tally, of_sentence
from replyassist.plainlanguage.rules.match import Match
from replyassist.plainlanguage.rules.passive import Passive, find_passives
from replyassist.plainlanguage.rules.splitting import ClauseWords, find_splits, show_place
from replyassist.plainlanguage.tagging import Tag, Tagger
from replyassist.text.facts.references import find_law

# On its own or as the first part of a compound ("LNF-formål"), but not of a code ("BV-2026", "NS-EN").
INITIALISM = re.compile(r"(?<![\w/.-])[^\W\d_a-zæøåäöéü]{2,6}(?![\w/]|-(?![a-zæøåäöéü]{3})|\.\w)")
ROMAN = re.compile(r"[IVX]+")
NEGATION_REACH = 12  # words; further apart, two negations are two statements
MOST_SPLITS = 2  # alternatives offered for one sentence
NAME_REACH = 60  # characters of a name before the letters that it is shortened to
KNOWN_INITIALISM = 4.0  # Zipf of an abbreviation that all know, such as EU


@dataclass
class Reading:
    """A text as the structural rules read it: tagged once, when the first of them asks."""

    analysis: Analysis
    frequencies: FrequencyTable
    tagger: Tagger

    @cached_property
    def tags(self) -> dict[int, Tag]:
        """Tags of all words, by their offsets; empty without a pipeline."""
        return self.tagger.tag(self.analysis.sentences)

    @cached_property
    def passives(self) -> tuple[Passive, ...]:
        """All passives of the running text."""
        return tuple(find_passives(self.analysis, self.tags))

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.analysis.language


def find_structure_matches(reading: Reading) -> Iterator[Match]:
    """What the structural rules that the language switches on find in the text."""
    for rule in reading.language.rules:
        if rule.kind in KINDS:
            yield from KINDS[rule.kind](rule, reading)


def _match(rule: RuleEntry, start: int, end: int, relief: Tally, **parameters: str) -> Match:
    return Match(
        rule.id, rule.kind, rule.message, rule.severity, rule.source, start, end, parameters, relief=relief
    )


def _limit(rule: RuleEntry, default: int) -> int:
    value = rule.parameters.get("limit", default)
    return value if isinstance(value, int) else default


def _long_sentences(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    limit = _limit(rule, 30)
    for sentence in reading.analysis.running_text:
        count = sum(1 for word in sentence.words if word.form)
        if count > limit:
            yield _long_sentence(rule, reading, sentence, count, limit)


def _long_sentence(rule: RuleEntry, reading: Reading, sentence: Sentence, count: int, limit: int) -> Match:
    """The match of one long sentence: with a button where a split is sure, else with the likeliest place."""
    text = reading.analysis.flat
    splits = find_splits(sentence, ClauseWords.of(rule, reading.language), text, reading.tags)
    changes = tuple(split.change for split in splits if split.change)[:MOST_SPLITS]
    relief = of_sentence(count) - of_sentence(count / 2) - of_sentence(count / 2)
    return Match(
        rule.id, rule.kind, f"{rule.message}-at" if splits else rule.message, rule.severity, rule.source,
        sentence.start, sentence.end,
        {
            "count": str(count),
            "limit": str(limit),
            "text": show_place(sentence, splits[0].number, text) if splits else "",
        },
        changes, bool(changes), relief,
    )  # fmt: skip


def _passives(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    text = reading.analysis.flat
    for passive in reading.passives:
        if passive.hides_actor:
            found = text[passive.start : passive.end]
            yield _match(rule, passive.start, passive.end, Tally(passives=1), text=found)


def _double_negations(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    denied = reading.language.subordinators - frozenset(rule.words("reasons"))
    paired, idle = rule.words("paired"), frozenset(rule.words("idle"))
    for sentence in reading.analysis.running_text:
        forms = [*(word.form for word in sentence.words), ""]
        places = [
            i
            for i, (form, following) in enumerate(pairwise(forms))
            if form in reading.language.negations and f"{form} {following}" not in idle
        ]
        for first, second in pairwise(places):
            if (sentence.words[first].form, sentence.words[second].form) == paired:  # "neither ... nor"
                continue
            between = sentence.words[first + 1 : second + 1]
            if second - first <= NEGATION_REACH and not _are_two_statements(between, denied, reading.tags):
                start, end = sentence.words[first].start, sentence.words[second].end
                yield _match(rule, start, end, Tally(), text=reading.analysis.flat[start:end])
                break


def _are_two_statements(between: Iterable[Word], denied: frozenset[str], tags: Mapping[int, Tag]) -> bool:
    """Whether a new statement begins between two negations: after a comma, unless the clause depends on the
    first ("not so, that you have no right"), or after an "and". A reason is a statement of its own.
    """
    return any(
        (word.gap and word.form not in denied) or (word.start in tags and tags[word.start].pos == "CCONJ")
        for word in between
    )


def _noun_chains(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    limit, light = _limit(rule, 4), frozenset(rule.words("light"))
    for sentence in reading.analysis.running_text:
        for chain in _chains(sentence, reading.tags):
            nouns = [word for word in chain if reading.tags[word.start].pos == "NOUN"]
            if sum(_weighs(word, light, reading.tags) for word in nouns) >= limit:
                start, end = chain[0].start, nouns[-1].end
                text = reading.analysis.flat[start:end]
                yield _match(rule, start, end, Tally(nominalisations=1), text=text, count=str(len(nouns)))


def _weighs(word: Word, light: frozenset[str], tags: Mapping[int, Tag]) -> bool:
    """Whether a noun makes its chain heavier: not where it is half of a preposition ("with the help of"), nor
    where it only says whose the next one is ("the child's safety").
    """
    return word.form not in light and tags[word.start].features.get("Case") != "Gen"


def _chains(sentence: Sentence, tags: Mapping[int, Tag]) -> Iterator[list[Word]]:
    """Runs of nouns joined by nothing or by a preposition."""
    chain: list[Word] = []
    for word in sentence.words:
        pos = tags[word.start].pos if word.start in tags else ""
        continues = pos == "NOUN" or (pos == "ADP" and chain and tags[chain[-1].start].pos == "NOUN")
        if chain and (not continues or word.gap):
            yield chain
            chain = []
        if pos == "NOUN" or (continues and chain):
            chain.append(word)
    if chain:
        yield chain


def _initialisms(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    text = reading.analysis.flat
    seen = set(rule.words("known"))
    for sentence in reading.analysis.sentences:
        part = text[sentence.start : sentence.end]
        if _is_in_capitals(part):
            continue
        for found in INITIALISM.finditer(part):
            name = found[0]
            if name in seen or ROMAN.fullmatch(name):
                continue
            if _touches_number(part, found.start(), found.end()):  # a currency
                continue
            seen.add(name)
            is_explained = f"({name})" in text or f"{name} (" in text or f"({name.lower()})" in text
            is_explained = is_explained or _follows_its_name(part, found)
            if not is_explained and reading.frequencies.zipf(name.lower()) < KNOWN_INITIALISM:
                start = sentence.start + found.start()
                yield _match(rule, start, start + len(name), Tally(jargon=0.5), text=name)


def _is_in_capitals(text: str) -> bool:
    """Whether most letters are capitals, as in a heading, where a name looks like an abbreviation."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


def _follows_its_name(part: str, found: re.Match[str]) -> bool:
    """Whether it stands after the name that it is short for: "the act on public procurement, APP"."""
    before, after = (
        part[max(0, found.start() - NAME_REACH) : found.start()],
        part[found.end() : found.end() + 1],
    )
    if not before.endswith(", ") or after not in {"", ",", ".", ";"}:
        return False
    letters = iter(before.lower())
    return all(letter in letters for letter in found[0].lower())


def _touches_number(text: str, start: int, end: int) -> bool:
    """Whether a number stands right before or after: then it is a currency or a code, which facts explain."""
    return text[:start].rstrip()[-1:].isdigit() or text[end:].lstrip()[:1].isdigit()


def _law_chains(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    limit = _limit(rule, 2)
    text = reading.analysis.flat
    # The year and number of a law, and the second paragraph of "§§ 28 og 29", are no reference of their own.
    laws = sorted(
        fact.span.start for fact in find_law(text) if any(c == "§" or c.isalpha() for c in fact.span.of(text))
    )
    for sentence in reading.analysis.running_text:
        count = bisect_left(laws, sentence.end) - bisect_left(laws, sentence.start)
        if count >= limit:
            relief = Tally(laws=count - 1)
            yield _match(rule, sentence.start, sentence.end, relief, count=str(count), limit=str(limit))


def _walls(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    limit = _limit(rule, 100)
    counts: dict[int, int] = {}
    for sentence in reading.analysis.running_text:
        counts[sentence.block] = counts.get(sentence.block, 0) + sum(
            1 for word in sentence.words if word.form
        )
    for block, count in counts.items():
        if count > limit:
            span = reading.analysis.blocks[block].span
            yield _match(rule, span.start, span.end, Tally(), count=str(count), limit=str(limit))


def _long_words(rule: RuleEntry, reading: Reading) -> Iterator[Match]:
    limit = _limit(rule, 20)
    acts = reading.language.act_endings  # the name of an act can't be written otherwise
    seen: set[str] = set()
    for sentence in reading.analysis.sentences:
        for word in sentence.words:
            if len(word.form) <= limit or word.form in seen or word.form.removesuffix("s").endswith(acts):
                continue
            if word.form.isalpha():
                seen.add(word.form)
                text = reading.analysis.flat[word.start : word.end]
                yield _match(rule, word.start, word.end, Tally(rare=0.5), text=text, count=str(len(text)))


KINDS: dict[str, Callable[[RuleEntry, Reading], Iterator[Match]]] = {
    "sentence-length": _long_sentences,
    "passive": _passives,
    "double-negation": _double_negations,
    "noun-chain": _noun_chains,
    "abbreviation": _initialisms,
    "law-chain": _law_chains,
    "wall-of-text": _walls,
    "compound-length": _long_words,
}

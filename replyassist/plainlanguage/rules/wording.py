"""Terms, phrases and patterns: what a language's data says of wordings, found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from replyassist.domain import AudienceProfile, Term
from replyassist.languages import Language, RuleEntry, find_address
from replyassist.plainlanguage.analysis import Analysis
from replyassist.plainlanguage.explanations import is_explained_in_a_sentence, offer_explanations
from replyassist.plainlanguage.measures import Tally
from replyassist.plainlanguage.rules.lexicon import Form, Hit, Lexicon
from replyassist.plainlanguage.rules.match import Change, Match
from replyassist.plainlanguage.suggestions import Proposal, propose
from replyassist.plainlanguage.tagging import Tag
from replyassist.text.capitals import match_capitals

NOT_IN_AN_ID = re.compile(r"\W+")
EXPLANATION = re.compile(r" ?\((?=[^()]{0,300}\))[^()\s]+ [^()]")  # at least two words in brackets
QUOTATION = frozenset("«»“”„\"'")
# How much a find of each kind weighs as jargon: a word that may stay, once explained, weighs less.
WEIGHTS = {"replace": 1.0, "explain": 0.5, "legal": 0.5, "phrase": 1.0}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule of kind ``pattern``; it is silent in a text that holds ``unless``, such as another address."""

    rule: RuleEntry
    expression: re.Pattern[str]
    unless: re.Pattern[str] | None

    @classmethod
    def compile(cls, rule: RuleEntry) -> Pattern:
        """The expressions of an entry; those of ``unless`` tell capitals apart."""
        unless = rule.parameters.get("unless")
        return cls(rule, re.compile(rule.pattern, re.IGNORECASE), re.compile(str(unless)) if unless else None)


@dataclass(frozen=True, slots=True)
class Address:
    """How some letters call their reader, such as *De*: what then stands for each *du*."""

    expression: re.Pattern[str]
    words: Mapping[str, str]

    @classmethod
    def compile(cls, pairs: Iterable[str]) -> Address:
        """Build it from pairs such as ``du De``."""
        words = dict(pair.split() for pair in pairs)
        return cls(re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE), words)

    def call(self, text: str) -> str:
        """A replacement that calls the reader as the letter does."""
        return self.expression.sub(lambda m: match_capitals(self.words[m[0].lower()], m[0]), text)

    def adapt(self, match: Match) -> Match:
        """A match whose changes, and what its message says of them, call the reader as the letter does."""
        if not any(map(self.expression.search, (change.text for change in match.changes))):
            return match
        changes = tuple(replace(change, text=self.call(change.text)) for change in match.changes)
        plain = self.call(match.parameters.get("plain", ""))
        return replace(match, changes=changes, parameters=match.parameters | {"plain": plain})


@dataclass(frozen=True, slots=True)
class Wordings:
    """The compiled wordings of a language; never changes."""

    language: Language
    lexicon: Lexicon
    patterns: tuple[Pattern, ...]
    addresses: Mapping[str, Address]

    @classmethod
    def compile(cls, language: Language) -> Wordings:
        """Build the word tree and the expressions of a language's rules."""
        patterns = tuple(Pattern.compile(rule) for rule in language.rules if rule.kind == "pattern")
        addresses = {way: Address.compile(pairs) for way, pairs in language.address_words.items()}
        return cls(language, Lexicon(language), patterns, addresses)

    def hits(self, analysis: Analysis, profile: AudienceProfile) -> Iterator[Hit]:
        """All terms and phrases that this audience may stumble over, but those that the text explains."""
        explained: dict[str, bool] = {}
        for sentence in analysis.sentences:
            for hit in self.lexicon.find(sentence, analysis.flat):
                forms = _reading(hit, profile)
                if not forms or _is_kept(forms[0], hit, analysis.flat):
                    continue
                term = forms[0].term
                if term is not None and term.kind != "replace" and term.lemma not in explained:
                    explained[term.lemma] = self._is_explained(hit, term, analysis.flat)
                if term is None or not explained.get(term.lemma):
                    yield hit

    def _is_explained(self, hit: Hit, term: Term, flat: str) -> bool:
        """Whether the text explains a term where it is first used, or in a sentence of its own."""
        if flat.endswith("(", 0, hit.start) and flat.startswith(")", hit.end):
            return True
        if EXPLANATION.match(flat, hit.end):
            return True
        return is_explained_in_a_sentence(term, self.language, flat)

    def matches(
        self, analysis: Analysis, hits: Iterable[Hit], profile: AudienceProfile, tags: dict[int, Tag]
    ) -> Iterator[Match]:
        """Matches of terms, phrases and patterns, in no order; they may overlap.

        A letter that calls its reader otherwise than the rules do is answered in its own way.
        """
        found = self._matches(analysis, hits, profile, tags)
        address = self.addresses.get(find_address(analysis.flat, self.language))
        return map(address.adapt, found) if address else found

    def _matches(
        self, analysis: Analysis, hits: Iterable[Hit], profile: AudienceProfile, tags: dict[int, Tag]
    ) -> Iterator[Match]:
        told: set[str] = set()
        for hit in hits:
            match = _match_of(hit, _reading(hit, profile), analysis, tags)
            if match.term and match.explains:
                if match.rule in told or _is_verb_alike(hit, match.term, tags):
                    continue
                told.add(match.rule)
            yield match
        for pattern in self.patterns:
            if pattern.unless is None or not pattern.unless.search(analysis.flat):
                yield from _pattern_matches(pattern.rule, pattern.expression, analysis)


def _is_verb_alike(hit: Hit, term: Term, tags: dict[int, Tag]) -> bool:
    """Whether what is written as a noun with a definition is a participle here: "er skønnet" is no "skøn"."""
    if term.pos != "noun" or hit.first == 0 or hit.first != hit.last:
        return False
    auxiliary, tag = (tags.get(word.start) for word in hit.sentence.words[hit.first - 1 : hit.first + 1])
    return (
        auxiliary is not None and auxiliary.pos == "AUX"
        and tag is not None and tag.features.get("VerbForm") == "Part"
    )  # fmt: skip


def _is_kept(form: Form, hit: Hit, flat: str) -> bool:
    """Whether the words are a name: the language's data says so, or they stand in quotation marks."""
    if form.rule is not None and form.rule.kind == "keep":
        return True
    return flat[hit.start - 1 : hit.start] in QUOTATION and flat[hit.end : hit.end + 1] in QUOTATION


def knows(profile: AudienceProfile, term: Term) -> bool:
    """Whether a term is everyday speech in one of the trades of an audience."""
    return not profile.domains.isdisjoint(term.domains)


def weight_of(hit: Hit) -> float:
    """How much a hit weighs as jargon."""
    return max(WEIGHTS[form.term.kind if form.term else "phrase"] for form in hit.forms)


def term_id(term: Term) -> str:
    """Stable id of the rule that a term is."""
    return f"{term.language}.term.{NOT_IN_AN_ID.sub('-', term.lemma.lower()).strip('-')}"


def _reading(hit: Hit, profile: AudienceProfile) -> tuple[Form, ...]:
    """The forms of a hit that count: a phrase before a term, a plain word before a definition.

    None where the audience knows all that it may mean.
    """
    for form in hit.forms:
        if form.rule:
            return (form,)
    terms = [form for form in hit.forms if form.term and not knows(profile, form.term)]
    replaced = [form for form in terms if form.term and form.term.kind == "replace"]
    return tuple(replaced) or tuple(form for form in terms if form.term is terms[0].term)


def _match_of(hit: Hit, forms: tuple[Form, ...], analysis: Analysis, tags: dict[int, Tag]) -> Match:
    relief = Tally(jargon=weight_of(hit)) if hit.sentence.is_running_text else Tally()
    found = analysis.flat[hit.start : hit.end]
    rule, term = forms[0].rule, forms[0].term
    if rule is not None:
        changes = tuple(Change(hit.start, hit.end, match_capitals(text, found)) for text in rule.replace)
        return Match(
            rule.id, rule.kind, rule.message, rule.severity, rule.source, hit.start, hit.end,
            {"text": found, "plain": rule.replace[0] if rule.replace else ""},
            tuple(_tidy(change, analysis.flat) for change in changes), bool(changes), relief,
        )  # fmt: skip
    assert term is not None
    if term.kind == "replace":
        proposal = propose(hit, forms, analysis.language, analysis.flat, tags)
    else:  # how much to explain is a matter of taste, so it is offered and never done unseen
        proposal = Proposal(offer_explanations(hit, forms[0], analysis.language, analysis.flat, tags))
    plain = term.plain_forms[forms[0].slot].split("/")[0] if term.plain_forms else ""
    hides_a_verb = _hides_a_verb(hit, term, analysis.language, tags)
    return Match(
        rule=term_id(term),
        kind="nominalisation" if hides_a_verb else "term",
        message="nominalisation" if hides_a_verb else _message(term),
        severity="warning" if term.kind == "replace" else "advice",
        source=term.source,
        start=hit.start,
        end=hit.end,
        parameters={"text": found, "plain": plain or term.plain, "definition": term.definition.rstrip(".")},
        changes=proposal.changes,
        is_safe=proposal.is_safe,
        relief=relief,
        term=term,
    )


def _message(term: Term) -> str:
    if term.kind == "replace":
        return "chancery" if "general" in term.domains else "jargon"
    return term.kind


def _hides_a_verb(hit: Hit, term: Term, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether it is a verb that does nothing and a noun that does the work: "make a decision"."""
    words = hit.sentence.words[hit.first + 1 : hit.last + 1]
    return (
        term.kind == "replace"
        and term.pos == "verb"
        and any(
            word.form.endswith(language.nominalisation_suffixes)
            or (word.start in tags and tags[word.start].pos == "NOUN")
            for word in words
        )
    )


def _pattern_matches(rule: RuleEntry, pattern: re.Pattern[str], analysis: Analysis) -> Iterator[Match]:
    for found in pattern.finditer(analysis.flat):
        start, end = found.span()
        if start == end:
            continue
        changes = tuple(
            _tidy(Change(start, end, match_capitals(found.expand(text), found[0])), analysis.flat)
            for text in rule.replace
        )
        yield Match(
            rule.id, rule.kind, rule.message, rule.severity, rule.source, start, end,
            {"text": found[0].strip(), "plain": changes[0].text.strip() if changes else ""},
            changes, bool(changes), Tally(jargon=WEIGHTS["phrase"] if changes else 0.5),
        )  # fmt: skip


def _tidy(change: Change, flat: str) -> Change:
    """The change, so that taking words away leaves one space, and a capital where a sentence then begins."""
    if change.text:
        return change
    end = change.end
    if flat[end : end + 1] == " " and (change.start == 0 or flat[change.start - 1] in " \n"):
        end += 1
    elif (
        change.start
        and flat[change.start - 1] == " "
        and flat[end : end + 1] in {".", ",", "!", "?", ":", ";"}
    ):
        return Change(change.start - 1, end, "")
    if flat[change.start : change.start + 1].isupper() and end < len(flat):
        return Change(change.start, end + 1, flat[end].upper())
    return Change(change.start, end, "")

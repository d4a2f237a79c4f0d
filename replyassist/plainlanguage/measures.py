"""The measures of readability: counts that add up, and the formulas over them.

A Tally adds up: the tally of a text is the sum of its sentences', so the gain of a change is a difference and
nothing is counted twice. Formulas and their bands: ../shared/facts/plain-language.md names the sources; each
function gives its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from operator import add, sub
from typing import NamedTuple

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Sentence, Word
from replyassist.plainlanguage.frequency import RARE, FrequencyTable

LONG_WORD = 6  # letters; a long word has more (Björnsson 1968)
WORDS_PER_MINUTE = 200  # of an adult who reads an unfamiliar text silently
FAMILIAR = 5.0  # Zipf from which a word costs a reader nothing
SHORTEST_NOMINALISATION = 7
MOST_REMEMBERED = 20_000  # words, in the memory of the process alone


class Tally(NamedTuple):
    """What was counted in running text.

    Attributes:
        rated: words that have a frequency: neither names nor codes; ``zipf`` is the sum of their values, and
            ``unfamiliar`` of what they lack to FAMILIAR.
        office: the sum over rated words of how much commoner they are in offices' texts (log10).
        jargon: experts' and chancery words, each by how much it weighs.
        burden: the sum over sentences of n ln n, for n words: how long sentences weigh.
    """

    words: float = 0
    sentences: float = 0
    letters: float = 0
    long_words: float = 0
    rated: float = 0
    zipf: float = 0
    rare: float = 0
    unfamiliar: float = 0
    office: float = 0
    content: float = 0
    content_zipf: float = 0
    nominalisations: float = 0
    passives: float = 0
    subordinators: float = 0
    reader: float = 0
    jargon: float = 0
    laws: float = 0
    burden: float = 0

    def __add__(self, other: tuple[float, ...]) -> Tally:  # type: ignore[override]  # adds, where tuples append
        return Tally(*map(add, self, other))

    def __sub__(self, other: Tally) -> Tally:
        return Tally(*map(sub, self, other))

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum of many."""
        return cls(*map(sum, zip(*tallies, strict=True)))


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts words and sentences of one language; safe between threads.

    What a word of the public tables and lists counts is remembered. Other words are not: they may be names.
    """

    language: Language
    frequencies: FrequencyTable
    _remembered: dict[str, Tally] = field(default_factory=dict, repr=False, compare=False)

    def count_words(self, words: Iterable[Word], *, known: frozenset[int] = frozenset()) -> Tally:
        """The tally of some words, without what belongs to the sentence around them.

        Args:
            words: in order; the first may begin a sentence.
            known: offsets of words that this audience knows from its trade: never rare, nor an office's.
        """
        return Tally.total(self._count(words, known))

    def count_text(
        self, sentences: Iterable[Sentence], flat: str, known: frozenset[int] = frozenset()
    ) -> Tally:
        """The tally of sentences, without the jargon and passives that rules find in them."""
        tallies: list[Tally] = []
        counted = laws = 0
        burden: float = 0
        for sentence in sentences:
            words = self._count(sentence.words, known)
            tallies += words
            if words:
                counted += 1
                laws += flat.count("§", sentence.start, sentence.end)
                burden += burden_of(len(words))
        return Tally.total(tallies) + Tally(sentences=counted, laws=laws, burden=burden)

    def _count(self, words: Iterable[Word], known: frozenset[int]) -> list[Tally]:
        """The tally of each word that is one."""
        remembered = self._remembered
        tallies: list[Tally] = []
        for number, word in enumerate(words):
            form = word.form
            if not form:
                continue
            if word.capital and number:
                tallies.append(self._count_name(form))
            elif known and word.start in known:
                tallies.append(self._rate(form, is_known=True))
            else:
                tallies.append(remembered.get(form) or self._remember(form))
        return tallies

    def _remember(self, form: str) -> Tally:
        tally = self._rate(form)
        is_public = self.frequencies.knows(form) or form in _listed_words(self.language)
        if is_public and len(self._remembered) < MOST_REMEMBERED:
            self._remembered[form] = tally
        return tally

    def _count_name(self, form: str) -> Tally:
        """The tally of a name: no word that a reader must know."""
        language = self.language
        return _tally_of_shape(len(form), form in language.subordinators, form in language.pronouns_reader)

    def _rate(self, form: str, *, is_known: bool = False) -> Tally:
        """The tally of a word that has a frequency."""
        language, frequencies = self.language, self.frequencies
        value = frequencies.zipf(form)
        if is_known:
            value = max(RARE, value)
        is_content = form not in language.function_words
        return Tally(
            words=1,
            letters=len(form),
            long_words=len(form) > LONG_WORD,
            rated=1,
            zipf=value,
            rare=is_content and value < RARE,
            unfamiliar=max(0.0, FAMILIAR - value),
            office=0.0 if is_known else frequencies.offices.get(form, 0.0),
            content=is_content,
            content_zipf=value if is_content else 0,
            nominalisations=is_content
            and len(form) >= SHORTEST_NOMINALISATION
            and form.endswith(language.nominalisation_suffixes),
            subordinators=form in language.subordinators,
            reader=form in language.pronouns_reader,
        )


@cache
def _listed_words(language: Language) -> frozenset[str]:
    """The words of a language's terms, and its abbreviations."""
    forms = chain.from_iterable(term.forms for term in language.terms)
    words = {word for form in forms for word in form.replace("/", " ").split()}
    return language.abbreviations | language.ending_abbreviations | words


@lru_cache(1000)
def _tally_of_shape(letters: int, is_subordinator: bool, is_reader: bool) -> Tally:
    """What is counted of a word whatever it means; this holds no word, and so no name."""
    return Tally(
        words=1,
        letters=letters,
        long_words=letters > LONG_WORD,
        subordinators=is_subordinator,
        reader=is_reader,
    )


def of_sentence(words: float, laws: int = 0) -> Tally:
    """The part of a tally that counts a sentence as such."""
    if not words:
        return Tally()
    return Tally(sentences=1, laws=laws, burden=burden_of(words))


def burden_of(words: float) -> float:
    """How long a sentence of one or more words weighs: n ln n."""
    return words * math.log(words)


def lix(tally: Tally) -> float:
    """Läsbarhetsindex: words per sentence plus per cent of words over six letters (Björnsson 1968)."""
    return tally.words / tally.sentences + 100 * tally.long_words / tally.words


def rix(tally: Tally) -> float:
    """Long words per sentence (Anderson 1983)."""
    return tally.long_words / tally.sentences


def ovix(forms: Iterable[str]) -> float | None:
    """OVIX, ln N / ln(2 - ln V / ln N) (Hultman and Westman 1977); None where it has no value."""
    words = list(filter(None, forms))
    distinct = len(set(words))
    if distinct in (0, 1, len(words)):
        return None
    return math.log(len(words)) / math.log(2 - math.log(distinct) / math.log(len(words)))


def nominal_ratio(parts_of_speech: Iterable[str]) -> float | None:
    """(Nouns + prepositions) / (pronouns + adverbs + verbs), as Sparv's nominalkvot; None without any of
    the latter.

    Participles are counted as what the tagger takes them for: adjectives or verbs.
    """
    nominal = verbal = 0
    for part_of_speech in parts_of_speech:
        nominal += part_of_speech in {"NOUN", "PROPN", "ADP"}
        verbal += part_of_speech in {"PRON", "ADV", "VERB", "AUX"}
    return nominal / verbal if verbal else None


def reading_time(tally: Tally) -> float:
    """Seconds that an adult reads at 200 words a minute."""
    return tally.words / WORDS_PER_MINUTE * 60

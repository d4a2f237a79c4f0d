"""The measures of readability: counts that add up, and the formulas over them.

A Tally adds up: the tally of a text is the sum of its sentences', so the gain of a change is a difference and
nothing is counted twice. Formulas and their bands: ../shared/facts/plain-language.md names the sources; each
function gives its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add, sub
from typing import NamedTuple

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Sentence, Word
from replyassist.plainlanguage.frequency import RARE, FrequencyTable

LONG_WORD = 6  # letters; a long word has more (Björnsson 1968)
WORDS_PER_MINUTE = 200  # of an adult who reads an unfamiliar text silently
FAMILIAR = 5.0  # Zipf from which a word costs a reader nothing
SHORTEST_NOMINALISATION = 7


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


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts words and sentences of one language."""

    language: Language
    frequencies: FrequencyTable

    def count_words(self, words: Iterable[Word], *, known: frozenset[int] = frozenset()) -> Tally:
        """The tally of some words, without what belongs to the sentence around them.

        Args:
            words: in order; the first may begin a sentence.
            known: offsets of words that this audience knows from its trade: never rare, nor an office's.
        """
        n = letters = long_words = rated = rare = content = nominalisations = subordinators = reader = 0
        zipf = content_zipf = unfamiliar = office = 0.0
        language, frequencies = self.language, self.frequencies
        for number, word in enumerate(words):
            form = word.form
            if not form:
                continue
            n += 1
            length = len(form)
            letters += length
            long_words += length > LONG_WORD
            subordinators += form in language.subordinators
            reader += form in language.pronouns_reader
            if number and word.capital:  # a name: no word that a reader must know
                continue
            value = frequencies.zipf(form)
            if word.start in known:
                value = max(RARE, value)
            else:
                office += frequencies.offices.get(form, 0.0)
            rated += 1
            zipf += value
            unfamiliar += max(0.0, FAMILIAR - value)
            if form in language.function_words:
                continue
            content += 1
            content_zipf += value
            rare += value < RARE
            nominalisations += length >= SHORTEST_NOMINALISATION and form.endswith(
                language.nominalisation_suffixes
            )
        return Tally(
            words=n, letters=letters, long_words=long_words, rated=rated, zipf=zipf, rare=rare,
            unfamiliar=unfamiliar, office=office, content=content, content_zipf=content_zipf,
            nominalisations=nominalisations, subordinators=subordinators, reader=reader,
        )  # fmt: skip

    def count_sentence(self, sentence: Sentence, flat: str, known: frozenset[int] = frozenset()) -> Tally:
        """The tally of a sentence, without the jargon and passives that rules find in it."""
        words = self.count_words(sentence.words, known=known)
        return words + of_sentence(words.words, flat.count("§", sentence.start, sentence.end))


def of_sentence(words: float, laws: int = 0) -> Tally:
    """The part of a tally that counts a sentence as such."""
    if not words:
        return Tally()
    return Tally(sentences=1, laws=laws, burden=words * math.log(words))


def lix(tally: Tally) -> float:
    """Läsbarhetsindex: words per sentence plus per cent of words over six letters (Björnsson 1968)."""
    return tally.words / tally.sentences + 100 * tally.long_words / tally.words


def rix(tally: Tally) -> float:
    """Long words per sentence (Anderson 1983)."""
    return tally.long_words / tally.sentences


def ovix(forms: Iterable[str]) -> float | None:
    """OVIX, ln N / ln(2 - ln V / ln N) (Hultman and Westman 1977); None where it has no value."""
    words = [form for form in forms if form]
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

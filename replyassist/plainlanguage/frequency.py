"""How common words are: Zipf frequencies per language, compounds taken apart first.

The Zipf value is log10 of occurrences per billion words: 3 is rare, 6 is everyday. Values come from
wordfreq; for nynorsk, which wordfreq answers with bokmål's, from a table of its own
(models/training/frequencies). Besides, how much commoner a word is where offices write than elsewhere: that
tells an office's everyday words, which are not rare, from everybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from replyassist.languages import Language
from replyassist.text.frequencies import read_table, read_words

WORDFREQ_LANGUAGES = frozenset({"nb", "sv", "da", "en"})
FLOOR = 2.0  # below it, tables of different size disagree on what is rare and what is unknown
RARE = 3.5
COMMON_PART = 3.6  # a part of a compound must be a word that readers know
SHORTEST_PART = 3
SHORTEST_COMPOUND = 8
# Letters. The time to take a word apart grows with its square: 4,000 letters, which no word has but a key or
# a picture in a text may, held a thread for four seconds.
LONGEST_COMPOUND = 80
COST_OF_JOINT = 0.6  # a compound is harder than its rarest part


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """Zipf values of one language; safe between threads, since it never changes.

    Attributes:
        values: word -> Zipf value.
        joints: what stands between the parts of a compound.
        offices: word -> log10 of how much commoner it is in offices' texts than elsewhere, -1 to 1; a word
            that is as common in both, or that too little is known of, is not in it.
        parts: the values of the words that readers know as parts of a compound. Of the many beginnings of a
            compound few are words: a small table, which the processor keeps at hand, tells it fastest.
    """

    values: Mapping[str, float]
    joints: tuple[str, ...] = ()
    offices: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = {word: value for word, value in self.values.items() if value >= COMMON_PART}
        object.__setattr__(self, "parts", parts)

    def zipf(self, word: str) -> float:
        """Zipf value of a lower-case word, never under FLOOR.

        A rare word that is made of common ones counts as nearly as easy as the rarest of them.
        """
        value = self.values.get(word, FLOOR)
        if value >= RARE or len(word) < SHORTEST_COMPOUND:
            return value
        if "-" in word:
            parts = [part for part in word.split("-") if part]
            return max(value, min((self.zipf(part) for part in parts), default=FLOOR) - COST_OF_JOINT)
        if len(word) > LONGEST_COMPOUND:
            return value
        return max(value, self._compound(word, 2))

    def knows(self, word: str) -> bool:
        """Whether the word stands in one of the tables."""
        return word in self.values or word in self.offices

    def _compound(self, word: str, further_joints: int) -> float:
        """The best value of any way to take the word apart; FLOOR when there is none."""
        parts = self.parts
        best = FLOOR
        for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            if word[:end] not in parts:
                continue
            for joint in self.joints:
                tail = word[end + len(joint) :]
                if len(tail) < SHORTEST_PART or not word.startswith(joint, end):
                    continue
                value = parts.get(tail, FLOOR)
                if value == FLOOR and further_joints > 1 and len(tail) >= SHORTEST_COMPOUND:
                    value = self._compound(tail, further_joints - 1) + COST_OF_JOINT  # paid once, below
                if value >= COMMON_PART:
                    best = max(best, min(parts[word[:end]], value) - COST_OF_JOINT)
        return best


def read_frequencies(language: Language, models: Path) -> FrequencyTable | None:
    """The table of a language, or None where there is none: never another language's."""
    values: dict[str, float] = {}
    if language.tag in WORDFREQ_LANGUAGES:
        ranked = takewhile(lambda rank: rank[0] > FLOOR, read_words(language.tag))
        values = {word: value for value, same in ranked for word in same}
    values |= read_table(models / "frequencies" / f"{language.tag}.txt.gz")
    offices = read_table(models / "frequencies" / f"{language.tag}.office.txt.gz")
    return FrequencyTable(values, language.compound_joints, offices) if values else None

"""What a run's rows say together: kept small, so that memory stays flat over any number of pages."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from replyassist.batch.rows import PageFinding, Row

WORST = 50
MOST_WORDS = 30
MOST_FAILURES = 200
BIN = 10  # points of the score in a bar of the histogram
WORD_KINDS = frozenset({"term", "phrase", "abbreviation"})


@dataclass(slots=True)
class Mean:
    """A mean that is added to."""

    total: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        """Count a value."""
        self.total += value
        self.count += 1

    @property
    def value(self) -> float | None:
        """The mean, or None of nothing."""
        return round(self.total / self.count, 1) if self.count else None


@dataclass(slots=True)
class HardWord:
    """A word or phrase that pages should do without.

    Attributes:
        word, replacement: as they stood where it was met first.
        count, pages: how often and on how many pages.
    """

    word: str
    replacement: str
    language: str
    message: str
    count: int = 0
    pages: int = 0


@dataclass(order=True, slots=True)
class Ranked:
    """A page among the worst; the heap keeps the greatest ``badness``."""

    badness: float
    number: int
    row: Row = field(compare=False)


@dataclass(slots=True)
class Overview:
    """The pages of a run, counted. Duplicates and what could not be read take no part in the scores."""

    statuses: Counter[str] = field(default_factory=Counter)
    score: Mean = field(default_factory=Mean)
    under_target: int = 0
    sections: dict[str, Mean] = field(default_factory=dict)
    bins: Counter[int] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    wrong_lang: int = 0
    failures: list[Row] = field(default_factory=list)
    _words: dict[str, HardWord] = field(default_factory=dict)
    _worst: list[Ranked] = field(default_factory=list)
    _number: int = 0

    def add(self, row: Row) -> None:
        """Count a page."""
        self._number += 1
        self.statuses[row.status] += 1
        if row.language:
            self.languages[row.language] += 1
        if row.status in {"failed", "skipped"} and len(self.failures) < MOST_FAILURES:
            self.failures.append(row)
        if row.status != "checked":
            return
        self.severities.update(finding.severity for finding in row.findings)
        self.wrong_lang += any(finding.kind == "page-language" for finding in row.findings)
        self._add_words(row)
        if row.score is None:
            return
        self.score.add(row.score)
        self.under_target += row.target is not None and row.score < row.target
        self.sections.setdefault(row.section, Mean()).add(row.score)
        self.bins[min(int(row.score // BIN), 100 // BIN - 1)] += 1
        if row.target is not None and row.score >= row.target:
            return
        ranked = Ranked(-row.score, -self._number, row)
        if len(self._worst) < WORST:
            heapq.heappush(self._worst, ranked)
        else:
            heapq.heappushpop(self._worst, ranked)

    @property
    def worst(self) -> list[Row]:
        """The pages furthest down among those that miss their target, the worst first."""
        return [ranked.row for ranked in sorted(self._worst, reverse=True)]

    @property
    def words(self) -> list[HardWord]:
        """The commonest hard words, the commonest first."""
        return heapq.nsmallest(MOST_WORDS, self._words.values(), key=lambda each: (-each.count, each.word))

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    @property
    def means(self) -> dict[str, float]:
        """Section -> mean score, by name."""
        return {name: mean.value for name, mean in sorted(self.sections.items()) if mean.value is not None}

    def _add_words(self, row: Row) -> None:
        first: dict[str, PageFinding] = {}
        for finding in row.findings:
            if finding.kind in WORD_KINDS:
                first.setdefault(finding.rule, finding)
                word = self._words.get(finding.rule)
                if word is None:
                    word = HardWord(
                        finding.excerpt.lower(), finding.replacement, row.language, finding.message
                    )
                    self._words[finding.rule] = word
                word.count += 1
        for rule in first:
            self._words[rule].pages += 1

"""What a run's rows say together: kept small, so that memory stays flat over any number of pages."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from replyassist.batch.rows import PageFinding, Row

WORST = 50
MOST_WORDS = 30
MOST_FAILURES = 200
MOST_REPEATED = 1000  # paragraphs that are remembered; what stands on many pages is soon met again
MOST_FAULTS = 100
BIN = 10  # points of the score in a bar of the histogram
WORD_KINDS = frozenset({"term", "phrase", "abbreviation"})
# What is wrong with a page rather than with its text.
PAGE_KINDS = frozenset({"page-language", "page-encoding"})


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


@dataclass(slots=True)
class Repeated:
    """A paragraph that stands on several pages, to be mended once.

    Attributes:
        address, title: of one of the pages.
        words: that its findings are about.
        count: of its findings.
        pages: that have it.
        gain: points that settling its findings would win on all of them but the first.
    """

    address: str
    title: str
    words: tuple[str, ...]
    count: int
    pages: int = 1
    gain: float = 0.0


@dataclass(slots=True)
class Weight:
    """How much the findings of a kind matter: points that settling them all would win, and their number."""

    gain: float = 0.0
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
    """The pages of a run, counted. Duplicates and what could not be read take no part in the scores.

    Attributes:
        languages: mean score of the pages in each, and how many there are.
        kinds: kind of finding -> how much it matters.
        faults: pages with something wrong that is not in their text.
        cut: which limit the crawl ended at, such as ``page-limit``; empty when it saw everything.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    score: Mean = field(default_factory=Mean)
    under_target: int = 0
    sections: dict[str, Mean] = field(default_factory=dict)
    bins: Counter[int] = field(default_factory=Counter)
    languages: dict[str, Mean] = field(default_factory=dict)
    kinds: dict[str, Weight] = field(default_factory=dict)
    severities: Counter[str] = field(default_factory=Counter)
    faults: list[Row] = field(default_factory=list)
    failures: list[Row] = field(default_factory=list)
    cut: str = ""
    _words: dict[str, HardWord] = field(default_factory=dict)
    _repeated: dict[str, Repeated] = field(default_factory=dict)
    _worst: list[Ranked] = field(default_factory=list)
    _number: int = 0

    def add(self, row: Row) -> None:
        """Count a page."""
        self._number += 1
        self.statuses[row.status] += 1
        if row.status in {"failed", "skipped"} and len(self.failures) < MOST_FAILURES:
            self.failures.append(row)
        if row.status != "checked":
            return
        self.severities.update(finding.severity for finding in row.findings if not finding.repeated)
        if len(self.faults) < MOST_FAULTS and any(each.kind in PAGE_KINDS for each in row.findings):
            self.faults.append(row)
        self._add_kinds(row)
        self._add_words(row)
        self._add_repeated(row)
        if row.score is None:
            return
        self.languages.setdefault(row.language, Mean()).add(row.score)
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
        """The commonest hard words that have a plain replacement, the commonest first."""
        return _commonest(word for word in self._words.values() if word.replacement)

    @property
    def unreplaced(self) -> list[HardWord]:
        """The commonest hard words that no other word replaces just so: they must stay and be explained, or
        the sentence said in another way."""
        return _commonest(word for word in self._words.values() if not word.replacement)

    @property
    def repeated(self) -> list[Repeated]:
        """The paragraphs whose repetition costs most points, the dearest first."""
        return heapq.nsmallest(
            MOST_WORDS, self._repeated.values(), key=lambda each: (-each.gain, -each.pages, each.address)
        )

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    @property
    def means(self) -> dict[str, float]:
        """Section -> mean score, by name."""
        return {name: mean.value for name, mean in sorted(self.sections.items()) if mean.value is not None}

    def _add_kinds(self, row: Row) -> None:
        for finding in row.findings:
            weight = self.kinds.setdefault(finding.kind, Weight())
            weight.gain += finding.gain  # what is mended once wins points on every page
            weight.count += not finding.repeated
        for kind in {finding.kind for finding in row.findings}:
            self.kinds[kind].pages += 1

    def _add_repeated(self, row: Row) -> None:
        passages: dict[str, list[PageFinding]] = {}
        for finding in row.findings:
            if finding.repeated:
                passages.setdefault(finding.passage, []).append(finding)
        for passage, findings in passages.items():
            repeated = self._repeated.get(passage)
            if repeated is None:
                if len(self._repeated) >= MOST_REPEATED:
                    continue
                words = tuple(dict.fromkeys(each.excerpt for each in findings if each.excerpt))
                repeated = Repeated(row.address, row.title, words, len(findings))
                self._repeated[passage] = repeated
            repeated.pages += 1
            repeated.gain += sum(each.gain for each in findings)

    def _add_words(self, row: Row) -> None:
        first: dict[str, PageFinding] = {}
        for finding in row.findings:
            if finding.kind in WORD_KINDS and not finding.repeated:
                first.setdefault(finding.rule, finding)
                word = self._words.get(finding.rule)
                if word is None:
                    word = HardWord(*_as_within(finding), row.language, finding.message)
                    self._words[finding.rule] = word
                word.count += 1
        for rule in first:
            self._words[rule].pages += 1


def _commonest(words: Iterable[HardWord]) -> list[HardWord]:
    return heapq.nsmallest(MOST_WORDS, words, key=lambda each: (-each.count, each.word))


def _as_within(finding: PageFinding) -> tuple[str, str]:
    """The word and its replacement as they are written within a sentence."""
    word, replacement = finding.excerpt, finding.replacement
    if replacement.startswith(f"{word} ("):  # it stays, and is explained
        return word.lower(), ""
    if word[:1].isupper() and not word.isupper():
        replacement = replacement[:1].lower() + replacement[1:]
    return word.lower(), replacement

"""Sentences through every leg of a route, on engines that are opened once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock

from replyassist.errors import TimeLimitReached
from replyassist.translation import apertium
from replyassist.translation.argos import open_vocabulary
from replyassist.translation.casing import cased, lowered
from replyassist.translation.engine import LONGEST_INPUT, Engine, Hypothesis, TranslationEngine
from replyassist.translation.packages import Package
from replyassist.translation.segmentation import split_long

# Sentences between two looks at the clock.
CHUNK = 64


@dataclass(frozen=True, slots=True)
class Search:
    """How hypotheses are looked for.

    Attributes:
        beam: hypotheses kept while decoding.
        best: readings wanted of each sentence.
        strict: forbid repetition, where a loop was seen.
    """

    beam: int
    best: int = 1
    strict: bool = False


class Engines:
    """The engines of all packages; safe between threads."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._engines: dict[Path, TranslationEngine] = {}
        self._opening = Lock()

    def warm(self, packages: Sequence[Package]) -> None:
        """Read the models of the packages."""
        for package in packages:
            self._engine(package).load()

    def translate(
        self, sentences: Sequence[str], route: Sequence[Package], search: Search, deadline: float
    ) -> list[list[Hypothesis]]:
        """Readings of each sentence, likeliest first; a score is the mean of those of the legs.

        Only the last leg gives more than one reading: before it, the likeliest goes on.

        Args:
            sentences: of any length; one that is too long for a model goes in parts.
            route: the packages to go through.
            search: how to look for hypotheses.
            deadline: on the monotonic clock, in seconds.

        Raises:
            PackageError, TranslationFailed, TimeLimitReached.
        """
        readings = [[Hypothesis(sentence, 0.0)] for sentence in sentences]
        for package in route:
            engine = self._engine(package)
            parts = [_parted(likeliest.text, engine.length) for likeliest, *_ in readings]
            last = package is route[-1]
            leg = search if last else Search(search.beam, 1, search.strict)
            flat = [part for group in parts for part in group]
            translated = iter(self._on_leg(flat, package, leg, deadline))
            for i, group in enumerate(parts):
                readings[i] = joined(list(islice(translated, len(group))), readings[i][0].score)
        return [[Hypothesis(h.text, h.score / len(route)) for h in found] for found in readings]

    def _on_leg(
        self, parts: Sequence[str], package: Package, search: Search, deadline: float
    ) -> list[list[Hypothesis]]:
        """Hypotheses for each part, in its case."""
        engine, found = self._engine(package), list[list[Hypothesis]]()
        for start in range(0, len(parts), CHUNK):
            if time.monotonic() > deadline:
                raise TimeLimitReached
            chunk = [lowered(part) for part in parts[start : start + CHUNK]]
            found += engine.translate(
                chunk, prefix=package.target_prefix, beam=search.beam, best=search.best, strict=search.strict
            )
        return [
            [Hypothesis(cased(part, h.text), h.score) for h in hypotheses]
            for part, hypotheses in zip(parts, found, strict=True)
        ]

    def _engine(self, package: Package) -> TranslationEngine:
        with self._opening:
            if package.files not in self._engines:
                self._engines[package.files] = self._opened(package)
            return self._engines[package.files]

    def _opened(self, package: Package) -> TranslationEngine:
        if apertium.is_direction(package):
            return apertium.Apertium(package.files, package.source)
        return Engine(package.files, open_vocabulary(package), threads=self._threads)


def joined(parts: Sequence[Sequence[Hypothesis]], before: float) -> list[Hypothesis]:
    """The readings of a sentence that went in parts: as many as each part has, their weakest score counts."""
    return [
        Hypothesis(" ".join(h.text for h in group), before + min((h.score for h in group), default=0.0))
        for group in zip(*parts, strict=False)
    ] or [Hypothesis("", before)]


def _parted(sentence: str, length: Callable[[str], int]) -> list[str]:
    return list(split_long(sentence, length, LONGEST_INPUT))

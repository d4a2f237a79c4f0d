"""A letter in, its translation out: segmented, protected, translated in one batch, checked, put together
again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from replyassist import languages
from replyassist.config import Settings
from replyassist.domain import Check, Span, Translation
from replyassist.errors import TimeLimitReached, TranslationUnavailable
from replyassist.languages import Language
from replyassist.text.facts import find_facts
from replyassist.translation import apertium
from replyassist.translation.argos import open_vocabulary
from replyassist.translation.assembling import Attempt, as_one_line, assemble, joined, others_than
from replyassist.translation.casing import cased, lowered
from replyassist.translation.checks import check_segment
from replyassist.translation.engine import LONGEST_INPUT, Engine, Hypothesis, TranslationEngine
from replyassist.translation.names import find_names
from replyassist.translation.notices import language_name, notice_of
from replyassist.translation.packages import Package, find_packages
from replyassist.translation.protection import (
    BRACES,
    NUMBERS,
    Masked,
    mask,
    repair,
    rewritten,
    unmask,
    verbatim,
)
from replyassist.translation.routes import Routes
from replyassist.translation.segmentation import find_segments, split_long
from replyassist.translation.store import packages_folder
from replyassist.translation.termbase import Termbase

# Sentences between two looks at the clock.
CHUNK = 64
RETRY_BEAM = 4
# Hypotheses that alternatives are chosen from, however many are asked for.
READINGS = 6


class Translator:
    """All installed directions. Built by :meth:`load`; safe between threads."""

    def __init__(
        self, routes: Routes, *, termbase: Termbase, beam: int, threads: int, time_limit: float
    ) -> None:
        self._routes, self._termbase, self._beam, self._time_limit = routes, termbase, beam, time_limit
        self._threads = threads
        self._engines: dict[Path, TranslationEngine] = {}
        self._opening = Lock()
        self._names = routes.names()

    @classmethod
    def load(cls, settings: Settings, bundled: Path) -> Translator:
        """Find the packages; models are read when they are first used or by :meth:`warm`."""
        packages = find_packages([(bundled, True), (packages_folder(settings), False)])
        rules = apertium.find_directions() if settings.apertium else ()
        termbase = Termbase.read(Path(settings.termbase)) if settings.termbase else Termbase(())
        return cls(
            Routes([*rules, *packages]), termbase=termbase, beam=settings.beam, threads=settings.threads,
            time_limit=settings.time_limit,
        )  # fmt: skip

    @property
    def packages(self) -> tuple[Package, ...]:
        """The packages in use."""
        return self._routes.packages

    def targets(self) -> dict[str, tuple[str, ...]]:
        """Source language -> the languages that it can be translated into."""
        return self._routes.targets()

    def name_of(self, tag: str) -> str:
        """English name of a language."""
        return language_name(tag) or self._names.get(tag, tag)

    def warm(self) -> None:
        """Read every model, so that the first letter waits for none."""
        for package in self._routes.packages:
            self._engine(package).load()

    def translate(self, text: str, source: str, target: str, *, locked: tuple[Span, ...] = ()) -> Translation:
        """Translate ``text``.

        Args:
            text: as it was received; line ends, indentation and bullets come back as they were.
            source, target: tags.
            locked: spans that are left in the source language.

        Raises:
            TranslationUnavailable: no route, or the languages are the same.
            TranslationFailed, TimeLimitReached, PackageError.
        """
        return self.translate_many([text], source, target, locked=[locked])[0]

    def translate_many(
        self, texts: Sequence[str], source: str, target: str, *, locked: Sequence[Sequence[Span]] = ()
    ) -> list[Translation]:
        """Translate texts as :meth:`translate` does each, their sentences together in one batch.

        The time limit is that of the batch.

        Args:
            locked: for each text, the spans that are left in the source language; empty for none at all.
        """
        job = self._job(source, target)
        spans = [
            [span for span in find_segments(text, job.source_data) if not any(map(span.overlaps, locks))]
            for text, locks in zip(texts, locked or [()] * len(texts), strict=True)
        ]
        sentences = [as_one_line(s.of(text)) for text, each in zip(texts, spans, strict=True) for s in each]
        attempts = iter(self._attempt(sentences, job))
        return [
            assemble(text, each, list(islice(attempts, len(each))), source, target, job.route)
            for text, each in zip(texts, spans, strict=True)
        ]

    def alternatives(self, translation: Translation, count: int) -> list[Translation]:
        """Up to ``count`` other readings of a translation, likeliest first.

        The n-th is made of the n-th other hypothesis for each sentence. One that fails more checks than the
        sentence that was chosen does not count; a sentence that has too few stays as it was chosen.
        """
        job = self._job(translation.source, translation.target)
        spans = [segment.source for segment in translation.segments]
        sentences = [as_one_line(span.of(translation.source_text)) for span in spans]
        plans = [self._protect(sentence, job) for sentence in sentences]
        wide = max(READINGS, count + 1)
        found = self._run(sentences, plans, job, beam=wide, best=wide)
        texts = [segment.target.of(translation.text) for segment in translation.segments]
        chosen = [
            Attempt(text, math.log(segment.confidence or 1.0), self._check(sentence, text, job))
            for sentence, text, segment in zip(sentences, texts, translation.segments, strict=True)
        ]
        others = [others_than(each, readings) for each, readings in zip(chosen, found, strict=True)]
        results = []
        for n in range(min(count, max(map(len, others), default=0))):
            attempts = [
                other[n] if n < len(other) else own for own, other in zip(chosen, others, strict=True)
            ]
            text = translation.source_text
            results.append(assemble(text, spans, attempts, job.source, job.target, job.route))
        return results

    def _job(self, source: str, target: str) -> _Job:
        route = self._routes.find(source, target) if source != target else None
        if route is None:
            raise self._unavailable(source, target)
        deadline = time.monotonic() + self._time_limit
        return _Job(source, target, route, _data_of(source), _data_of(target), deadline)

    def _unavailable(self, source: str, target: str) -> TranslationUnavailable:
        instead = [tag for tag in self.targets().get(source, ()) if tag != target]
        notice = notice_of(target) or notice_of(source)
        error = TranslationUnavailable(source=source, target=target, instead=instead)
        if notice:
            error.fields["notice"] = notice
        return error

    def _attempt(self, sentences: Sequence[str], job: _Job) -> list[Attempt]:
        """The best that can be made of each sentence, in three tries at most: the model's own way with the
        facts, then all of them copied, then copied in another shape and with repetition forbidden.
        """
        plans = [self._protect(sentence, job) for sentence in sentences]
        attempts = [best for best, *_ in self._run(sentences, plans, job, beam=self._beam)]
        for shape in (NUMBERS, BRACES):
            doubtful = [i for i, attempt in enumerate(attempts) if attempt.failures]
            if not doubtful:
                break
            again = [sentences[i] for i in doubtful]
            plans = [self._protect_all(sentence, job, shape) for sentence in again]
            tried = self._run(again, plans, job, beam=RETRY_BEAM, strict=shape == BRACES)
            for i, (attempt, *_) in zip(doubtful, tried, strict=True):
                if attempt.failures < attempts[i].failures:
                    attempts[i] = attempt
        return attempts

    def _protect(self, sentence: str, job: _Job) -> Masked:
        """Stand-ins for what is the same in both languages."""
        facts = find_facts(sentence, job.source_data)
        return mask(sentence, verbatim(sentence, facts, job.source_data, acts=not self._same_law(job)))

    @staticmethod
    def _same_law(job: _Job) -> bool:
        """Whether acts have their own names in both languages: in the two forms of Norwegian alone."""
        return {job.source, job.target} == {"nb", "nn"}

    def _protect_all(self, sentence: str, job: _Job, shape: str) -> Masked:
        """Stand-ins for all facts, names and words of the termbase."""
        facts = find_facts(sentence, job.source_data)
        replacements = verbatim(sentence, facts, job.source_data, acts=not self._same_law(job))
        taken = [span for span, _ in replacements]
        replacements += [
            (span, wanted)
            for span, wanted in rewritten(sentence, facts, job.target_data)
            if not any(span.overlaps(other) for other in taken)
        ]
        replacements += [(name, name.of(sentence)) for name in find_names(sentence, job.source)]
        for word, wanted in self._termbase.terms_in(sentence, job.source, job.target):
            start = sentence.index(word)
            replacements.append((Span(start, start + len(word)), wanted))
        return mask(sentence, replacements, shape)

    def _run(
        self, sentences: Sequence[str], plans: Sequence[Masked], job: _Job, *, beam: int, best: int = 1,
        strict: bool = False,
    ) -> list[list[Attempt]]:  # fmt: skip
        """Up to ``best`` attempts at each sentence, likeliest first."""
        outputs = self._through([plan.text for plan in plans], job, beam=beam, best=best, strict=strict)
        return [
            [self._restored(sentence, plan, text, score, job) for text, score in readings]
            for sentence, plan, readings in zip(sentences, plans, outputs, strict=True)
        ]

    def _restored(self, sentence: str, plan: Masked, text: str, score: float, job: _Job) -> Attempt:
        """What came out of the model, with what was protected put back, checked and repaired."""
        restored = unmask(text, plan.originals)
        checks = self._check(sentence, restored, job)
        repaired = repair(sentence, restored, checks)
        if repaired != restored:
            restored, checks = repaired, self._check(sentence, repaired, job)
        return Attempt(restored, score, checks)

    def _check(self, sentence: str, text: str, job: _Job) -> tuple[Check, ...]:
        terms = self._termbase.terms_in(sentence, job.source, job.target)
        languages_data = (job.source_data, job.target_data)
        return check_segment(sentence, text, *languages_data, (job.source, job.target), terms)

    def _through(
        self, sentences: Sequence[str], job: _Job, *, beam: int, best: int, strict: bool
    ) -> list[list[tuple[str, float]]]:
        """Each sentence through every leg of the route, with the sum of the legs' scores.

        Only the last leg gives more than one reading: before it, the likeliest goes on.
        """
        readings = [[(sentence, 0.0)] for sentence in sentences]
        for package in job.route:
            engine = self._engine(package)
            parts = [_parted(likeliest[0], engine.length) for likeliest, *_ in readings]
            wanted = best if package is job.route[-1] else 1
            options: dict[str, Any] = {"beam": beam, "best": wanted, "strict": strict}
            translated = iter(
                self._on_leg([part for group in parts for part in group], package, job, options)
            )
            for i, group in enumerate(parts):
                score = readings[i][0][1]
                readings[i] = joined(list(islice(translated, len(group))), score)
        return readings

    def _on_leg(
        self, parts: Sequence[str], package: Package, job: _Job, options: dict[str, Any]
    ) -> list[list[Hypothesis]]:
        """Hypotheses for each part, in its case."""
        engine, found = self._engine(package), list[list[Hypothesis]]()
        for start in range(0, len(parts), CHUNK):
            if time.monotonic() > job.deadline:
                raise TimeLimitReached
            chunk = [lowered(part) for part in parts[start : start + CHUNK]]
            found += engine.translate(chunk, prefix=package.target_prefix, **options)
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


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every sentence of a letter."""

    source: str
    target: str
    route: tuple[Package, ...]
    source_data: Language | None
    target_data: Language | None
    deadline: float


def _data_of(tag: str) -> Language | None:
    return languages.load(tag) if tag in languages.available() else None


def _parted(sentence: str, length: Callable[[str], int]) -> list[str]:
    return list(split_long(sentence, length, LONGEST_INPUT))

"""A letter in, its translation out: segmented, protected, translated in one batch, checked, put together
again."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from rapidfuzz import fuzz

from replyassist.config import Settings
from replyassist.domain import BackTranslation, Check, Origin, Span, Translation
from replyassist.errors import TranslationUnavailable
from replyassist.translation import apertium
from replyassist.translation.address import as_du, find_misread_address
from replyassist.translation.agreement import agreed
from replyassist.translation.assembling import LIKELY, Attempt, as_one_line, assemble, others_than
from replyassist.translation.authorities import authorities
from replyassist.translation.casing import opened_alike
from replyassist.translation.checks import Identify, check_segment, check_stated
from replyassist.translation.clock import with_clock
from replyassist.translation.crowns import own_crowns
from replyassist.translation.dates import own_dates
from replyassist.translation.engine import Hypothesis
from replyassist.translation.engines import Engines, Search
from replyassist.translation.formulas import part_label, write_formula
from replyassist.translation.legal_basis import with_basis
from replyassist.translation.lexicon import check_rendered
from replyassist.translation.memory import EXACT, Memory
from replyassist.translation.names import names_alone, write_names
from replyassist.translation.notices import language_name, notice_of
from replyassist.translation.numerals import western
from replyassist.translation.ordinals import own_ordinals
from replyassist.translation.packages import Package, find_packages
from replyassist.translation.protection import (
    BRACES,
    NUMBERS,
    Masked,
    everything,
    mask,
    repair,
    unmask,
    verbatim,
)
from replyassist.translation.routes import Routes
from replyassist.translation.segmentation import find_segments
from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.store import packages_folder
from replyassist.translation.termbase import Layers, Termbase, Terms
from replyassist.translation.verb_first import with_if
from replyassist.translation.word_checks import count_strays
from replyassist.translation.wordings import with_wordings

RETRY_BEAM = 4
# Hypotheses that alternatives are chosen from, however many are asked for.
READINGS = 6


class Translator:
    """All installed directions. Built by :meth:`load`; safe between threads."""

    def __init__(
        self, routes: Routes, *, termbase: Terms, beam: int, readings: int, threads: int, time_limit: float,
        identify: Identify | None = None, memory: Memory | None = None,
    ) -> None:  # fmt: skip
        self._routes, self._termbase, self._beam, self._time_limit = routes, termbase, beam, time_limit
        self._engines = Engines(threads, readings, routes.back)
        self._identify, self._memory = identify, memory
        self._names = routes.names()

    @classmethod
    def load(
        cls, settings: Settings, bundled: Path, *, identify: Identify | None = None,
        memory: Memory | None = None, terms: Terms | None = None,
    ) -> Translator:  # fmt: skip
        """Find the packages; models are read when they are first used or by :meth:`warm`.

        Args:
            settings: beam, threads, time limit, termbase, folder of packages.
            bundled: the folder of the packages that came along.
            identify: tells the language of a sentence, for the check that the target language came out.
            memory: reviewed segments.
            terms: the municipality's words; those of the settings' termbase when left out.
        """
        packages = find_packages([(bundled, True), (packages_folder(settings), False)])
        rules = apertium.find_directions() if settings.apertium else ()
        words: Terms = terms or Termbase.of(settings)
        if settings.glossary:
            words = Layers((words, authorities(), Termbase.bundled()))
        return cls(
            Routes([*rules, *packages]), termbase=words, beam=settings.beam, readings=settings.readings,
            threads=settings.threads, time_limit=settings.time_limit, identify=identify, memory=memory,
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
        self._engines.warm(self._routes.packages)

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
            [
                span
                for found in find_segments(text, job.direction.source_data)
                for span in part_label(text, found, job.direction)
                if not any(map(span.overlaps, locks))
            ]
            for text, locks in zip(texts, locked or [()] * len(texts), strict=True)
        ]
        addresses = [find_misread_address(text, job.direction) for text in texts]
        lines = [
            (as_one_line(span.of(text)), address)
            for text, each, address in zip(texts, spans, addresses, strict=True)
            for span in each
        ]
        # What a batch says many times is translated once.
        once = dict(zip(unique := list(dict.fromkeys(lines)), self._attempt(unique, job), strict=True))
        attempts = iter([once[line] for line in lines])
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
        address = find_misread_address(translation.source_text, job.direction)
        sentences = [
            self._read(as_one_line(span.of(translation.source_text)), address, job) for span in spans
        ]
        wide = max(READINGS, count + 1)
        plans = [_plan(s, verbatim(s, job.direction), job) for s in sentences]
        found = map(list, self._run(sentences, plans, job, Search(wide, wide)))
        chosen = []
        for sentence, segment in zip(sentences, translation.segments, strict=True):
            text = segment.target.of(translation.text)
            score = math.log(segment.confidence or 1.0)
            checks = self._check(sentence, text, job, segment.origin)
            chosen.append(Attempt(text, score, checks, segment.origin, segment.offers))
        others = [
            others_than(each, readings) if each.origin == "model" else []
            for each, readings in zip(chosen, found, strict=True)
        ]
        results = []
        for n in range(min(count, max(map(len, others), default=0))):
            attempts = [
                other[n] if n < len(other) else own for own, other in zip(chosen, others, strict=True)
            ]
            text, route = translation.source_text, job.route
            results.append(assemble(text, spans, attempts, translation.source, translation.target, route))
        return results

    def translate_back(self, translation: Translation) -> tuple[BackTranslation, ...]:
        """Each segment of a translation in the source language again, in order, for a person to compare.

        Raises:
            TranslationUnavailable: there is no way back.
            TranslationFailed, TimeLimitReached, PackageError.
        """
        there = [segment.target.of(translation.text) for segment in translation.segments]
        back = self.translate_many(there, translation.target, translation.source)
        sources = [as_one_line(s.source.of(translation.source_text)) for s in translation.segments]
        return tuple(
            BackTranslation(again.text, round(fuzz.ratio(source, again.text) / 100, 2))
            for source, again in zip(sources, back, strict=True)
        )

    def _job(self, source: str, target: str) -> _Job:
        route = self._routes.find(source, target) if source != target else None
        if route is None:
            raise self._unavailable(source, target)
        return _Job(Direction.of(source, target), route, time.monotonic() + self._time_limit)

    def _unavailable(self, source: str, target: str) -> TranslationUnavailable:
        instead = [tag for tag in self.targets().get(source, ()) if tag != target]
        notice = notice_of(target) or notice_of(source)
        error = TranslationUnavailable(source=source, target=target, instead=instead)
        if notice:
            error.fields["notice"] = notice
        return error

    def _read(self, line: str, address: str, job: _Job) -> Sentence:
        terms = self._termbase.terms_in(line, job.direction.source, job.direction.target)
        return Sentence.read(line, job.direction, terms, address)

    def _attempt(self, lines: Sequence[tuple[str, str]], job: _Job) -> list[Attempt]:
        """The best that can be made of each sentence: from the memory, as a set phrase of letters, or by the
        models.

        Args:
            lines: each with the way in which its letter calls the reader.
        """
        sentences = [self._read(line, address, job) for line, address in lines]
        direction, texts = job.direction, [line for line, _ in lines]
        known = self._memory.find(texts, direction.source, direction.target) if self._memory else None
        offers = known or [()] * len(lines)
        settled: list[Attempt | None] = []
        for sentence, offered in zip(sentences, offers, strict=True):
            if offered and offered[0].similarity == EXACT:
                text = offered[0].target
                settled.append(Attempt(text, 0.0, self._check(sentence, text, job, "memory"), "memory"))
            elif formula := write_formula(sentence, direction):
                checks = self._check(sentence, formula, job, "formula")
                settled.append(Attempt(formula, 0.0, checks, "formula", offered))
            else:
                settled.append(None)
        translated = iter(
            self._translated([s for s, a in zip(sentences, settled, strict=True) if not a], job)
        )
        return [
            attempt or replace(next(translated), offers=offered)
            for attempt, offered in zip(settled, offers, strict=True)
        ]

    def _translated(self, sentences: Sequence[Sentence], job: _Job) -> list[Attempt]:
        """The models' best, in three tries at most: their own way with the facts, then with what was harmed
        copied, then copied in another shape and with repetition forbidden.
        """
        plans = [_plan(s, verbatim(s, job.direction), job) for s in sentences]
        attempts = self._best(sentences, plans, job, Search(self._beam, self._beam))
        for shape in (NUMBERS, BRACES):
            doubtful = [i for i, attempt in enumerate(attempts) if attempt.harms]
            if not doubtful:
                break
            again = [sentences[i] for i in doubtful]
            copied = (_amended(sentences[i], attempts[i], job.direction) for i in doubtful)
            plans = [_plan(s, spans, job, shape) for s, spans in zip(again, copied, strict=True)]
            tried = self._best(again, plans, job, Search(RETRY_BEAM, strict=shape == BRACES))
            for i, attempt in zip(doubtful, tried, strict=True):
                if len(attempt.harms) < len(attempts[i].harms):
                    attempts[i] = attempt
        return attempts

    def _best(
        self, sentences: Sequence[Sentence], plans: Sequence[Masked], job: _Job, search: Search
    ) -> list[Attempt]:
        """For each sentence the best of its readings."""
        runs = self._run(sentences, plans, job, search)
        return [_choose(readings, job.direction.target) for readings in runs]

    def _run(
        self, sentences: Sequence[Sentence], plans: Sequence[Masked], job: _Job, search: Search
    ) -> Iterator[Iterator[Attempt]]:
        """Attempts at each sentence, best first, each made when it is asked for."""
        outputs = self._engines.translate([plan.text for plan in plans], job.route, search, job.deadline)
        for sentence, plan, hypotheses in zip(sentences, plans, outputs, strict=True):
            yield (self._restored(sentence, plan, each, job) for each in hypotheses)

    def _restored(self, sentence: Sentence, plan: Masked, hypothesis: Hypothesis, job: _Job) -> Attempt:
        """What came out of the model, with what was protected put back, checked and repaired."""
        written = agreed(unmask(hypothesis.text, plan.originals), job.direction.target_data)
        for own in (western, own_crowns, own_ordinals):
            written = own(written, job.direction)
        written = own_dates(written, sentence, job.direction)
        if job.direction.target == "en":
            written = names_alone(written, [name.written for name in sentence.names])
        restored = opened_alike(sentence.text, written)
        checks = self._check(sentence, restored, job)
        repaired = repair(sentence, restored, checks, job.direction)
        if repaired != restored:
            restored, checks = repaired, self._check(sentence, repaired, job)
        return Attempt(restored, hypothesis.score, checks)

    def _check(self, sentence: Sentence, text: str, job: _Job, origin: Origin = "model") -> tuple[Check, ...]:
        if origin == "formula":
            return check_stated(sentence, text, job.direction)
        checks = check_segment(sentence, text, job.direction, self._identify)
        # People render words freely; a model that does so didn't know them.
        return (*checks, *check_rendered(sentence, text, job.direction)) if origin == "model" else checks


def _choose(readings: Iterator[Attempt], target: str) -> Attempt:
    """The first that nothing is wrong with, or that with the least; no more are made than it takes.

    One with words of a neighbouring language gives way to one with fewer that is not much less likely.
    """
    tried: list[Attempt] = []
    for reading in readings:
        tried.append(reading)
        if not reading.harms:
            break
    best = min(tried, key=lambda reading: len(reading.harms))
    if not count_strays(best.text, target):
        return best
    lowest = best.score + math.log(LIKELY)
    rivals = (r for r in chain(tried, readings) if r.score >= lowest and len(r.harms) <= len(best.harms))
    return min([best, *rivals], key=lambda reading: count_strays(reading.text, target))


def _plan(
    sentence: Sentence, replacements: Sequence[tuple[Span, str]], job: _Job, shape: str = NUMBERS
) -> Masked:
    """What the models get of a sentence: with stand-ins, and in wordings that they read right."""
    masked = mask(sentence.text, replacements, shape)
    text = as_du(with_basis(masked, job.direction), sentence.address, job.direction.source_data)
    text = write_names(text, job.direction.source, [name for name, _ in masked.originals])
    for reworded in (western, with_clock, with_wordings, with_if):
        text = reworded(text, job.direction)
    return replace(masked, text=text)


def _amended(sentence: Sentence, attempt: Attempt, direction: Direction) -> list[tuple[Span, str]]:
    """What is copied in another try: where nothing but words of the termbase went missing those alone, since
    each stand-in is a word less that the model chooses others by; else everything.
    """
    if any(check.kind != "term" for check in attempt.harms):
        return everything(sentence, direction)
    missed = {check.source for check in attempt.harms}
    words = [(term.span, term.wanted) for term in sentence.terms if term.span in missed]
    return verbatim(sentence, direction) + words


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every sentence of a letter."""

    direction: Direction
    route: tuple[Package, ...]
    deadline: float

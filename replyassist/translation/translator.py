"""A letter in, its translation out: segmented, protected, translated in one batch, checked, put together
again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from replyassist import languages
from replyassist.config import Settings
from replyassist.domain import Check, Segment, Span, Translation
from replyassist.errors import TimeLimitReached, TranslationUnavailable
from replyassist.languages import Language
from replyassist.text.facts import find_facts
from replyassist.translation import apertium
from replyassist.translation.argos import open_vocabulary
from replyassist.translation.checks import check_segment
from replyassist.translation.engine import LONGEST_INPUT, Engine, TranslationEngine
from replyassist.translation.names import find_names
from replyassist.translation.notices import label_of, language_name, notice_of
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

# Under this BLEU a direction gives the gist, no translation.
GIST_BLEU = 12.0
# Sentences between two looks at the clock.
CHUNK = 64
RETRY_BEAM = 4


@dataclass(frozen=True, slots=True)
class Attempt:
    """One translation of a sentence, its mean log-probability and what was checked."""

    text: str
    score: float
    checks: tuple[Check, ...]

    @property
    def failures(self) -> int:
        """How many checks did not pass."""
        return sum(not check.passed for check in self.checks)


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
        route = self._routes.find(source, target) if source != target else None
        if route is None:
            raise self._unavailable(source, target)
        job = _Job(
            source, target, route, _data_of(source), _data_of(target), time.monotonic() + self._time_limit
        )
        spans = [
            s for s in find_segments(text, job.source_data) if not any(s.overlaps(lock) for lock in locked)
        ]
        sentences = [_as_one_line(span.of(text)) for span in spans]
        attempts = self._attempt(sentences, job)
        return _assemble(text, spans, attempts, job)

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
        attempts = self._run(sentences, plans, job, beam=self._beam)
        for shape in (NUMBERS, BRACES):
            doubtful = [i for i, attempt in enumerate(attempts) if attempt.failures]
            if not doubtful:
                break
            again = [sentences[i] for i in doubtful]
            plans = [self._protect_all(sentence, job, shape) for sentence in again]
            tried = self._run(again, plans, job, beam=RETRY_BEAM, strict=shape == BRACES)
            for i, attempt in zip(doubtful, tried, strict=True):
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
        self, sentences: Sequence[str], plans: Sequence[Masked], job: _Job, *, beam: int, strict: bool = False
    ) -> list[Attempt]:
        outputs = self._through([plan.text for plan in plans], job, beam=beam, strict=strict)
        results = []
        for sentence, plan, (text, score) in zip(sentences, plans, outputs, strict=True):
            restored = unmask(text, plan.originals)
            checks = self._check(sentence, restored, job)
            repaired = repair(sentence, restored, checks)
            if repaired != restored:
                restored, checks = repaired, self._check(sentence, repaired, job)
            results.append(Attempt(restored, score, checks))
        return results

    def _check(self, sentence: str, text: str, job: _Job) -> tuple[Check, ...]:
        terms = self._termbase.terms_in(sentence, job.source, job.target)
        languages_data = (job.source_data, job.target_data)
        return check_segment(sentence, text, *languages_data, (job.source, job.target), terms)

    def _through(
        self, sentences: Sequence[str], job: _Job, *, beam: int, strict: bool
    ) -> list[tuple[str, float]]:
        """Each sentence through every leg of the route, with the sum of the legs' scores."""
        texts, scores = list(sentences), [0.0] * len(sentences)
        for package in job.route:
            engine = self._engine(package)
            parts = [_parted(text, engine.length) for text in texts]
            flat = [part for group in parts for part in group]
            translated: list[tuple[str, float]] = []
            for start in range(0, len(flat), CHUNK):
                if time.monotonic() > job.deadline:
                    raise TimeLimitReached
                chunk = [_lowered(part) for part in flat[start : start + CHUNK]]
                found = engine.translate(chunk, prefix=package.target_prefix, beam=beam, strict=strict)
                translated += [(h[0].text, h[0].score) for h in found]
            cased = [_cased(part, text) for part, (text, _) in zip(flat, translated, strict=True)]
            position = 0
            for i, group in enumerate(parts):
                end = position + len(group)
                texts[i] = " ".join(cased[position:end])
                scores[i] += min((score for _, score in translated[position:end]), default=0.0)
                position = end
        return list(zip(texts, scores, strict=True))

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


def _as_one_line(sentence: str) -> str:
    """A wrapped sentence on one line."""
    return " ".join(sentence.split())


def _parted(sentence: str, length: Callable[[str], int]) -> list[str]:
    return list(split_long(sentence, length, LONGEST_INPUT))


def _lowered(sentence: str) -> str:
    """A sentence in capitals as a model has seen sentences."""
    return sentence.capitalize() if _shouts(sentence) else sentence


def _cased(source: str, target: str) -> str:
    return target.upper() if _shouts(source) else target


def _shouts(sentence: str) -> bool:
    letters = [c for c in sentence if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _assemble(text: str, spans: Sequence[Span], attempts: Sequence[Attempt], job: _Job) -> Translation:
    """The translation, everything between the segments as it was, and checks at their place in the letter."""
    parts: list[str] = []
    segments: list[Segment] = []
    position = length = 0
    for span, attempt in zip(spans, attempts, strict=True):
        between = text[position : span.start]
        parts += [between, attempt.text]
        start = length + len(between)
        length = start + len(attempt.text)
        position = span.end
        checks = tuple(_placed(check, span, text, start) for check in attempt.checks)
        segments.append(Segment(span, Span(start, length), checks, round(math.exp(attempt.score), 4)))
    parts.append(text[position:])
    weak = any(
        package.gist or (package.bleu is not None and package.bleu < GIST_BLEU) for package in job.route
    )
    return Translation(
        "".join(parts), text, job.source, job.target,
        (job.source, *(package.target for package in job.route)), tuple(segments),
        "gist" if weak else "translation", label_of(job.target),
    )  # fmt: skip


def _placed(check: Check, span: Span, text: str, target_start: int) -> Check:
    """A check's spans moved from the sentence into the letter."""
    source = _moved(check.source, span, text) if check.source else None
    target = (
        Span(target_start + check.target.start, target_start + check.target.end) if check.target else None
    )
    return replace(check, source=source, target=target)


def _moved(within: Span, span: Span, text: str) -> Span:
    """A span of the one-line sentence as a span of the text, where white space may be wider."""
    raw = span.of(text)
    if len(_as_one_line(raw)) == len(raw):
        return Span(span.start + within.start, span.start + within.end)
    places, previous_space = [], True
    for i, character in enumerate(raw):
        if character.isspace():
            if not previous_space:
                places.append(i)
            previous_space = True
        else:
            places.append(i)
            previous_space = False
    places.append(len(raw))
    return Span(span.start + places[within.start], span.start + places[min(within.end, len(places) - 1)])

"""Assessing a draft for an audience, and simplifying it: the two jobs of this package, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from replyassist import languages
from replyassist.domain import (
    Assessment,
    AudienceProfile,
    Draft,
    Identification,
    NotScored,
    Score,
    Simplification,
)
from replyassist.errors import (
    EmptyText,
    InvalidParameter,
    LanguageNotSupported,
    LanguageUnknown,
    ProfileUnknown,
)
from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis, analyse
from replyassist.plainlanguage.checklist import Checklist, LetterKind
from replyassist.plainlanguage.edits import apply, select
from replyassist.plainlanguage.findings import Advice, advise, choose_top, settle
from replyassist.plainlanguage.frequency import FrequencyTable, read_frequencies
from replyassist.plainlanguage.measures import Counter, Tally
from replyassist.plainlanguage.report import score_measures, score_text
from replyassist.plainlanguage.rules.lexicon import Hit
from replyassist.plainlanguage.rules.match import Match
from replyassist.plainlanguage.rules.structure import Reading, find_structure_matches
from replyassist.plainlanguage.rules.wording import Wordings, knows, weight_of
from replyassist.plainlanguage.scoring import Scale, read_scale
from replyassist.plainlanguage.tagging import Tagger, find_tagger
from replyassist.profiles import load_letter_kinds

BUNDLED_MODELS = Path(__file__).parents[1] / "models"  # in a wheel
CHECKOUT_MODELS = Path(__file__).parents[2] / "models"


@dataclass(frozen=True, slots=True)
class Resources:
    """All that is needed to assess one language; read once, never changed."""

    language: Language
    counter: Counter
    frequencies: FrequencyTable
    wordings: Wordings
    checklist: Checklist
    tagger: Tagger
    scale: Scale


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of a draft once all rules have read it."""

    assessment: Assessment
    advice: tuple[Advice, ...]


@dataclass(slots=True)
class Assessor:
    """Assesses drafts; safe between threads. Made by ``load``."""

    models: Path
    profiles: Mapping[str, AudienceProfile]
    kinds: tuple[LetterKind, ...]
    _resources: dict[str, Resources] = field(default_factory=dict)
    _loading: Lock = field(default_factory=Lock)

    @classmethod
    def load(cls, *, models: Path | None = None, profiles: Mapping[str, AudienceProfile]) -> Assessor:
        """An assessor with the profiles given; a language's data are read when it is first met, once.

        Args:
            models: folder with ``frequencies/`` and ``spacy/``; None for the one that came along.
            profiles: audience profiles by name.
        """
        folder = models or (BUNDLED_MODELS if BUNDLED_MODELS.is_dir() else CHECKOUT_MODELS)
        kinds = load_letter_kinds()
        return cls(folder, profiles, tuple(LetterKind(name, parts) for name, parts in kinds.items()))

    def assess(
        self, draft: Draft, identification: Identification, *, ui_language: str = "en", letter: bool = True
    ) -> Assessment:
        """What is hard about a draft for its audience.

        Args:
            draft: the text; its blocks, where it has any, say what is running text.
            identification: the language of the draft.
            ui_language: tag of the language that messages are in.
            letter: whether it is a whole letter or e-mail, whose missing parts are findings.

        Raises:
            EmptyText, LanguageUnknown, LanguageNotSupported, ProfileUnknown.
        """
        return self._examine(draft, identification, ui_language, letter).assessment

    def simplify(
        self,
        draft: Draft,
        identification: Identification,
        accept: Sequence[int] | None = None,
        *,
        ui_language: str = "en",
        letter: bool = True,
    ) -> Simplification:
        """The draft with suggestions applied, assessed before and after.

        Args:
            accept: indexes of findings, whose first suggestion is taken; None for all that are safe unseen.

        Raises:
            InvalidParameter: an index without a finding; besides what ``assess`` raises.
        """
        examined = self._examine(draft, identification, ui_language, letter)
        if accept is None:
            chosen = [advice.finding for advice in examined.advice if advice.is_safe]
        elif all(0 <= index < len(examined.advice) for index in accept):
            chosen = [examined.advice[index].finding for index in accept]
        else:
            raise InvalidParameter("There is no finding with that number.", parameter="accept")
        plan = select(finding.suggestions[0] for finding in chosen if finding.suggestions)
        simpler = apply(draft, plan)
        after = self.assess(simpler, identification, ui_language=ui_language, letter=letter)
        return Simplification(simpler.text, examined.assessment, after, plan)

    def measure(self, draft: Draft, identification: Identification) -> tuple[Score | NotScored, ...]:
        """The measures that need neither tagger nor patterns: the fast path, for many texts."""
        resources, profile = self._prepare(draft, identification)
        analysis = analyse(draft, resources.language)
        hits = list(resources.wordings.hits(analysis, profile))
        tally = _words(analysis, hits, resources, profile)
        return score_measures(analysis, tally, profile, tags=None)

    def count(self, draft: Draft, identification: Identification) -> Tally:
        """What the score is made of, as counts; for fitting and for tracing a score back to its parts."""
        resources, profile = self._prepare(draft, identification)
        reading = Reading(analyse(draft, resources.language), resources.frequencies, resources.tagger)
        hits = list(resources.wordings.hits(reading.analysis, profile))
        return _tally(reading, hits, resources, profile)

    def _examine(
        self, draft: Draft, identification: Identification, ui_language: str, letter: bool
    ) -> Examination:
        ui = languages.load(ui_language)
        resources, profile = self._prepare(draft, identification)
        analysis = analyse(draft, resources.language)
        reading = Reading(analysis, resources.frequencies, resources.tagger)
        hits = list(resources.wordings.hits(analysis, profile))
        tally = _tally(reading, hits, resources, profile)
        kind = resources.checklist.kind_of(analysis) if letter else None
        found: list[Match] = list(resources.wordings.matches(analysis, hits, profile, reading.tags))
        found += find_structure_matches(reading)
        found += resources.checklist.missing(analysis, kind) if kind else ()
        matches = settle(found, analysis)
        advice = tuple(advise(matches, analysis, tally, resources.counter, resources.scale, ui))
        findings = tuple(each.finding for each in advice)
        assessment = Assessment(
            identification=identification,
            audience=profile.name,
            score=score_text(tally, resources.scale, profile),
            scores=score_measures(analysis, tally, profile, tags=reading.tags),
            findings=findings,
            top_fixes=choose_top(findings),
            left_out=analysis.left_out,
            letter_kind=kind.name if kind else None,
            versions={"tagger": resources.tagger.name},
        )
        return Examination(assessment, advice)

    def _prepare(self, draft: Draft, identification: Identification) -> tuple[Resources, AudienceProfile]:
        if not draft.text.strip():
            raise EmptyText
        tag = draft.language or identification.language
        if tag is None:
            raise LanguageUnknown(candidates=[c.language for c in identification.candidates])
        if draft.audience not in self.profiles:
            raise ProfileUnknown(audience=draft.audience)
        return self._resources_of(tag), self.profiles[draft.audience]

    def _resources_of(self, tag: str) -> Resources:
        with self._loading:
            if tag not in self._resources:
                self._resources[tag] = self._read(languages.load(tag))
            return self._resources[tag]

    def _read(self, language: Language) -> Resources:
        frequencies = read_frequencies(language, self.models)
        if frequencies is None:
            raise LanguageNotSupported(
                "There are no word frequencies for this language.", language=language.tag
            )
        return Resources(
            language=language,
            counter=Counter(language, frequencies),
            frequencies=frequencies,
            wordings=Wordings.compile(language),
            checklist=Checklist.compile(language, self.kinds),
            tagger=find_tagger(language, self.models),
            scale=read_scale(language.tag),
        )


def _tally(reading: Reading, hits: Sequence[Hit], resources: Resources, profile: AudienceProfile) -> Tally:
    """The tally of the running text."""
    words = _words(reading.analysis, hits, resources, profile)
    return words + Tally(passives=len(reading.passives))


def _words(analysis: Analysis, hits: Sequence[Hit], resources: Resources, profile: AudienceProfile) -> Tally:
    """The tally of the running text, with its jargon, without its passives."""
    trade = _trade_words(analysis, resources, profile)
    jargon = Tally(jargon=sum(weight_of(hit) for hit in hits if hit.sentence.is_running_text))
    return jargon + resources.counter.count_text(analysis.running_text, analysis.flat, trade)


def _trade_words(analysis: Analysis, resources: Resources, profile: AudienceProfile) -> frozenset[int]:
    """Offsets of the words that belong to terms which the audience knows."""
    if not profile.domains:
        return frozenset()
    return frozenset(
        word.start
        for sentence in analysis.running_text
        for hit in resources.wordings.lexicon.find(sentence, analysis.flat)
        if any(form.term and knows(profile, form.term) for form in hit.forms)
        for word in sentence.words[hit.first : hit.last + 1]
    )

"""The types that the parts of replyassist hand to each other; standard library only.

Every span is a half-open range of code points into the text *as it was received*. The UTF-16 offsets that
browsers and LanguageTool clients want are computed where the answer leaves the house.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "advice"]
TermKind = Literal["replace", "explain", "legal"]
AskedKind = Literal["question", "request"]
BlockKind = Literal[
    "heading", "paragraph", "list-item", "table", "address", "salutation", "closing", "signature", "quote"
]

WRITTEN_FORMS_OF_NORWEGIAN = frozenset({"nb", "nn"})
# Of the probability of the two written forms, the share that one must have to be told from the other.
SURE_OF_FORM = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The part of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter that reads as one: a heading, a paragraph, a list item, an address ..."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was received.

    Attributes:
        text: the text itself; every span of every answer points into it.
        language: BCP 47 tag when the caller states it, else None.
        audience: name of an audience profile.
        locked: spans (template text) that are read but never suggested on.
        blocks: structure known from the document's format; empty for plain text, whose structure is inferred.
    """

    text: str
    language: str | None = None
    audience: str = "layperson"
    locked: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A language that a text may be in, with its probability (0-1)."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LanguageSpan:
    """A part of a text and the language it is in."""

    span: Span
    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Identification:
    """Which language a text is in.

    Attributes:
        language: BCP 47 tag, or None when it can't be told: never a default for want of a better one. Groups
            that can't be told apart have one tag: ``sh`` stands for Bosnian, Croatian and Serbian.
        confidence: probability (0-1), calibrated, that ``language`` is right; 0 when it is None.
        candidates: the likeliest languages, best first.
        spans: the parts of a mixed message; one span when there is one language.
        script: ISO 15924 code of the script that most letters are in, such as ``Latn``; None without letters.
    """

    language: str | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    spans: tuple[LanguageSpan, ...] = ()
    script: str | None = None

    @property
    def written_form(self) -> str | None:
        """The written form of Norwegian that the text is surely in, ``nb`` or ``nn``.

        None in another language, and where the words are as good as right in both.
        """
        if self.language not in WRITTEN_FORMS_OF_NORWEGIAN:
            return None
        told = {candidate.language: candidate.confidence for candidate in self.candidates}
        own = told.get(self.language, self.confidence)
        forms = own + sum(told.get(form, 0.0) for form in WRITTEN_FORMS_OF_NORWEGIAN - {self.language})
        return self.language if own >= SURE_OF_FORM * forms else None


@dataclass(frozen=True, slots=True)
class Term:
    """An expert's or an office's word, with what a layperson would say.

    ``forms`` and ``plain_forms`` hold the inflected forms slot by slot, in the order that the part of speech
    declares (see docs/adding-a-language.md), so that a replacement takes the form of what it replaces.
    """

    lemma: str
    language: str
    pos: str
    kind: TermKind
    domains: tuple[str, ...]
    forms: tuple[str, ...]
    plain_forms: tuple[str, ...]
    gender: str
    plain_gender: str
    definition: str
    source: str

    @property
    def plain(self) -> str:
        """The plain word in its dictionary form, or the empty string."""
        return self.plain_forms[0] if self.plain_forms else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Put ``replacement`` in the place of ``span``."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that makes a text harder for its audience, where it stands and what to do about it.

    Attributes:
        rule: id of the rule or term, such as ``nb.term.vedtak``.
        kind: the kind of rule, such as ``term``, ``phrase``, ``sentence-length``, ``missing-part``.
        span: what it is about.
        severity: how much it matters.
        message: why it is hard for this audience, in the user's language.
        suggestions: alternatives; each alone settles the finding. Empty when there is only advice.
        gain: points of the audience score (0-100) that settling it would win; what an explanation says is not
            counted, so that it isn't worth more than a change of wording.
        source: where the advice can be checked.
    """

    rule: str
    kind: str
    span: Span
    severity: Severity
    message: str
    suggestions: tuple[Suggestion, ...] = ()
    gain: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a measure against its target for the audience, with a band in a word (a stable key)."""

    measure: str
    value: float
    target: float | None
    band: str


@dataclass(frozen=True, slots=True)
class NotScored:
    """A measure that this text or language can't have, and why (a stable key)."""

    measure: str
    reason: str


@dataclass(frozen=True, slots=True)
class AudienceProfile:
    """Whom a text is for.

    Attributes:
        name: key, such as ``layperson``.
        targets: measure -> the value that a text for this audience should stay at or under.
        domains: subject domains whose terms the audience knows.
        tone: ``plain`` or ``professional``.
    """

    name: str
    targets: dict[str, float] = field(default_factory=dict)
    domains: frozenset[str] = frozenset()
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of the text that took no part in the score, and why (a stable key)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is hard about a draft for its audience.

    Attributes:
        identification: the language and how sure that is.
        audience: name of the profile it was assessed for.
        score: 0-100, higher is easier; NotScored when the text can't be scored.
        scores: every measure, scored or not.
        findings: in order of their place in the text.
        top_fixes: indexes into ``findings``, the most helpful first, three at most.
        left_out: parts of the text that were not scored.
        letter_kind: the kind of letter it was read as (``refusal``, ``request-documents`` ...), or None.
        versions: component -> version, so that an answer can be explained later.
    """

    identification: Identification
    audience: str
    score: Score | NotScored
    scores: tuple[Score | NotScored, ...]
    findings: tuple[Finding, ...]
    top_fixes: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    letter_kind: str | None
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Simplification:
    """A draft with a chosen set of suggestions applied, and the plan that can be replayed."""

    text: str
    before: Assessment
    after: Assessment
    plan: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing compared between a segment and its translation.

    Attributes:
        kind: ``date``, ``amount``, ``number``, ``negation``, ``length``, ``repetition`` ...
        source: where it stands in the source text (whole text offsets), or None.
        target: where it stands in the translated text, or None when it did not arrive.
        passed: False when a person must look at it.
        detail: stable key that says what is wrong, empty when passed.
        expected: what should stand in the translation, where that is known: a word of the termbase.
    """

    kind: str
    source: Span | None
    target: Span | None
    passed: bool
    detail: str = ""
    expected: str = ""


Origin = Literal["model", "formula", "memory"]
Quality = Literal["translation", "gist"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A reviewed translation of a segment like this one, with how alike the two sources are (0-1)."""

    source: str
    target: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One translated unit: where it stands in the source and in the target text, and what was checked.

    Attributes:
        source, target: where it stands.
        checks: what was compared; ``confidence`` says how sure the model was (0-1).
        origin: ``model``, ``formula`` (a set phrase of letters) or ``memory`` (reviewed, word for word).
        offers: reviewed translations of similar segments, most similar first.
    """

    source: Span
    target: Span
    checks: tuple[Check, ...] = ()
    confidence: float | None = None
    origin: Origin = "model"
    offers: tuple[Offer, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing in the segment must be looked at."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine translation, with what must be reviewed.

    Attributes:
        text: the translation.
        source_text: what was translated.
        source, target: BCP 47 tags.
        route: tags from source to target; more than two when it pivots.
        segments: in order; their spans tile the translatable text.
        quality: ``translation``, or ``gist`` when a direction on the route is below the publishing threshold.
        label: "machine translated, not reviewed", in the target language.
    """

    text: str
    source_text: str
    source: str
    target: str
    route: tuple[str, ...]
    segments: tuple[Segment, ...]
    quality: Quality
    label: str

    @property
    def to_review(self) -> tuple[int, ...]:
        """Indexes of the segments with a check that did not pass."""
        return tuple(i for i, segment in enumerate(self.segments) if not segment.passed)


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A segment's translation translated back, and how like its source that is (0-1, by edit distance)."""

    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence of a translated file that a person must look at, in words: a file has no offsets.

    Attributes:
        source, target: the sentence and its translation.
        checks: what did not pass; spans are into these two.
        confidence: how sure the model was (0-1).
    """

    source: str
    target: str
    checks: tuple[Check, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A file in another language, in its own format, with what must be reviewed.

    Attributes:
        content: the file.
        source, target, route, quality, label: as of a :class:`Translation`.
        segments: how many were translated.
        doubts: those that a person must look at, each once.
    """

    content: bytes
    source: str
    target: str
    route: tuple[str, ...]
    quality: Quality
    label: str
    segments: int
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the caseworker should know: a stable key and its parameters."""

    code: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence of a message that asks for something."""

    span: Span
    kind: AskedKind


@dataclass(frozen=True, slots=True)
class Reply:
    """A citizen's message and the draft that answers it, both read.

    ``notices`` hold what follows from the two together: that the draft is in another written form of
    Norwegian than the message, that no translation into the citizen's language can be had, and so on.
    ``asked`` holds what the message asks for, as far as rules can tell; empty does not mean nothing.
    """

    message: Identification | None
    message_translation: Translation | None
    draft: Assessment | None
    translation: Translation | None
    notices: tuple[Notice, ...] = ()
    asked: tuple[Asked, ...] = ()

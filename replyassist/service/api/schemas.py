"""What our API gives, as types: the OpenAPI description is generated from these."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from replyassist.domain import AskedKind, BlockKind, Origin, Quality, Severity


class Utf16Range(BaseModel):
    """A half-open range in UTF-16 code units, as JavaScript counts."""

    start: int
    end: int


class SpanOut(BaseModel):
    """A half-open range of code points into the text as it was sent, and the same in UTF-16 code units."""

    start: int
    end: int
    utf16: Utf16Range


class CandidateOut(BaseModel):
    """A language that the text may be in."""

    language: str
    confidence: Annotated[float, Field(ge=0, le=1)]


class LanguageSpanOut(CandidateOut):
    """A part of the text and its language."""

    span: SpanOut


class IdentificationOut(BaseModel):
    """The language of a text; null when it can't be told."""

    language: str | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    script: str | None
    candidates: list[CandidateOut]
    spans: list[LanguageSpanOut]


class MeasureOut(BaseModel):
    """A measure: its value against the audience's target, or why it has none."""

    measure: str
    scored: bool
    value: float | None = None
    target: float | None = None
    band: str | None = None
    reason: Annotated[str | None, Field(description="Why it is not scored.")] = None


class SuggestionOut(BaseModel):
    """Put the replacement in the place of the span."""

    span: SpanOut
    replacement: str


class FindingOut(BaseModel):
    """Something that makes the text harder for its audience."""

    rule: str
    kind: str
    span: SpanOut
    severity: Severity
    message: str
    suggestions: Annotated[list[SuggestionOut], Field(description="Each alone settles the finding.")]
    gain: Annotated[float, Field(description="Points of the score that settling it would win.")]
    source: str


class LeftOutOut(BaseModel):
    """A part of the text that took no part in the score."""

    span: SpanOut
    reason: str


class PartOut(BaseModel):
    """A part that a letter of this kind must have."""

    part: str
    severity: Severity
    present: bool


class AssessmentOut(BaseModel):
    """What is hard about a draft for its audience."""

    identification: IdentificationOut
    audience: str
    score: MeasureOut
    measures: list[MeasureOut]
    findings: list[FindingOut]
    top_fixes: Annotated[list[int], Field(description="Indexes into findings, the most helpful first.")]
    left_out: list[LeftOutOut]
    letter_kind: str | None
    checklist: list[PartOut]
    versions: dict[str, str]


class SimplificationOut(BaseModel):
    """The draft with suggestions applied; the plan's spans point into the draft as it was sent."""

    text: str
    before: AssessmentOut
    after: AssessmentOut
    plan: list[SuggestionOut]


class CheckOut(BaseModel):
    """One thing compared between a segment and its translation."""

    kind: str
    source: SpanOut | None
    target: SpanOut | None
    passed: bool
    detail: str
    expected: str


class OfferOut(BaseModel):
    """A reviewed translation of a similar segment, with how alike the two sources are."""

    source: str
    target: str
    similarity: Annotated[float, Field(ge=0, le=1)]


class SegmentOut(BaseModel):
    """One translated unit; ``source`` points into the source text, ``target`` into the translation."""

    source: SpanOut
    target: SpanOut
    checks: list[CheckOut]
    confidence: float | None
    passed: bool
    origin: Origin
    offers: list[OfferOut]


class TranslationOut(BaseModel):
    """A machine translation, and what must be reviewed."""

    text: str
    source: str
    target: str
    route: list[str]
    segments: list[SegmentOut]
    to_review: list[int]
    quality: Quality
    label: str


class NoticeOut(BaseModel):
    """Something that the caseworker should know: a stable key and its parameters."""

    code: str
    parameters: dict[str, str]


class AskedOut(BaseModel):
    """A sentence of the message that asks for something."""

    kind: AskedKind
    span: SpanOut


class ReplyOut(BaseModel):
    """A message and the draft that answers it, both read."""

    message: IdentificationOut | None
    message_translation: TranslationOut | None
    draft: AssessmentOut | None
    translation: TranslationOut | None
    notices: list[NoticeOut]
    asked: Annotated[
        list[AskedOut], Field(description="What rules find that the message asks for; read all of it still.")
    ]


class OutcomeOut(BaseModel):
    """What became of one item: a result, or an error as problem details."""

    status: int
    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None


class BatchOut(BaseModel):
    """The outcomes, in the order of the items."""

    items: list[OutcomeOut]


class LanguageOut(BaseModel):
    """What can be done in a language."""

    language: str
    name: str
    identified: bool
    assessed: bool
    targets: list[str]


class LanguagesOut(BaseModel):
    """All languages that anything can be done in."""

    languages: list[LanguageOut]


class ProfileOut(BaseModel):
    """Whom a text is for: the targets of its measures, and the domains whose words it knows."""

    name: str
    targets: dict[str, float]
    domains: list[str]
    tone: str


class ProfilesOut(BaseModel):
    """All audience profiles."""

    profiles: list[ProfileOut]


class ModelOut(BaseModel):
    """An installed translation model, one direction."""

    source: str
    target: str
    version: str
    bleu: float | None


class ModelsOut(BaseModel):
    """All installed translation models."""

    models: list[ModelOut]


class BlockOut(BaseModel):
    """A part of a document that reads as one."""

    kind: BlockKind
    span: SpanOut


class DocumentOut(BaseModel):
    """The text of a document, and its structure."""

    text: str
    blocks: list[BlockOut]


class DoubtOut(BaseModel):
    """A sentence of a translated file that a person must look at; spans are into these words."""

    source: str
    target: str
    checks: list[CheckOut]
    confidence: float | None


class TranslatedDocumentOut(BaseModel):
    """A file in another language, in its own format, and what must be reviewed in it."""

    name: str
    media_type: str
    content: Annotated[str, Field(description="The file, in base64.")]
    source: str
    target: str
    route: list[str]
    quality: Quality
    label: Annotated[str, Field(description="That nobody has reviewed it, in the target language.")]
    segments: Annotated[int, Field(description="How many were translated.")]
    doubts: list[DoubtOut]


class ProblemOut(BaseModel):
    """RFC 9457 problem details; clients switch on ``code``."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    request_id: str | None = None

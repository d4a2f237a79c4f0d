"""The assistant's answers in the shape that leaves the house, the same from every door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from replyassist.domain import (
    Asked,
    Assessment,
    Check,
    Doubt,
    Identification,
    NotScored,
    Reply,
    Score,
    Severity,
    Simplification,
    Span,
    Suggestion,
    Translation,
)
from replyassist.service.api.schemas import (
    AskedOut,
    AssessmentOut,
    CandidateOut,
    CheckOut,
    DoubtOut,
    FindingOut,
    IdentificationOut,
    LanguageSpanOut,
    LeftOutOut,
    MeasureOut,
    NoticeOut,
    OfferOut,
    PartOut,
    ReplyOut,
    SegmentOut,
    SimplificationOut,
    SpanOut,
    SuggestionOut,
    TranslationOut,
    Utf16Range,
)
from replyassist.service.offsets import Utf16Offsets

MISSING_PART = "missing-part"
LetterKinds = Mapping[str, Mapping[str, Severity]]


def render_span(span: Span, offsets: Utf16Offsets) -> SpanOut:
    """A span with its UTF-16 offsets; ``offsets`` are those of the text that it points into."""
    start, end = offsets.of_span(span)
    return SpanOut(start=span.start, end=span.end, utf16=Utf16Range(start=start, end=end))


def render_identification(found: Identification, text: str) -> IdentificationOut:
    """The language found in ``text``."""
    offsets = Utf16Offsets(text)
    return IdentificationOut(
        language=found.language,
        confidence=found.confidence,
        script=found.script,
        candidates=[CandidateOut(language=c.language, confidence=c.confidence) for c in found.candidates],
        spans=[
            LanguageSpanOut(language=s.language, confidence=s.confidence, span=render_span(s.span, offsets))
            for s in found.spans
        ],
    )


def render_assessment(assessment: Assessment, text: str, kinds: LetterKinds) -> AssessmentOut:
    """The assessment of ``text``; ``kinds`` says which parts each kind of letter must have."""
    offsets = Utf16Offsets(text)
    return AssessmentOut(
        identification=render_identification(assessment.identification, text),
        audience=assessment.audience,
        score=_measure(assessment.score),
        measures=[_measure(score) for score in assessment.scores],
        findings=[
            FindingOut(
                rule=f.rule,
                kind=f.kind,
                span=render_span(f.span, offsets),
                severity=f.severity,
                message=f.message,
                suggestions=[_suggestion(s, offsets) for s in f.suggestions],
                gain=f.gain,
                source=f.source,
            )
            for f in assessment.findings
        ],
        top_fixes=list(assessment.top_fixes),
        left_out=[
            LeftOutOut(span=render_span(p.span, offsets), reason=p.reason) for p in assessment.left_out
        ],
        letter_kind=assessment.letter_kind,
        checklist=_checklist(assessment, kinds),
        versions=dict(assessment.versions),
    )


def render_simplification(simpler: Simplification, text: str, kinds: LetterKinds) -> SimplificationOut:
    """What became of ``text``."""
    offsets = Utf16Offsets(text)
    return SimplificationOut(
        text=simpler.text,
        before=render_assessment(simpler.before, text, kinds),
        after=render_assessment(simpler.after, simpler.text, kinds),
        plan=[_suggestion(s, offsets) for s in simpler.plan],
    )


def render_translation(translation: Translation) -> TranslationOut:
    """A translation with its segments and checks."""
    source, target = Utf16Offsets(translation.source_text), Utf16Offsets(translation.text)
    return TranslationOut(
        text=translation.text,
        source=translation.source,
        target=translation.target,
        route=list(translation.route),
        segments=[
            SegmentOut(
                source=render_span(segment.source, source),
                target=render_span(segment.target, target),
                checks=[_check(check, source, target) for check in segment.checks],
                confidence=segment.confidence,
                passed=segment.passed,
                origin=segment.origin,
                offers=[
                    OfferOut(source=offer.source, target=offer.target, similarity=offer.similarity)
                    for offer in segment.offers
                ],
            )
            for segment in translation.segments
        ],
        to_review=list(translation.to_review),
        quality=translation.quality,
        label=translation.label,
    )


def render_doubt(doubt: Doubt) -> DoubtOut:
    """A sentence of a file that must be reviewed."""
    source, target = Utf16Offsets(doubt.source), Utf16Offsets(doubt.target)
    return DoubtOut(
        source=doubt.source,
        target=doubt.target,
        checks=[_check(check, source, target) for check in doubt.checks],
        confidence=doubt.confidence,
    )


def render_reply(reply: Reply, message: str | None, draft: str | None, kinds: LetterKinds) -> ReplyOut:
    """A message and the draft that answers it, both read."""
    return ReplyOut(
        message=render_identification(reply.message, message or "") if reply.message else None,
        message_translation=(
            render_translation(reply.message_translation) if reply.message_translation else None
        ),
        draft=render_assessment(reply.draft, draft or "", kinds) if reply.draft else None,
        translation=render_translation(reply.translation) if reply.translation else None,
        notices=[NoticeOut(code=n.code, parameters=n.parameters) for n in reply.notices],
        asked=render_asked(reply.asked, message or ""),
    )


def render_asked(asked: Sequence[Asked], message: str) -> list[AskedOut]:
    """What a message asks for."""
    offsets = Utf16Offsets(message)
    return [AskedOut(kind=each.kind, span=render_span(each.span, offsets)) for each in asked]


def _check(check: Check, source: Utf16Offsets, target: Utf16Offsets) -> CheckOut:
    return CheckOut(
        kind=check.kind,
        source=render_span(check.source, source) if check.source else None,
        target=render_span(check.target, target) if check.target else None,
        passed=check.passed,
        detail=check.detail,
        expected=check.expected,
    )


def _measure(score: Score | NotScored) -> MeasureOut:
    if isinstance(score, NotScored):
        return MeasureOut(measure=score.measure, scored=False, reason=score.reason)
    return MeasureOut(
        measure=score.measure, scored=True, value=score.value, target=score.target, band=score.band
    )


def _suggestion(suggestion: Suggestion, offsets: Utf16Offsets) -> SuggestionOut:
    return SuggestionOut(span=render_span(suggestion.span, offsets), replacement=suggestion.replacement)


def _checklist(assessment: Assessment, kinds: LetterKinds) -> list[PartOut]:
    """The parts that a letter of this kind must have; the one that no finding misses is there."""
    missing = {f.rule.rsplit(".", 1)[-1] for f in assessment.findings if f.kind == MISSING_PART}
    required = kinds.get(assessment.letter_kind or "", {})
    return [PartOut(part=p, severity=s, present=p not in missing) for p, s in required.items()]

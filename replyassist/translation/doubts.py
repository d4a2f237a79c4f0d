"""What must be looked at in a translated file, told once however often it is asked for.

The words of a link are asked for beside their sentence, to be found again in it, and an e-mail says the same
as text and as html.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from replyassist.domain import Check, Doubt, Segment, Span, Translation


def find_doubts(translations: Iterable[Translation]) -> tuple[Doubt, ...]:
    """The segments that did not pass, in order; of two that say the same, or of which one holds the other and
    its translation, the longer.
    """
    found = {
        (doubt.source, doubt.target): doubt
        for each in translations
        for i in each.to_review
        if (doubt := _doubt(each.segments[i], each))
    }
    return tuple(doubt for doubt in found.values() if not any(_holds(o, doubt) for o in found.values()))


def _holds(longer: Doubt, doubt: Doubt) -> bool:
    within = doubt.source in longer.source and doubt.target in longer.target
    return within and len(doubt.source) < len(longer.source)


def _doubt(segment: Segment, of: Translation) -> Doubt:
    return Doubt(
        segment.source.of(of.source_text),
        segment.target.of(of.text),
        tuple(_within(check, segment) for check in segment.checks if not check.passed),
        segment.confidence,
    )


def _within(check: Check, segment: Segment) -> Check:
    """A check whose spans are into the segment's own words."""
    return replace(
        check,
        source=_moved(check.source, segment.source.start),
        target=_moved(check.target, segment.target.start),
    )


def _moved(span: Span | None, by: int) -> Span | None:
    return Span(span.start - by, span.end - by) if span else None

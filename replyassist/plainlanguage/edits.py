"""Putting changes into a text: which of them go together, and where everything stands afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from replyassist.domain import Block, Draft, Span, Suggestion


def select(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Those that go together, in order of place: of two that overlap, the earlier one stands."""
    chosen: list[Suggestion] = []
    for suggestion in sorted(suggestions, key=lambda s: s.span):
        if not chosen or suggestion.span.start >= chosen[-1].span.end:
            chosen.append(suggestion)
    return tuple(chosen)


def apply(draft: Draft, plan: Sequence[Suggestion]) -> Draft:
    """The draft with a plan carried out, its blocks and locked spans moved along.

    Args:
        draft: the text that the spans of the plan point into.
        plan: in order of place, none over another.
    """
    pieces: list[str] = []
    position = 0
    for suggestion in plan:
        pieces += (draft.text[position : suggestion.span.start], suggestion.replacement)
        position = suggestion.span.end
    pieces.append(draft.text[position:])
    return replace(
        draft,
        text="".join(pieces),
        blocks=tuple(Block(block.kind, _moved(block.span, plan)) for block in draft.blocks),
        locked=tuple(_moved(span, plan) for span in draft.locked),
    )


def _moved(span: Span, plan: Sequence[Suggestion]) -> Span:
    """Where a span stands once the plan is carried out; it grows and shrinks with what changes inside it."""
    start, end = span.start, span.end
    for suggestion in plan:
        growth = len(suggestion.replacement) - len(suggestion.span)
        if suggestion.span.end <= span.start:
            start += growth
        if suggestion.span.start < span.end:
            end += growth
    return Span(start, max(start, end))

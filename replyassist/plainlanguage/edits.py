"""Putting changes into a text: which of them go together, and where everything stands afterwards."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

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
    moves = _Moves(plan)
    return replace(
        draft,
        text="".join(pieces),
        blocks=tuple(Block(block.kind, moves.move(block.span)) for block in draft.blocks),
        locked=tuple(map(moves.move, draft.locked)),
    )


class _Moves:
    """Where spans stand once a plan is carried out, told in the time of a logarithm: a plan may have
    thousands of changes, and a draft as many blocks.
    """

    def __init__(self, plan: Sequence[Suggestion]) -> None:
        self._starts = [suggestion.span.start for suggestion in plan]
        self._ends = [suggestion.span.end for suggestion in plan]
        growths = (len(suggestion.replacement) - len(suggestion.span) for suggestion in plan)
        self._grown = list(accumulate(growths, initial=0))

    def move(self, span: Span) -> Span:
        """The span afterwards; it grows and shrinks with what changes inside it."""
        start = span.start + self._grown[bisect_right(self._ends, span.start)]
        end = span.end + self._grown[bisect_left(self._starts, span.end)]
        return Span(start, max(start, end))

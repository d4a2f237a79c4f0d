"""Text of a template that its owner has marked with ``[[`` and ``]]``: read, and never suggested on."""

from __future__ import annotations

from replyassist.domain import Span

OPEN, CLOSE = "[[", "]]"


def find_locks(text: str) -> tuple[Span, ...]:
    """The marked parts with their marks, in order; a mark that is never closed marks nothing."""
    found: list[Span] = []
    end = 0
    while (start := text.find(OPEN, end)) >= 0 and (close := text.find(CLOSE, start + len(OPEN))) >= 0:
        end = close + len(CLOSE)
        found.append(Span(start, end))
    return tuple(found)

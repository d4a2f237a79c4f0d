"""The pieces of text that make up one line of a document, and how a new wording is shared out among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

PLACEHOLDER = re.compile(r"\{\s*\d+\s*\}")


def placeholders(text: str, count: int) -> list[str]:
    """As many placeholders, which translation leaves alone, that a text doesn't hold."""
    taken = {"".join(found.split()) for found in PLACEHOLDER.findall(text)}
    numbered = (f"{{{n}}}" for n in range(1, len(taken) + count + 1))
    return [token for token in numbered if token not in taken][:count]


def spread(pieces: Sequence[str], wording: str) -> list[str]:
    """Share a new wording out among the pieces (runs, inline elements) that held the old one.

    A piece that stands in the new wording as it was, such as a date or a name in bold, keeps its text and
    with it its looks. What lies between two such pieces goes to the longest of the others there.

    Returns:
        As many pieces, which together are the wording.
    """
    result = [""] * len(pieces)
    end = len(pieces)
    left, position = -1, 0
    for index, start, stop in (*_kept(pieces, wording), (end, len(wording), len(wording))):
        between = range(left + 1, index)
        # With no piece between two that are kept, what lies there (a space, often) joins the one before.
        neighbour = left if left >= 0 else index
        home = max(between, key=lambda i: len(pieces[i].strip())) if between else neighbour
        if home < end:
            result[home] += wording[position:start]
        if index < end:
            result[index] += wording[start:stop]
        left, position = index, stop
    return result


def _kept(pieces: Sequence[str], wording: str) -> Iterator[tuple[int, int, int]]:
    """``(index, start, end)`` of the pieces that stand in the wording just once, and in their order."""
    position = 0
    for index, piece in enumerate(pieces):
        core = piece.strip()
        if len(pieces) > 1 and any(c.isalnum() for c in core) and wording.count(core) == 1:
            start = wording.index(core)
            if start >= position:
                position = start + len(core)
                yield index, start, position

"""Putting the blocks of a document together into one text that spans can point into."""

from __future__ import annotations

import re

from replyassist.domain import Block, BlockKind, Draft, Span
from replyassist.errors import TextTooLong

WHITE_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# Blocks of these kinds stand close together; all others have a blank line between them.
CLOSE: frozenset[BlockKind] = frozenset({"list-item", "table", "address", "signature"})


class Composer:
    """Collects blocks in order; ``draft`` gives their text and structure.

    Args:
        limit: code points that the text may have.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._length = 0
        self._pieces: list[str] = []
        self._blocks: list[Block] = []

    def add(self, kind: BlockKind, text: str) -> None:
        """Add a block; white space at its ends is dropped, and an empty block is left out.

        Raises:
            TextTooLong: the text would go over the limit.
        """
        text = text.strip()
        if not text:
            return
        separator = self._separator(kind)
        start = self._length + len(separator)
        self._length = start + len(text)
        if self._length > self._limit:
            raise TextTooLong(limit=self._limit, length=self._length)
        self._pieces += (separator, text)
        self._blocks.append(Block(kind, Span(start, self._length)))

    def draft(self) -> Draft:
        """What was collected, as a draft."""
        return Draft("".join(self._pieces), blocks=tuple(self._blocks))

    def _separator(self, kind: BlockKind) -> str:
        if not self._blocks:
            return ""
        return "\n" if kind in CLOSE and self._blocks[-1].kind == kind else "\n\n"


def collapse(text: str) -> str:
    """Text with each run of white space as one space, as HTML shows it; no-break spaces stay."""
    return WHITE_SPACE.sub(" ", text)

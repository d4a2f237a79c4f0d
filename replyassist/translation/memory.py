"""What a translation memory answers. The one that keeps its segments in the database is in
``replyassist.state``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from replyassist.domain import Offer

# The similarity of a segment that was reviewed word for word as it is asked for.
EXACT = 1.0


class Memory(Protocol):
    """Reviewed segments, looked up by what they translate."""

    def find(self, texts: Sequence[str], source: str, target: str) -> list[tuple[Offer, ...]]:
        """For each text the most similar segments, best first; empty where nothing is near.

        A memory that can't be reached at the moment answers nothing rather than raise.
        """
        ...

"""Swedish crowns in English: "200 kroner" are Norwegian or Danish ones, and worth another sum."""

from __future__ import annotations

import re

from replyassist.translation.sentence import Direction

KRONER = re.compile(r"\b([Kk])rone(r?)\b")
# Where a sentence names another country's, it is not known whose they are.
OTHERS = re.compile(r"\b(?:NOK|DKK|Norwegian|Danish)\b")


def own_crowns(text: str, direction: Direction) -> str:
    """A translation from Swedish into English with "kronor" and "krona"; any other as it is."""
    if (direction.source, direction.target) != ("sv", "en") or OTHERS.search(text):
        return text
    return KRONER.sub(lambda found: f"{found[1]}ron" + ("or" if found[2] else "a"), text)

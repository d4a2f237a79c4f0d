"""Arabic and Persian numerals, which who reads a translation into another script may not know."""

from __future__ import annotations

from replyassist.translation.sentence import Direction

# Languages whose readers know them.
THEIRS = frozenset({"ar", "ckb", "fa", "ps", "ur"})
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫٪", "01234567890123456789,.%")


def western(text: str, direction: Direction) -> str:
    """A text with the numerals 0 to 9 in the place of others, and the signs within and behind a number."""
    return text if direction.target in THEIRS else text.translate(WESTERN)

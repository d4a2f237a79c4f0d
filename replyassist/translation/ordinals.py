"""English ordinals: a model that copies the number of "2. gang" writes "2th"."""

from __future__ import annotations

import re

from replyassist.translation.sentence import Direction

ENDING = re.compile(r"(?<![\w.,])(\d*)([1-3])(?:st|nd|rd|th)\b")
ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def own_ordinals(text: str, direction: Direction) -> str:
    """A translation into English with "2nd" and "12th"; any other as it is."""
    if direction.target != "en":
        return text
    return ENDING.sub(lambda found: found[1] + found[2] + _ending(found[1], found[2]), text)


def _ending(tens: str, ones: str) -> str:
    return "th" if tens.endswith("1") else ENDINGS[ones]

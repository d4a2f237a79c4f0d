"""Times of day as the target language counts them, before the models see them.

"Between 8 am and 3 pm" was "mellan kl. 8 är och 15.00": a lone "am" is a verb.
"""

from __future__ import annotations

import re

from replyassist.translation.sentence import Direction

COUNTS_TO_24 = frozenset({"nb", "nn", "sv", "da"})
HALF_DAY = re.compile(
    r"(?<![\w.,:])(?P<hour>0?\d|1[0-2])(?:[.:](?P<minutes>[0-5]\d))?\s?(?P<half>[ap])(?:m\b|\.\s?m(?:\.|\b))",
    re.IGNORECASE,
)


def with_clock(sentence: str, direction: Direction) -> str:
    """An English sentence with its times as "08:00" and "15:00", for languages that count to 24."""
    if direction.source != "en" or direction.target not in COUNTS_TO_24:
        return sentence

    def written(time: re.Match[str]) -> str:
        hour = int(time["hour"]) % 12 + (12 if time["half"].lower() == "p" else 0)
        stop = "." if time[0].endswith(".") and time.end() == len(sentence) else ""
        return f"{hour:02}:{time['minutes'] or '00'}{stop}"

    return HALF_DAY.sub(written, sentence)

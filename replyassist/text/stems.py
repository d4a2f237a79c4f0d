"""The beginning that a word is known by, whatever its ending: for tables that are learnt from much text."""

import re

WORD = re.compile(r"[^\W\d_]+")
# Nordic words keep their sense for longer: they are compounds, and have the article behind them.
LENGTH = {"en": 6, "pl": 6, "uk": 6}
NORDIC_LENGTH = 7


def stem(word: str, tag: str) -> str:
    """How a word begins, in lower case."""
    return word.casefold()[: LENGTH.get(tag, NORDIC_LENGTH)]

"""Which languages a message of nothing but everyday words may be in.

"Takk" is Norwegian, Icelandic and Faroese. The letters of so short a message tell which words were learned
from, not which language it is in. What is written alike is therefore looked up, and all languages that have
it are equally likely.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# Longer messages tell their language by more than their greetings.
MOST_WORDS = 4
_NONE: frozenset[str] = frozenset()


@cache
def _everyday() -> dict[str, frozenset[str]]:
    """Everyday word or phrase, with and without diacritics -> the tags of the languages that have it so."""
    languages = tomllib.loads((Path(__file__).parent / "everyday.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for tag, phrases in languages.items():
        for phrase in " ".join(phrases.split()).split(", "):
            found.setdefault(phrase, set()).add(tag)
            found.setdefault(_bare(phrase), set()).add(tag)
    return {phrase: frozenset(tags) for phrase, tags in found.items()}


def languages_of(words: Sequence[str]) -> frozenset[str]:
    """The tags of the languages in which ``words`` are everyday words and phrases, and nothing else."""
    if len(words) > MOST_WORDS:
        return frozenset()
    known, said = _everyday(), [_letters(word) for word in words]
    # For each number of words, the languages in which the message up to there is made of such phrases.
    reached = [_NONE.union(*known.values())]
    for end in range(1, len(said) + 1):
        parts = (reached[start] & known.get(" ".join(said[start:end]), _NONE) for start in range(end))
        reached.append(_NONE.union(*parts))
    return reached[-1]


def warm_up() -> None:
    """Read the words now, so that no first message has to wait for them."""
    _everyday()


def _letters(word: str) -> str:
    """``word`` in lower case, without the marks around it."""
    return word.lower().strip("".join(char for char in word if unicodedata.category(char)[0] not in "LM"))


def _bare(phrase: str) -> str:
    """``phrase`` as typed on a keyboard without diacritics."""
    return "".join(char for char in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(char))

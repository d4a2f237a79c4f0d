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


@cache
def _everyday() -> dict[str, frozenset[str]]:
    """Everyday word, with and without its diacritics -> the tags of the languages that have it so."""
    languages = tomllib.loads((Path(__file__).parent / "everyday.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for tag, words in languages.items():
        for word in words.split():
            found.setdefault(word, set()).add(tag)
            found.setdefault(_bare(word), set()).add(tag)
    return {word: frozenset(tags) for word, tags in found.items()}


def languages_of(words: Sequence[str]) -> frozenset[str]:
    """The tags of the languages in which each of ``words`` is an everyday word; none when one is none."""
    if len(words) > MOST_WORDS:
        return frozenset()
    known = _everyday()
    return frozenset.intersection(*(known.get(_letters(word), frozenset()) for word in words))


def warm_up() -> None:
    """Read the words now, so that no first message has to wait for them."""
    _everyday()


def _letters(word: str) -> str:
    """``word`` in lower case, without the marks around it."""
    return word.lower().strip("".join(char for char in word if unicodedata.category(char)[0] not in "LM"))


def _bare(word: str) -> str:
    """``word`` as typed on a keyboard without diacritics."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))

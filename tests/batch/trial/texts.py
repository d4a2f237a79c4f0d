"""Sentences of the project's letters put together anew: thousands of pages, alike and none the same."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

LETTERS = Path(__file__).resolve().parents[2] / "letters"
LANGUAGES = ("nb", "nn", "sv", "da", "en")
# A sentence of its own: it begins with a capital, ends with a full stop, and holds at least six words.
SENTENCE = re.compile(r"(?<![^\n ])[A-ZÆØÅÄÖ](?:[^.\n:]|(?<=\d)\.(?=[\d ])|\.(?=\w))+\.(?=\s|\Z)")
FEWEST_WORDS = 6


@cache
def sentences(language: str, *, plain: bool) -> tuple[str, ...]:
    """The sentences of a language's letters, those as they are written today or the plain ones."""
    name = "plain.txt" if plain else "today.txt"
    found = (
        match[0]
        for path in sorted((LETTERS / language).glob(f"*/{name}"))
        for match in SENTENCE.finditer(path.read_text(encoding="utf-8"))
    )
    whole = (each for each in found if len(each.split()) >= FEWEST_WORDS and not each.endswith(" jf."))
    return tuple(dict.fromkeys(whole))


def paragraphs(chance: random.Random, language: str, hardness: float, count: int) -> list[str]:
    """New paragraphs of two to four sentences, each hard with the probability ``hardness``."""
    return [
        " ".join(
            chance.choice(sentences(language, plain=chance.random() >= hardness))
            for _ in range(chance.randint(2, 4))
        )
        for _ in range(count)
    ]


def heading(paragraph: str) -> str:
    """A heading for a paragraph: its first words."""
    return " ".join(paragraph.split()[:5]).rstrip(".,;")

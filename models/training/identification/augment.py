"""Make of a sentence what people send: a few words of it, slips of the finger, no diacritics."""

from __future__ import annotations

import random
import unicodedata

# Letters that lose their sign when typed on a foreign keyboard but that Unicode does not take apart.
_PLAIN = str.maketrans({
    "æ": "ae", "ø": "o", "Æ": "Ae", "Ø": "O", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
    "ı": "i", "đ": "d", "Đ": "D", "ŧ": "t", "ŋ": "n", "ß": "ss", "œ": "oe",
})  # fmt: skip
_SLIP = 0.3


def strip_diacritics(text: str) -> str:
    """``text`` as typed on a keyboard without diacritics."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def misspell(text: str, chance: random.Random) -> str:
    """``text`` with letters swapped, dropped, doubled or replaced in about three words of ten."""
    words = [
        _slip(word, chance) if len(word) > 2 and chance.random() < _SLIP else word for word in text.split(" ")
    ]
    spelled = " ".join(words)
    return spelled.lower() if chance.random() < 0.4 else spelled


def _slip(word: str, chance: random.Random) -> str:
    """``word`` with one slip."""
    place, kind = chance.randrange(len(word) - 1), chance.random()
    if kind < 0.33:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.66:
        return word[:place] + word[place + 1 :]
    if kind < 0.85:
        return word[:place] + word[place] + word[place:]
    letter = chance.choice([char for char in word if char.isalpha()] or [word[place]])
    return word[:place] + letter + word[place + 1 :]


def cut(text: str, chance: random.Random) -> str:
    """Two to ten words of ``text`` in a row, the first ones half of the time."""
    words = text.split()
    size = chance.choice([2, 3, 3, 3, 4, 5, 5, 6, 8, 10])
    if len(words) <= size:
        return text
    start = 0 if chance.random() < 0.5 else chance.randrange(len(words) - size + 1)
    return " ".join(words[start : start + size])


def cut_short(text: str, chance: random.Random) -> str:
    """One or two words of ``text`` in a row."""
    words = text.split()
    size = chance.choice([1, 2])
    start = chance.randrange(max(len(words) - size, 0) + 1)
    return " ".join(words[start : start + size])


def vary_bare(text: str, chance: random.Random) -> str:
    """``text`` without its diacritics, mostly cut."""
    return strip_diacritics(cut(text, chance) if chance.random() < 0.6 else text)


def vary(text: str, chance: random.Random, *, whole: float = 0.4) -> str:
    """One of the many ways in which ``text`` may arrive; uncut with probability ``whole``."""
    if chance.random() > whole:
        text = cut(text, chance)
    kind = chance.random()
    if kind < 0.12:
        return strip_diacritics(text)
    return misspell(text, chance) if kind < 0.27 else text

"""Which script a text is written in, by the names that Unicode gives its letters."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

_LETTERS = 200
_LAST_LATIN = "\u024f"  # up to here every letter is Latin


@cache
def _codes() -> dict[str, str]:
    """First word of a letter's Unicode name -> ISO 15924 code."""
    path = Path(__file__).parent / "scripts.toml"
    codes: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return codes


def find_script(text: str) -> str | None:
    """ISO 15924 code of the script of most letters near the start of ``text``; None when there is none."""
    if not text or max(text) <= _LAST_LATIN:
        return "Latn" if any(map(str.isalpha, text)) else None
    letters = Counter(filter(str.isalpha, text[: 2 * _LETTERS])) or Counter(filter(str.isalpha, text))
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        if code := _code(letter):
            scripts[code] += count
    return scripts.most_common(1)[0][0] if scripts else None


@lru_cache(maxsize=4096)
def _code(letter: str) -> str | None:
    """The script of a letter."""
    return _codes().get(unicodedata.name(letter, "").split(" ", 1)[0])

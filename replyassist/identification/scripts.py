"""Which script a text is written in, by the names that Unicode gives its letters."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

_LETTERS = 200


@cache
def _codes() -> dict[str, str]:
    """First word of a letter's Unicode name -> ISO 15924 code."""
    path = Path(__file__).parent / "scripts.toml"
    codes: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return codes


def find_script(text: str) -> str | None:
    """ISO 15924 code of the script of most letters near the start of ``text``; None when there is none."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else None
    letters = [char for char in text[: 2 * _LETTERS] if char.isalpha()] or [c for c in text if c.isalpha()]
    scripts = Counter(code for code in map(_code, letters) if code)
    return scripts.most_common(1)[0][0] if scripts else None


@lru_cache(maxsize=4096)
def _code(letter: str) -> str | None:
    """The script of a letter."""
    return _codes().get(unicodedata.name(letter, "").split(" ", 1)[0])

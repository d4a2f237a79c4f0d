"""How a letter calls its reader: *du*, or as many letters do it, *De* or nynorsk *de*."""

from __future__ import annotations

import re
from functools import cache

from replyassist.languages.model import Language


def find_address(text: str, language: Language) -> str:
    """The way in which a letter calls its reader, as ``Language.address_words`` names it; empty for *du*."""
    return next((way for way, sign in _signs(language) if sign.search(text)), "")


@cache
def _signs(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each way to call the reader, and an expression that shows it; they tell capitals apart."""
    return tuple((way, re.compile(sign)) for way, signs in language.address_signs.items() for sign in signs)

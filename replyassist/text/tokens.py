"""Splitting a text into words, numbers and what only looks like a word: addresses, codes, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.vocabulary import abbreviations

TokenKind = Literal["word", "number", "case-number", "abbreviation", "url", "email"]

# Marks that are parts of letters, which Python's \w leaves out; then the soft hyphen, and the joiners that
# Persian and the Indic scripts write inside words.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0963\u0981-\u0dff\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200c\u200d"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
URL = (
    r"(?:https?://|www\.)[^\s<>\"]{1,2000}(?<![.,;:!?)\]'»”])"
    r"|(?:[a-zæøåäö0-9][\w-]{0,62}\.){1,5}(?:no|se|dk|fi|is|eu|com|org|net|info|uk|de|pl)\b(?![\w@.-]{0,64}@)"
    r"(?:/[^\s<>\"]{0,2000}(?<![.,;:!?)\]'»”]))?"
)
EMAIL = r"[\w.+-]{1,64}@[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_][\w-]{0,62}){1,6}"
# Most words and numbers can be nothing else: after them stands nothing that goes on. First, for speed.
PLAIN = rf"[^\W\d_]+(?![\w@+/‐‑'’·{MARKS}-]|[.:]\S)"
FIGURES = rf"\d+(?![\w@+/‐‑'’·{MARKS}-]|[.,:]\S|[ \u00a0\u202f]\d{{3}})"
# What no token begins with is taken along, or every alternative would be tried on it in vain.
TOKEN = re.compile(
    rf"[^\w.+-]{{0,4}}+(?:(?P<plain>{PLAIN})|(?P<figures>{FIGURES})|(?P<email>{EMAIL})|(?P<url>(?i:{URL}))"
    r"|(?P<abbreviation>(?:[^\W\d_]{1,6}\.){2,6}|(?:[^\W\d_]{1,6}\.){1,5}[^\W\d_]{1,3}\.)"
    r"|(?P<case_number>(?:[^\W\d_]{1,6}[-/]?)?\d[\d.]{0,15}(?:[-/:]\d{1,15}){1,6}[^\W\d_]?)"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    rf"|(?P<word>[^\W\d_]{LETTER}*(?:[-‐‑'’·]{LETTER}+|\d+{LETTER}*)*))"
)
# With only these around them, and spaces, letters are a word, or an abbreviation where a full stop follows:
# no other token begins with one, or ends with one after letters alone.
AROUND_WORDS = ".,;:!?)]\"'»”"
NAMES: dict[str, TokenKind] = {
    "plain": "word", "word": "word", "figures": "number", "number": "number", "case_number": "case-number",
    "abbreviation": "abbreviation", "url": "url", "email": "email",
}  # fmt: skip
KINDS = {number: NAMES[name] for name, number in TOKEN.groupindex.items()}  # one of the groups takes part


@dataclass(frozen=True, slots=True)
class Token:
    """A word or what stands in the place of one; only kind ``word`` takes part in measures of words."""

    kind: TokenKind
    span: Span


def tokenise(text: str, language: Language | None = None) -> Iterator[Token]:
    """The tokens of a text in order; punctuation and signs are none.

    A word keeps its inner hyphens and apostrophes, combining marks and soft hyphens: see ``plain_form``.
    """
    return (Token(kind, Span(start, end)) for kind, start, end in scan(text, language))


def scan(
    text: str, language: Language | None = None, start: int = 0, end: int | None = None
) -> Iterator[tuple[TokenKind, int, int]]:
    """What ``tokenise`` yields of ``text[start:end]``, as kind, start and end in the text.

    For callers that read many texts: nothing is copied, and nothing made but these.
    """
    known = abbreviations(language)
    limit = len(text) if end is None else end
    for match in TOKEN.finditer(text, start, limit):
        number: int = match.lastindex  # type: ignore[assignment]  # one alternative has matched
        first, last = match.span(number)
        kind = KINDS[number]
        if kind == "word" and text.startswith(".", last, limit) and text[first:last] in known:
            kind, last = "abbreviation", last + 1
        yield kind, first, last


def words(text: str, language: Language | None = None) -> Iterator[Span]:
    """The words alone: no numbers, addresses, codes or abbreviations."""
    return (Span(start, end) for kind, start, end in scan(text, language) if kind == "word")


def plain_form(word: str) -> str:
    """A word as dictionaries write it: composed (NFC), and without soft hyphens."""
    return unicodedata.normalize("NFC", word.replace("\u00ad", ""))

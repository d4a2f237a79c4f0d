"""Blank out what says nothing about the language: addresses, numbers, signatures, the marks of mail programs.

What is blanked is replaced by as many spaces, so that every place in the cleaned text is the same place in
the text as it was received. Every expression is bounded: none can hang on a long run without white space.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w.])(?:[\w-]{1,63}\.){1,4}(?:no|se|dk|fi|is|com|org|net|eu)(?:/\S{0,500})?(?!\w)"
)
_PLACEHOLDER = re.compile(r"<[^<>\n]{1,80}>|\{\{?[^{}\n]{1,80}\}?\}|%[sd]\b|#\w{1,40}|@\w{1,40}")
_TOP_LEVEL = re.compile(r"\.(?:no|se|dk|fi|is|com|org|net|eu)")
# Without any of these there is nothing to blank.
_SUSPECT = re.compile(r"[\n:@<{%#\d]|\.[a-z]|www\.", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_PHONE = re.compile(r"\+?\d[\d ().-]{5,20}\d")
_NAME = re.compile(r"\s{0,40}(?:[^\W\d_]\S{0,40}[ \t]{1,10}){1,3}[^\W\d_]\S{0,40}\s{0,40}")
# No language writes a letter four times on end: "aaaaaaaa" would be surely Tagalog.
_STRETCHED = re.compile(r"([^\W\d_])\1{3,}", re.IGNORECASE)
_TOKEN = re.compile(r"\S{1,400}")
_LINE = re.compile(r"[^\n]*\n?")


@cache
def _noise() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Beginnings of lines that a mail program adds, and an expression for the marks before a subject."""
    data = tomllib.loads((Path(__file__).parent / "noise.toml").read_text(encoding="utf-8"))
    marks = "|".join(re.escape(mark) for mark in data["subject_marks"])
    subject = re.compile(rf"\s{{0,10}}(?:(?:{marks})\s?[:.]\s{{0,10}}){{1,6}}", re.IGNORECASE)
    return tuple(data["device_lines"]), subject


def blank_noise(text: str) -> str:
    """``text`` with what says nothing about its language blanked, place for place.

    A text that holds nothing else keeps its signature lines: a name is better than nothing.
    """
    if not _SUSPECT.search(text):
        return text
    plain = _blank(_ADDRESS, text) if _holds_address(text) else text
    cleaned = _blank_lines(plain)
    if _TOP_LEVEL.search(cleaned):
        cleaned = _blank(_DOMAIN, cleaned)
    if any(mark in cleaned for mark in "<{%#@"):
        cleaned = _blank(_PLACEHOLDER, cleaned)
    if cleaned is not text and not any(map(str.isalpha, cleaned)):
        cleaned = plain
    return _DIGITS.sub(" ", cleaned)


def _holds_address(text: str) -> bool:
    """Whether an address is possible: most messages hold none, and need no search at every letter."""
    return "@" in text or "://" in text or "www." in text.lower()


def find_words(text: str) -> list[re.Match[str]]:
    """The stretches of ``text`` without white space that hold a letter."""
    return [match for match in _TOKEN.finditer(text) if any(map(str.isalpha, match.group()))]


def compose(words: list[str]) -> list[str]:
    """``words`` in Unicode's composed form; a letter that somebody held down, as in "pleaaaase", once."""
    joined = " ".join(words)
    if not unicodedata.is_normalized("NFC", joined):
        words = [unicodedata.normalize("NFC", word) for word in words]
    if _STRETCHED.search(joined):
        words = [_STRETCHED.sub(r"\1", word) for word in words]
    return words


def lower_shouting(text: str) -> str:
    """``text`` in lower case, place for place, when most of its letters are capitals."""
    capitals = sum(map(str.isupper, text))
    if 2 * capitals <= sum(map(str.isalpha, text)):
        return text
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """``text`` with spaces (line breaks kept) in the place of every match."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _blank_lines(text: str) -> str:
    """``text`` without device lines, subject marks and the contact lines of a signature."""
    if "\n" not in text and ":" not in text:
        return text
    devices, marks = _noise()
    lines = _LINE.findall(text)
    contact = _contact_lines(lines)
    cleaned = []
    for number, line in enumerate(lines):
        if number in contact or line.strip().lower().startswith(devices):
            cleaned.append(re.sub(r"[^\n]", " ", line))
        else:
            cleaned.append(_blank(marks, line[:40]) + line[40:] if marks.match(line) else line)
    return "".join(cleaned)


def _contact_lines(lines: list[str]) -> set[int]:
    """Indexes of the lines of names, street addresses and phone numbers in a block that holds such a line."""
    found: set[int] = set()
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end].strip():
            continue
        block = range(start, end)
        if start > 0 and any(_PHONE.search(lines[number][:200]) for number in block):
            found.update(number for number in block if _is_contact(lines[number]))
        start = end + 1
    return found


def _is_contact(line: str) -> bool:
    """Whether a line of a signature block is a name, a street address or a number."""
    if len(line) > 80:
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    if _DIGITS.search(line):
        return len(words) <= 3
    return bool(_NAME.fullmatch(line)) and all(word[:1].isupper() for word in words)

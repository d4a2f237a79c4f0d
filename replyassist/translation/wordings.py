"""Wordings and abbreviations that models misread, put into what they read right.

"Tre uker fra du mottok brevet" was "three weeks from you received the letter", whatever came behind: the
models have hardly met "fra" before a clause, while "fra den dagen du mottok" is "from the day you received".
misread/<language>.toml holds what was found in letters and tried in several sentences each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from replyassist.domain import Span
from replyassist.errors import ConfigurationError
from replyassist.text.capitals import match_capitals
from replyassist.translation.sentence import Direction

# Arabic vowel signs are no letters to the expression, and part of their word.
LETTER = r"[\w\u064b-\u065f\u0670]"
WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*")
# What an entry says of the words before, the forms that it begins with, and a place for one of several words.
ENTRY = re.compile(r"((?:\\A|\(\?<[=!][^()]*\)|\(\?:(?:\(\?<=[^()]*\)\|?)+\))*)([\w'|-]+)(.*)")
ANY_CASE = "(?i)"
PLACE, PLACED = re.compile(r"<(?![=!])([^>]+)>"), "<>"


@dataclass(frozen=True, slots=True)
class Wording:
    """One form of what is misread, an expression, and what is read instead, ``PLACED`` for its place."""

    misread: str
    read: str

    def instead(self, found: re.Match[str]) -> str:
        """What is read for what was found, with its capitals and the full stop that ends the sentence.

        Capitals within its first word are those of an abbreviation, where the sentence has small letters.
        """
        read = self.read.replace(PLACED, found["place"]) if PLACED in self.read else self.read
        written, sentence = found[0], found.string
        if any(map(str.isupper, written.split()[0][1:])) and not sentence.isupper():
            written = written.lower()
        behind = sentence[found.end() :]
        stop = "." if written.endswith(".") and not behind.strip() else ""
        return match_capitals(read.removesuffix(stop or behind[:1]), written) + stop


def with_wordings(sentence: str, direction: Direction) -> str:
    """A sentence in wordings that the models read right; between the forms of Norwegian as it is."""
    for found, wording in reversed([*_found(sentence, direction)]):
        sentence = sentence[: found.start()] + wording.instead(found) + sentence[found.end() :]
    return sentence


def find_wordings(sentence: str, direction: Direction) -> Iterator[Span]:
    """What of a sentence is put into other words."""
    return (Span(*found.span()) for found, _ in _found(sentence, direction))


def _found(sentence: str, direction: Direction) -> Iterator[tuple[re.Match[str], Wording]]:
    """What is misread in a sentence, in its order, each behind the one before."""
    wordings = {} if direction.same_law else load_wordings(direction.source)
    end = 0
    for word in WORD.finditer(sentence) if wordings else ():
        if word.start() >= end:
            for wording in wordings.get(word[0].casefold().replace("’", "'"), ()):
                if found := compiled(wording.misread).match(sentence, word.start()):
                    yield found, wording
                    end = found.end()
                    break


@cache
def compiled(misread: str) -> re.Pattern[str]:
    """An expression, compiled when a sentence first has its first word: a letter needs few of a thousand."""
    return re.compile(misread)


@cache
def load_wordings(tag: str) -> Mapping[str, list[Wording]]:
    """What is misread in a language, by its first word: wordings, then abbreviations."""
    found: dict[str, list[Wording]] = {}
    for misread, read in _read(tag).get("wordings", {}).items():
        (before, forms, behind), (_, reads, rest) = _parts(misread), _parts(read)
        expression = PLACE.sub(r"(?P<place>\1)", behind) + rf"(?!{LETTER}|-|['’]\w)"
        for form, said in zip(forms, reads if len(reads) > 1 else reads * len(forms), strict=True):
            case = "" if form[0].isupper() else ANY_CASE
            opened = case + before + re.escape(form).replace("'", "['’]")
            found.setdefault(form.casefold(), []).append(Wording(opened + expression, said + rest))
    for form, wording in _written_out(tag):
        found.setdefault(WORD.findall(form)[0].casefold(), []).append(wording)
    return found


def _written_out(tag: str) -> Iterator[tuple[str, Wording]]:
    """The abbreviations of a language, the longest first."""
    reads = {form: read for read, forms in _read(tag).get("abbreviations", {}).items() for form in forms}
    for form in sorted(reads, key=len, reverse=True):
        yield form, Wording(ANY_CASE + re.escape(form) + rf"(?!{LETTER}|-|['’]\w|\.\w)", reads[form])


@cache
def _read(tag: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of a language; none where it has no file."""
    path = files(__package__).joinpath("misread", f"{tag}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _parts(entry: str) -> tuple[str, list[str], str]:
    """What an entry says of the words before, the forms that it begins with, and what follows them."""
    parts = ENTRY.fullmatch(entry)
    if parts is None:
        raise ConfigurationError("A wording begins with no word.", wording=entry)
    return parts[1], parts[2].split("|"), parts[3]

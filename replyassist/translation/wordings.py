"""Wordings that models misread, put into others that they read right.

"Tre uker fra du mottok brevet" was "three weeks from you received the letter", whatever came behind: the
models have hardly met "fra" before a clause, while "fra den dagen du mottok" is "from the day you received".
wordings.toml holds what was found in letters, and tried in several sentences each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from replyassist.domain import Span
from replyassist.errors import ConfigurationError
from replyassist.text.capitals import match_capitals
from replyassist.translation.sentence import Direction

WORD = re.compile(r"\w+(?:['’-]\w+)*")
# What an entry says of the words before, the forms that it begins with, and a place for one of several words.
ENTRY = re.compile(r"((?:\\A|\(\?<[=!][^()]*\)|\(\?:(?:\(\?<=[^()]*\)\|?)+\))*)([\w'|-]+)(.*)")
PLACE, PLACED = re.compile(r"<(?![=!])([^>]+)>"), "<>"


@dataclass(frozen=True, slots=True)
class Wording:
    """One form of what is misread, and what is read instead; ``PLACED`` is what stands at its place."""

    misread: re.Pattern[str]
    read: str

    def instead(self, found: re.Match[str]) -> str:
        """What is read for what was found, with its capitals."""
        read = self.read.replace(PLACED, found["place"]) if PLACED in self.read else self.read
        return match_capitals(read, found[0])


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
                if found := wording.misread.match(sentence, word.start()):
                    yield found, wording
                    end = found.end()
                    break


@cache
def load_wordings(tag: str) -> Mapping[str, list[Wording]]:
    """The wordings of a language that are misread, by their first word, in the order of the file."""
    found: dict[str, list[Wording]] = {}
    for misread, read in _read().get(tag, {}).items():
        (before, forms, behind), (_, reads, rest) = _parts(misread), _parts(read)
        expression = PLACE.sub(r"(?P<place>\1)", behind) + r"(?![\w-]|['’]\w)"
        for form, said in zip(forms, reads if len(reads) > 1 else reads * len(forms), strict=True):
            case = 0 if form[0].isupper() else re.IGNORECASE
            opened = before + re.escape(form).replace("'", "['’]")
            found.setdefault(form.casefold(), []).append(
                Wording(re.compile(opened + expression, case), said + rest)
            )
    return found


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    """What is misread and what is read instead, in each language."""
    return tomllib.loads(files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8"))


def _parts(entry: str) -> tuple[str, list[str], str]:
    """What an entry says of the words before, the forms that it begins with, and what follows them."""
    parts = ENTRY.fullmatch(entry)
    if parts is None:
        raise ConfigurationError("A wording begins with no word.", wording=entry)
    return parts[1], parts[2].split("|"), parts[3]

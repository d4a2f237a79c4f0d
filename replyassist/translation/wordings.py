"""Wordings that models misread, put into others that they read right.

"Tre uker fra du mottok brevet" was "three weeks from you received the letter", whatever came behind: the
models have hardly met "fra" before a clause, while "fra den dagen du mottok" is "from the day you received".
wordings.toml holds what was found in letters, and tried in several sentences each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from replyassist.domain import Span
from replyassist.translation.sentence import Direction


def with_wordings(sentence: str, direction: Direction) -> str:
    """A sentence in wordings that the models read right; between the forms of Norwegian as it is."""
    for found, read in reversed([*_found(sentence, direction)]):
        sentence = sentence[: found.start()] + read + sentence[found.end() :]
    return sentence


def find_wordings(sentence: str, direction: Direction) -> Iterator[Span]:
    """What of a sentence is put into other words."""
    return (Span(*found.span()) for found, _ in _found(sentence, direction))


def _found(sentence: str, direction: Direction) -> Iterator[tuple[re.Match[str], str]]:
    """What is misread in a sentence, in its order, and how it is read right."""
    if direction.same_law:
        return
    wordings, expression = _expression(direction.source)
    for found in expression.finditer(sentence):
        read = next(read for name, read in wordings.items() if found[name] is not None)
        yield found, read.capitalize() if found[0][:1].isupper() else read


@cache
def _expression(tag: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """One expression for the wordings of a language, and what is read for each of its groups."""
    data: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8")
    )
    wordings = data.get(tag, {})
    groups = {f"w{number}": read for number, read in enumerate(wordings.values())}
    choice = "|".join(f"(?P<{name}>{misread})" for name, misread in zip(groups, wordings, strict=True))
    return groups, re.compile(rf"(?<![\w-])(?:{choice or '(?!)'})(?![\w-])", re.IGNORECASE)

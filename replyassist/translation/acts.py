"""Acts of law that a letter rests on: where one is named, and how it is named to who reads English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.translation.sentence import Direction

# How far from its paragraph the name of an act may stand, in characters.
NAME_REACH = 100
# Whose table names the acts of a language.
TABLE = {"nn": "nb"}


def with_act(sentence: str, law: Span, language: Language) -> Span | None:
    """A reference to law with the name of the act before or behind it, or None when no act is named."""
    endings = "|".join(re.escape(ending) for ending in language.act_endings)
    if not endings:
        return None
    name = rf"(?:\w[\w-]{{0,40}} (?:og|och|and) )?\w[\w-]{{0,40}}(?:{endings})|(?:{endings})"
    if known := _expression(language.tag):
        name = f"{known.pattern}|{name}"
    start, end = law.start, law.end
    if before := re.search(rf"(?<!\w)(?:{name})\s+\Z", sentence[max(0, start - NAME_REACH) : start]):
        start -= len(before[0])
    elif behind := re.match(rf"\s+(?:i\s+)?(?:{name})(?!\w)", sentence[end : end + NAME_REACH]):
        end += len(behind[0])
    return Span(start, end) if (start, end) != (law.start, law.end) else None


def cited(reference: str, direction: Direction) -> str:
    """A reference to law with the name of its act as a translation cites it.

    It stays as it is, since that is what can be looked up; who reads English is told what act it is.
    """
    known = _expression(direction.source) if direction.target == "en" else None
    found = known.search(reference) if known else None
    return f"{_english(direction.source)[found[0].casefold()]} ({reference})" if found else reference


@cache
def _english(tag: str) -> Mapping[str, str]:
    """The English names of a language's acts by their own names and short forms, in small letters."""
    text = files(__package__).joinpath("acts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text).get(TABLE.get(tag, tag), {})
    return {form.casefold(): english for english, forms in table.items() for form in forms}


@cache
def _expression(tag: str) -> re.Pattern[str] | None:
    """Any of the acts that are known, the longest first."""
    forms = "|".join(map(re.escape, sorted(_english(tag), key=len, reverse=True)))
    return re.compile(rf"(?i:(?<!\w)(?:{forms})(?!\w))") if forms else None

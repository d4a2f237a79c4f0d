"""What reading a text by rule needs to know of languages: abbreviations and month names, to look up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from replyassist import languages
from replyassist.languages import Language


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Lower-case abbreviations with their full stops.

    Attributes:
        inner: never end a sentence by their full stop.
        ending: may end one.
        units: measure what a number before them counts, and may then end one.
        streets: how the shortened names of streets end, which a number follows.
        starters: words that begin a sentence when they are capitalised, since they are no names.
    """

    inner: frozenset[str]
    ending: frozenset[str]
    units: frozenset[str]
    starters: frozenset[str]
    streets: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        """Whether a word, written without its full stop, is one of them."""
        stopped = f"{word.casefold()}."
        return stopped in self.inner or stopped in self.ending


@cache
def abbreviations(language: Language | None) -> Abbreviations:
    """The abbreviations of a language, or those of many languages when it is not known."""
    data = _read("abbreviations.toml")
    units = frozenset(data.pop("units"))
    streets = tuple(data.pop("streets"))
    if language is None:
        return Abbreviations(frozenset(_flatten(data.values())), frozenset(), units, frozenset(), streets)
    pronouns = language.pronouns_reader | language.pronouns_sender
    return Abbreviations(
        inner=language.abbreviations | frozenset(data["international"]) - language.ending_abbreviations,
        ending=language.ending_abbreviations,
        units=units,
        starters=language.function_words | pronouns | language.subordinators,
        streets=streets,
    )


@cache
def months() -> dict[str, int]:
    """Every name of a month that is known, in lower case without a full stop, and its number (1-12).

    Dates are read in every language at once: a translation is compared with its source, and letters quote. No
    name means different months in two of the languages.
    """
    names: dict[str, int] = {}
    for table in _read("months.toml").values():
        for number, forms in enumerate(table, start=1):
            names.update(dict.fromkeys(forms, number))
    for tag in languages.available():
        language = languages.load(tag)
        for forms in (language.months, language.month_abbreviations):
            names.update({form.rstrip(".").casefold(): n for n, form in enumerate(forms, start=1) if form})
    return names


@cache
def month_names(tag: str) -> tuple[str, ...]:
    """The forms of every month's name in a language that is none of the drafting languages."""
    return tuple(_flatten(_read("months.toml").get(tag, ())))


def _flatten(groups: Iterable[Iterable[str]]) -> Iterable[str]:
    return (item for group in groups for item in group)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))

"""Lists of given names: those of nordic.txt in every language, and those of <language>.txt beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORD_TOO, WRITTEN = "*", "="
OWN = frozenset({"pl", "uk"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed name: whether it is a word too, and how it is written where it comes from, or ``""``."""

    word_too: bool
    written: str


@cache
def given_names(tag: str = "") -> frozenset[str]:
    """Given names in lower case, those that are words too among them."""
    return frozenset({**_listed("nordic"), **own_names(tag)})


@cache
def sure_names(tag: str = "") -> frozenset[str]:
    """Those of them that are no words at all."""
    listed = {**_listed("nordic"), **own_names(tag)}
    return frozenset(name for name, known in listed.items() if not known.word_too)


def own_names(tag: str) -> Mapping[str, Listed]:
    """Those of the language's own list."""
    return _listed(tag) if tag in OWN else {}


@cache
def _listed(kind: str) -> Mapping[str, Listed]:
    """The names of a list, in lower case."""
    lines = files(__package__).joinpath(f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    found = {}
    for entry in (entry for line in lines if not line.startswith("#") for entry in line.split()):
        name, _, written = entry.removesuffix(WORD_TOO).partition(WRITTEN)
        found[name.casefold()] = Listed(entry.endswith(WORD_TOO), written)
    return found

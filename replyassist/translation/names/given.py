"""Lists of given names: those of nordic.txt in every language, and those of <language>.txt beside them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WORD_TOO = "*"
OWN = frozenset({"pl", "uk"})


@cache
def given_names(tag: str = "") -> frozenset[str]:
    """Given names that open sentences, in lower case; those that are everyday words are not among them."""
    return frozenset(name.removesuffix(WORD_TOO) for name in _listed(tag))


@cache
def own_names(tag: str) -> frozenset[str]:
    """Those of the language's own list, in lower case."""
    return frozenset(name.removesuffix(WORD_TOO) for name in _read(tag)) if tag in OWN else frozenset()


@cache
def sure_names(tag: str = "") -> frozenset[str]:
    """Those of them that are no words at all."""
    return frozenset(name for name in _listed(tag) if not name.endswith(WORD_TOO))


def _listed(tag: str) -> list[str]:
    return _read("nordic") + (_read(tag) if tag in OWN else [])


def _read(kind: str) -> list[str]:
    lines = files(__package__).joinpath(f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [name.casefold() for line in lines if not line.startswith("#") for name in line.split()]

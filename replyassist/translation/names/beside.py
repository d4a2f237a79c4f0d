"""What stands beside the names of people in the languages that citizens write in (beside.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OPENING_MARKS = "(«»“”„\"'"


@dataclass(frozen=True, slots=True)
class Beside:
    """Words of a language in lower case.

    Attributes:
        titles: each form of a title, with what models read for it.
        others: words with a capital that are no names.
        together: prepositions, with what models read before them where a name follows.
        introduces: words that a name follows, beside titles and kin.
        kin: forms of the words for those whom a name may be the name of.
        surnames: expression for the end of a family name in another case than the nominative, what the
            nominative has behind its first group, and its gender (m, f).
    """

    titles: Mapping[str, str]
    others: frozenset[str]
    together: Mapping[str, str]
    introduces: frozenset[str]
    kin: frozenset[str]
    surnames: tuple[tuple[str, str, str], ...]


@cache
def beside_names(tag: str) -> Beside:
    """What is known of a language; nothing where it is none of beside.toml."""
    data = tomllib.loads(files(__package__).joinpath("beside.toml").read_text(encoding="utf-8")).get(tag, {})
    titles = {form: title for title, forms in data.get("titles", {}).items() for form in forms.split()}
    together = {form: word for word, forms in data.get("together", {}).items() for form in forms.split()}
    others, introduces, kin = (
        frozenset(data.get(key, "").split()) for key in ("others", "introduces", "kin")
    )
    return Beside(titles, others, together, introduces, kin, tuple(map(tuple, data.get("surnames", ()))))


def word_before(sentence: str, start: int, *, comma: bool = False) -> str:
    """The word that nothing parts from a place in a sentence, or a ``comma`` alone, in lower case."""
    before = sentence[:start]
    if not before[-1:].isspace() or before.isspace():
        return ""
    word = before.rsplit(maxsplit=1)[-1].lstrip(OPENING_MARKS).casefold().replace("’", "'")
    return word.removesuffix(",") if comma else word

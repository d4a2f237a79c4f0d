"""Who a letter is from: municipalities, counties and agencies, as each language calls them.

A small model has met few of their names: "Hultsfreds kommun" became a question and "Hedensted Kommune" a
greeting. They are given to it as words of a termbase.

authorities.tsv has the municipalities and counties of Norway, Sweden and Denmark (as Statistics Norway,
Statistics Sweden and Statistics Denmark list them, 2024) with what each is called, authorities.toml how that
is said in each language, agencies.tsv the agencies of the state with their own English names.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from replyassist.translation.term_files import BETWEEN_FORMS, EVERY_LANGUAGE, Concept
from replyassist.translation.termbase import Termbase

HOMES = {"no": ("nb", "nn"), "se": ("sv",), "dk": ("da",)}
# In Swedish a place takes a genitive's s before what it is, but for vowels and sounds of s.
WITHOUT_S = tuple("aeiouyåäöæøsxz")


@cache
def authorities() -> Termbase:
    """What is known of the authorities of Norway, Sweden and Denmark."""
    return Termbase((*_of_places(), *_agencies()), own=False, names=True)


def _of_places() -> Iterator[Concept]:
    """Those that are named after their place, once for each thing that they call themselves."""
    kinds = tomllib.loads(_read("authorities.toml"))["kinds"]
    for place in _rows("authorities.tsv"):
        for kind in kinds:
            if kind["called"] in place["called"].split():
                yield {tag: _called(cell, tag, place) for tag, cell in kind.items() if tag != "called"}


def _called(cell: str, tag: str, place: dict[str, str]) -> str:
    """The cell of a kind with the place put in."""
    name, home = place.get(tag) or place["name"], place["genitive"] or place["name"]
    if tag in HOMES[place["country"]]:
        of = home
    else:
        of = f"{name}s" if tag == "sv" and not name.endswith(WITHOUT_S) else name
    return cell.format(name=name, of=of, home=home)


def _agencies() -> Iterator[Concept]:
    """Agencies of the state: but in English they are called what they call themselves."""
    for agency in _rows("agencies.tsv"):
        concept = {EVERY_LANGUAGE: _with_genitive(agency["name"], "s")}
        if agency["nn"]:
            concept["nn"] = _with_genitive(agency["nn"], "s")
        admitted = [agency["en"].removeprefix("the "), agency["also"]]
        concept["en"] = _with_genitive(agency["en"], "'s") + f"; {BETWEEN_FORMS.join(admitted)}"
        yield concept


def _with_genitive(name: str, ending: str) -> str:
    genitive = name if ending == "s" and name.endswith("s") else name + ending
    return BETWEEN_FORMS.join((name, genitive))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_read(name)), delimiter="\t", strict=True))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")

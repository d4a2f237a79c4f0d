"""Finding what a letter states: dates, amounts, references ..., with values equal in all languages."""

from __future__ import annotations

from collections.abc import Iterator

from replyassist.languages import Language
from replyassist.text.facts.accounts import find_ibans
from replyassist.text.facts.dates import find_dates, find_times
from replyassist.text.facts.fact import Fact, FactKind, cues, prepare
from replyassist.text.facts.identity import find_national_ids
from replyassist.text.facts.quantities import find_amounts, find_numbers, find_percentages
from replyassist.text.facts.references import (
    find_addresses,
    find_case_numbers,
    find_law,
    find_phones,
    find_properties,
)

__all__ = ["Fact", "FactKind", "find_facts"]

# Of two readings of the same place, the one that says more.
PRECEDENCE: tuple[FactKind, ...] = (
    "placeholder",
    "email",
    "url",
    "date",
    "national-id",
    "iban",
    "amount",
    "percentage",
    "time",
    "case-number",
    "law",
    "property",
    "phone",
    "number",
)


def find_facts(text: str, language: Language | None = None, *, crown: str | None = None) -> tuple[Fact, ...]:
    """The facts of a text in order; they don't overlap, and of two that would, the longer stands.

    Args:
        text: any text.
        language: decides what ``1.450`` and "kr" are; months and cue words are read in every language.
        crown: currency code that "kr" means, when the text is a translation of one from another country; else
            it is the language's own, and Norwegian where the language has none.
    """
    prepared = prepare(text)
    tag = language.tag if language else None
    crown = crown or cues("money")["of_language"].get(tag)
    return _longest(
        list(_readings(prepared, tag, language.decimal_mark if language else None, crown)), len(text)
    )


def _readings(text: str, tag: str | None, decimal_mark: str | None, crown: str | None) -> Iterator[Fact]:
    yield from find_addresses(text)
    yield from find_dates(text)
    yield from find_times(text)
    yield from find_national_ids(text, tag)
    yield from find_ibans(text)
    yield from find_amounts(text, decimal_mark, crown)
    yield from find_percentages(text, decimal_mark)
    yield from find_law(text)
    yield from find_properties(text)
    yield from find_phones(text)
    yield from find_case_numbers(text)
    yield from find_numbers(text, decimal_mark)


def _longest(readings: list[Fact], length: int) -> tuple[Fact, ...]:
    rank = {kind: i for i, kind in enumerate(PRECEDENCE)}
    readings.sort(key=lambda fact: (-len(fact.span), rank[fact.kind], fact.span))
    taken = bytearray(length)
    chosen = []
    for fact in readings:
        place = slice(fact.span.start, fact.span.end)
        if not any(taken[place]):
            taken[place] = b"\x01" * len(fact.span)
            chosen.append(fact)
    return tuple(sorted(chosen, key=lambda fact: fact.span))

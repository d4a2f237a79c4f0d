"""The type of a fact, and what all readers of facts share: the prepared text and the cue words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from replyassist.domain import Span

FactKind = Literal[
    "date",
    "time",
    "amount",
    "percentage",
    "number",
    "case-number",
    "property",
    "law",
    "phone",
    "email",
    "url",
    "national-id",
    "iban",
    "placeholder",
]

_DIGITS = {zero + i: str(i) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10) for i in range(10)}
_SPACES = dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x9), " ")
# The right-to-left marks that word processors put around numbers are read as spaces.
_SIGNS = {0x66B: ",", 0x66C: ".", 0x66A: "%", 0x2011: "-", 0x2010: "-", 0x2212: "-", 0x200E: " ", 0x200F: " "}
# What Arabic writes together with the word behind it, a number's digits too: "and", "in", "for", "as".
_PREFIXED = re.compile(r"(?<!\w)(?:[وف][بلك]?|[بلك])\u0640?(?=\d)")
_PLAIN = {**_DIGITS, **_SPACES, **_SIGNS}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a letter states and that a translation must state too.

    ``value`` is the same for the same fact in every language and notation: an ISO date (``--03-12`` without
    its year, ``2026-03`` without its day), a 24-hour time, an amount with its currency (``1450.00 NOK``), a
    plain decimal number, the digits of a number that is a name.
    """

    kind: FactKind
    span: Span
    value: str


def prepare(text: str) -> str:
    """The text with Western digits and plain spaces, code point for code point.

    An Arabic "and" that is written together with a number becomes "&", another such word a space.
    """
    return _PREFIXED.sub(_apart, text.translate(_PLAIN))


def _apart(prefix: re.Match[str]) -> str:
    return ("&" if prefix[0] == "و" else " ").ljust(len(prefix[0]))


@cache
def cues(table: str) -> dict[str, Any]:
    """A table of ``facts.toml``."""
    data = tomllib.loads(files(__package__).joinpath("facts.toml").read_text(encoding="utf-8"))
    return dict(data[table])


def any_of(phrases: list[str]) -> str:
    """A regular expression for any of the phrases, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + ")"

"""Recognising international bank account numbers (ISO 13616) by their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replyassist.domain import Span
from replyassist.text.facts.fact import Fact

IBAN = re.compile(r"(?<![\w/-])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?![\w/])")
# Code points of an IBAN without its spaces, in the countries whose mistyped numbers are recognised too: the
# registry of SWIFT.
LENGTHS = {"NO": 15, "DK": 18, "FI": 18, "SE": 24, "IS": 26}


def find_ibans(text: str) -> Iterator[Fact]:
    """Account numbers in prepared text, without their spaces; a Nordic one with wrong check digits too."""
    for match in IBAN.finditer(text):
        number = match[0].replace(" ", "")
        if is_iban(number) or LENGTHS.get(number[:2]) == len(number):
            yield Fact("iban", Span(*match.span()), number)


def is_iban(number: str) -> bool:
    """Whether the check digits of an account number without spaces hold: modulo 97 it is 1 (ISO 7064)."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1

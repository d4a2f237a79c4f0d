"""Recognising Nordic national identity numbers, with their dates and check digits.

Sources: Norway, Skatteetaten (fødselsnummer and D-number, two weighted sums modulo 11); Sweden, Skatteverket
(personnummer and samordningsnummer, Luhn); Denmark, CPR-kontoret (no check digit since 2007);
Finland, DVV (henkilötunnus, the remainder modulo 31 chooses a character).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from replyassist.domain import Span
from replyassist.text.facts.fact import Fact

NORWEGIAN = re.compile(r"(?<![\w.,/-])(?P<date>\d{6})[ -]?(?P<rest>\d{5})(?![\w/]|[.,-]\d)")
TEN_DIGITS = re.compile(
    r"(?<![\w.,/-])(?P<century>(?:19|20)?)(?P<date>\d{6})(?P<sign>[-+ ]?)(?P<rest>\d{4})(?![\w/]|[.,-]\d)"
)
FINNISH = re.compile(r"(?<!\w)(?P<date>\d{6})[-+A-FU-Y](?P<rest>\d{3})(?P<check>[0-9A-FHJ-NPR-Y])(?!\w)")
FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
LEAP_YEAR = 2000
# Put before a number whose check digits are wrong: it was meant as one, and is as personal.
DOUBTFUL = "?"


def find_national_ids(text: str, tag: str | None) -> Iterator[Fact]:
    """National identity numbers in prepared text: their digits, after a question mark where the check fails.

    Args:
        text: prepared text.
        tag: the language, which decides between a Swedish and a Danish reading of ten digits.
    """
    for match in NORWEGIAN.finditer(text):
        if _is_norwegian_date(match["date"]):
            number = match["date"] + match["rest"]
            yield _fact(match, number, is_norwegian(number))
    for match in TEN_DIGITS.finditer(text):
        yield from _swedish_or_danish(match, tag)
    for match in FINNISH.finditer(text):
        if _is_day(match["date"][:2], match["date"][2:4]):
            number = match["date"] + match["rest"]
            valid = FINNISH_CHECKS[int(number) % 31] == match["check"].upper()
            yield _fact(match, number + match["check"], valid)


def is_norwegian(number: str) -> bool:
    """Whether the two check digits of eleven digits hold."""
    return all(
        sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11 == 0
        for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS)
    )


def is_swedish(number: str) -> bool:
    """Whether the check digit of ten digits holds (Luhn)."""
    doubled = (int(digit) * (2 - i % 2) for i, digit in enumerate(number))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _swedish_or_danish(match: re.Match[str], tag: str | None) -> Iterator[Fact]:
    digits, number = match["date"], match["date"] + match["rest"]
    swedish_day = int(digits[4:6]) - 60 if digits[4] in "6789" else int(digits[4:6])
    written_as_one = match["sign"] in {"-", "+"}
    swedish = _is_day(f"{swedish_day:02}", digits[2:4]) and (is_swedish(number) or written_as_one)
    danish = not match["century"] and match["sign"] in {"-", " "} and _is_day(digits[:2], digits[2:4])
    if swedish and (is_swedish(number) or tag == "sv" or match["century"]) and not (danish and tag == "da"):
        yield _fact(match, match["century"] + number, is_swedish(number))
    elif danish:
        yield _fact(match, number, True)
    elif swedish:
        yield _fact(match, match["century"] + number, False)


def _is_norwegian_date(digits: str) -> bool:
    """A date of birth; D-numbers add 40 to the day, synthetic persons 40, 65 or 80 to the month."""
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 65 if month > 65 else 40 if month > 40 else 0
    return _is_day(f"{day:02}", f"{month:02}")


def _is_day(day: str, month: str) -> bool:
    try:
        date(LEAP_YEAR, int(month), int(day))
    except ValueError:
        return False
    return True


def _fact(match: re.Match[str], number: str, valid: bool) -> Fact:
    return Fact("national-id", Span(*match.span()), number if valid else DOUBTFUL + number)

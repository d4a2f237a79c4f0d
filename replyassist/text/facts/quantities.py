"""Reading amounts of money, percentages and numbers, whatever signs group and split their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from replyassist.domain import Span
from replyassist.text.facts.fact import Fact, any_of, cues

# Groups of three digits with one sign between them, or plain digits; then decimals.
NUMBER = (
    r"(?:\d{{1,3}}(?P<{0}>[ .,'’])\d{{3}}(?:(?P={0})\d{{3}}){{0,5}}(?!\d)(?:[.,]\d{{1,4}}(?!\d))?"
    r"|\d{{1,18}}(?:[.,]\d{{1,6}})?)"
)
LONE_NUMBER = re.compile(rf"(?<!\w)(?<!\d[.,:/]){NUMBER.format('sign')}(?!\d|[.,:/]\d)")
# "3.4.1", "2025/26", "1234.56.78901": a name made of numbers; it stays as it is.
NUMBERED = re.compile(r"(?<!\w)\d{1,11}(?:[.:/]\d{1,11}){1,6}(?!\w)")
DEFAULT_CROWN = "NOK"
CENT = Decimal("0.01")
THREE_DECIMALS = re.compile(r"\d{1,3}[.,]\d{3}\Z")


def read_number(written: str, decimal_mark: str | None) -> Decimal:
    """The value of a number as it is written, such as ``1.450,50``.

    Args:
        written: digits, with at most one kind of grouping sign and one decimal mark.
        decimal_mark: the language's, which decides what ``1.450`` is; None takes three decimals for a group.
    """
    digits = re.sub(r"[ '’]", "", written)
    signs = [c for c in digits if c in ".,"]
    if not signs:
        return Decimal(digits)
    mark = signs[-1]
    grouped = len(signs) > 1 and len(set(signs)) == 1
    if len(signs) == 1 and digits == written and mark != decimal_mark and THREE_DECIMALS.match(digits):
        grouped = True
    if grouped:
        return Decimal(digits.replace(mark, ""))
    other = "," if mark == "." else "."
    return Decimal(digits.replace(other, "").replace(mark, "."))


def plain_decimal(value: Decimal) -> str:
    """A number without exponent or idle zeros: ``1450.5``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def find_amounts(text: str, decimal_mark: str | None, crown: str | None) -> Iterator[Fact]:
    """Amounts of money in prepared text, as ``1450.00 NOK``; ``crown`` is the currency that "kr" means."""
    for match in _amount().finditer(text):
        written = match["number1"] or match["number2"] or match["number3"]
        value = read_number(written, decimal_mark)
        magnitude = match["magnitude1"] or match["magnitude2"]
        if magnitude:
            value *= _magnitudes()[magnitude.casefold()]
        name = match["before"] or match["after"] or ""
        code = _currencies().get(" ".join(name.casefold().split())) or crown or DEFAULT_CROWN
        yield Fact("amount", Span(*match.span()), f"{value.quantize(CENT)} {code}")


def find_percentages(text: str, decimal_mark: str | None) -> Iterator[Fact]:
    """Percentages in prepared text, as a plain decimal number."""
    for match in _percentage().finditer(text):
        value = plain_decimal(read_number(match["number"], decimal_mark))
        yield Fact("percentage", Span(*match.span()), value)


def find_numbers(text: str, decimal_mark: str | None) -> Iterator[Fact]:
    """All other numbers in prepared text."""
    for match in LONE_NUMBER.finditer(text):
        yield Fact("number", Span(*match.span()), plain_decimal(read_number(match[0], decimal_mark)))
    for match in NUMBERED.finditer(text):
        yield Fact("number", Span(*match.span()), match[0])


@cache
def _currencies() -> dict[str, str]:
    codes: dict[str, list[str]] = cues("money")["codes"]
    return {name: code for code, names in codes.items() for name in names}


@cache
def _magnitudes() -> dict[str, int]:
    table: dict[str, list[str]] = cues("magnitude")
    return {word: int(number) for number, words in table.items() for word in words}


@cache
def _amount() -> re.Pattern[str]:
    names = any_of([*_currencies(), *cues("money")["crowns"]])
    magnitude = any_of(list(_magnitudes()))
    edge = r"(?<![\w])(?<!\d[.,:/-])"
    before = (
        rf"(?<!\w)(?P<before>{names})\.? {{0,2}}(?P<number1>{NUMBER.format('s1')})(?!\d|[.,:/]\d)"
        rf"(?:,-|:-|,–)?(?: (?P<magnitude1>{magnitude})(?!\w))?"
    )
    after = (
        rf"{edge}(?P<number2>{NUMBER.format('s2')}) {{0,2}}(?:,-|:-)?(?:(?P<magnitude2>{magnitude}) )?"
        rf"(?P<after>{names})(?!\w)"
    )
    dash = rf"{edge}(?P<number3>{NUMBER.format('s3')})(?:,-|:-|,–)(?!\w)"
    return re.compile(f"{before}|{after}|{dash}", re.IGNORECASE)


@cache
def _percentage() -> re.Pattern[str]:
    names = any_of(cues("percentage")["after"])
    return re.compile(
        rf"(?<!\w)(?<!\d[.,:/-])(?P<number>{NUMBER.format('s')}) {{0,2}}{names}(?!\w)", re.IGNORECASE
    )

"""Which way a language is written, from Unicode's locale data."""

from __future__ import annotations

from typing import Literal

from babel import Locale, UnknownLocaleError


def direction_of(tag: str | None) -> Literal["ltr", "rtl", "auto"]:
    """Whether text in the language of a BCP 47 tag runs from left or from right; ``auto`` when unknown."""
    try:
        return "rtl" if Locale.parse(tag or "", sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"

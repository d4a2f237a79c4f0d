"""Dates as a letter in a language writes them.

"03.05.2026" and "3/5-2026" go through a model as they are, and who reads English may take them for the fifth
of March: there they are written with the name of the month.
"""

from __future__ import annotations

import re

from replyassist.languages import Language
from replyassist.translation.sentence import Direction, Sentence

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})|--(\d{2})-(\d{2})")
# A date of numbers alone, the day first.
NUMERIC = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./ -] ?(?:\d{4}|\d{2})")


def own_dates(text: str, sentence: Sentence, direction: Direction) -> str:
    """A translation with the sentence's numeric dates written out in English, and elsewhere with its signs.

    "Kl. 21.09 2025" is an hour and a year, where the sentence has 21.09.2025.
    """
    english = direction.target_data if direction.target == "en" else None
    for fact in sentence.facts:
        written = fact.span.of(sentence.text)
        if fact.kind == "date" and NUMERIC.fullmatch(written):
            date = (write_date(fact.value, english) if english else None) or written
            signs = re.sub(r"\\?[./ -]", lambda sign: f"(?:{sign[0]} ?| )", re.escape(written))
            text = re.sub(rf"(?<![\w./-]){signs}(?![\w/-])", date, text)
    if english is None:
        return text
    months = "|".join(english.months)
    return re.sub(rf"(?<![\w.])0(?=\d (?i:{months})\b)", "", text)  # "03 May"


def write_date(value: str, language: Language | None) -> str | None:
    """An ISO date (``2026-03-12`` or ``--03-12``) as a letter in the language writes it, or None."""
    match = ISO_DATE.fullmatch(value)
    if match is None or language is None:
        return None
    year, month, day = match[1] or "", int(match[2] or match[4]), int(match[3] or match[5])
    ordinal = f"{day}" if language.tag in {"en", "sv"} else f"{day}."
    name = language.months[month - 1]
    return f"{ordinal} {name.capitalize() if language.tag == 'en' else name} {year}".strip()

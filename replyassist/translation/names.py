"""Names in a sentence: what is written with a capital though no sentence begins there."""

from __future__ import annotations

import re

from wordfreq import zipf_frequency

from replyassist.domain import Span

# A run of capitalised words, which may be joined by a lower-case particle: "Anna van der Berg".
RUN = re.compile(
    r"[A-ZÆØÅÄÖÉÜŠŽÁÍÓÚÝÐÞ][\w’'-]*(?:[ \u00a0](?:(?:van|von|der|de|da|af|av|bin|al)[ \u00a0]){0,2}"
    r"[A-ZÆØÅÄÖÉÜŠŽÁÍÓÚÝÐÞ][\w’'-]*){0,5}"
)
# In these, every noun or many common words have capitals, or there are none at all: no names are told.
UNTOLD = frozenset({"de", "ar", "fa", "ps", "ur", "zh", "am", "ti", "th", "hi", "he"})
# A word this common in English (Zipf frequency: log10 of uses in a billion words) is no name from a Nordic
# letter: "National Insurance Act" has capitals too.
COMMON = 3.3


def find_names(sentence: str, tag: str) -> list[Span]:
    """Spans of the names of people in a sentence of the language ``tag``.

    Two or more capitalised words in a row are told as a name. A single one is not: it may be an authority or
    a country, which are translated. Words in capitals throughout are abbreviations or shouting, and no names.
    """
    if tag in UNTOLD or sentence.isupper():
        return []
    found = []
    for match in RUN.finditer(sentence):
        start, end = match.span()
        before = sentence[:start].rstrip()
        if not before or before[-1] in '.!?:;"«»“”„(–-/':
            # The opening word has its capital anyway; what follows may be a name: "Kjære Kari Nordmann".
            start += len(match.group().split()[0]) + 1
        name = sentence[start:end].rstrip("’'-")
        if (
            " " in name
            and not name.isupper()
            and not any(c.isdigit() for c in name)
            and _is_personal(name, tag)
        ):
            found.append(Span(start, start + len(name)))
    return found


def _is_personal(name: str, tag: str) -> bool:
    return tag != "en" or any(zipf_frequency(word, "en") < COMMON for word in name.split())

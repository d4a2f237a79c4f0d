"""Names of people by their capitals: what is written with one though no sentence begins there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from replyassist.config import data_folder
from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text import frequencies
from replyassist.translation.names.given import given_names, sure_names

LATIN = "A-ZÆØÅÄÖÉÜŁŚŻŹĆŠŽÁÍÓÚÝÐÞ"
CYRILLIC = "А-ЩЮЯЄІЇҐ"
CAPITALISED = rf"[{LATIN}][\w’'-]*"


def run_of(capitals: str, words: str = "0,5") -> str:
    """An expression for capitalised words in a row, maybe joined by a particle: "Anna van der Berg".

    Args:
        capitals: the letters that begin one.
        words: how many follow the first, as an expression counts.
    """
    word = rf"[{capitals}][\w’'-]*"
    return rf"{word}(?:[ \u00a0](?:(?:van|von|der|de|da|af|av|bin|al)[ \u00a0]){{0,2}}{word}){{{words}}}"


RUN = re.compile(run_of(LATIN))
# In these, every noun or many common words have capitals, or there are none at all: no names are told.
UNTOLD = frozenset({"de", "fa", "ps", "ur", "zh", "am", "ti", "th", "hi", "he"})
# A word this common in English (Zipf frequency: log10 of uses in a billion words) is no name from a Nordic
# letter: "National Insurance Act" has capitals too.
COMMON = 3.3
OPENERS = '.!?:;"«»“”„(—–-/'
# From this Zipf frequency on, a capitalised word that opens a line is an everyday word, not a name.
EVERYDAY = 4.0
NORDIC = frozenset({"nb", "sv", "da"})
LONGEST_NAME_LINE = 4
NAME_WORD = re.compile(r"[A-ZÆØÅÄÖÉÜ][a-zæøåäöéüßáíóú’'-]+|\d{1,5}[A-Za-z]?")


def find_capitalised(sentence: str, tag: str, language: Language | None = None) -> list[Span]:
    """Spans of the names of people in a sentence of the language ``tag``.

    Two or more capitalised words in a row are told as a name. A single one is none unless it is a given name,
    and no other word where it opens the sentence: it may be an authority or a country, which are translated.
    Words in capitals throughout are abbreviations or shouting, and no names.

    Args:
        sentence: on one line.
        tag: its language.
        language: what is known of it: what places are called that are no part of their names.
    """
    if tag in UNTOLD or sentence.isupper():
        return []
    found = []
    for match in RUN.finditer(sentence):
        start, end = match.span()
        if opens(sentence, start):
            # The opening word has its capital anyway. An everyday word is none of the name that follows
            # ("Kjære Kari Nordmann"); a rare one is its beginning ("Torunn Haukeland har svart").
            opening = match.group().split()[0]
            everyday = tag == "en" or zipf(opening, tag) >= EVERYDAY
            # "Per-Åke" is made of two that "per" makes look everyday.
            if everyday and given_names().isdisjoint(opening.casefold().split("-")):
                start += len(opening) + 1
        start, end = _without_kinds(sentence, start, end, language)
        name = sentence[start:end].rstrip("’'-")
        if not name or any(c.isdigit() for c in name):
            continue
        listed = sure_names() if opens(sentence, match.start()) else given_names()
        if (_is_full(name) and _is_personal(name, tag)) or _is_given(name, listed):
            found.append(Span(start, start + len(name)))
    return found


def is_name_line(line: str, tag: str, language: Language | None = None) -> bool:
    """Whether a line is nothing but a name or an address: "Kari Nordmann", "Storgata 14", "5109 Hylkje".

    What is called after a place, "Hedensted Kommune", is no such line: its kind is translated.
    """
    words = line.split()
    if tag in UNTOLD or not 2 <= len(words) <= LONGEST_NAME_LINE or line.isupper():
        return False
    if language and not language.named_places.isdisjoint(word.casefold() for word in words):
        return False
    if not all(NAME_WORD.fullmatch(word) for word in words):
        return False
    letters = [word for word in words if word[0].isalpha()]
    rare = [word for word in letters if zipf(word, tag) < EVERYDAY]
    return bool(rare) and (rare[0] == letters[0] or letters[0].casefold() in given_names())


def opens(sentence: str, start: int) -> bool:
    """Whether a sentence, or a part that is set off, begins there."""
    before = sentence[:start].rstrip()
    return not before or before[-1] in OPENERS


def _without_kinds(sentence: str, start: int, end: int, language: Language | None) -> tuple[int, int]:
    """A name without the word that says what it is a name of: "Storlia School", "Förskolan Blåklinten"."""
    kinds = language.named_places if language else frozenset()
    words = [Span(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", sentence[start:end])]
    while words and words[-1].of(sentence).casefold() in kinds:
        words.pop()
    while words and words[0].of(sentence).casefold() in kinds:
        words.pop(0)
    return (words[0].start, words[-1].end) if words else (start, start)


def zipf(word: str, tag: str) -> float:
    """Zipf frequency of a word: log10 of its uses in a billion words."""
    if tag == "nn":
        return max(frequencies.zipf(word, "nb"), _nynorsk().get(word.casefold(), 0.0))
    return frequencies.zipf(word, tag if tag in NORDIC else "en")


@cache
def _nynorsk() -> Mapping[str, float]:
    """The words of nynorsk, of which wordfreq has only those that are bokmål as well."""
    return frequencies.read_table(data_folder("models") / "frequencies" / "nn.txt.gz")


def _is_given(name: str, listed: frozenset[str]) -> bool:
    """Whether a name is a listed one that stands alone, maybe in the genitive."""
    alone = name.casefold()
    return not name.isupper() and not listed.isdisjoint({alone, alone.removesuffix("s")})


def _is_full(name: str) -> bool:
    """Whether at least two words of a name are no abbreviations."""
    return sum(not word.isupper() for word in name.split()) >= 2


def _is_personal(name: str, tag: str) -> bool:
    return tag != "en" or any(zipf(word, "en") < COMMON for word in name.split())

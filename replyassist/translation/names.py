"""Names of people in a sentence: what is written with a capital though no sentence begins there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from replyassist.config import data_folder
from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text import frequencies

# A run of capitalised words, which may be joined by a lower-case particle: "Anna van der Berg".
CAPITALISED = r"[A-ZÆØÅÄÖÉÜŁŚŻŹĆŠŽÁÍÓÚÝÐÞ][\w’'-]*"
FURTHER = rf"[ \u00a0](?:(?:van|von|der|de|da|af|av|bin|al)[ \u00a0]){{0,2}}{CAPITALISED}"
RUN = re.compile(rf"{CAPITALISED}(?:{FURTHER}){{0,5}}")
FULL_NAME = rf"{CAPITALISED}(?:{FURTHER}){{1,5}}"
# In these, every noun or many common words have capitals, or there are none at all: no names are told.
UNTOLD = frozenset({"de", "ar", "fa", "ps", "ur", "zh", "am", "ti", "th", "hi", "he"})
# A word this common in English (Zipf frequency: log10 of uses in a billion words) is no name from a Nordic
# letter: "National Insurance Act" has capitals too.
COMMON = 3.3
# Polish names change with their case; its endings, the longest first. Polite pronouns, authorities and
# countries have capitals there too, so that a name is told by the given name that it begins with.
CASE_ENDINGS = {
    "pl": ("iemu", "iego", "owi", "iem", "emu", "ego", "em", "ie", "ej", "a", "u", "y", "i", "ę", "ą")
}
WORD_TOO = "*"
OPENERS = '.!?:;"«»“”„(–-/'
# From this Zipf frequency on, a capitalised word that opens a line is an everyday word, not a name.
EVERYDAY = 4.0
NORDIC = frozenset({"nb", "sv", "da"})
LONGEST_NAME_LINE = 4
SHORTEST_STEM = 2
NAME_WORD = re.compile(r"[A-ZÆØÅÄÖÉÜ][a-zæøåäöéüßáíóú’'-]+|\d{1,5}[A-Za-z]?")


def find_names(sentence: str, tag: str, language: Language | None = None) -> list[Span]:
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
            everyday = tag == "en" or tag in CASE_ENDINGS or zipf(opening, tag) >= EVERYDAY
            # "Per-Åke" is made of two that "per" makes look everyday.
            if everyday and given_names().isdisjoint(opening.casefold().split("-")):
                start += len(opening) + 1
        start, end = _without_kinds(sentence, start, end, language)
        if tag in CASE_ENDINGS:
            start = _given_in_case(sentence, start, end, tag)
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


def _given_in_case(sentence: str, start: int, end: int, tag: str) -> int:
    """Where the given name stands that a name begins with, be it in another case; ``end`` where none does."""
    for word in re.finditer(r"\S+", sentence[start:end]):
        if not given_names().isdisjoint(_nominatives(word[0].casefold(), tag)):
            return start + word.start()
    return end


def _nominatives(word: str, tag: str) -> Iterator[str]:
    """What a name may be in the nominative: "Anny" is Anna, "Marka" Marek."""
    yield word
    for stem in _stems(word, tag):
        yield from (stem, f"{stem}a", f"{stem[:-1]}e{stem[-1]}")


def _stems(word: str, tag: str) -> Iterator[str]:
    """A word without what may be its ending of case."""
    for ending in CASE_ENDINGS.get(tag, ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            yield word.removesuffix(ending)


def in_any_case(name: str, tag: str) -> str:
    """An expression for a name in whatever case, as it may stand in a language that has none."""
    words = []
    for word in name.split():
        stem = min(_stems(word, tag), key=len, default=word)
        words.append(
            rf"{re.escape(stem[:-1])}e?{re.escape(stem[-1])}\w{{0,3}}"
            if stem != word
            else rf"{word}\w{{0,3}}"
        )
    return r"\s+".join(words)


def _is_given(name: str, listed: frozenset[str]) -> bool:
    """Whether a name is a listed one that stands alone, maybe in the genitive."""
    alone = name.casefold()
    return not name.isupper() and not listed.isdisjoint({alone, alone.removesuffix("s")})


def _is_full(name: str) -> bool:
    """Whether at least two words of a name are no abbreviations."""
    return sum(not word.isupper() for word in name.split()) >= 2


@cache
def given_names() -> frozenset[str]:
    """Given names that open sentences, in lower case; those that are everyday words are not among them."""
    return frozenset(name.removesuffix(WORD_TOO) for name in _listed())


@cache
def sure_names() -> frozenset[str]:
    """Those of them that are no words at all."""
    return frozenset(name for name in _listed() if not name.endswith(WORD_TOO))


def _listed() -> list[str]:
    lines = files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return [name.casefold() for line in lines if not line.startswith("#") for name in line.split()]


def _is_personal(name: str, tag: str) -> bool:
    return tag != "en" or any(zipf(word, "en") < COMMON for word in name.split())

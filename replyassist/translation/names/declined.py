"""Names of people in Polish and Ukrainian, which change with their case.

Polite pronouns, authorities and countries have capitals there too, so that a name is told by the given name
that it begins with, or by the title before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from replyassist.domain import Span
from replyassist.translation.names.beside import beside_names, word_before
from replyassist.translation.names.capitals import CYRILLIC, LATIN, opens, run_of
from replyassist.translation.names.given import given_names, own_names, sure_names

# Endings of case, the longest first, and those of the nominative.
CASE_ENDINGS = {
    "pl": ("iemu", "iego", "owi", "iem", "emu", "ego", "em", "ie", "ej", *"ąaęeiouy"),
    "uk": ("ові", "еві", "єві", "ом", "ем", "єм", "ою", "ею", "єю", *"аяуюіїиоеє"),
}
NOMINATIVE_ENDINGS = {"pl": ("", "a"), "uk": ("", "а", "я", "й", "о", "ь")}
# Endings that no name in these has: "Женеві" is Geneva.
MASCULINE, FEMININE = ("ові", "еві", "єві", "ом", "ем", "єм", "owi", "em"), ("а", "я", "a")
VOWELS = frozenset("aeiouyаеєиіїоуюя")
# A vowel that the nominative alone has before its last letter: "Marka" is Marek.
FLEETING = "e"
# What becomes of the last letter of a Ukrainian stem in the dative: "Ользі" is Ольга.
SOFTENED = {"з": "г", "ц": "к", "с": "х"}
SHORTEST_STEM = 2
# Where what has capitals before a given name is a family's: authorities have but one.
FAMILY_FIRST = frozenset({"uk"})
RUN = re.compile(run_of(LATIN + CYRILLIC))
WORD = re.compile(r"\S+")


def find_declined(sentence: str, tag: str) -> list[Span]:
    """Spans of the names in a sentence: from a given name or what a title precedes to the last capital."""
    found = []
    for run in RUN.finditer(sentence):
        words = [Span(run.start() + m.start(), run.start() + m.end()) for m in WORD.finditer(run[0])]
        for named, several in groupby(words, lambda word: _may_be_name(word.of(sentence), tag)):
            if named and (name := _name_of([*several], sentence, tag)):
                found.append(name)
    return found


def nominative(name: str, tag: str) -> str:
    """A name in the nominative, as far as its ending tells: "Piotra Kowalczyka" is Piotr Kowalczyk."""
    words = name.split()
    firsts = words if tag in FAMILY_FIRST else words[:1]
    given = {i for i, word in enumerate(firsts) if _is_given(word, tag)}
    families = [_family_nominative(word, tag) for word in words]
    gender = next((g for i, (_, g) in enumerate(families) if g and i not in given), "")
    return " ".join(
        _given_nominative(word, gender, tag) if i in given else families[i][0] for i, word in enumerate(words)
    )


def in_any_case(name: str, tag: str) -> str:
    """An expression for a name in whatever case, as it may stand in a language that has none."""
    words = []
    for word in name.split():
        stem = min(_stems(word, tag), key=len, default=word)
        fleeting = rf"{re.escape(stem[:-1])}e?{re.escape(stem[-1])}"
        words.append(rf"{fleeting if stem != word else re.escape(word)}\w{{0,3}}")
    return r"\s+".join(words)


def _name_of(words: list[Span], sentence: str, tag: str) -> Span | None:
    """The name among capitalised words that stand side by side, or None."""
    begins = (i for i in range(len(words)) if _begins_name(sentence, words[i:], tag))
    if (first := next(begins, None)) is None:
        return None
    if tag in FAMILY_FIRST and not opens(sentence, words[0].start):  # "на ім'я Шевчук Олени"
        first = 0
    return Span(words[first].start, len(sentence[: words[-1].end].rstrip("’'-")))


def _begins_name(sentence: str, words: Sequence[Span], tag: str) -> bool:
    """Whether a name begins with the first of some capitalised words that stand side by side."""
    word, start, known = words[0].of(sentence), words[0].start, beside_names(tag)
    if sentence[:start].rstrip()[-1:].isdigit():  # "3 Maja"
        return False
    before = word_before(sentence, start)
    if before in known.titles or before in known.introduces:
        return True
    if word_before(sentence, start, comma=True) in known.kin:
        return True
    if opens(sentence, start):  # it has its capital anyway
        return word.casefold() in (given_names(tag) if len(words) > 1 else sure_names(tag))
    return _is_given(word, tag)


def _may_be_name(word: str, tag: str) -> bool:
    """Whether a capitalised word is no abbreviation, title, polite pronoun or office."""
    known, lower = beside_names(tag), word.casefold()
    return word[1:2].islower() and lower not in known.titles and lower not in known.others


def _is_given(word: str, tag: str) -> bool:
    """Whether a word is a listed given name in some case."""
    return not given_names(tag).isdisjoint(_nominatives(word.casefold(), tag))


def _nominatives(word: str, tag: str) -> Iterator[str]:
    """What a given name may be in the nominative, itself first: "anny" is anna, "marka" marek."""
    yield word
    for stem in _stems(word, tag):
        for ending in NOMINATIVE_ENDINGS[tag]:
            vowels = not ending and stem[-1] in VOWELS  # what ends so has no other case
            if not vowels and not (ending in FEMININE and word.endswith(MASCULINE)):
                yield stem + ending
        if tag == "pl":
            yield stem[:-1] + FLEETING + stem[-1]
            yield stem.removesuffix("si") + "ś"
        elif stem[-1] in SOFTENED:
            yield f"{stem[:-1]}{SOFTENED[stem[-1]]}а"


def _given_nominative(word: str, gender: str, tag: str) -> str:
    """A given name in the nominative, where one alone fits the gender that the family name tells."""
    forms = list(dict.fromkeys(_nominatives(word.casefold(), tag)))
    listed = [n for n in forms if n in own_names(tag)] or [n for n in forms if n in given_names()]
    if gender:
        listed = [n for n in listed if n.endswith(("a", "а", "я")) == (gender == "f")] or listed
    elif listed[:1] == [word.casefold()]:
        return word
    return listed[0].title() if len(listed) == 1 else word


def _family_nominative(word: str, tag: str) -> tuple[str, str]:
    """A family name in the nominative, and the gender that its ending tells."""
    for ending, nominal, gender in beside_names(tag).surnames:
        if match := re.search(rf"{ending}\Z", word):
            return word[: match.end(1)] + nominal, gender
    return word, ""


def _stems(word: str, tag: str) -> Iterator[str]:
    """A word without what may be its ending of case."""
    for ending in CASE_ENDINGS[tag]:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            yield word.removesuffix(ending)

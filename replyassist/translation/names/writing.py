"""Names as models read them: in Latin letters, in the nominative, with titles that they know, and set off.

"Moja córka Zofia zachorowała" was "my daughter of the Zofia", "з паном Гансеном" "with the Pana Hansen", and
an Arabic name whatever its letters may mean: "my husband's wife" for "my husband Mohammed Ibrahim".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from replyassist.domain import Span
from replyassist.text.capitals import match_capitals
from replyassist.translation.names.arabic import ARABIC, written_arabic
from replyassist.translation.names.beside import Beside, beside_names, word_before
from replyassist.translation.names.declined import CASE_ENDINGS, nominative
from replyassist.translation.names.finding import find_names
from replyassist.translation.names.given import own_names
from replyassist.translation.names.romanisation import romanised

# What parts names of one list, "Ola, Staś i Ania"; the word before a name or its title; what needs no comma.
JOINED = re.compile(r"(?:\s*[,،])?\s+(?:(?:i|oraz|і|й|та)\s+|و\s?)?")
PREPOSITION = re.compile(r"\b\w{1,2}(?=\s{1,3}(?:M[rs]\s{1,3})?\Z)")
PARTED = re.compile(r"\s*(?:[^\w\s]|\Z)")


def write_name(name: str, tag: str) -> str:
    """A name of the language ``tag`` as a case file has it: in the nominative, and in Latin letters."""
    if tag == ARABIC:
        return written_arabic(name)
    if tag not in CASE_ENDINGS:
        return name
    return " ".join(_in_latin(word, tag) for word in nominative(name, tag).split())


def write_names(sentence: str, tag: str, stand_ins: Iterable[str] = ()) -> str:
    """A sentence with its names as models read them, where its language is one that citizens write in.

    Args:
        sentence: on one line.
        tag: its language.
        stand_ins: what may stand in it for a name, which has its title and its commas too.
    """
    if tag not in {ARABIC, *CASE_ENDINGS}:
        return sentence
    places = ((sentence.find(stand_in), len(stand_in)) for stand_in in stand_ins)
    names = sorted([*find_names(sentence, tag), *(Span(at, at + length) for at, length in places if at >= 0)])
    known, comma = beside_names(tag), "،" if tag == ARABIC else ","
    parts: list[str] = []
    position, set_off = 0, False
    for i, name in enumerate(names):
        between = sentence[position : name.start]
        word = word_before(between, len(between))
        if word in known.kin:
            between, set_off = between.rstrip() + f"{comma} ", True
        parts += [_together(_titled(between, known), known), write_name(name.of(sentence), tag)]
        position = name.end
        following = names[i + 1].start if i + 1 < len(names) else position
        if set_off and not JOINED.fullmatch(sentence[position:following]):
            parts.append("" if PARTED.match(sentence, position) else comma)
            set_off = False
    return "".join([*parts, sentence[position:]])


def _titled(before: str, known: Beside) -> str:
    """What stands before a name with its title as models read it."""
    word = word_before(before, len(before))
    return before.rstrip()[: -len(word)] + f"{known.titles[word]} " if word in known.titles else before


def _together(before: str, known: Beside) -> str:
    """What stands before a name and its title, with "together" where nothing else tells a "with"."""
    match = PREPOSITION.search(before)
    word = known.together.get(match[0].casefold()) if match else None
    if match is None or word is None or word_before(before, match.start()) == word:
        return before
    reworded = match_capitals(f"{word} {match[0].lower()}", match[0])
    return before[: match.start()] + reworded + before[match.end() :]


def _in_latin(word: str, tag: str) -> str:
    known = own_names(tag).get(word.casefold())
    return known.written if known and known.written else romanised(word)


def names_alone(translated: str, names: Iterable[str]) -> str:
    """An English sentence with its names once each and without an article: "The Iryna", "Nour, Nour, is"."""
    for name in map(re.escape, names):
        translated = re.sub(rf"\b[Tt]he (?={name}\b(?!['’] |['’]s\b| famil))", "", translated)
        translated = re.sub(rf"\b({name})(?:,? {name})+\b", r"\1", translated)
    return translated

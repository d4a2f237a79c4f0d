"""Names as models read them: in Latin letters, in the nominative, with titles that they know, and set off.

"Moja córka Zofia zachorowała" was "my daughter of the Zofia", "з паном Гансеном" "with the Pana Hansen", and
an Arabic name whatever its letters may mean: "my husband's wife" for "my husband Mohammed Ibrahim".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from replyassist.domain import Span
from replyassist.translation.names.arabic import written_arabic
from replyassist.translation.names.beside import beside_names, word_before
from replyassist.translation.names.declined import CASE_ENDINGS, nominative
from replyassist.translation.names.finding import find_names
from replyassist.translation.names.given import own_names
from replyassist.translation.names.romanisation import romanised

ARABIC = "ar"
JOINED = re.compile(r"(?:\s*[,،])?\s+(?:(?:i|oraz|і|й|та)\s+|و\s?)?")
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
        word = word_before(sentence, name.start)
        if title := known.titles.get(word):
            between = between.rstrip()[: -len(word)] + f"{title} "
        elif word in known.kin:
            between, set_off = between.rstrip() + f"{comma} ", True
        parts += [between, write_name(name.of(sentence), tag)]
        position = name.end
        following = names[i + 1].start if i + 1 < len(names) else position
        if set_off and not JOINED.fullmatch(sentence[position:following]):
            parts.append("" if PARTED.match(sentence, position) else comma)
            set_off = False
    return "".join([*parts, sentence[position:]])


def _in_latin(word: str, tag: str) -> str:
    known = own_names(tag).get(word.casefold())
    return known.written if known and known.written else romanised(word)


def names_alone(translated: str, names: Iterable[str]) -> str:
    """An English sentence with its names once each and without an article: "The Iryna", "Nour, Nour, is"."""
    for name in map(re.escape, names):
        translated = re.sub(rf"\b[Tt]he (?={name}\b(?!['’] |['’]s\b| famil))", "", translated)
        translated = re.sub(rf"\b({name})(?:,? {name})+\b", r"\1", translated)
    return translated

"""How a letter calls its reader, for models that have met no other way than *du*.

"De har bedt om utsatt frist" is read as "They have asked": the capital that tells "you" from "they" is lost
where a sentence opens, and nynorsk writes "de" for several readers. What the whole letter shows is put into
its sentences before they are translated, into languages where it makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from replyassist.languages import Language, find_address
from replyassist.translation.sentence import Direction

# The word that is "they" as well.
AMBIGUOUS = "de"
# What follows it where a sentence opens and it is "you": a verb in the present ("De anmodes"), no adjective.
PRESENT = ("r", "s")


def find_misread_address(text: str, direction: Direction) -> str:
    """The way in which a letter calls its reader, where models misread it; empty for *du*, for a way that
    none misreads, and where the target language has the same word.
    """
    source, target = direction.source_data, direction.target_data
    if source is None:
        return ""
    way = find_address(text, source)
    subject = next((said for _, said in _pairs(source, way)), "")
    theirs = {said for _, said in _pairs(target, way)} if target else set()
    return way if subject.casefold() == AMBIGUOUS and subject not in theirs else ""


def as_du(sentence: str, way: str, language: Language | None) -> str:
    """A sentence of a letter that calls its reader in ``way``, as if it said *du*."""
    if not way or language is None:
        return sentence
    expression, words = _expression(language, way)

    def said(match: re.Match[str]) -> str:
        opens = not sentence[: match.start()].strip(" \"'«»“”–-•")
        if opens and match[0].casefold() == AMBIGUOUS and not _is_verb(match["next"] or "", language):
            return match[0]
        du = words.get(match[0]) or words[match[0].casefold()]
        return du.capitalize() if opens else du

    return expression.sub(said, sentence)


def _is_verb(word: str, language: Language) -> bool:
    auxiliary = word in language.modal_verbs or word in language.passive_auxiliaries
    return auxiliary or word.endswith(PRESENT)


def _pairs(language: Language, way: str) -> list[tuple[str, str]]:
    """What *du* says, and what this way says for it."""
    return [(du, said) for du, said in (pair.split() for pair in language.address_words.get(way, ()))]


@cache
def _expression(language: Language, way: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Any word of a way, and what each is with *du*: of several, the first."""
    words: dict[str, str] = {}
    for du, said in _pairs(language, way):
        words.setdefault(said, du)
    forms = {*words, *(word.capitalize() for word in words)}
    choice = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])(?=\s+(?P<next>\w+)|)"), words

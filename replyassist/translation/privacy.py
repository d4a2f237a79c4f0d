"""What must not be kept of a segment: whatever is of one person or one case."""

from __future__ import annotations

import re
from itertools import pairwise

from replyassist.languages import Language
from replyassist.text.tokens import words
from replyassist.translation.names import is_name_line
from replyassist.translation.names.capitals import EVERYDAY, zipf
from replyassist.translation.names.given import given_names
from replyassist.translation.sentence import Direction, Sentence

# Facts that say the same to everybody; all other kinds are of one case.
GENERAL = frozenset({"law", "percentage", "time", "amount", "number", "placeholder", "url"})
# A longer number may be a customer's, an invoice's, an account's.
LONGEST_NUMBER = 4
# A family name alone is an everyday word in English: "Mr Brown".
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\b\.? \w")
# After these a capital only opens a sentence.
OPENERS = ".:!?\n"
DIGITS = re.compile(r"\d")


def find_personal(text: str, tag: str) -> str | None:
    """What kind of thing in a segment may point to somebody (``name``, ``phone``, ``date`` ...), or None.

    It errs on the safe side: a word with a capital within the sentence counts as a name.
    """
    direction = Direction.of(tag, tag)
    sentence = Sentence.read(text, direction)
    for fact in sentence.facts:
        long_number = fact.kind == "number" and len(DIGITS.findall(fact.value)) > LONGEST_NUMBER
        if fact.kind not in GENERAL or long_number:
            return fact.kind
    if sentence.names or is_name_line(text, tag) or TITLED.search(text):
        return "name"
    spans = list(words(text))
    polite = _pronouns(direction.source_data)
    for before, span in pairwise(spans):
        opens = any(mark in OPENERS for mark in text[before.end : span.start])
        if not opens and _may_be_name(span.of(text), tag, polite):
            return "name"
    return "name" if spans and spans[0].of(text).casefold() in given_names() else None


def _may_be_name(word: str, tag: str, polite: frozenset[str]) -> bool:
    """Whether a word within a sentence may be a name; abbreviations in capitals are none."""
    if not word[0].isupper() or (len(word) > 1 and word.isupper()) or word.casefold() in polite:
        return False
    # In English, offices and days have capitals too; elsewhere what has one is a name.
    return tag != "en" or word.casefold() in given_names() or zipf(word, tag) < EVERYDAY


def _pronouns(language: Language | None) -> frozenset[str]:
    """Words that a polite letter writes with a capital: "De", "Dykk", "I", "Jeres"."""
    return language.pronouns_reader | language.pronouns_sender if language else frozenset()

"""What kind of letter is it? Words of some forty fields, such as refusing and paying, weighed by their place,
which parts of an answer it has, and all its words.

A list of whole phrases tells only letters that were written as those it was made on. The words of a field are
few and every letter of a kind has some of them; what they say together was learnt from the letters of this
repository in five languages at once (models/training/letter_kinds/fit.py), so the weights are one set. What
no list has, the words themselves say (``kind_words.py``).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis
from replyassist.plainlanguage.kind_words import KindWords
from replyassist.profiles import load_letter_kinds
from replyassist.text.stems import stem

TOKEN = re.compile(r"[\w£]+(?:[-'][\w]+)*|\?")
NEGATION = "negation"
OPENING = 4  # lines that say what the letter is about: the first, and those that are not short
SHORT = 5  # words; greetings and names are shorter
LEAST_LIKELY = 0.55  # under it, nothing is told: a wrong kind, which asks for wrong parts, is worse than none
NONE = "none"  # that a letter is of no kind that there is, which is learnt like a kind
FINAL = "final"  # that there is nobody to complain to
# Parts that tell no kind from another.
HAVE_ALL = frozenset({"receiver", "subject", "friendly-end", "contact", FINAL})
# What stands after a field or a stem of the opening, and of a line with a negation.
OPENS, DENIED = "@", "!"
# One line grants and another refuses; weights are summed and can't see that, so both are a feature.
YES_OR_NO = ("yes", "no")
BOTH = "+yes+no"


class Line(NamedTuple):
    """A line of a letter; place 2 is the first, 1 another of the opening, 0 the rest."""

    text: str
    tokens: list[str]
    fields: set[str]
    place: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of all fields of a language, by the first word of each entry or by how it begins.

    ``parts``: the expressions for each part of an answer (``letter_parts.toml``). ``kinds``: those for each
    kind that a line tells by itself, as a heading does ("refusal of ...") or what only a hearing asks; where
    it comes before an order, the words of that order fill the letter.
    """

    whole: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    beginnings: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    lengths: tuple[int, ...]
    parts: Mapping[str, tuple[re.Pattern[str], ...]]
    kinds: Mapping[str, tuple[re.Pattern[str], ...]]

    @classmethod
    def compile(cls, language: Language) -> Cues:
        """Build the table of a language."""
        whole: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        beginnings: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        for field, entries in language.letter_cues.items():
            for entry in entries:
                first, *rest = entry.split()
                table = beginnings if first.endswith("*") else whole
                key = first.removesuffix("*")
                table[key] = (*table.get(key, ()), (tuple(rest), field))
        parts = {
            part: tuple(re.compile(e, re.IGNORECASE) for e in several)
            for part, several in language.letter_parts.items()
        }
        kinds = {name: parts.pop(name) for name in load_letter_kinds() if name in parts}
        return cls(whole, beginnings, tuple(sorted({len(key) for key in beginnings})), parts, kinds)

    def fields(self, tokens: list[str]) -> set[str]:
        """The fields that the words of a line belong to."""
        found = set()
        for number, token in enumerate(tokens):
            entries = list(self.whole.get(token, ()))
            for length in self.lengths:
                if length <= len(token):
                    entries += self.beginnings.get(token[:length], ())
            for rest, field in entries:
                following = tokens[number + 1 : number + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_is_form, following, rest)):
                    found.add(field)
        return found

    def say(self, line: str, *parts: str) -> bool:
        """Whether a line says one of these parts of an answer."""
        return any(expression.search(line) for part in parts for expression in self.parts.get(part, ()))

    def tell(self, lines: Iterable[str]) -> str | None:
        """The kind that the first line to tell one tells."""
        told = (
            kind
            for line in lines
            for kind, expressions in self.kinds.items()
            if any(expression.search(line) for expression in expressions)
        )
        return next(told, None)


@dataclass(frozen=True, slots=True)
class KindTeller:
    """Tells the kind of a letter by the weights that were learnt.

    ``weights`` maps a feature to what it adds for each of ``kinds``, shape (kinds,); ``bias`` and what the
    words say are added always.
    """

    language: str
    cues: Cues
    words: KindWords
    kinds: tuple[str, ...]
    bias: np.ndarray
    weights: Mapping[str, np.ndarray]

    @classmethod
    def load(cls, language: Language) -> KindTeller:
        """The teller of a language, with the weights of this package."""
        kinds, bias, weights = _learnt()
        return cls(language.tag, Cues.compile(language), KindWords.load(language.tag), kinds, bias, weights)

    def tell(self, analysis: Analysis) -> str | None:
        """The likeliest kind, or None where none is likely enough."""
        if told := self.cues.tell(lines_of(analysis)):
            return told
        lines = read_lines(analysis, self.cues)
        found = features(lines, self.cues)
        known = [self.weights[feature] for feature in found if feature in self.weights]
        if not known:
            return None
        sums = self.bias + sum(known) / math.sqrt(len(found))
        sums += self.words.speak(stems(lines, self.language))
        best = int(sums.argmax())
        likelihood = 1 / np.exp(sums - sums[best]).sum()
        kind = self.kinds[best]
        return kind if kind != NONE and likelihood >= LEAST_LIKELY else None


def features(lines: Iterable[Line], cues: Cues) -> set[str]:
    """Which fields and parts a letter has, and where.

    ``field!`` stands in a line with a negation; ``@`` after it is the opening, ``^`` the first line, which is
    most often the heading. A part begins with ``+``.
    """
    found: set[str] = set()
    for text, tokens, fields, place in lines:
        places = ["", OPENS, "^"][: place + 1]
        mark = DENIED if NEGATION in fields else ""
        here = {f"{field}{mark}" for field in fields - {NEGATION}} | ({"?"} & set(tokens[-1:]))
        found |= {f"{feature}{place}" for feature in here for place in places}
        places = places[:2]  # the heading is too short for a place of its own
        asked = [part for part in cues.parts.keys() - HAVE_ALL if f"+{part}{places[-1]}" not in found]
        found |= {f"+{part}{place}" for part in asked if cues.say(text, part) for place in places}
    return found | {BOTH} if {f"+{part}" for part in YES_OR_NO} <= found else found


def stems(lines: Iterable[Line], tag: str) -> set[str]:
    """The stems of a letter's words; once more with ``@`` in the opening and with ``!`` beside a negation."""
    found = set()
    for _, tokens, fields, place in lines:
        here = {stem(token, tag) for token in tokens if token[0].isalpha()}
        marks = "", OPENS if place else "", DENIED if NEGATION in fields else ""
        found |= {f"{word}{mark}" for word in here for mark in marks}
    return found


def read_lines(analysis: Analysis, cues: Cues) -> list[Line]:
    """The lines of a letter that have a word."""
    lines: list[Line] = []
    opened = 0
    for text in lines_of(analysis):
        tokens = tokens_of(text)
        opens = opened < OPENING and (opened == 0 or len(tokens) >= SHORT)
        if tokens:
            lines.append(Line(text, tokens, cues.fields(tokens), (1 if opened else 2) if opens else 0))
            opened += opens
    return lines


def lines_of(analysis: Analysis) -> Iterator[str]:
    """Every sentence, then every line outside sentences, quotations left out."""
    for sentence in analysis.sentences:
        yield analysis.flat[sentence.start : sentence.end]
    read = {sentence.block for sentence in analysis.sentences}
    for number, block in enumerate(analysis.blocks):
        if number not in read and block.kind != "quote":
            yield from analysis.normal.text[block.span.start : block.span.end].splitlines()


def tokens_of(line: str) -> list[str]:
    """The words and question marks of a line, in lower case."""
    return TOKEN.findall(line.lower().replace("\u2019", "'"))


@cache
def _learnt() -> tuple[tuple[str, ...], np.ndarray, Mapping[str, np.ndarray]]:
    """The kinds, the biases and the weights, which all languages share."""
    learnt = tomllib.loads((files(__package__) / "kind_weights.toml").read_text(encoding="utf-8"))
    weights = {feature: np.array(values) for feature, values in learnt["weights"].items()}
    return tuple(learnt["kinds"]), np.array(learnt["bias"]), weights


def _is_form(word: str, entry: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry

"""What kind of letter is it? Words of some forty fields, such as refusing and paying, weighed by their place,
and which parts of an answer it has.

A list of whole phrases tells only letters that were written as those it was made on. The words of a field are
few and every letter of a kind has some of them; what they say together was learnt from the letters of this
repository in five languages at once (models/training/letter_kinds/fit.py), so the weights are one set.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis
from replyassist.profiles import load_letter_kinds

TOKEN = re.compile(r"[\w£]+(?:[-'][\w]+)*|\?")
NEGATION = "negation"
OPENING = 4  # lines that say what the letter is about: the first, and those that are not short
SHORT = 5  # words; greetings and names are shorter
LEAST_LIKELY = 0.55  # under it, nothing is told: a wrong kind, which asks for wrong parts, is worse than none
FINAL = "final"  # that there is nobody to complain to
# Parts that tell no kind from another.
HAVE_ALL = frozenset({"receiver", "subject", "friendly-end", "contact", FINAL})
# One line grants and another refuses; weights are summed and can't see that, so both are a feature.
YES_OR_NO = ("yes", "no")
BOTH = "+yes+no"
BIAS = 0.1  # against the features, each 1 / sqrt(their number)


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

    ``weights`` maps a feature to what it adds for each of ``kinds``; ``bias`` is added to each kind always.
    """

    cues: Cues
    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    @classmethod
    def load(cls, language: Language) -> KindTeller:
        """The teller of a language, with the weights of this package."""
        kinds, bias, weights = _learnt()
        return cls(Cues.compile(language), kinds, bias, weights)

    def tell(self, analysis: Analysis) -> str | None:
        """The likeliest kind, or None where none is likely enough."""
        if told := self.cues.tell(lines_of(analysis)):
            return told
        found = features(analysis, self.cues)
        known = [self.weights[feature] for feature in found if feature in self.weights]
        if not known:
            return None
        scale = 1 / math.sqrt(len(found))
        sums = [
            BIAS * bias + scale * sum(column)
            for bias, column in zip(self.bias, zip(*known, strict=True), strict=True)
        ]
        most = max(sums)
        best = sums.index(most)
        likelihood = 1 / sum(math.exp(each - most) for each in sums)
        return self.kinds[best] if likelihood >= LEAST_LIKELY else None


def features(analysis: Analysis, cues: Cues) -> set[str]:
    """Which fields and parts a letter has, and where.

    ``field!`` stands in a line with a negation; ``@`` after it is the opening, ``^`` the first line, which is
    most often the heading. A part begins with ``+``.
    """
    found = set()
    opened = 0
    for text in lines_of(analysis):
        tokens = tokens_of(text)
        if not tokens:
            continue
        places = [""]
        if opened < OPENING and (opened == 0 or len(tokens) >= SHORT):
            places += ["@"] if opened else ["@", "^"]
            opened += 1
        fields = cues.fields(tokens)
        mark = "!" if NEGATION in fields else ""
        here = {f"{field}{mark}" for field in fields - {NEGATION}} | ({"?"} & set(tokens[-1:]))
        found |= {f"{feature}{place}" for feature in here for place in places}
        places = places[:2]  # the heading is too short for a place of its own
        asked = [part for part in cues.parts.keys() - HAVE_ALL if f"+{part}{places[-1]}" not in found]
        found |= {f"+{part}{place}" for part in asked if cues.say(text, part) for place in places}
    return found | {BOTH} if {f"+{part}" for part in YES_OR_NO} <= found else found


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
def _learnt() -> tuple[tuple[str, ...], tuple[float, ...], Mapping[str, tuple[float, ...]]]:
    """The kinds, the biases and the weights, which all languages share."""
    learnt = tomllib.loads((files(__package__) / "kind_weights.toml").read_text(encoding="utf-8"))
    weights = {feature: tuple(values) for feature, values in learnt["weights"].items()}
    return tuple(learnt["kinds"]), tuple(learnt["bias"]), weights


def _is_form(word: str, entry: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry

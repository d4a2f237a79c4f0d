"""All terms and phrases of a language in one tree of words, so that a text is read once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from replyassist.domain import Term
from replyassist.languages import Language, RuleEntry
from replyassist.plainlanguage.analysis import Sentence, Word, find_words
from replyassist.plainlanguage.normalisation import normalise

PHRASE_PART = re.compile(r"\(([^()]*)\)(\??)|([^()\s]+)")
# Slots that are a noun's definite forms, and so have a genitive of their own in the Nordic languages.
DEFINITE_SLOTS = (1, 3)
# "keep": words that look like a term and are none, such as the name of a benefit; the longer find wins.
WORDED = frozenset({"phrase", "keep"})
GENITIVE_LANGUAGES = frozenset({"nb", "nn", "sv", "da"})


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which a term or phrase may stand in a text.

    Attributes:
        term, slot: the term and which of its forms, for a term; ``is_genitive`` when an -s was added to it.
        rule: the rule, for a phrase.
        tail: marks that belong to it after its last word ("iht.").
        capitalised: whether it is written with a capital even inside a sentence.
    """

    term: Term | None = None
    slot: int = 0
    is_genitive: bool = False
    rule: RuleEntry | None = None
    tail: str = ""
    capitalised: bool = False


@dataclass(slots=True)
class Node:
    """A point in the tree: what may follow, and what ends here."""

    following: dict[str, Node] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


class Hit(NamedTuple):
    """The words ``[first, last]`` of a sentence are written as ``forms`` are.

    A tuple, since there are so many.
    """

    sentence: Sentence
    first: int
    last: int
    end: int
    forms: tuple[Form, ...]

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return self.sentence.words[self.first].start


class Lexicon:
    """The terms and phrases of a language; never changes once it is built."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._root = Node()
        for term in language.terms:
            for slot, variants in enumerate(term.forms):
                for text in filter(None, variants.split("/")):
                    self._add(text, Form(term, slot))
                    if slot in DEFINITE_SLOTS and term.pos == "noun" and language.tag in GENITIVE_LANGUAGES:
                        self._add(_genitive(text), Form(term, slot, is_genitive=True))
        for rule in language.rules:
            if rule.kind in WORDED:
                for text in expand(rule.pattern):
                    self._add(text, Form(rule=rule))

    def find(self, sentence: Sentence, flat: str) -> Iterator[Hit]:
        """The longest hits in a sentence, from left to right, none over another."""
        words = sentence.words
        keys = [word.form or _key(word, flat) for word in words]
        first_words = self._root.following
        last = -1
        for first, key in enumerate(keys):
            if key not in first_words or first <= last:
                continue
            node: Node | None = first_words[key]
            found: Hit | None = None
            position = first
            while node is not None:
                if node.forms:
                    found = _hit(sentence, first, position, node.forms, flat) or found
                position += 1
                if position == len(keys):
                    break
                node = node.following.get(words[position].gap + keys[position])
            if found:
                yield found
                last = found.last

    def _add(self, text: str, form: Form) -> None:
        plain = normalise(text).text
        words = find_words(plain, 0, len(plain), self._language)
        if not words:
            return
        node = self._root
        for number, word in enumerate(words):
            key = (word.gap if number else "") + _key(word, plain)
            node = node.following.setdefault(key, Node())
        tail = plain[words[-1].end :].strip()
        complete = Form(form.term, form.slot, form.is_genitive, form.rule, tail, words[0].capital)
        if complete not in node.forms:
            node.forms.append(complete)


def expand(pattern: str) -> Iterator[str]:
    """Every wording of a phrase: ``(a|b)`` are alternatives, ``word?`` and ``(a|b)?`` may be missing."""
    parts: list[list[str]] = []
    for match in PHRASE_PART.finditer(pattern):
        group, optional, word = match.groups()
        if group is not None:
            parts.append(group.split("|") + ([""] if optional else []))
        else:
            parts.append([word.rstrip("?"), ""] if word.endswith("?") else [word])
    for choice in product(*parts):
        yield " ".join(filter(None, choice))


def _key(word: Word, flat: str) -> str:
    """What a word is looked up by; a number is looked up as it is written."""
    return word.form or flat[word.start : word.end].lower()


def _genitive(text: str) -> str:
    return text if text.endswith("s") else f"{text}s"


def _hit(sentence: Sentence, first: int, last: int, forms: list[Form], flat: str) -> Hit | None:
    end = sentence.words[last].end
    fitting = [
        form
        for form in forms
        if flat.startswith(form.tail, end) and not _is_name(sentence.words, first, last, form)
    ]
    if not fitting:
        return None
    return Hit(sentence, first, last, end + max([len(form.tail) for form in fitting]), tuple(fitting))


def _is_name(words: tuple[Word, ...], first: int, last: int, form: Form) -> bool:
    """Whether a word that is written small has a capital inside a sentence: then it is part of a name."""
    if first == 0 or form.capitalised or not words[first].capital:
        return False
    return words[first].gap in {"", ","} and (last == first or words[last].capital)

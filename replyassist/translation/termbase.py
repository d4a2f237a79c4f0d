"""A municipality's own words and what they are called in other languages.

A CSV file has a column for each language tag, and a row for each concept: ``nb,en,ar`` /
``barnehage,kindergarten,روضة``. A cell may hold the forms of the word, in the same order in each language
(``barnehage|barnehagen|barnehager``, ``kindergarten|the kindergarten|kindergartens``), and behind a semicolon
terms that a translation may use as well and that are never written (``kindergarten; nursery|day care``). A
word in the column ``*``, or the same word in several columns, is never translated. TBX (ISO 30042, TBX-Basic)
is read too.

Beside the municipality's own words there is a glossary that came along (glossary.tsv): words of public
letters. Its column ``ambiguous`` names the languages in which a word has other meanings as well ("grant",
"appeal"): there it is not looked for, and is written and accepted in translations all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, Protocol

from replyassist import languages
from replyassist.config import Settings
from replyassist.domain import Span
from replyassist.errors import ConfigurationError, UnreadableDocument
from replyassist.translation.term_files import EVERY_LANGUAGE, read_csv, read_tbx, split_cell

# A shorter word with an ending is often another word: "Nav" and "navn".
SHORTEST_INFLECTED = 5
AMBIGUOUS = "ambiguous"
WORD = re.compile(r"\w+")
# Letters that may follow a wanted word in a translation, which may inflect it.
LONGEST_ENDING = 4
# Arabic writes its article, and "and", "so", "with", "as" and "to", as one with the word.
ARABIC = re.compile(r"[\u0620-\u064a]")
ARABIC_ARTICLE = "ال"
PROCLITICS = "[وف]?(?:[بك]?ال|لل|[بكل])?"
# What a translation may make of a word: use it in compounds ("søknadsfristen" uses "søknad"), inflect it, or
# nothing but what is written.
Growth = Literal["compound", "ending", "none"]


@dataclass(frozen=True, slots=True)
class TermUse:
    """A word of the termbase in a sentence.

    Attributes:
        span: where it stands.
        wanted: what it is called in the target language.
        accepted: the forms of it, and the other terms, that a translation may use.
        fits: whether ``wanted`` is the form that can stand in its place; else the termbase holds no form that
            answers to the inflected one of the sentence, and ``wanted`` is worth no more than a note.
        own: whether it is the municipality's, which goes before set phrases of letters.
        growth: what a translation may make of the accepted forms.
    """

    span: Span
    wanted: str
    accepted: tuple[str, ...]
    fits: bool
    own: bool
    growth: Growth

    def find_in(self, text: str) -> Span | None:
        """Where a translation uses the word, in any accepted or inflected form, or in a compound."""
        match = _expression(self.accepted, self.growth).search(text)
        return Span(*match.span()) if match else None


class Terms(Protocol):
    """Words and what they are called in other languages; safe between threads."""

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words that a sentence holds, in order; of two that overlap the longer."""
        ...


@dataclass(frozen=True, slots=True)
class Layers:
    """Several termbases as one: where words overlap, those of an earlier one count."""

    layers: tuple[Terms, ...]

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words that a sentence holds, in order."""
        found: list[TermUse] = []
        for layer in self.layers:
            found += [
                use
                for use in layer.terms_in(sentence, source, target)
                if not any(use.span.overlaps(other.span) for other in found)
            ]
        return tuple(sorted(found, key=lambda use: use.span))


@dataclass(frozen=True, slots=True, eq=False)
class Termbase:
    """Concepts, each a map from language tag to its cell of the file.

    Attributes:
        own: whether they are the municipality's.
        names: whether they are names, which aren't recognised without their capital: "att vara kommun".
    """

    concepts: tuple[dict[str, str], ...]
    own: bool = True
    names: bool = False
    _lookups: dict[tuple[str, str], _Lookup] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Termbase:
        """The termbase that the settings name; empty when they name none.

        Raises:
            ConfigurationError: the file can't be read or is neither CSV nor TBX.
        """
        return cls.read(Path(settings.termbase)) if settings.termbase else cls(())

    @classmethod
    def read(cls, path: Path) -> Termbase:
        """Read a ``.csv`` or ``.tbx`` file.

        Raises:
            ConfigurationError: the file can't be read or is neither.
        """
        reader = read_tbx if path.suffix.lower() == ".tbx" else read_csv
        try:
            return cls(tuple(reader(path.read_bytes())))
        except (OSError, UnreadableDocument) as error:
            raise ConfigurationError(f"The termbase can't be read: {path.name}") from error

    @staticmethod
    @cache
    def bundled() -> Termbase:
        """The glossary that came along."""
        data = files(__package__).joinpath("glossary.tsv").read_bytes()
        return Termbase(tuple(read_csv(data)), own=False)

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words of the termbase that a sentence holds, in order; of two that overlap the longer."""
        if (source, target) not in self._lookups:
            self._lookups[source, target] = _Lookup.of(self, source, target)
        return self._lookups[source, target].find(sentence)


@lru_cache(maxsize=4096)  # words of a termbase that changes come and go
def _expression(accepted: tuple[str, ...], growth: Growth) -> re.Pattern[str]:
    """Any of the terms in a text, in order of preference, the longer ones inflected or within compounds."""
    before = r"\w*" if growth == "compound" else ""
    after = {"compound": r"\w*", "ending": rf"\w{{0,{LONGEST_ENDING}}}", "none": ""}[growth]
    forms = (
        f"{before}{_joined(form)}{after}" if len(form) >= SHORTEST_INFLECTED else _joined(form)
        for form in accepted
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _joined(form: str) -> str:
    """An expression for a form and, in Arabic, for what may be written as one with it."""
    if not ARABIC.match(form):
        return re.escape(form)
    return PROCLITICS + re.escape(form.removeprefix(ARABIC_ARTICLE))


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a word, and what it is called: the fields of :class:`TermUse`."""

    text: str
    wanted: str
    accepted: tuple[str, ...]
    fits: bool


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The forms of a direction by their first word and what stands before it, the longest first."""

    by_word: dict[str, list[tuple[int, _Form]]]
    own: bool
    names: bool
    growth: Growth

    @classmethod
    def of(cls, termbase: Termbase, source: str, target: str) -> _Lookup:
        forms: dict[str, _Form] = {}
        language = languages.find(source)
        endings = language.noun_endings if language else ()
        for concept in termbase.concepts:
            everywhere = concept.get(EVERY_LANGUAGE, "")
            ours, _ = split_cell(concept.get(source, everywhere))
            theirs, admitted = split_cell(concept.get(target, everywhere))
            if not ours or not theirs or source in concept.get(AMBIGUOUS, "").split():
                continue
            answering, accepted = len(ours) == len(theirs), (*theirs, *admitted)
            for i, form in enumerate(ours):
                wanted = theirs[i] if answering else theirs[0]
                forms.setdefault(form.casefold(), _Form(form, wanted, accepted, answering or i == 0))
            # Without its forms, a common noun is recognised by the endings of the language.
            if len(ours) == 1 and ours[0].islower() and len(ours[0]) >= SHORTEST_INFLECTED:
                for ending in endings:
                    inflected = ours[0] + ending
                    forms.setdefault(inflected.casefold(), _Form(inflected, theirs[0], accepted, False))
        by_word: dict[str, list[tuple[int, _Form]]] = {}
        for entry in sorted(forms.values(), key=lambda entry: -len(entry.text)):
            if word := WORD.search(entry.text):
                by_word.setdefault(word[0].casefold(), []).append((word.start(), entry))
        reader = languages.find(target)
        joins = reader is not None and bool(reader.compound_joints)
        growth: Growth = "none" if termbase.names else "compound" if joins else "ending"
        return cls(by_word, termbase.own, termbase.names, growth)

    def find(self, sentence: str) -> tuple[TermUse, ...]:
        """The words of a sentence, looked up one after another: a termbase may have tens of thousands."""
        found: list[TermUse] = []
        for word in WORD.finditer(sentence):
            for before, form in self.by_word.get(word[0].casefold(), ()):
                span = Span(word.start() - before, word.start() - before + len(form.text))
                if self.names and word[0][0].islower() and form.text[before].isupper():
                    continue
                if (not found or span.start >= found[-1].span.end) and _stands(form.text, span, sentence):
                    found.append(TermUse(span, form.wanted, form.accepted, form.fits, self.own, self.growth))
                    break
        return tuple(found)


def _stands(form: str, span: Span, sentence: str) -> bool:
    """Whether a form stands at a place, and is no part of a longer word there."""
    start, end = span.start, span.end
    if start < 0 or sentence[start:end].casefold() != form.casefold():
        return False
    outside = (sentence[start - 1 : start] + form[:1], form[-1:] + sentence[end : end + 1])
    return not any(len(edge) == 2 and WORD.fullmatch(edge) for edge in outside)

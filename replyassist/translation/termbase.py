"""A municipality's own words and what they are called in other languages.

A CSV file has a column for each language tag, and a row for each concept: ``nb,en,ar`` /
``barnehage,kindergarten,روضة``. A cell may hold the forms of the word, in the same order in each language
(``barnehage|barnehagen|barnehager``, ``kindergarten|the kindergarten|kindergartens``). A word in the column
``*``, or the same word in several columns, is never translated. TBX (ISO 30042, TBX-Basic) is read too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from replyassist import languages
from replyassist.config import Settings
from replyassist.domain import Span
from replyassist.errors import ConfigurationError, UnreadableDocument
from replyassist.translation.term_files import BETWEEN_FORMS, EVERY_LANGUAGE, read_csv, read_tbx

# A shorter word with an ending is often another word: "Nav" and "navn".
SHORTEST_INFLECTED = 5
# Letters that may follow a wanted word in a translation, which may inflect it.
LONGEST_ENDING = 4


@dataclass(frozen=True, slots=True)
class TermUse:
    """A word of the termbase in a sentence.

    Attributes:
        span: where it stands.
        wanted: what it is called in the target language.
        accepted: the forms of it that a translation may use.
        fits: whether ``wanted`` is the form that can stand in its place; else the termbase holds no form that
            answers to the inflected one of the sentence, and ``wanted`` is worth no more than a note.
    """

    span: Span
    wanted: str
    accepted: tuple[str, ...]
    fits: bool

    def find_in(self, text: str) -> Span | None:
        """Where a translation uses the word, in any accepted or inflected form."""
        for form in self.accepted:
            ending = rf"\w{{0,{LONGEST_ENDING}}}" if len(form) >= SHORTEST_INFLECTED else ""
            if match := re.search(rf"(?<!\w){re.escape(form)}{ending}(?!\w)", text, re.IGNORECASE):
                return Span(*match.span())
        return None


class Terms(Protocol):
    """Words and what they are called in other languages; safe between threads."""

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words that a sentence holds, in order; of two that overlap the longer."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Termbase:
    """Concepts, each a map from language tag to its word in that language, or its forms with ``|``."""

    concepts: tuple[dict[str, str], ...]
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

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words of the termbase that a sentence holds, in order; of two that overlap the longer."""
        if (source, target) not in self._lookups:
            self._lookups[source, target] = _Lookup.of(self.concepts, source, target)
        return self._lookups[source, target].find(sentence)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """One expression for all words of a direction, and what each form is called."""

    expression: re.Pattern[str] | None
    forms: dict[str, tuple[str, tuple[str, ...], bool]]

    @classmethod
    def of(cls, concepts: tuple[dict[str, str], ...], source: str, target: str) -> _Lookup:
        forms: dict[str, tuple[str, tuple[str, ...], bool]] = {}
        language = languages.find(source)
        endings = language.noun_endings if language else ()
        for concept in concepts:
            everywhere = concept.get(EVERY_LANGUAGE, "")
            ours = _forms(concept.get(source, everywhere))
            theirs = _forms(concept.get(target, everywhere))
            if not ours or not theirs:
                continue
            answering = len(ours) == len(theirs)
            for i, form in enumerate(ours):
                wanted = theirs[i] if answering else theirs[0]
                forms.setdefault(form.casefold(), (wanted, theirs, answering or i == 0))
            # Without its forms, a common noun is recognised by the endings of the language.
            if len(ours) == 1 and ours[0].islower() and len(ours[0]) >= SHORTEST_INFLECTED:
                for ending in endings:
                    forms.setdefault(ours[0].casefold() + ending, (theirs[0], theirs, False))
        longest_first = sorted(forms, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        return cls(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None, forms)

    def find(self, sentence: str) -> tuple[TermUse, ...]:
        if self.expression is None:
            return ()
        return tuple(
            TermUse(Span(*match.span()), *self.forms[match[0].casefold()])
            for match in self.expression.finditer(sentence)
            if match[0].casefold() in self.forms
        )


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split(BETWEEN_FORMS) if form.strip())

"""A sentence on its way, read once: what it states, whom it names, which words of the termbase it holds."""

from __future__ import annotations

from dataclasses import dataclass

from replyassist import languages
from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.facts import Fact, find_facts
from replyassist.translation.names import find_names, write_name
from replyassist.translation.number_words import find_number_words
from replyassist.translation.places import find_places
from replyassist.translation.termbase import TermUse

# Kinds that are written the same in every language.
VERBATIM = frozenset(
    {"case-number", "property", "phone", "email", "url", "national-id", "iban", "placeholder"}
)
CROWNS = {"nb": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK"}
# What has capitals and a number behind them, and is no street: "May 12", "Ekbacken 1:23".
DATED = frozenset({"date", "property", "law", "case-number"})
# Acts of law have their own names in both forms of Norwegian, and in no other two languages.
NORWEGIAN = frozenset({"nb", "nn"})


@dataclass(frozen=True, slots=True)
class Direction:
    """From which language to which: their tags, and what is known of them (None where nothing is)."""

    source: str
    target: str
    source_data: Language | None
    target_data: Language | None

    @classmethod
    def of(cls, source: str, target: str) -> Direction:
        """The direction between two tags."""
        return cls(source, target, languages.find(source), languages.find(target))

    @property
    def crown(self) -> str | None:
        """The currency that "kr" means: that of the source, or of the target when the source has none."""
        return CROWNS.get(self.source) or CROWNS.get(self.target)

    @property
    def same_law(self) -> bool:
        """Whether the acts of law are named in both languages."""
        return {self.source, self.target} == NORWEGIAN


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person or a place, and how the translation writes it."""

    span: Span
    written: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a letter; every span is into ``text``. ``address`` is how the letter calls its reader."""

    text: str
    facts: tuple[Fact, ...] = ()
    names: tuple[Name, ...] = ()
    terms: tuple[TermUse, ...] = ()
    address: str = ""

    @classmethod
    def read(
        cls, text: str, direction: Direction, terms: tuple[TermUse, ...] = (), address: str = ""
    ) -> Sentence:
        """Find what a sentence states.

        Args:
            text: the sentence on one line.
            direction: where it comes from and goes to.
            terms: words of the termbase that it holds.
            address: how its letter calls the reader.
        """
        language = direction.source_data
        facts = find_facts(text, language, crown=direction.crown)
        spelled = [
            fact
            for fact in find_number_words(text, direction.source, counting=True)
            if not any(fact.span.overlaps(other.span) for other in facts)
        ]
        fixed = [fact.span for fact in facts if fact.kind in VERBATIM]  # "@bergen.kommune.no"
        terms = tuple(term for term in terms if not any(map(term.span.overlaps, fixed)))
        # What a municipality calls its school in another language comes before the name as it is.
        named = (
            Name(span, write_name(span.of(text), direction.source))
            for span in _find_named(text, direction, facts)
            if not any(term.fits and term.span.contains(span) for term in terms)
        )
        return cls(text, (*facts, *spelled), tuple(named), terms, address)


def _find_named(text: str, direction: Direction, facts: tuple[Fact, ...]) -> tuple[Span, ...]:
    """The names of people and places, in order."""
    language = direction.source_data
    named = find_names(text, direction.source, language)
    taken = [*named, *(fact.span for fact in facts if fact.kind in DATED)]
    places = find_places(text, language) if language else []
    return tuple(sorted([*named, *(p for p in places if not any(map(p.overlaps, taken)))]))

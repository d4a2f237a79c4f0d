"""What is known of a drafting language, as types: see docs/adding-a-language.md for what each key means."""

from __future__ import annotations

from dataclasses import dataclass, field

from replyassist.domain import Severity, Term

# Facts of grammar that a language may declare; what each means stands in docs/adding-a-language.md.
GRAMMAR = frozenset(
    {
        "article-by-sound", "infinitive-like-participle", "infinitive-like-plural-participle",
        "participle-after-noun", "past-like-participle", "recipient-as-subject",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class RuleEntry:
    """One entry of ``rules.toml``, as declared; the rule engine gives it its meaning.

    Attributes:
        replace: alternatives for what was found, best first; empty for advice without a button.
        flags: (input, input with the first suggestion applied); the second is None for advice.
        passes: near misses on which the rule must stay silent.
        parameters: every further key of the entry, such as ``limit``.
    """

    id: str
    kind: str
    message: str
    severity: Severity
    source: str
    pattern: str = ""
    replace: tuple[str, ...] = ()
    flags: tuple[tuple[str, str | None], ...] = ()
    passes: tuple[str, ...] = ()
    parameters: dict[str, object] = field(default_factory=dict)

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a parameter that is a list; none where the entry lacks it."""
        declared = self.parameters.get(name, ())
        return tuple(map(str, declared)) if isinstance(declared, list | tuple) else ()


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A drafting language. There is one object per tag, so identity is equality and it can be a cache key.

    ``bands`` maps a measure to the upper limits of its bands, ``articles`` a gender to its column of
    articles; ``explanation`` is the sentence that explains a ``{term}`` by its ``{definition}``.
    ``letter_parts`` maps a part of a letter to the expressions that tell it, ``letter_cues`` a field to its
    words. ``address_signs`` maps a way to call the reader other than *du* to the expression that shows it in
    a letter, ``address_words`` to its pairs of words, such as ``du De``. ``grammar`` holds facts of
    :data:`GRAMMAR`. What a language does not declare is empty, and is then not scored.
    """

    tag: str
    name: str
    english_name: str
    decimal_mark: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    spacy: str = ""
    textstat: str = ""
    explanation: str = ""
    month_abbreviations: tuple[str, ...] = ()
    negations: frozenset[str] = frozenset()
    idle_negations: frozenset[str] = frozenset()
    joining_negations: frozenset[str] = frozenset()
    implied_negations: frozenset[str] = frozenset()
    act_endings: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    named_places: frozenset[str] = frozenset()
    street_endings: tuple[str, ...] = ()
    law_forms: tuple[str, ...] = ()
    granted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    ending_abbreviations: frozenset[str] = frozenset()
    salutations: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    pronouns_reader: frozenset[str] = frozenset()
    pronouns_sender: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    passive_auxiliaries: frozenset[str] = frozenset()
    s_passive_exceptions: frozenset[str] = frozenset()
    modal_verbs: frozenset[str] = frozenset()
    nominalisation_suffixes: tuple[str, ...] = ()
    compound_joints: tuple[str, ...] = ()
    subordinators: frozenset[str] = frozenset()
    grammar: frozenset[str] = frozenset()
    articles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    address_signs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    address_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bands: dict[str, tuple[float, ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    rules: tuple[RuleEntry, ...] = ()
    messages: dict[str, str] = field(default_factory=dict)
    letter_parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letter_cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formulas: dict[str, tuple[str, ...]] = field(default_factory=dict)

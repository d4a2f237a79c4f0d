"""What a rule found, before it becomes a finding with a message."""

from __future__ import annotations

from dataclasses import dataclass, field

from replyassist.domain import Severity, Term
from replyassist.plainlanguage.measures import Tally

NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Change:
    """Put ``text`` in the place of ``[start, end)`` of the flat text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """Something that a rule found.

    Attributes:
        rule, kind, severity, source: as in a Finding.
        message: key of messages.toml, filled in with ``parameters``.
        start, end: offsets into the flat text.
        changes: alternatives; each alone settles the matter.
        is_safe: whether the first change leaves a grammatical text without a person looking at it.
        relief: what the tally loses when the matter is settled, besides the words that change.
        term: the term, for a match of the term list.
    """

    rule: str
    kind: str
    message: str
    severity: Severity
    source: str
    start: int
    end: int
    parameters: dict[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    is_safe: bool = False
    relief: Tally = NOTHING
    term: Term | None = None

    @property
    def explains(self) -> bool:
        """Whether it is a term that stays and is explained."""
        return self.term is not None and self.term.kind != "replace"

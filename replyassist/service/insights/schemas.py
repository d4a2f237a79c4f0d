"""What callers tell of their work, and what is told of everybody's, as types of the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from replyassist.service.api.bodies import In, Tag

Rule = Annotated[StrictStr, Field(max_length=120, description="Rule of a finding, such as nb.term.vedtak")]
Score = Annotated[float, Field(strict=True, ge=0, le=100, description="The score of an assessment.")]
Times = Annotated[StrictInt, Field(ge=1, le=1_000)]
LONGEST_WAIT = 10 * 365 * 24 * 60  # minutes; beyond it a number is a mistake


class VerdictIn(In):
    """What a caseworker did with a suggestion."""

    rule: Rule
    accepted: StrictBool
    times: Times = 1


class LetterIn(In):
    """A letter that is done, as it was first and as it was sent."""

    language: Tag
    kind: Annotated[StrictStr | None, Field(description="letter_kind of its assessment")] = None
    score_before: Score
    score_after: Score


class MessageIn(In):
    """A citizen's message that was read elsewhere than by ``/replies``, which counts its own."""

    language: Annotated[Tag | None, Field(description="What it was found to be in, if that was found.")]
    missing_into: Annotated[
        Tag | None, Field(description="The language that it was wanted in, where no translation leads.")
    ] = None


class FeedbackIn(In):
    """What became of the assistant's work: numbers and names of rules, never text."""

    verdicts: Annotated[list[VerdictIn], Field(default_factory=list, max_length=1_000)]
    letter: LetterIn | None = None
    message: MessageIn | None = None
    minutes_to_answer: Annotated[float | None, Field(strict=True, ge=0, le=LONGEST_WAIT)] = None
    solved_at_first_contact: StrictBool | None = None
    unit: Annotated[StrictStr | None, Field(description="One of the setting units; else the key's.")] = None


class FeedbackOut(BaseModel):
    """How many things were counted."""

    counted: int


class PeriodIn(In):
    """Of which days, both included, and of which unit; of all that is kept when left out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None
    unit: str | None = None


class RuleOut(BaseModel):
    """How often a rule found something, and what became of its suggestions."""

    rule: str
    language: str
    word: Annotated[str | None, Field(description="The word, for a rule that is about one.")]
    found: int
    accepted: int
    rejected: int


class LettersOut(BaseModel):
    """Drafts of one kind in one language; means are points of the score."""

    language: str
    kind: str | None
    read: int
    mean_score: float | None
    done: int
    mean_before: float | None
    mean_after: float | None


class LanguageCountOut(BaseModel):
    """How often a language was met; ``other`` holds those met too seldom in a unit to be named."""

    language: str
    times: int


class PairCountOut(BaseModel):
    """How often a text was wanted from one language in another."""

    source: str
    target: str
    times: int


class AnswersOut(BaseModel):
    """What callers said of their answers."""

    answered: int
    mean_minutes: float | None
    told: Annotated[int, Field(description="How often it was said whether the first contact solved it.")]
    solved: int


class DayOut(BaseModel):
    """One day."""

    day: date
    letters: int
    messages: int
    accepted: int
    rejected: int
    refused: int


class InsightsOut(BaseModel):
    """What happened in a period; numbers only."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    unit: str | None
    units: Annotated[list[str], Field(description="Units that there are counts of.")]
    retention_days: int
    rules: list[RuleOut]
    letters: list[LettersOut]
    messages: list[LanguageCountOut]
    translated: list[PairCountOut]
    refused: list[PairCountOut]
    answers: AnswersOut
    days: list[DayOut]

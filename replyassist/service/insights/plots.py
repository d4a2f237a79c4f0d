"""Where the marks of the plots of the insights stand, in units of their drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from replyassist.plots import Scale
from replyassist.service.insights.schemas import DayOut, InsightsOut, LettersOut, RuleOut

BAR = 200  # units that the longest bar of a table is long
HEIGHT = 100  # of a column
MOST_COLUMNS = 53  # a year in weeks
MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a bar: what it stands for, where it begins and how long it is."""

    kind: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Column:
    """Days that are drawn together; ``letters`` and ``messages`` were counted, heights are of the drawing."""

    first: date
    last: date
    letters: int
    messages: int
    letters_height: float
    messages_height: float


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of a table, with its bar."""

    rule: RuleOut
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A kind of letter; ``before_at`` and ``after_at`` are places on a scale from 0 to 100 points."""

    letters: LettersOut
    before_at: float | None
    after_at: float | None


def plot_verdicts(told: InsightsOut) -> list[RuleRow]:
    """The rules whose suggestions were taken or left most often."""
    judged = [rule for rule in told.rules if rule.accepted or rule.rejected]
    judged.sort(key=lambda rule: (-rule.accepted - rule.rejected, rule.rule))
    longest = max((rule.accepted + rule.rejected for rule in judged), default=1)
    return [
        RuleRow(rule, _stack(longest, accepted=rule.accepted, rejected=rule.rejected))
        for rule in judged[:MOST_ROWS]
    ]


def plot_words(told: InsightsOut) -> list[RuleRow]:
    """The words that were found most often in drafts, and so still trip readers."""
    words = [rule for rule in told.rules if rule.word and rule.found][:MOST_ROWS]
    longest = max((rule.found for rule in words), default=1)
    return [RuleRow(rule, _stack(longest, found=rule.found)) for rule in words]


def plot_letters(told: InsightsOut) -> list[LetterRow]:
    """Kinds of letters, with their scores as they were first and as they were sent."""
    scale = Scale(0.0, 100.0, BAR)

    def place(score: float | None) -> float | None:
        return None if score is None else scale.place(score)

    return [LetterRow(each, place(each.mean_before), place(each.mean_after)) for each in told.letters]


def plot_times(times: Sequence[int]) -> list[tuple[Mark, ...]]:
    """A bar for each number."""
    return [_stack(max(times, default=1), times=count) for count in times]


def plot_days(told: InsightsOut) -> list[Column]:
    """Letters and messages over time, from the first day that was counted; none where there were none."""
    if not any(day.letters or day.messages for day in told.days):
        return []
    first = told.days[0].day
    width = ceil(((told.last - first).days + 1) / MOST_COLUMNS)
    groups: dict[int, list[DayOut]] = {}
    for day in told.days:
        groups.setdefault((day.day - first).days // width, []).append(day)
    sums = {n: (sum(d.letters for d in g), sum(d.messages for d in g)) for n, g in groups.items()}
    scale = Scale(0, max(max(pair) for pair in sums.values()), HEIGHT)
    columns = []
    for n in range(((told.last - first).days) // width + 1):
        letters, messages = sums.get(n, (0, 0))
        begins = first + timedelta(n * width)
        ends = min(begins + timedelta(width - 1), told.last)
        columns.append(Column(begins, ends, letters, messages, scale.place(letters), scale.place(messages)))
    return columns


def _stack(longest: int, **parts: int) -> tuple[Mark, ...]:
    """The parts behind each other, on a scale whose end is ``longest``."""
    marks, start, scale = [], 0.0, Scale(0, longest, BAR)
    for kind, count in parts.items():
        length = scale.place(count)
        if count:
            marks.append(Mark(kind, start, length))
        start = round(start + length, 1)
    return tuple(marks)

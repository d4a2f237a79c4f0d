"""What happened how often: by day, unit and rule, language or kind of letter; never with text.

Counts are gathered in memory and added to the database every few seconds. What is older than the retention is
deleted, and never told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

from sqlalchemy import delete, func, select

from replyassist.state.buffering import Delayed
from replyassist.state.database import Database
from replyassist.state.tables import counts

INTERVAL = 5.0  # seconds between writes


class Event(StrEnum):
    """What is counted, and what ``language``, ``subject`` and ``total`` are then."""

    LETTER = "letter"  # a draft was read: its language, kind; sum of scores
    FOUND = "found"  # a rule found something: its language, the rule
    ACCEPTED = "accepted"  # a suggestion was taken: as above
    REJECTED = "rejected"
    IMPROVED = "improved"  # a letter is done: its language, kind; sum of points that its score rose by
    BEFORE = "before"  # the same letter as it was first: sum of scores
    MESSAGE = "message"  # a citizen's message was read: its language
    TRANSLATED = "translated"  # from a language, into another
    REFUSED = "refused"  # asked for and not to be had: from a language, into another
    ANSWERED = "answered"  # sum of minutes from message to answer
    SOLVED = "solved"  # the caller said whether the first contact solved it: sum of those it did


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """``times`` that something happened, and the sum of what was measured then."""

    event: str
    unit: str
    language: str
    subject: str
    times: int
    total: float


@dataclass(frozen=True, slots=True, order=True)
class DayCount:
    """``times`` that something happened on one day."""

    day: date
    event: str
    times: int


_Cell = tuple[date, str, str, str, str]


def today() -> date:
    """The day that it is, in UTC, as everywhere in the state."""
    return datetime.now(UTC).date()


class Counts:
    """The counts of this municipality. Safe between threads."""

    def __init__(self, database: Database, retention: int, clock: Callable[[], date] = today) -> None:
        """Nothing is read yet.

        Args:
            retention: days that counts are kept; 0 when nothing is to be counted.
            clock: tells the day.
        """
        self.retention = retention
        self._database = database
        self._clock = clock
        self._gathered: dict[_Cell, tuple[int, float]] = {}
        self._lock = Lock()
        self._one_flush = Lock()
        self._cleared: date | None = None
        self._writing = Delayed(self.flush, INTERVAL)

    def add(
        self, event: Event, *, unit: str = "", language: str = "", subject: str = "",
        times: int = 1, total: float = 0.0,
    ) -> None:  # fmt: skip
        """Count something; ``language`` and ``subject`` must be from closed sets, never from a text."""
        if self.retention <= 0:
            return
        cell = (self._clock(), unit, str(event), language, subject)
        with self._lock:
            before = self._gathered.get(cell, (0, 0.0))
            self._gathered[cell] = (before[0] + times, before[1] + total)
        self._writing.ask()

    def flush(self) -> None:
        """Add what was gathered to the database, and delete what is too old.

        Raises:
            StateUnavailable: it is kept until next time.
        """
        with self._one_flush:
            with self._lock:
                gathered = dict(self._gathered)
            if not gathered:
                return
            self._store(gathered)
            with self._lock:
                for cell, (times, total) in gathered.items():
                    now = self._gathered[cell]
                    if now[0] == times:
                        del self._gathered[cell]
                    else:
                        self._gathered[cell] = (now[0] - times, now[1] - total)

    def _store(self, gathered: dict[_Cell, tuple[int, float]]) -> None:
        day = self._clock()
        with self._database.writing() as connection:
            for cell, (times, total) in sorted(gathered.items()):  # in one order: replicas must not wait
                row = dict(zip(("day", "unit", "event", "language", "subject"), cell, strict=True))
                statement = self._database.insert(counts).values(**row, times=times, total=total)
                statement = statement.on_conflict_do_update(
                    index_elements=list(row),
                    set_={"times": counts.c.times + times, "total": counts.c.total + total},
                )
                connection.execute(statement)
            if self._cleared != day:
                connection.execute(delete(counts).where(counts.c.day < self.oldest()))
        self._cleared = day

    def oldest(self) -> date:
        """The first day that is still kept."""
        return self._clock() - timedelta(days=max(0, self.retention - 1))

    def read(self, first: date, last: date, unit: str | None = None) -> list[Count]:
        """Sums over the days from ``first`` to ``last``, both included; of one unit, or of all by unit.

        Raises:
            StateUnavailable.
        """
        place = (counts.c.event, counts.c.unit, counts.c.language, counts.c.subject)
        sums = (func.sum(counts.c.times), func.sum(counts.c.total))
        rows = self._rows(select(*place, *sums).group_by(*place), first, last, unit)
        return sorted(
            Count(event, of, language, subject, int(times), float(total))
            for event, of, language, subject, times, total in rows
        )

    def read_days(self, first: date, last: date, unit: str | None = None) -> list[DayCount]:
        """The same by day and event.

        Raises:
            StateUnavailable.
        """
        place = (counts.c.day, counts.c.event)
        rows = self._rows(select(*place, func.sum(counts.c.times)).group_by(*place), first, last, unit)
        return sorted(DayCount(day, event, int(times)) for day, event, times in rows)

    def _rows(self, statement: Any, first: date, last: date, unit: str | None) -> list[Any]:
        if self.retention <= 0 or (self._database.is_absent() and not self._gathered):
            return []
        self.flush()
        statement = statement.where(counts.c.day.between(max(first, self.oldest()), last))
        if unit is not None:
            statement = statement.where(counts.c.unit == unit)
        with self._database.reading() as connection:
            return list(connection.execute(statement))

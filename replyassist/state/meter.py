"""How often each key was used, counted here and shared through the database about once a second.

Limits hold for all replicas together, but for what came to the others within that second. Periods are whole
minutes and days of UTC.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import delete, select, tuple_

from replyassist.errors import StateUnavailable
from replyassist.state.buffering import Delayed
from replyassist.state.database import Database
from replyassist.state.keys import Key
from replyassist.state.tables import uses

MINUTE, DAY = 60, 86_400  # seconds
INTERVAL = 1.0  # seconds between writes

Window = tuple[int, int, int]  # key, length of the period and its beginning, in seconds since 1970


@dataclass(frozen=True, slots=True)
class Refusal:
    """A limit is reached: ``limit`` requests in ``period`` seconds; ``wait`` seconds are left of it."""

    limit: int
    period: int
    wait: int


@dataclass(slots=True)
class _Use:
    """Of one window: what all replicas have stored, and what this one has not stored yet."""

    stored: int = 0
    pending: int = 0


class Meter:
    """Counts the requests of keys that have a limit. Safe between threads."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        """Nothing is read yet; ``clock`` tells the seconds since 1970."""
        self._database = database
        self._clock = clock
        self._uses: dict[Window, _Use] = {}
        self._lock = Lock()
        self._one_flush = Lock()
        self._writing = Delayed(self.flush, INTERVAL)

    def use(self, key: Key) -> Refusal | None:
        """Count one request, or say which limit stands against it; a refused one is not counted.

        A database that is away limits nobody by what other replicas have seen.
        """
        now = self._clock()
        limits = {
            (key.id, period, int(now // period) * period): limit
            for period, limit in ((MINUTE, key.rate), (DAY, key.quota))
            if limit is not None
        }
        if not limits:
            return None
        self._read_new(list(limits))
        with self._lock:
            counted = {window: self._uses.setdefault(window, _Use()) for window in limits}
            for window, limit in limits.items():
                if counted[window].stored + counted[window].pending >= limit:
                    return Refusal(limit, window[1], max(1, round(window[2] + window[1] - now)))
            for use in counted.values():
                use.pending += 1
        self._writing.ask()
        return None

    def charge(self, key: Key, more: int) -> None:
        """Count what one request asked for beyond its first item, against the day's quota alone."""
        if key.quota is None or more <= 0:
            return
        now = self._clock()
        with self._lock:
            window = (key.id, DAY, int(now // DAY) * DAY)
            self._uses.setdefault(window, _Use()).pending += more
        self._writing.ask()

    def flush(self) -> None:
        """Store what is counted, learn what the others counted, and forget what is over.

        Raises:
            StateUnavailable: it is counted here until next time.
        """
        with self._one_flush:
            with self._lock:
                counted = {window: use.pending for window, use in self._uses.items() if use.pending}
            stored = self._store(counted)
            with self._lock:
                for window, total in stored.items():
                    self._uses[window].stored = total
                    self._uses[window].pending -= counted[window]
                self._forget()

    def _forget(self) -> None:
        now = self._clock()
        over = [w for w, use in self._uses.items() if not use.pending and w[2] + w[1] < now]
        for window in over:
            del self._uses[window]

    def _read_new(self, windows: list[Window]) -> None:
        """A server that starts in the middle of a day goes on from what was used by then."""
        with self._lock:
            new = [window for window in windows if window not in self._uses]
        if not new or self._database.is_absent():
            return
        place = tuple_(uses.c.key_id, uses.c.period, uses.c.starts)
        try:
            with self._database.reading() as connection:
                rows = connection.execute(select(uses).where(place.in_(new))).all()
        except StateUnavailable:
            return  # flushing will tell
        with self._lock:
            for row in rows:
                self._uses.setdefault((row.key_id, row.period, row.starts), _Use(row.times))

    def _store(self, counted: dict[Window, int]) -> dict[Window, int]:
        """Add to the stored numbers; what they are then."""
        if not counted:
            return {}
        stored: dict[Window, int] = {}
        with self._database.writing() as connection:
            for window, count in sorted(counted.items()):  # in one order: replicas must not wait crosswise
                row = dict(zip(("key_id", "period", "starts"), window, strict=True))
                statement = self._database.insert(uses).values(**row, times=count)
                statement = statement.on_conflict_do_update(
                    index_elements=["key_id", "period", "starts"], set_={"times": uses.c.times + count}
                )
                stored[window] = connection.execute(statement.returning(uses.c.times)).scalar_one()
            connection.execute(delete(uses).where(uses.c.starts + 2 * uses.c.period < int(self._clock())))
        return stored

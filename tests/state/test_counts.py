"""Counts: added up by day, shared by replicas, kept as long as the settings say and no longer."""

from __future__ import annotations

import random
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from replyassist.errors import StateUnavailable
from replyassist.state import database as database_module
from replyassist.state.counts import Count, Counts, DayCount, Event
from replyassist.state.database import Database
from replyassist.state.tables import counts

DAY = date(2026, 3, 1)

pytestmark = pytest.mark.usefixtures("by_hand")


class Calendar:
    def __init__(self) -> None:
        self.day = DAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


def test_what_happened_is_added_up_by_replicas(database: Database, calendar: Calendar) -> None:
    one, other = Counts(database, 30, calendar), Counts(database, 30, calendar)
    for counting in (one, other, one):
        counting.add(Event.ACCEPTED, unit="plan", language="nb", subject="nb.term.vedtak")
        counting.add(Event.LETTER, language="sv", subject="refusal", total=40.5)
        counting.flush()
    assert other.read(DAY, DAY) == [
        Count("accepted", "plan", "nb", "nb.term.vedtak", 3, 0.0),
        Count("letter", "", "sv", "refusal", 3, 121.5),
    ]
    assert other.read(DAY, DAY, unit="plan") == [Count("accepted", "plan", "nb", "nb.term.vedtak", 3, 0.0)]
    assert other.read_days(DAY, DAY) == [DayCount(DAY, "accepted", 3), DayCount(DAY, "letter", 3)]
    assert other.read(DAY + timedelta(1), DAY + timedelta(9)) == []


def test_what_is_asked_for_is_as_new_as_what_was_counted(database: Database, calendar: Calendar) -> None:
    counting = Counts(database, 30, calendar)
    counting.add(Event.MESSAGE, language="ar", times=2)
    assert [(c.language, c.times) for c in counting.read(DAY, DAY)] == [("ar", 2)]


def test_what_is_too_old_is_neither_told_nor_kept(database: Database, calendar: Calendar) -> None:
    counting = Counts(database, 3, calendar)
    for _ in range(6):
        counting.add(Event.MESSAGE, language="uk")
        counting.flush()
        calendar.day += timedelta(1)
    calendar.day -= timedelta(1)
    with database.reading() as connection:
        days = [row.day for row in connection.execute(select(counts.c.day).order_by(counts.c.day))]
    assert days == [DAY + timedelta(n) for n in (3, 4, 5)]
    calendar.day += timedelta(1)  # nobody wrote today, so that nothing was deleted yet
    assert [c.day for c in counting.read_days(DAY, calendar.day)] == days[1:]


def test_nothing_is_counted_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    counting = Counts(Database(f"sqlite:///{tmp_path / 's'}"), 0)
    counting.add(Event.MESSAGE, language="ar")
    assert counting.read(DAY, date(2100, 1, 1)) == []
    assert list(tmp_path.iterdir()) == []


def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert Counts(Database(f"sqlite:///{tmp_path / 's'}"), 30).read(DAY, DAY) == []
    assert list(tmp_path.iterdir()) == []


def test_threads_lose_nothing(database: Database, calendar: Calendar) -> None:
    counting = Counts(database, 30, calendar)

    def work() -> None:
        for _ in range(200):
            counting.add(Event.FOUND, language="nb", subject="nb.x", total=0.5)
            if random.random() < 0.02:
                counting.flush()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counting.read(DAY, DAY) == [Count("found", "", "nb", "nb.x", 800, 400.0)]


def test_a_database_that_is_away_is_waited_for(
    cluster, clean: str, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PAUSE", 0.0)
    database = Database(clean)
    database.upgrade()
    counting = Counts(database, 30, calendar)
    cluster.stop()
    try:
        counting.add(Event.MESSAGE, language="so")
        with pytest.raises(StateUnavailable):
            counting.flush()
        with pytest.raises(StateUnavailable):
            counting.read(DAY, DAY)
        counting.add(Event.MESSAGE, language="so")
    finally:
        cluster.start()
    assert [c.times for c in counting.read(DAY, DAY)] == [2]
    database.close()

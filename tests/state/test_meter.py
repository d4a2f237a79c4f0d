"""Limits of keys: held by all replicas together, in few writes, and not by a database that is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from replyassist.errors import StateUnavailable
from replyassist.state import database as database_module
from replyassist.state.database import Database
from replyassist.state.keys import Key, Keyring
from replyassist.state.meter import DAY, MINUTE, Meter, Refusal
from replyassist.state.tables import uses

pytestmark = pytest.mark.usefixtures("by_hand")


def make_key(database: Database, rate: int | None, quota: int | None) -> Key:
    keyring = Keyring(database)
    found = keyring.find(keyring.create("a", rate=rate, quota=quota))
    assert found
    return found


class Clock:
    """A clock that stands, in the middle of a minute, until it is put on."""

    def __init__(self) -> None:
        self.now = 20_000 * DAY + 12 * 3600 + 30.25

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_rate_is_held_and_begins_anew_with_the_minute(database: Database, clock: Clock) -> None:
    meter, key = Meter(database, clock), make_key(database, 3, None)
    assert [meter.use(key) for _ in range(3)] == [None, None, None]
    assert meter.use(key) == Refusal(3, MINUTE, 30)
    clock.now += 30
    assert meter.use(key) is None


def test_the_quota_is_held_and_a_refused_request_costs_nothing(database: Database, clock: Clock) -> None:
    meter, key = Meter(database, clock), make_key(database, 2, 3)
    assert [bool(meter.use(key)) for _ in range(4)] == [False, False, True, True]
    clock.now += 60
    assert meter.use(key) is None
    clock.now += 60
    assert meter.use(key) == Refusal(3, DAY, round(12 * 3600 - 30.25 - 120))
    clock.now += DAY
    assert meter.use(key) is None


def test_replicas_share_what_is_used(database: Database, clock: Clock) -> None:
    key = make_key(database, 4, 100)
    one, other = Meter(database, clock), Meter(database, clock)
    for meter in (one, other):
        assert [meter.use(key) for _ in range(2)] == [None, None]
    one.flush()
    other.flush()
    assert other.use(key)
    assert one.use(key) is None  # has not heard of the other's yet
    one.flush()
    assert one.use(key)
    assert Meter(database, clock).use(key)  # neither does starting anew help
    with database.reading() as connection:
        rows = {row.period: row.times for row in connection.execute(select(uses))}
    assert rows == {MINUTE: 5, DAY: 5}


def test_a_key_without_limits_writes_nothing(tmp_path: Path) -> None:
    meter = Meter(Database(f"sqlite:///{tmp_path / 's'}"))
    key = Key(1, "a", frozenset(), "", None, None, datetime.now(UTC), None)
    assert [meter.use(key) for _ in range(100)] == [None] * 100
    meter.flush()
    assert list(tmp_path.iterdir()) == []
    assert meter.use(replace(key, rate=1)) is None


def test_many_requests_are_one_write(database: Database, clock: Clock) -> None:
    meter, key = Meter(database, clock), make_key(database, 1_000, None)
    writes: list[int] = []
    writing = database.writing
    database.writing = lambda: writes.append(1) or writing()  # type: ignore[method-assign]
    for _ in range(500):
        meter.use(key)
    meter.flush()
    meter.flush()
    assert len(writes) == 1


def test_what_is_over_is_forgotten(database: Database, clock: Clock) -> None:
    meter, key = Meter(database, clock), make_key(database, 10, 10)
    for _ in range(4):
        clock.now += DAY
        meter.use(key)
        meter.flush()
    with database.reading() as connection:
        starts = {row.starts for row in connection.execute(select(uses).where(uses.c.period == DAY))}
    assert max(starts) == clock.now // DAY * DAY
    assert len(starts) == 2


def test_a_database_that_is_away_is_caught_up_with(
    cluster, clean: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PAUSE", 0.0)
    database = Database(clean)
    database.upgrade()
    meter, key = Meter(database, clock), make_key(database, 3, None)
    cluster.stop()
    try:
        assert [bool(meter.use(key)) for _ in range(4)] == [False, False, False, True]
        with pytest.raises(StateUnavailable):
            meter.flush()
    finally:
        cluster.start()
    meter.flush()
    with database.reading() as connection:
        assert [row.times for row in connection.execute(select(uses))] == [3]
    database.close()

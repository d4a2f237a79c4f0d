"""Keys: shown once, stored hashed, revoked, remembered while the database is away."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from replyassist.errors import InvalidParameter, StateUnavailable
from replyassist.state import database as database_module
from replyassist.state import keys as module
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.scopes import SCOPES
from replyassist.state.tables import keys


def test_a_key_is_found_by_itself_and_stored_as_its_hash(database: Database) -> None:
    keyring = Keyring(database)
    secret = keyring.create("Servicetorget, Ås 🏛", ["translate", "identify"], unit="torg", rate=60, quota=900)
    assert secret.startswith("ra_")
    assert len(secret) > 40
    found = keyring.find(secret)
    assert found
    assert (found.name, found.unit, found.rate, found.quota) == ("Servicetorget, Ås 🏛", "torg", 60, 900)
    assert found.scopes == {"identify", "translate"}
    with database.reading() as connection:
        row = connection.execute(select(keys)).one()
    assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(row)
    assert keyring.find(secret[:-1]) is None
    assert keyring.find("") is None
    assert keyring.find("ra_\ud800ø") is None


def test_no_two_keys_are_alike(database: Database) -> None:
    keyring = Keyring(database)
    assert len({keyring.create(f"key {i}") for i in range(20)}) == 20
    assert [key.name for key in keyring.list_all()] == [f"key {i}" for i in range(20)]


def test_a_revoked_key_opens_nothing_and_its_name_stays_taken(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring, other = Keyring(database), Keyring(database)
    secret = keyring.create("a")
    assert other.find(secret)
    keyring.revoke("a")
    assert keyring.find(secret) is None
    assert other.find(secret)  # looked up a moment ago
    monkeypatch.setattr(module, "FRESH", 0.0)
    assert other.find(secret) is None
    with pytest.raises(InvalidParameter):
        keyring.revoke("a")
    with pytest.raises(InvalidParameter):
        keyring.create("a")
    assert [bool(key.revoked) for key in keyring.list_all()] == [True]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": " "}, {"name": "a\nb"}, {"name": "a" * 101}, {"scopes": []},
        {"scopes": ["everything"]}, {"unit": "u" * 41}, {"rate": 0}, {"quota": -1},
        {"rate": 10**23},
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    keyring = Keyring(Database(f"sqlite:///{tmp_path / 's'}"))
    with pytest.raises(InvalidParameter):
        keyring.create(**{"name": "a", "scopes": SCOPES} | wrong)  # type: ignore[arg-type]
    assert keyring.list_all() == []


def test_looking_for_a_key_makes_no_file(tmp_path: Path) -> None:
    keyring = Keyring(Database(f"sqlite:///{tmp_path / 's'}"))
    assert keyring.find("ra_nothing") is None
    assert list(tmp_path.iterdir()) == []


def test_while_the_database_is_away_known_keys_work_and_others_do_not(
    cluster, clean: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRESH", 0.0)
    monkeypatch.setattr(database_module, "PAUSE", 0.0)
    database = Database(clean)
    database.upgrade()
    keyring = Keyring(database)
    known, unknown = keyring.create("known"), keyring.create("unknown")
    assert keyring.find(known)
    cluster.stop()
    try:
        assert keyring.find(known)
        with pytest.raises(StateUnavailable):
            keyring.find(unknown)
    finally:
        cluster.start()
    assert keyring.find(unknown)
    database.close()

"""The database: made when needed, upgraded by migrations that match the tables, away without harm."""

from __future__ import annotations

import multiprocessing
import os
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select

from replyassist.errors import ConfigurationError, StateUnavailable
from replyassist.state import database as module
from replyassist.state import schema
from replyassist.state.database import Database
from replyassist.state.tables import keys, metadata


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert schema.current(connection) == schema.newest()


def test_upgrading_twice_is_upgrading_once(database: Database) -> None:
    assert database.upgrade() == database.upgrade() == database.current()


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    database = Database("", {"STATE_DIRECTORY": str(tmp_path / "state")})
    assert database.is_absent()
    assert database.current() is None
    assert list(tmp_path.iterdir()) == []
    with database.reading() as connection:
        assert connection.execute(select(keys)).all() == []
    assert not database.is_absent()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    Database("", {"XDG_STATE_HOME": str(tmp_path)}).upgrade()
    file = tmp_path / "replyassist" / "replyassist.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_an_exception_undoes_the_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _store_one_and_fail(database)
    with database.reading() as connection:
        assert connection.execute(select(keys)).all() == []


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", "/var/lib/x.sqlite", "sqlserver:///x"])
def test_what_is_no_database_of_ours_is_said(url: str) -> None:
    with pytest.raises(ConfigurationError):
        Database(url)


def test_a_driver_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*arguments: object, **options: object) -> None:
        raise ImportError

    monkeypatch.setattr(module, "create_engine", missing)
    with pytest.raises(ConfigurationError, match=r"replyassist\[postgresql\]"):
        Database("postgresql://host/name")


def test_a_newer_database_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConfigurationError, match="newer"):
        database.upgrade()


def test_a_server_that_was_not_upgraded_is_not_used(clean: str) -> None:
    database = Database(clean)
    with pytest.raises(StateUnavailable, match="database upgrade"), database.reading():
        pass
    database.upgrade()
    with database.reading() as connection:
        assert connection.execute(select(keys)).all() == []
    database.close()


def test_a_database_that_is_away_costs_its_users_one_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(f"postgresql://someone:hunter2@/name?host={tmp_path}")
    for _ in range(3):
        with pytest.raises(StateUnavailable), database.reading():
            pass
    assert len(caplog.records) == 1
    assert "hunter2" not in caplog.text
    tries: list[int] = []
    monkeypatch.setattr(database, "_prepare", lambda: tries.append(1))
    with pytest.raises(StateUnavailable), database.reading():
        pass
    assert tries == []  # left alone for now
    monkeypatch.setattr(module, "PAUSE", 0.0)
    with pytest.raises(StateUnavailable), database.reading():
        pass
    assert tries == [1]


def test_a_forked_process_has_connections_of_its_own(database: Database) -> None:
    with database.reading() as connection:
        connection.execute(select(keys))
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # no assert in here: this process must end without pytest's own end
        with database.writing() as connection:
            connection.execute(insert(keys).values(_key("child")))
        os.write(writer, b"stored")
        os._exit(0)
    assert os.read(reader, 6) == b"stored"
    os.waitpid(child, 0)
    with database.writing() as connection:
        connection.execute(insert(keys).values(_key("parent")))
    with database.reading() as connection:
        names = [row.name for row in connection.execute(select(keys).order_by(keys.c.id))]
    assert names == ["child", "parent"]


def _upgrade(url: str, gate: object) -> None:
    gate.wait()  # type: ignore[attr-defined]
    Database(url).upgrade()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_replicas_may_start_at_once(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}" if kind == "sqlite" else request.getfixturevalue("clean")
    spawning = multiprocessing.get_context("spawn")
    gate = spawning.Barrier(2)
    replicas = [spawning.Process(target=_upgrade, args=(url, gate)) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()
    assert [replica.exitcode for replica in replicas] == [0, 0]


def test_a_full_disk_is_an_error_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(mount)]
    if os.getuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small tmpfs needs root")
    try:
        monkeypatch.setattr(module, "PAUSE", 0.0)
        database = Database(f"sqlite:///{mount / 'state.sqlite'}")
        database.upgrade()
        filling = mount / "filling"
        with pytest.raises(OSError, match="No space"):
            _fill(filling)
        with pytest.raises(StateUnavailable):
            _store_many(database)
        filling.unlink()
        _store_many(database)
        with database.reading() as connection:
            assert len(connection.execute(select(keys)).all()) == 50
        database.close()
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def _store_many(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(keys), [_key(f"{i:03}" + "x" * 90) for i in range(50)])


def _store_one_and_fail(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(keys).values(_key("a")))
        raise ZeroDivisionError


def _fill(path: Path) -> None:
    with path.open("wb") as file:
        while True:
            file.write(b"0" * 4096)
            file.flush()


def _key(name: str) -> dict[str, object]:
    digest = name.ljust(64, "0")[:64]
    return {"name": name, "digest": digest, "scopes": "", "unit": "", "created": datetime.now(UTC)}

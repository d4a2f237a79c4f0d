"""The database that replicas share: SQLite in a file by default, PostgreSQL by a URL.

Nothing is opened, and no file made, before something is to be read or stored. A database that is away costs a
request that needs it a 503 and the others nothing: after a failure it is left alone for some seconds, so that
no request waits for what won't answer.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from replyassist.errors import ConfigurationError, StateUnavailable
from replyassist.state import schema

log = logging.getLogger("replyassist.state")

FILE = "replyassist.sqlite"
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
PATIENCE = 3  # seconds to wait for a connection or for another writer
PAUSE = 5.0  # seconds that a database which failed is left alone
WAL_PAUSE = 0.01  # seconds between two tries to switch a new file to WAL
WRITES = "replyassist_writes"  # execution option: the transaction takes SQLite's write lock at its beginning


class Database:
    """An engine and what it takes to trust it; safe between threads.

    Attributes:
        url: where it is; holds a password, so it is never shown.
    """

    def __init__(self, url: str = "", environment: Mapping[str, str] | None = None) -> None:
        """Nothing is opened yet.

        Args:
            url: ``sqlite:///path`` or ``postgresql://user@host/name``; empty for a SQLite file in the state
                folder (systemd's ``STATE_DIRECTORY``, else ``XDG_STATE_HOME``, else ``~/.local/state``).

        Raises:
            ConfigurationError: it is neither, or PostgreSQL's driver is not installed.
        """
        self.url = _read_url(url or f"sqlite:///{_state_folder(environment) / FILE}")
        self._engine = _make_engine(self.url)
        self._writer = self._engine.execution_options(**{WRITES: True})  # the same connections
        forget = weakref.WeakMethod(self._forget_connections)
        os.register_at_fork(after_in_child=lambda: (run := forget()) and run())
        self._lock = RLock()
        self._is_prepared = False
        self._failed_at = -PAUSE

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file (or memory) of this machine."""
        return self.url.get_backend_name() == "sqlite"

    def is_absent(self) -> bool:
        """Whether it is a file that nothing was stored in yet: there is nothing to read then."""
        path = self._path()
        return path is not None and not path.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries.

        Raises:
            StateUnavailable: the database is away, full or not upgraded.
        """
        with self._guarded(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose transaction is committed at the end, or undone by an exception.

        Raises:
            StateUnavailable: the database is away, full or not upgraded.
        """
        with self._guarded(), self._writer.begin() as connection:
            yield connection

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT, in this database's dialect."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def upgrade(self) -> str:
        """Bring the tables up to date; the name of the newest migration.

        Raises:
            StateUnavailable: the database is away or can't be written.
            ConfigurationError: a newer version of replyassist made it.
        """
        with self._lock, self._watched():
            self._make_folder()
            with self._writer.begin() as connection:
                newest = schema.upgrade(connection)
            self._is_prepared = True
            return newest

    def current(self) -> str | None:
        """The newest migration that was run on it; None before the first.

        Raises:
            StateUnavailable: the database is away.
        """
        if self.is_absent():
            return None
        with self._watched(), self._engine.connect() as connection:
            return schema.current(connection)

    def close(self) -> None:
        """Let go of every connection; using it again opens new ones."""
        self._engine.dispose()

    def _forget_connections(self) -> None:
        """In a forked process: the connections are the other one's, to be used and closed there alone."""
        self._engine.dispose(close=False)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if time.monotonic() - self._failed_at < PAUSE:
            raise StateUnavailable
        with self._watched():
            self._prepare()
            yield

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Turn the driver's errors, whose messages may hold what was to be stored, into ours."""
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if time.monotonic() - self._failed_at >= PAUSE:
                log.error("the database can't be used: %s", type(error).__name__)
            self._failed_at = time.monotonic()
            raise StateUnavailable from None

    def _prepare(self) -> None:
        """At first use: a file is brought up to date, a server must have been."""
        with self._lock:
            if self._is_prepared:
                return
            if self.is_sqlite:
                self.upgrade()
            else:
                with self._engine.connect() as connection:
                    if schema.current(connection) != schema.newest():
                        raise StateUnavailable("The database is not up to date: replyassist database upgrade")
                self._is_prepared = True

    def _path(self) -> Path | None:
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def _make_folder(self) -> None:
        """The folder and the file are for this user alone."""
        if (path := self._path()) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)


def _state_folder(environment: Mapping[str, str] | None) -> Path:
    environment = os.environ if environment is None else environment
    if folder := environment.get("STATE_DIRECTORY"):
        return Path(folder.split(":")[0])
    home = environment.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "replyassist"


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
        return url.set(drivername=DRIVERS[url.get_backend_name()])
    except (ArgumentError, KeyError, ValueError):
        raise ConfigurationError("The setting database is no URL of SQLite or PostgreSQL.") from None


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_timeout=PATIENCE,
            connect_args={"connect_timeout": PATIENCE, "application_name": "replyassist"},
        )
    except ImportError:
        raise ConfigurationError("PostgreSQL's driver is missing: install replyassist[postgresql]") from None


def _set_up_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver would commit behind our back; _begin_sqlite begins
    _switch_to_wal(connection)
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Two that switch a new file at once would wait for each other, so SQLite lets neither wait: one tries
    again.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # The low byte is the code, the others say more of it.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(WAL_PAUSE)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

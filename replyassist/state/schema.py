"""Migrations: which there are, which were run on a database, and running the rest."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from replyassist.errors import ConfigurationError

FOLDER = Path(__file__).parent / "migrations"
_upgrading = Lock()  # Alembic keeps what it works on in one place for the whole process
LOCK = 7_325_110_893_301  # any number that only we use: two replicas must not upgrade at once


def upgrade(connection: Connection) -> str:
    """Run what was not run yet, in the transaction of ``connection``; the name of the newest migration.

    Raises:
        ConfigurationError: a newer version of replyassist made the database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = _configure()
    config.attributes["connection"] = connection
    try:
        with _upgrading:
            command.upgrade(config, "head")
    except CommandError:
        raise ConfigurationError("The database was made by a newer version of replyassist.") from None
    return newest()


def current(connection: Connection) -> str | None:
    """The newest migration that was run; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The newest migration that there is."""
    return ScriptDirectory.from_config(_configure()).get_current_head() or ""


def _configure() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

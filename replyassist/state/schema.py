"""Migrations: which there are, which were run on a database, and running the rest.

Alembic is imported when there is something to run: it takes 16 MB, and a database that is up to date says so
itself.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, column, inspect, select, table, text

from replyassist.errors import ConfigurationError

FOLDER = Path(__file__).parent / "migrations"
RECORD = table("alembic_version", column("version_num"))  # where Alembic keeps which was run last
_upgrading = Lock()  # Alembic keeps what it works on in one place for the whole process
LOCK = 7_325_110_893_301  # any number that only we use: two replicas must not upgrade at once


def upgrade(connection: Connection) -> str:
    """Run what was not run yet, in the transaction of ``connection``; the name of the newest migration.

    Raises:
        ConfigurationError: a newer version of replyassist made the database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if current(connection) == newest():
        return newest()
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)  # or each of its plug-ins says that it is there
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        with _upgrading:
            command.upgrade(config, "head")
    except CommandError:
        raise ConfigurationError("The database was made by a newer version of replyassist.") from None
    return newest()


def current(connection: Connection) -> str | None:
    """The newest migration that was run; None before the first."""
    if not inspect(connection).has_table(RECORD.name):
        return None
    return connection.execute(select(RECORD.c.version_num)).scalar_one_or_none()


def newest() -> str:
    """The newest migration that there is: its file is called ``m<number>_<what it does>.py``."""
    return max(path.stem[1:].partition("_")[0] for path in FOLDER.glob("versions/m*.py"))

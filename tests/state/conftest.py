"""Both databases, real: SQLite in a file, PostgreSQL in a cluster of its own under a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from replyassist.state.buffering import Delayed
from replyassist.state.database import Database

# Debian keeps the server's programs off the path; elsewhere they are on it.
ON_PATH = shutil.which("initdb")
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
if ON_PATH:
    BINARIES.append(Path(ON_PATH).parent)


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that only a socket in its own folder leads to."""

    folder: Path
    binaries: Path

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://replyassist@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self._run(
            "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "-w", "start"
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        self._run("initdb", "-D", self.folder / "data", "-U", "replyassist", "-E", "UTF8", "--no-sync")

    def _run(self, program: str, *arguments: object) -> None:
        # PostgreSQL refuses to be run by root, as which tests run in a container.
        user = "nobody" if os.getuid() == 0 else None
        subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            check=True, cwd=self.folder, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql); .ci/run installs it")
    folder = Path(tempfile.mkdtemp(prefix="replyassist-pg-"))  # a socket's path must be short
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    made = Cluster(folder, BINARIES[0])
    made.make()
    made.start()
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture
def clean(cluster: Cluster) -> str:
    """The URL of a PostgreSQL database with nothing in it."""
    engine = create_engine(cluster.url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return cluster.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An upgraded database of each kind."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'state.sqlite'}")
    else:
        made = Database(request.getfixturevalue("clean"))
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written in the background: a test decides when."""
    monkeypatch.setattr(Delayed, "ask", lambda self: None)

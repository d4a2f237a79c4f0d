"""The rows of a run on disk, written as they come, so that a stopped run goes on where it was."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from replyassist.batch.options import Options
from replyassist.batch.overview import Overview
from replyassist.batch.rows import Row
from replyassist.errors import ConfigurationError

ROWS = "pages.jsonl"
STATE = "run.json"
HISTORY = "history.jsonl"
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Past:
    """One finished run: what the trend is drawn from.

    Attributes:
        finished: moment, ISO 8601 in UTC.
        score: mean of the pages' audience scores; None when none had one.
        sections: section -> mean score.
    """

    finished: str
    checked: int
    failed: int
    findings: int
    score: float | None
    sections: dict[str, float]

    @classmethod
    def of(cls, overview: Overview) -> Past:
        """The run that ends now."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        checked, failed = overview.statuses["checked"], overview.statuses["failed"]
        return cls(moment, checked, failed, overview.findings, overview.score.value, overview.means)


class Journal:
    """The folder of a run. Rows are whole lines: what a stop left unfinished at the end is written again."""

    def __init__(self, folder: Path, key: str, *, restart: bool = False) -> None:
        """Open the folder, and find out whether a stopped run of the same ``key`` can go on.

        Raises:
            ConfigurationError: the folder can't be written to, or another run writes to it.
        """
        self._folder, self._key = folder, key
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / LOCK).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.resumed = not restart and self._state() == {"key": key, "finished": False}
            if self.resumed:
                self._drop_torn_line()
            else:
                (folder / ROWS).write_bytes(b"")
            self._write_state(finished=False)
            self._file: IO[str] = (folder / ROWS).open("a", encoding="utf-8", newline="\n")
        except BlockingIOError as error:
            raise ConfigurationError(f"Another run is writing to the folder {folder}.") from error
        except OSError as error:
            raise ConfigurationError(f"The folder {folder} can't be written to.") from error

    def rows(self) -> Iterator[Row]:
        """The rows that are there already."""
        with (self._folder / ROWS).open(encoding="utf-8") as file:
            yield from map(Row.from_json, file)

    def add(self, row: Row) -> None:
        """Write a row; it is on its way to the disk before the next page is waited for."""
        self._file.write(row.to_json() + "\n")
        self._file.flush()

    def history(self) -> tuple[Past, ...]:
        """The finished runs in this folder, oldest first."""
        path = self._folder / HISTORY
        if not path.exists():
            return ()
        return tuple(Past(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())

    def finish(self, past: Past) -> None:
        """Note that the run is over; the next one in this folder begins anew."""
        with (self._folder / HISTORY).open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(asdict(past), ensure_ascii=False) + "\n")
        self._write_state(finished=True)

    def close(self) -> None:
        """Close the file, and leave the folder to others."""
        self._file.close()
        self._lock.close()

    def _state(self) -> object:
        try:
            return json.loads((self._folder / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _write_state(self, *, finished: bool) -> None:
        (self._folder / STATE).write_text(
            json.dumps({"key": self._key, "finished": finished}), encoding="utf-8"
        )

    def _drop_torn_line(self) -> None:
        with (self._folder / ROWS).open("ab+") as file:
            file.seek(0)
            whole = sum(len(line) for line in file if line.endswith(b"\n"))
            file.truncate(whole)


def key_of(names: tuple[str, ...], options: Options) -> str:
    """What two runs must share so that one can go on with the rows of the other."""
    told = json.dumps(
        [version("replyassist"), names, options.sitemaps, asdict(options.job), asdict(options.crawl)]
    )
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()

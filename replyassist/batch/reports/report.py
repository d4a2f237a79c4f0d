"""What all reports are: something that takes rows one by one, in order, and writes a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import IO, Self

from replyassist.batch.journal import Past
from replyassist.batch.options import Options
from replyassist.batch.overview import Overview
from replyassist.batch.rows import Row
from replyassist.batch.wording import wording


class Report(ABC):
    """A report on its way to a file."""

    def __init__(self, file: IO[str], options: Options, *, own: bool) -> None:
        self.file, self.options, self._own = file, options, own
        self.words = wording(options.job.ui_language)
        self.begin()

    def begin(self) -> None:  # noqa: B027  # most formats begin with nothing
        """Write what comes before the first row."""

    @abstractmethod
    def add(self, row: Row) -> None:
        """Take a row."""

    @abstractmethod
    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Write what comes after the last row; ``history`` holds earlier runs, the oldest first."""

    def reason(self, row: Row) -> str:
        """Why a page was not checked, in the user's language, and where what is broken can be mended."""
        code = row.reason
        if row.status == "duplicate":
            return self.words["reason.duplicate"].format(address=code)
        if code.startswith("http-"):
            told = self.words["reason.http"].format(status=code.removeprefix("http-"))
        else:
            told = self.words.get(f"reason.{code}", code)
        if row.status != "failed" or not row.linked_from:
            return told
        return f"{told} ({self.words['linked-from'].format(address=row.linked_from)})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self.file.close()

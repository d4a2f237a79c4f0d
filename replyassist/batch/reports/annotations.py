"""Findings as GitHub's workflow commands, which show them beside the lines of a pull request.

Form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import Row
from replyassist.batch.verdict import is_under

COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


class GithubReport(Report):
    """One command a new finding, a page under the mark and a page that was not read."""

    def add(self, row: Row) -> None:
        """Write the commands of a page."""
        if row.status in {"failed", "skipped"}:
            self._write("warning", {"file": row.address}, self.reason(row))
            return
        if is_under(row, self.options):
            message = self.words["under-mark"].format(score=row.score, mark=self.options.fail_under)
            self._write("error", {"file": row.address}, message)
        for finding in row.new_findings:
            place: dict[str, object] = {"file": row.address}
            if finding.line:
                place |= {"line": finding.line, "col": finding.column}
            self._write(COMMANDS[finding.severity], {**place, "title": finding.rule}, finding.told)

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Nothing: the commands are all."""

    def _write(self, command: str, place: dict[str, object], message: str) -> None:
        properties = ",".join(f"{key}={_escape(str(value), inner=True)}" for key, value in place.items())
        self.file.write(f"::{command} {properties}::{_escape(message)}\n")


def _escape(text: str, *, inner: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inner else text

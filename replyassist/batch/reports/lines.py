"""Reports of plain lines: for people at a terminal, and JSON Lines for programs."""

from __future__ import annotations

from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import Row
from replyassist.batch.verdict import is_under


class JsonLinesReport(Report):
    """One JSON object a page."""

    def add(self, row: Row) -> None:
        """Write the row."""
        self.file.write(row.to_json() + "\n")

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Nothing: the rows are all."""


class TextReport(Report):
    """A page and its findings, then the numbers."""

    def add(self, row: Row) -> None:
        """Write the page with its score, and each new finding on a line that editors can jump to."""
        if row.status != "checked":
            self.file.write(f"{row.address}: {self.words[f'status.{row.status}']}: {self.reason(row)}\n")
            return
        score = self.words["not-scored"] if row.score is None else f"{row.score:.0f}/100"
        under = f" < {self.options.fail_under:g}" if is_under(row, self.options) else ""
        self.file.write(f"{row.address}: {score}{under} ({row.language}, {row.audience})\n")
        for finding in row.new_findings:
            place = f"{row.address}:{finding.line}:{finding.column}" if finding.line else row.address
            severity = self.words[f"severity.{finding.severity}"]
            self.file.write(f"  {place}: {severity}: {finding.told} [{finding.rule}]\n")

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Write how many pages there were and how they did."""
        counts = {key: overview.statuses[key] for key in ("checked", "duplicate", "skipped", "failed")}
        mean = overview.score.value
        self.file.write(self.words["summary"].format(findings=overview.findings, **counts) + "\n")
        if overview.cut:
            self.file.write(self.words[f"report.cut.{overview.cut}"] + "\n")
        if mean is not None:
            self.file.write(f"{self.words['mean-score']}: {mean:.1f}\n")

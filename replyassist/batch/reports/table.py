"""The report as a table: CSV that spreadsheets open, one row a page."""

from __future__ import annotations

import csv

from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import Row

MEASURES = ("lix", "sentence-length", "long-words", "rare-words", "jargon", "passives", "reading-time")
COLUMNS = (
    "address", "section", "status", "reason", "title", "language", "lang", "audience", "score", "target",
    "band", "errors", "warnings", "advice", *MEASURES, "linked-from",
)  # fmt: skip
# A cell that begins so is a formula to a spreadsheet, and titles come from pages of others.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvReport(Report):
    """One row a page, with a byte order mark, without which Excel takes UTF-8 for something else."""

    def begin(self) -> None:
        """Write the names of the columns."""
        self.file.write("\ufeff")
        self._writer = csv.writer(self.file)
        self._writer.writerow(COLUMNS)

    def add(self, row: Row) -> None:
        """Write the page."""
        severities = [finding.severity for finding in row.findings]
        cells = [
            row.address, row.section, row.status, row.reason, row.title, row.language, row.declared or "",
            row.audience, row.score, row.target, row.band,
            *(severities.count(each) for each in ("error", "warning", "advice")),
            *((row.measures or {}).get(name) for name in MEASURES), row.linked_from,
        ]  # fmt: skip
        self._writer.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in cells])

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Nothing: the rows are all."""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell

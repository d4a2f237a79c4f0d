"""Reports: each takes the rows as they come and ends with the overview."""

from __future__ import annotations

from typing import IO

from replyassist.batch.options import Options
from replyassist.batch.reports.annotations import GithubReport
from replyassist.batch.reports.junit import JunitReport
from replyassist.batch.reports.lines import JsonLinesReport, TextReport
from replyassist.batch.reports.page import HtmlReport
from replyassist.batch.reports.report import Report
from replyassist.batch.reports.sarif import SarifReport
from replyassist.batch.reports.table import CsvReport
from replyassist.errors import InvalidParameter

__all__ = ["Report", "open_report"]

REPORTS: dict[str, type[Report]] = {
    "text": TextReport,
    "jsonl": JsonLinesReport,
    "csv": CsvReport,
    "github": GithubReport,
    "junit": JunitReport,
    "sarif": SarifReport,
    "html": HtmlReport,
}


def open_report(name: str, file: IO[str], options: Options, *, own: bool) -> Report:
    """The report called ``name``, written to ``file``, which it closes at its end when it is its ``own``.

    Raises:
        InvalidParameter: there is no such report.
    """
    if name not in REPORTS:
        raise InvalidParameter(f"There is no report called {name}.", parameter="format")
    return REPORTS[name](file, options, own=own)

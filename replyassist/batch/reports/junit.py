"""The report as JUnit XML: one test case a page, failed when it fails the run."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import PageFinding, Row
from replyassist.batch.verdict import failing_findings, is_under

# Characters that XML 1.0 can't hold at all.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitReport(Report):
    """Test cases are written as they come; the counts, which JUnit has as attributes, are left out."""

    def begin(self) -> None:
        """Write the head of the one suite."""
        self.file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="replyassist">\n'
        )

    def add(self, row: Row) -> None:
        """Write the page."""
        self.file.write(f"<testcase classname={_quoted(row.section or 'pages')} name={_quoted(row.address)}>")
        if row.status == "failed":
            self.file.write(f"<error message={_quoted(self.reason(row))}/>")
        elif row.status != "checked":
            self.file.write(f"<skipped message={_quoted(self.reason(row))}/>")
        elif reasons := self._reasons(row):
            self.file.write(
                f"<failure message={_quoted(reasons[0])}>{escape(_clean(chr(10).join(reasons)))}</failure>"
            )
        self.file.write("</testcase>\n")

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Close the suite."""
        self.file.write("</testsuite>\n</testsuites>\n")

    def _reasons(self, row: Row) -> list[str]:
        reasons = []
        if is_under(row, self.options):
            reasons.append(self.words["under-mark"].format(score=row.score, mark=self.options.fail_under))
        return reasons + [_told(finding) for finding in failing_findings(row, self.options)]


def _told(finding: PageFinding) -> str:
    """The message with its place, where there is one, and its rule: all that a log of CI shows of it."""
    place = f"{finding.line}:{finding.column}: " if finding.line else ""
    return f"{place}{finding.told} [{finding.rule}]"


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)

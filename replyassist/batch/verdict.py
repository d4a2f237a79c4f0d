"""Whether a page fails a run: one answer for the exit code and for every report."""

from __future__ import annotations

from replyassist.batch.options import SEVERITIES, Options
from replyassist.batch.rows import PageFinding, Row


def is_under(row: Row, options: Options) -> bool:
    """Whether the page's score is under what every page must reach, and the baseline doesn't excuse it."""
    least = options.fail_under
    return least is not None and row.score is not None and row.score < least and not row.excused


def failing_findings(row: Row, options: Options) -> tuple[PageFinding, ...]:
    """The new findings that are severe enough to fail the run."""
    if options.fail_on is None:
        return ()
    least = SEVERITIES.index(options.fail_on)
    return tuple(finding for finding in row.new_findings if SEVERITIES.index(finding.severity) >= least)


def fails(row: Row, options: Options) -> bool:
    """Whether the page fails the run."""
    return row.status == "checked" and (is_under(row, options) or bool(failing_findings(row, options)))

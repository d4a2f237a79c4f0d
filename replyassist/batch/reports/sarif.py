"""The report as SARIF 2.1.0, which code hosts and editors show (OASIS standard of 2020-03-27)."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from replyassist.batch.baseline import fingerprint
from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports.report import Report
from replyassist.batch.rows import PageFinding, Row
from replyassist.batch.sources import is_address
from replyassist.batch.verdict import is_under

LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SCORE_RULE = "page.score"
# What may stand in each part of a URI besides what needs no escape (RFC 3986); a % that escapes none.
ANYWHERE = ":@!$&'()*+,;="
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


class SarifReport(Report):
    """Results are written as they come; the tool with its rules, which are known only then, at the end."""

    def begin(self) -> None:
        """Write the head of the one run, up to its results."""
        self._rules: dict[str, str] = {}
        self._separator = ""
        self.file.write(f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
        self.file.write('"columnKind": "unicodeCodePoints",\n"results": [')

    def add(self, row: Row) -> None:
        """Write the page's findings."""
        if is_under(row, self.options):
            text = self.words["under-mark"].format(score=row.score, mark=self.options.fail_under)
            self._rules.setdefault(SCORE_RULE, "page-score")
            self._write(
                {"ruleId": SCORE_RULE, "level": "error", "message": {"text": text}, **_place(row, None)}
            )
        for finding in row.findings:
            if finding.repeated:
                continue
            self._rules.setdefault(finding.rule, finding.kind)
            self._write({
                "ruleId": finding.rule,
                "level": LEVELS[finding.severity],
                "message": {"text": finding.told},
                **_place(row, finding),
                "partialFingerprints": {"replyassist/v1": fingerprint(row, finding)},
                "baselineState": "unchanged" if finding.known else "new",
            })  # fmt: skip

    def finish(self, overview: Overview, history: tuple[Past, ...]) -> None:
        """Write the tool and its rules."""
        rules = [{"id": rule, "properties": {"kind": kind}} for rule, kind in sorted(self._rules.items())]
        driver = {"name": "replyassist", "version": version("replyassist"), "rules": rules}
        self.file.write(f'\n],\n"tool": {json.dumps({"driver": driver}, ensure_ascii=False)}\n}}]}}\n')

    def _write(self, result: dict[str, Any]) -> None:
        self.file.write(f"{self._separator}\n{json.dumps(result, ensure_ascii=False)}")
        self._separator = ","


def _place(row: Row, finding: PageFinding | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(row.address)}}
    if finding and finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    return {"locations": [{"physicalLocation": place}]}


def _uri(address: str) -> str:
    """The address as a URI reference (RFC 3986): what one can't hold is escaped, what is escaped stays."""
    if not is_address(address):
        return quote(address)  # a path may hold any character
    try:
        parts = urlsplit(address)
    except ValueError:
        return quote(address)
    escaped = (_escaped(part, safe) for part, safe in zip(parts[1:], ("[]", "/", "/?", "/?"), strict=True))
    return urlunsplit((parts.scheme, *escaped))


def _escaped(part: str, safe: str) -> str:
    return STRAY_PERCENT.sub("%25", quote(part, safe=f"{safe}{ANYWHERE}%"))

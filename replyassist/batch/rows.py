"""The outcome of one page, as it is written to disk: the same bytes for the same page, whoever checked it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from replyassist.domain import Severity

Status = Literal["checked", "duplicate", "skipped", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class PageFinding:
    """A finding on a page.

    Attributes:
        excerpt: the words that it is about, shortened.
        line, column: place in the file, from 1, in code points; None where the page is no plain text.
        replacement: the first suggestion for just these words, or the empty string.
        gain: points of the audience score that settling it would win.
        passage: digest of the paragraph that it stands in; empty when that is short, or it is about the page.
        known: whether the baseline has it.
        repeated: whether it was told of an earlier page that has the same paragraph.
    """

    rule: str
    kind: str
    severity: Severity
    message: str
    excerpt: str
    line: int | None
    column: int | None
    replacement: str
    gain: float
    passage: str = ""
    known: bool = False
    repeated: bool = False

    @property
    def told(self) -> str:
        """The message, with the words that it is about where it does not quote them."""
        return self.message if self.excerpt in self.message else f"{self.message} ({self.excerpt})"


@dataclass(frozen=True, slots=True)
class Row:
    """The outcome of one page.

    Attributes:
        address: path or URL.
        section: the part of the site that it belongs to; empty for the top.
        named: whether the user named it, rather than a folder, a link or a sitemap.
        status: ``checked``; ``duplicate`` of a page that was already checked, and not counted again;
            ``skipped`` since its language can't be assessed; ``failed`` since it could not be read.
        reason: error code or address of the duplicate; empty when checked.
        language: BCP 47 tag that was found; empty when none was.
        declared: the page's own ``lang`` attribute; None for formats that have none.
        score: audience score 0-100; None when it has none.
        target: score that the audience should get.
        measures: measure -> value.
        digest: of the text and the names of the links in it, to tell duplicates.
        excused: whether the score is no worse than the baseline's.
        linked_from: address of a page or sitemap that leads to it, which is where a broken link is mended.
    """

    address: str
    section: str = ""
    named: bool = False
    status: Status = "checked"
    reason: str = ""
    title: str = ""
    language: str = ""
    declared: str | None = None
    audience: str = ""
    score: float | None = None
    target: float | None = None
    band: str = ""
    measures: dict[str, float] | None = None
    findings: tuple[PageFinding, ...] = ()
    digest: str = ""
    excused: bool = False
    linked_from: str = ""

    def to_json(self) -> str:
        """One line of JSON, keys in their fixed order."""
        return json.dumps(self, default=_fields, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, line: str) -> Row:
        """Raises: ValueError, TypeError: it is no row."""
        values: dict[str, Any] = json.loads(line)
        row = cls(**values)
        return replace(row, findings=tuple(PageFinding(**each) for each in values["findings"]))

    @property
    def new_findings(self) -> tuple[PageFinding, ...]:
        """The findings that neither the baseline nor an earlier page has."""
        return tuple(finding for finding in self.findings if not (finding.known or finding.repeated))


def _fields(part: Row | PageFinding) -> dict[str, Any]:
    """The fields of a row or finding by name; dataclasses.asdict copies each, in three times the time."""
    return {name: getattr(part, name) for name in part.__slots__}

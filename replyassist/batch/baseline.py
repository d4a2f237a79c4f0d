"""The baseline: what was wrong when it was made, so that old findings don't fail new work."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from replyassist.batch.rows import PageFinding, Row
from replyassist.errors import ConfigurationError

# A score that rounds to the one of the baseline is not worse.
TOLERANCE = 0.1


@dataclass(slots=True)
class Baseline:
    """What is known: of each page its score, and of each finding how often it stands on its page.

    A finding is known by its page, its rule and the words it is about, not by its line, which moves.
    """

    scores: dict[str, float] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Raises: ConfigurationError: the file is there and is no baseline. One that isn't there is empty."""
        if not path.exists():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                dict(data["scores"]), {str(key): int(count) for key, count in data["findings"].items()}
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(f"The file {path} is no baseline.") from error

    def add(self, row: Row) -> None:
        """Take a page as it is now."""
        if row.score is not None:
            self.scores[row.address] = row.score
        for finding in row.findings:
            key = fingerprint(row, finding)
            self.findings[key] = self.findings.get(key, 0) + 1

    def mark(self, row: Row) -> Row:
        """The row with what is known marked as such: findings, and a score that is no worse than it was."""
        if not (self.scores or self.findings):
            return row
        left = Counter(
            {key: self.findings.get(key, 0) for key in {fingerprint(row, f) for f in row.findings}}
        )
        marked = []
        for finding in row.findings:
            key = fingerprint(row, finding)
            marked.append(replace(finding, known=left[key] > 0))
            left[key] -= 1
        known = self.scores.get(row.address)
        excused = known is not None and row.score is not None and row.score + TOLERANCE > known
        return replace(row, findings=tuple(marked), excused=excused)

    def write(self, path: Path) -> None:
        """Write the file, sorted, so that its changes can be read in a version control system."""
        data = {"scores": self.scores, "findings": self.findings}
        path.write_text(
            json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
        )


def fingerprint(row: Row, finding: PageFinding) -> str:
    """What a finding is known by, without the words themselves: the file may be shared."""
    told = "\0".join((row.address, finding.rule, finding.excerpt.casefold()))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

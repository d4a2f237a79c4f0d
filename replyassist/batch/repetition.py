"""Text that stands on several pages: all of a page, or a paragraph such as a notice that is put on each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from replyassist.batch.rows import Row


@dataclass(slots=True)
class Repetition:
    """What the pages so far had: text -> the first page with it, and the paragraphs with findings."""

    texts: dict[str, str] = field(default_factory=dict)
    passages: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """Take a page as it was told."""
        if row.status == "checked":
            if row.digest:
                self.texts.setdefault(row.digest, row.address)
            self.passages.update(int(each.passage, 16) for each in row.findings if each.passage)

    def mark(self, row: Row) -> Row:
        """The row of a new page: a duplicate when its text was there, else with what is repeated marked."""
        if row.status != "checked":
            return row
        first = self.texts.get(row.digest)
        if first is not None and first != row.address:
            return replace(row, status="duplicate", reason=first, findings=())
        findings = tuple(
            replace(each, repeated=True) if each.passage and int(each.passage, 16) in self.passages else each
            for each in row.findings
        )
        row = replace(row, findings=findings)
        self.add(row)
        return row

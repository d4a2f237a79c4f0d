"""The caseworker's form: its fields as they were sent and as they are shown again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from replyassist.documents.decoding import check_text
from replyassist.domain import Span, Suggestion
from replyassist.service.offsets import Utf16Offsets
from replyassist.service.runtime import runtime

AUTO = ""  # what a select sends for "find it yourself"


@dataclass(frozen=True, slots=True)
class Fields:
    """The form, as it was sent and as it is shown again.

    Attributes:
        message: the citizen's message.
        draft: the caseworker's letter.
        language: of the draft; empty to have it found.
        audience: name of a profile.
        target: language wanted for the reply; empty for that of the message.
        before: measure -> value when the letter was first read, to compare with.
        rejected: (rule, words) of the findings that were put aside.
        locked: places in the draft that are not to be suggested on.
        is_reviewed: whether a person has ticked that the whole translation was read.
    """

    message: str = ""
    draft: str = ""
    language: str = AUTO
    audience: str = ""
    target: str = AUTO
    before: dict[str, float] = field(default_factory=dict)
    rejected: frozenset[tuple[str, str]] = frozenset()
    locked: tuple[Span, ...] = ()
    is_reviewed: bool = False

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> Fields:
        """The fields of a form.

        Raises:
            InvalidEncoding: a text has half a surrogate pair.
        """
        # Browsers send line ends as CRLF; textareas count them as one character, and so do our offsets.
        # A NUL, pasted from another program, can't be seen: a space keeps the browser's places.
        sent = {name: form.get(name, "").replace("\0", " ") for name in ("message", "draft")}
        texts = {name: check_text(text).replace("\r\n", "\n") for name, text in sent.items()}
        return cls(
            message=texts["message"],
            draft=texts["draft"],
            language=form.get("language", AUTO),
            audience=form.get("audience", "") or runtime().settings.audience,
            target=form.get("target", AUTO),
            before=_read_before(form.get("before", "")),
            rejected=_read_rejected(form.get("rejected", "")),
            locked=_read_locked(form.get("locked", ""), texts["draft"]),
            is_reviewed=bool(form.get("reviewed")),
        )

    def opened(self, draft: str) -> Fields:
        """With another letter: nothing that was known of the last one holds for it."""
        return replace(self, draft=draft, before={}, rejected=frozenset(), locked=())

    def changed(self, draft: str, plan: Iterable[Suggestion]) -> Fields:
        """With the draft that a plan made, none of which lies within a locked place."""
        moves = [(s.span.end, len(s.replacement) - len(s.span)) for s in plan]

        def moved(span: Span) -> Span:
            by = sum(growth for end, growth in moves if end <= span.start)
            return Span(span.start + by, span.end + by)

        return replace(self, draft=draft, locked=tuple(moved(span) for span in self.locked))

    @property
    def before_as_json(self) -> str:
        """For the hidden field that keeps it."""
        return json.dumps(self.before) if self.before else ""

    @property
    def rejected_as_json(self) -> str:
        """For the hidden field that keeps it."""
        return json.dumps(sorted(self.rejected), ensure_ascii=False) if self.rejected else ""

    @property
    def locked_as_json(self) -> str:
        """For the hidden field that keeps it: places in UTF-16 code units, as browsers count."""
        offsets = Utf16Offsets(self.draft)
        return json.dumps([offsets.of_span(span) for span in self.locked]) if self.locked else ""


def _json(value: str) -> Any:
    try:
        return json.loads(value) if value else None
    except (ValueError, RecursionError):
        return None


def _read_before(value: str) -> dict[str, float]:
    """The measures of a form field; what is no such thing counts as none, since it comes from outside."""
    try:
        measures = _json(value) or {}
        return {str(name): float(number) for name, number in measures.items() if -1e6 < float(number) < 1e6}
    except (ValueError, TypeError, AttributeError):
        return {}


def _read_rejected(value: str) -> frozenset[tuple[str, str]]:
    try:
        return frozenset((str(rule), str(words)) for rule, words in _json(value) or ())
    except (ValueError, TypeError):
        return frozenset()


def _read_locked(value: str, draft: str) -> tuple[Span, ...]:
    """Places in UTF-16 code units of the draft; those that don't lie in it count as none."""
    try:
        places = [(int(start), int(end)) for start, end in _json(value) or ()]
    except (ValueError, TypeError, OverflowError):
        return ()
    offsets = Utf16Offsets(draft)
    spans = (
        Span(offsets.to_code_points(start), offsets.to_code_points(end))
        for start, end in sorted(places)
        if 0 <= start < end <= offsets.of(len(draft))
    )
    return tuple(spans)

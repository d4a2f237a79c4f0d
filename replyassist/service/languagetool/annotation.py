"""A text with markup in it, as LanguageTool's clients send it: read without it, pointed into with it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from replyassist.domain import Span
from replyassist.errors import InvalidParameter


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """What was received, what is read of it, and where the one stands in the other.

    Attributes:
        received: the text with its markup.
        plain: the text without it, or with what the markup is read as.
        parts: (start in plain, start in received, length in received) of each part that is read.
        locked: spans of ``plain`` that stand for markup and must not be touched.
    """

    received: str
    plain: str
    parts: tuple[tuple[int, int, int], ...]
    locked: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str) -> AnnotatedText:
        """A text without markup."""
        return cls(text, text, ((0, 0, len(text)),))

    def place(self, span: Span) -> Span:
        """Where a span of ``plain`` stands in ``received``."""
        start = self._place(span.start)
        end = self._place(span.end - 1) + 1 if span.end > span.start else start
        return Span(start, max(start, min(end, len(self.received))))

    def crosses_markup(self, span: Span) -> bool:
        """Whether markup stands within the span, so that replacing it would take the markup away."""
        return len(self.place(span)) != len(span) or any(span.overlaps(lock) for lock in self.locked)

    def _place(self, offset: int) -> int:
        if not self.parts:
            return 0
        plain, received, length = self.parts[
            max(0, bisect_right(self.parts, (offset, len(self.received) + 1, 0)) - 1)
        ]
        return received + min(offset - plain, length)


def read_annotation(data: object) -> AnnotatedText:
    """The ``data`` parameter.

    Args:
        data: ``{"text": ..}`` or ``{"annotation": [{"text": ..}, {"markup": .., "interpretAs": ..}]}``.

    Raises:
        InvalidParameter: it is anything else.
    """
    if isinstance(data, dict) and isinstance(text := data.get("text"), str) and "annotation" not in data:
        return AnnotatedText.of(text)
    if not isinstance(data, dict) or not isinstance(annotation := data.get("annotation"), list):
        raise InvalidParameter("'data' must have 'text' or 'annotation'")
    received = plain = ""
    parts: list[tuple[int, int, int]] = []
    locked: list[Span] = []
    for each in annotation:
        as_received, as_read, is_markup = _read_part(each)
        if as_read:
            parts.append((len(plain), len(received), len(as_received)))
        if is_markup and as_read:
            locked.append(Span(len(plain), len(plain) + len(as_read)))
        received += as_received
        plain += as_read
    return AnnotatedText(received, plain, tuple(parts), tuple(locked))


def _read_part(part: object) -> tuple[str, str, bool]:
    """What was received, what is read, and whether it is markup."""
    if isinstance(part, dict):
        text, markup = part.get("text"), part.get("markup")
        if isinstance(text, str) and markup is None:
            return text, text, False
        if isinstance(markup, str) and text is None:
            read = part.get("interpretAs") or ""
            if isinstance(read, str):
                return markup, read, True
    raise InvalidParameter("An annotation must have either 'text' or 'markup'")

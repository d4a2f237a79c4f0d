"""Changing the text of an HTML document and nothing else: every byte outside of its text stays as it was."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from itertools import accumulate

from replyassist.documents.composing import collapse
from replyassist.documents.inline import spread
from replyassist.documents.markup import BLOCKS, HIDDEN, SILENT, VOID

KEPT = frozenset({"code", "kbd", "samp", "var", "textarea"})
ROOT = re.compile(r"<html\b([^<>]{0,1000}?)/?>", re.IGNORECASE)
DECLARATION = re.compile(r"\s(?:xml:)?(?:lang|dir)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
BREAKS = BLOCKS | {"br", "td", "th", "option", "caption"}


def rewrite_html(text: str, change: Callable[[Sequence[str]], Sequence[str]]) -> str:
    """Change the text of each block of an HTML document.

    What is hidden, is code, or is marked ``translate="no"`` or with the class ``notranslate``, is left alone.

    Args:
        text: the document.
        change: called once with the text of each block; gives as many back, in the same order.
    """
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    reader.end_block()
    units = [collapse("".join(text for _, _, text in block)).strip() for block in reader.blocks]
    places: list[tuple[int, int, str]] = []
    for block, new in zip(reader.blocks, change(units), strict=True):
        pieces = [piece for _, _, piece in block]
        old = "".join(pieces)
        lead, trail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
        for (start, end, _), piece in zip(block, spread(pieces, lead + new + trail), strict=True):
            places.append((start, end, html.escape(piece, quote=False)))
    parts, position = [], 0
    for start, end, piece in places:
        parts += [text[position:start], piece]
        position = end
    return "".join([*parts, text[position:]])


def declare_language(text: str, language: str, direction: str) -> str:
    """The document with the ``lang`` and ``dir`` of its ``html`` element set; one without it stays as it is.

    Args:
        language: a BCP 47 tag.
        direction: ``ltr``, ``rtl`` or ``auto``.
    """
    element = ROOT.search(text)
    if element is None:
        return text
    start, end = element.span(1)
    kept = DECLARATION.sub("", element[1])
    return f'{text[:start]}{kept} lang="{language}" dir="{direction}"{text[end:]}'


class _Reader(HTMLParser):
    """Finds where the text of each block stands: ``(start, end, text)``, its character references read."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[tuple[int, int, str]]] = []
        self._starts = [0, *accumulate(len(line) for line in text.split("\n"))]
        self._starts = [start + number for number, start in enumerate(self._starts)]
        self._block: list[tuple[int, int, str]] = []
        self._pending: tuple[int, str] | None = None
        self._open: list[tuple[str, bool]] = []
        self._length = len(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin()
        values = {name: value or "" for name, value in attrs}
        left_alone = (
            tag in SILENT | KEPT
            or "hidden" in values
            or HIDDEN.search(values.get("style", "")) is not None
            or values.get("translate", "").lower() == "no"
            or "notranslate" in values.get("class", "").split()
        )
        if tag in BREAKS or left_alone:
            self.end_block()
        if tag not in VOID:
            self._open.append((tag, left_alone))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin()
        if tag in BREAKS:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        self._begin()
        depth = next((i for i in reversed(range(len(self._open))) if self._open[i][0] == tag), None)
        if depth is not None:
            if tag in BREAKS or any(left_alone for _, left_alone in self._open[depth:]):
                self.end_block()
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._begin()
        if not any(left_alone for _, left_alone in self._open):
            self._pending = self._place(), data

    def handle_comment(self, data: str) -> None:
        self._begin()

    def handle_decl(self, decl: str) -> None:
        self._begin()

    def handle_pi(self, data: str) -> None:
        self._begin()

    def unknown_decl(self, data: str) -> None:
        self._begin()

    def end_block(self) -> None:
        """What follows belongs to another block."""
        self._begin(self._length)
        if any(c.isalpha() for _, _, text in self._block for c in text):
            self.blocks.append(self._block)
        self._block = []

    def _begin(self, place: int | None = None) -> None:
        """Something begins here: text that came before it ends."""
        if self._pending is not None:
            start, text = self._pending
            self._block.append((start, self._place() if place is None else place, text))
            self._pending = None

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

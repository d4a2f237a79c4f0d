"""Reading HTML letters and e-mails: all their text, not the "main content" that web extractors look for."""

from __future__ import annotations

import re

from replyassist.documents.composing import Composer, collapse
from replyassist.documents.decoding import decode
from replyassist.documents.markup_tokens import Tokenizer
from replyassist.domain import BlockKind, Draft

DECLARED = re.compile(
    rb"<(?:meta\s[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.I
)
DECLARED_WITHIN = 1024
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SILENT = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "math", "object", "select", "button"}
)
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list-item"),
    "tr": "table", "blockquote": "quote", "address": "address",
}  # fmt: skip
BLOCKS = frozenset({
    *KINDS, "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "ul", "ol", "dl",
    "table", "tbody", "thead", "tfoot", "body", "html", "form", "fieldset", "figure", "figcaption", "hr",
    "pre", "center", "details", "summary", "legend", "caption", "dialog", "menu", "hgroup", "search",
})  # fmt: skip
# Elements nested deeper than this are read as if they were closed at once.
DEEPEST = 500


def read_html(data: bytes | str, limit: int) -> Draft:
    """Read the text of an HTML document with its headings, list items, table rows and quotations.

    Args:
        data: bytes in UTF-8 or in the encoding that they declare, or decoded text.
        limit: code points that the text may have.

    Raises:
        InvalidEncoding, BinaryInput, TextTooLong
    """
    if isinstance(data, bytes):
        data = decode(data, declared_encoding(data))
    reader = _Reader(Composer(limit))
    reader.feed(data)
    reader.close()
    reader.flush()
    return reader.composer.draft()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML document says it is in, or None.

    A declaration that can be read byte by byte is not in UTF-16, whatever it says: the web's standard has it
    read as UTF-8.
    """
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    name = declared[1].decode("ascii").lower() if declared else None
    return "utf-8" if name and name.startswith(("utf-16", "utf16", "unicode")) else name


class _Reader(Tokenizer):
    """Collects text until a block begins or ends; unclosed and stray tags do no harm."""

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self.composer = composer
        self._open: list[str] = []
        self._silent: list[int] = []  # depths at which hidden elements were opened
        self._pieces: list[str] = []
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._pieces.append("\n")
            return
        if tag in BLOCKS:
            self.flush()
        elif tag in {"td", "th"}:
            self._begin_cell()
        if tag in VOID or len(self._open) >= DEEPEST:
            return
        self._open.append(tag)
        values = dict(attrs)
        if tag in SILENT or "hidden" in values or HIDDEN.search(values.get("style") or ""):
            self._silent.append(len(self._open))
        self._preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in BLOCKS:
            self.flush()
        while self._open:
            closed = self._open.pop()
            self._preformatted -= closed == "pre"
            while self._silent and self._silent[-1] > len(self._open):
                self._silent.pop()
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data if self._preformatted else collapse(data))

    def flush(self) -> None:
        """End the block that is being collected."""
        if not self._pieces:
            return
        text = re.sub(r" *\n *", "\n", "".join(self._pieces))
        self._pieces.clear()
        lines = text.strip(" \n").split("\n\n") if not self._preformatted else [text]
        for part in lines:
            self.composer.add(self._kind(), re.sub(r" {2,}", " ", part) if not self._preformatted else part)

    def _begin_cell(self) -> None:
        if "".join(self._pieces).strip():
            self._pieces.append("\t")

    def _kind(self) -> BlockKind:
        inner = next((tag for tag in reversed(self._open) if tag in KINDS or tag in {"p", "div"}), "")
        if "blockquote" in self._open:
            return "quote"
        return KINDS.get(inner, "paragraph")

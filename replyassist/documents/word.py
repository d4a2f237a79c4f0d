"""Reading Word documents (docx).

The text is read from the document's XML rather than through python-docx, which leaves out what stands in
content controls and tracked insertions: the letter templates of case systems consist of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from replyassist.documents.archive import Archive
from replyassist.documents.composing import Composer
from replyassist.domain import BlockKind, Draft

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
# Deleted text, fallbacks for old programs (the same text again), and what is no text.
SKIPPED = frozenset({
    f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}sdtPr", f"{W}pPr", f"{W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
# A style inherits from another; longer chains than this are loops.
LONGEST_CHAIN = 12
BODY_LEVEL = 9


def read_word(data: bytes, limit: int) -> Draft:
    """Read the body of a docx document: paragraphs, headings, list items and tables.

    Raises:
        UnreadableDocument, TextTooLong
    """
    with Archive(data) as archive:
        body = archive.xml(DOCUMENT).find(f"{W}body")
        styles = _Styles(archive.xml(STYLES) if STYLES in archive else None)
    composer = Composer(limit)
    if body is not None:
        for element in _blocks(body):
            if element.tag == f"{W}tbl":
                for row in element.iter(f"{W}tr"):
                    composer.add("table", "\t".join(_cell(cell) for cell in row.findall(f"{W}tc")))
            else:
                composer.add(styles.kind(element), _text(element))
    return composer.draft()


class _Styles:
    """What the styles of a document make of a paragraph."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def kind(self, paragraph: Element) -> BlockKind:
        for properties, name in self._chain(paragraph):
            level = properties.find(f"{W}outlineLvl") if properties is not None else None
            if (level is not None and level.get(f"{W}val", "9") < str(BODY_LEVEL)) or name.startswith(
                ("heading ", "title")
            ):
                return "heading"
            numbering = properties.find(f"{W}numPr/{W}numId") if properties is not None else None
            if (numbering is not None and numbering.get(f"{W}val") != "0") or name.startswith("list "):
                return "list-item"
            if name in {"quote", "intense quote"}:
                return "quote"
        return "paragraph"

    def _chain(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """The paragraph's own properties, then those of its style and of what that is based on."""
        properties = paragraph.find(f"{W}pPr")
        yield properties, ""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        for _ in range(LONGEST_CHAIN):
            style = self._styles.get(named.get(f"{W}val", "")) if named is not None else None
            if style is None:
                return
            name = style.find(f"{W}name")
            yield style.find(f"{W}pPr"), name.get(f"{W}val", "").lower() if name is not None else ""
            named = style.find(f"{W}basedOn")


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, whatever content controls and insertions they stand in."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        if element.tag in {f"{W}p", f"{W}tbl"}:
            yield element
        elif element.tag not in SKIPPED:
            pending.extend(reversed(element))


def _cell(cell: Element) -> str:
    return " ".join(" ".join(_text(paragraph).split()) for paragraph in cell.iter(f"{W}p")).strip()


def _text(paragraph: Element) -> str:
    pieces: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in CHARACTERS:
            pieces.append(CHARACTERS[element.tag])
        elif element.tag not in SKIPPED:
            pending.extend(reversed(element))
    return "".join(pieces)

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
from replyassist.errors import UnreadableDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
PARAGRAPH, TABLE, TEXT_BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
# "Strict" Open XML has other names for everything; hardly any program writes it unasked.
NO_BODY = "The file has no text as Word writes it: save it as an ordinary Word document (docx)."
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
    if body is None:
        raise UnreadableDocument(NO_BODY)
    for element in _blocks(body):
        if element.tag == TABLE:
            for row in _nearest(element, f"{W}tr"):
                composer.add("table", "\t".join(_cell(cell) for cell in _nearest(row, f"{W}tc")))
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
    """Paragraphs and tables in order; those of a text box after the paragraph that it hangs on."""
    for element in _nearest(parent, PARAGRAPH, TABLE):
        yield element
        if element.tag == PARAGRAPH and next(element.iter(TEXT_BOX), None) is not None:
            for box in _nearest(element, TEXT_BOX):
                yield from _blocks(box)


def _nearest(parent: Element, *tags: str) -> Iterator[Element]:
    """Elements of these kinds, and none within them, whatever content controls or insertions they are in."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        if element.tag in tags:
            yield element
        elif element.tag not in SKIPPED:
            pending.extend(reversed(element))


def _cell(cell: Element) -> str:
    """What stands in a cell, in one line; a table in it too."""
    blocks = (_cell(block) if block.tag == TABLE else _text(block) for block in _blocks(cell))
    return " ".join(" ".join(text.split()) for text in blocks).strip()


def _text(paragraph: Element) -> str:
    pieces: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in CHARACTERS:
            pieces.append(CHARACTERS[element.tag])
        elif element.tag not in SKIPPED and element.tag != TEXT_BOX:
            pending.extend(reversed(element))
    return "".join(pieces)

"""Reading OpenDocument text (odt)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from replyassist.documents.archive import Archive
from replyassist.documents.composing import Composer, collapse
from replyassist.domain import BlockKind, Draft
from replyassist.errors import EncryptedDocument, UnreadableDocument

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
# Comments, deleted text, notes and generated lists are no part of the letter.
SKIPPED = frozenset({
    f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}table-of-content",
    f"{OFFICE}forms", f"{TEXT}sequence-decls",
})  # fmt: skip
MOST_SPACES = 100


def read_opendocument(data: bytes, limit: int) -> Draft:
    """Read the body of an odt document: paragraphs, headings, list items and tables.

    Raises:
        UnreadableDocument, TextTooLong
    """
    with Archive(data) as archive:
        manifest = archive.xml("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else None
        if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise EncryptedDocument
        body = archive.xml("content.xml").find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableDocument("The document holds no text part.")
    composer = Composer(limit)
    for kind, text in _blocks(body):
        composer.add(kind, text)
    return composer.draft()


def _blocks(body: Element) -> Iterator[tuple[BlockKind, str]]:
    pending: list[tuple[Element, BlockKind]] = [(child, "paragraph") for child in reversed(body)]
    while pending:
        element, kind = pending.pop()
        if element.tag == f"{TEXT}h":
            yield "heading", _text(element)
        elif element.tag == f"{TEXT}p":
            yield kind, _text(element)
            # Text boxes hang on a paragraph and have paragraphs of their own.
            pending.extend((child, "paragraph") for child in reversed(element))
        elif element.tag == f"{TABLE}table-row":
            cells = element.findall(f"{TABLE}table-cell")
            yield "table", "\t".join(" ".join(text for _, text in _blocks(cell)) for cell in cells)
        elif element.tag not in SKIPPED:
            inner: BlockKind = "list-item" if element.tag == f"{TEXT}list-item" else kind
            pending.extend((child, inner) for child in reversed(element))


def _text(element: Element) -> str:
    pieces = [collapse(element.text or "")]
    for child in element:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            pieces.append(" " * min(int(count) if count.isdecimal() else 1, MOST_SPACES))
        elif child.tag == f"{TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in SKIPPED and not child.tag.startswith(DRAWING):
            pieces.append(_text(child))
        pieces.append(collapse(child.tail or ""))
    return "".join(pieces)

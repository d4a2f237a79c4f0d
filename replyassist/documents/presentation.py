"""Reading PowerPoint presentations (pptx): the text of the slides, in their order."""

from __future__ import annotations

from posixpath import join, normpath
from xml.etree.ElementTree import Element

from replyassist.documents.archive import Archive
from replyassist.documents.composing import Composer
from replyassist.domain import BlockKind, Draft

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PRESENTATION, RELATIONS = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
TITLES = frozenset({"title", "ctrTitle", "subTitle"})


def read_presentation(data: bytes, limit: int) -> Draft:
    """Read the slides of a pptx presentation: titles as headings, other text as list items, and tables.

    Raises:
        UnreadableDocument, TextTooLong
    """
    composer = Composer(limit)
    with Archive(data) as archive:
        for name in _slides(archive):
            for frame in archive.xml(name).iter():
                if frame.tag == f"{A}tr":
                    composer.add("table", "\t".join(_cell(cell) for cell in frame.findall(f"{A}tc")))
                elif frame.tag == f"{P}sp":
                    for paragraph in frame.iter(f"{A}p"):
                        composer.add(_kind(frame), _text(paragraph))
    return composer.draft()


def _slides(archive: Archive) -> list[str]:
    """The parts that hold the slides, in the order in which they are shown."""
    targets = {link.get("Id"): link.get("Target", "") for link in archive.xml(RELATIONS)}
    shown = archive.xml(PRESENTATION).iter(f"{P}sldId")
    paths = [normpath(join("ppt", targets.get(slide.get(RELATION), ""))).lstrip("/") for slide in shown]
    return [path for path in dict.fromkeys(paths) if path in archive]


def _kind(frame: Element) -> BlockKind:
    placeholder = frame.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    kind = placeholder.get("type", "") if placeholder is not None else "none"
    if kind in TITLES:
        return "heading"
    # The body of a slide is a list unless its layout says otherwise; a text box is a paragraph.
    return "paragraph" if kind == "none" else "list-item"


def _cell(cell: Element) -> str:
    return " ".join(_text(paragraph) for paragraph in cell.iter(f"{A}p"))


def _text(element: Element) -> str:
    breaks = {f"{A}br": "\n", f"{A}tab": "\t"}
    return "".join(
        breaks.get(part.tag) or part.text or "" for part in element.iter() if part.tag in {f"{A}t", *breaks}
    )

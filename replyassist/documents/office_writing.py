"""Word, OpenDocument and PowerPoint files in, the same files out with other words.

Headers, footers, footnotes and endnotes are changed with the body, speaker's notes with the slides. Comments
and tracked deletions are for the people who write: they stay as they are, and so does the rest of the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from replyassist.documents.archive import Archive
from replyassist.documents.composing import collapse
from replyassist.documents.inline import spread
from replyassist.documents.markup_writing import Change
from replyassist.documents.opendocument import OFFICE, TEXT
from replyassist.documents.presentation import A as DRAWING
from replyassist.documents.word import CHARACTERS, NO_BODY
from replyassist.documents.word import W as WORD
from replyassist.errors import BinaryInput, MacroDocument, UnreadableDocument

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|^Basic/", re.IGNORECASE)
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORD_BREAKS = frozenset({f"{WORD}tab", f"{WORD}br", f"{WORD}cr", f"{WORD}fldChar"})
WORD_HYPHENS = (f"{WORD}noBreakHyphen", f"{WORD}softHyphen")
# What stands within a sentence of OpenDocument and isn't seen there, or is the mark of a note.
TEXT_MARKS = frozenset({
    f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}note", f"{TEXT}soft-page-break",
    *(f"{TEXT}{mark}{end}" for mark in ("bookmark", "reference-mark", "change", "toc-mark")
      for end in ("", "-start", "-end")),
})  # fmt: skip
TEXT_SILENT = frozenset({f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}table-of-content"})
# The order that the schema wants: w:bidi comes before any of these in a paragraph's properties.
AFTER_BIDI = frozenset(
    f"{WORD}{name}"
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId",
        "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip
AFTER_RTL = frozenset(
    f"{WORD}{name}" for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")
)

# A place where text stands: an element, and whether it is the text within it or the text after it.
Place = tuple[Any, str]
Line = list[Place]


def rewrite_archive(data: bytes, change: Change, *, right_to_left: bool = False) -> bytes:
    """The file with each line of its text changed.

    Args:
        data: a docx, odt or pptx file.
        change: what is done to its text; called once.
        right_to_left: whether the new text runs from right to left; paragraphs are then turned round.

    Raises:
        BinaryInput: it is an archive of another kind.
        MacroDocument: what a macro does with other words is not known, and nobody wrote it into this letter.
        UnreadableDocument, and whatever ``change`` raises.
    """
    with Archive(data) as archive:
        form = next((form for form in FORMS if form.main in archive), None)
        if form is None:
            raise BinaryInput("The archive holds no document that can be written.")
        if any(MACROS.search(name) for name in archive.names):
            raise MacroDocument
        roots = {name: _root(archive, name) for name in archive.names if form.parts.fullmatch(name)}
        lines = [line for root in roots.values() for line in form.lines(root)]
        changed = _replace(lines, change)
        if right_to_left:
            form.turn(roots, changed)
        new = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in roots.items()
        }
        return _packed(data, archive, new)


def _root(archive: Archive, name: str) -> Any:
    archive.xml(name)  # refuses what is dangerous to parse
    try:
        return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:  # nested too deep for it
        raise UnreadableDocument(f"The document's {name} cannot be read.") from error


def _packed(data: bytes, archive: Archive, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts changed, all others and their order as they were."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(output, "w") as after:
        for entry in before.infolist():
            part = changed.get(entry.filename) or archive.read(entry.filename)
            after.writestr(entry, part)
    return output.getvalue()


def _replace(lines: Sequence[Line], change: Change) -> list[Line]:
    """Change the text at the places of every line that has letters in it; those lines."""
    lines = [line for line in lines if any(c.isalpha() for c in _wording(line))]
    units = [collapse(_wording(line)).strip() for line in lines]
    for line, new in zip(lines, change(units), strict=True):
        old = _wording(line)
        lead, trail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
        shared = spread([getattr(element, kind) or "" for element, kind in line], lead + new + trail)
        for (element, kind), text in zip(line, shared, strict=True):
            setattr(element, kind, text)
            if element.tag == f"{WORD}t" and text != text.strip():
                element.set(XML_SPACE, "preserve")
    return list(lines)


def _wording(line: Line) -> str:
    return "".join(getattr(element, kind) or "" for element, kind in line)


def _word_lines(root: Any) -> Iterator[Line]:
    """The lines of a Word document: text that was deleted and the codes of fields are no part of them."""
    if not root.tag.startswith(WORD):
        raise UnreadableDocument(NO_BODY)
    for hyphen in list(root.iter(*WORD_HYPHENS)):  # belong to a word, which may be another now
        hyphen.text, hyphen.tag = CHARACTERS[hyphen.tag], f"{WORD}t"
    for paragraph in root.iter(f"{WORD}p"):
        line: Line = []
        for element in paragraph.iter(f"{WORD}t", *WORD_BREAKS):
            # A text box is a paragraph within a paragraph, and comes in its own turn; so does what was moved.
            if next(element.iterancestors(f"{WORD}p", f"{WORD}moveFrom")) is not paragraph:
                continue
            if element.tag == f"{WORD}t":
                line.append((element, "text"))
            elif next(element.iterancestors(f"{WORD}tabs"), None) is None:
                yield line
                line = []
        yield line


def _slide_lines(root: Any) -> Iterator[Line]:
    """The lines of a slide: runs of a paragraph; fields such as the slide's number stay."""
    for paragraph in root.iter(f"{DRAWING}p"):
        line: Line = []
        for element in paragraph:
            if element.tag == f"{DRAWING}r" and (text := element.find(f"{DRAWING}t")) is not None:
                line.append((text, "text"))
            elif element.tag in {f"{DRAWING}br", f"{DRAWING}fld"}:
                yield line
                line = []
        yield line


def _text_lines(root: Any) -> Iterator[Line]:
    """The lines of an OpenDocument text."""
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        if next(paragraph.iterancestors(*TEXT_SILENT), None) is None:
            line: Line = []
            for place in _text_places(paragraph):
                if place is None:
                    yield line
                    line = []
                else:
                    line.append(place)
            yield line


def _text_places(element: Any) -> Iterator[Place | None]:
    """Where the text of a paragraph stands, in order; None where a line ends."""
    yield element, "text"
    for child in element:
        if child.tag in {f"{TEXT}span", f"{TEXT}a"}:
            yield from _text_places(child)
        elif child.tag not in TEXT_MARKS:
            yield None  # a tabulator, a picture, a field
        yield child, "tail"


def _turn_word(roots: dict[str, Any], lines: Sequence[Line]) -> None:
    for line in lines:
        for text, _ in line:
            run = text.getparent()
            if run.tag == f"{WORD}r":
                _mark(run, "rPr", "rtl", AFTER_RTL)
            _mark(next(text.iterancestors(f"{WORD}p")), "pPr", "bidi", AFTER_BIDI)


def _mark(parent: Any, properties: str, mark: str, after: frozenset[str]) -> None:
    """Set a property in the place that the schema has for it."""
    held = parent.find(f"{WORD}{properties}")
    if held is None:
        held = etree.Element(f"{WORD}{properties}")
        parent.insert(0, held)
    if held.find(f"{WORD}{mark}") is None:
        place = next((i for i, child in enumerate(held) if child.tag in after), len(held))
        held.insert(place, etree.Element(f"{WORD}{mark}"))


def _turn_slides(roots: dict[str, Any], lines: Sequence[Line]) -> None:
    for line in lines:
        paragraph = next(line[0][0].iterancestors(f"{DRAWING}p"))
        properties = paragraph.find(f"{DRAWING}pPr")
        if properties is None:
            properties = etree.Element(f"{DRAWING}pPr")
            paragraph.insert(0, properties)
        properties.set("rtl", "1")
        properties.set("algn", {"l": "r", "r": "l", None: "r"}.get(properties.get("algn"), "ctr"))


def _turn_text(roots: dict[str, Any], lines: Sequence[Line]) -> None:
    """OpenDocument has the direction in styles: that of every paragraph style and of the page."""
    for root in roots.values():
        for kind in ("paragraph-properties", "page-layout-properties"):
            for properties in root.iter(f"{STYLE}{kind}"):
                properties.set(f"{STYLE}writing-mode", "rl-tb")
        for style in root.iter(f"{STYLE}default-style"):
            if (
                style.get(f"{STYLE}family") == "paragraph"
                and style.find(f"{STYLE}paragraph-properties") is None
            ):
                properties = etree.Element(f"{STYLE}paragraph-properties")
                properties.set(f"{STYLE}writing-mode", "rl-tb")
                style.insert(0, properties)


@dataclass(frozen=True, slots=True)
class Form:
    """A format: the part that tells it, the parts with text, their lines, and how text is turned round."""

    main: str
    parts: re.Pattern[str]
    lines: Callable[[Any], Iterator[Line]]
    turn: Callable[[dict[str, Any], Sequence[Line]], None]


FORMS = (
    Form(
        "word/document.xml",
        re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
        _word_lines, _turn_word,
    ),
    Form(
        "ppt/presentation.xml",
        re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml"),
        _slide_lines, _turn_slides,
    ),
    Form("content.xml", re.compile(r"content\.xml|styles\.xml"), _text_lines, _turn_text),
)  # fmt: skip

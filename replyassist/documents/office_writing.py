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
from replyassist.documents.markup_writing import Change
from replyassist.documents.office_lines import (
    Field,
    Line,
    Place,
    Spaces,
    has_letters,
    places_of,
    set_wording,
    wording_of,
)
from replyassist.documents.opendocument import OFFICE, TEXT
from replyassist.documents.presentation import A as DRAWING
from replyassist.documents.word import CHARACTERS, NO_BODY
from replyassist.documents.word import W as WORD
from replyassist.documents.word_fields import MARK, SIMPLE, find_fields
from replyassist.errors import BinaryInput, MacroDocument, UnreadableDocument

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|^Basic/", re.IGNORECASE)
WORD_BREAKS = frozenset({f"{WORD}tab", f"{WORD}br", f"{WORD}cr", MARK})
# What was moved, and the marks of fields that were deleted.
WORD_GONE = (f"{WORD}moveFrom", f"{WORD}del")
WORD_HYPHENS = (f"{WORD}noBreakHyphen", f"{WORD}softHyphen")
# What stands within a sentence of OpenDocument and isn't seen there, or is the mark of a note.
TEXT_MARKS = frozenset({
    f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}note", f"{TEXT}soft-page-break",
    f"{TEXT}hidden-paragraph", f"{TEXT}page-variable-set", f"{TEXT}script",
    *(f"{TEXT}{mark}{end}"
      for mark in ("bookmark", "reference-mark", "change", "toc-mark", "alphabetical-index-mark",
                   "user-index-mark")
      for end in ("", "-start", "-end")),
})  # fmt: skip
# Hold text of the sentence; all else of their namespace that is no mark is a field.
TEXT_HOLDERS = frozenset(f"{TEXT}{name}" for name in ("span", "a", "meta", "text-input"))
TEXT_BREAKS = frozenset({f"{TEXT}tab", f"{TEXT}line-break"})
# More spaces than these part columns, as a tabulator does.
NARROW = ("0", "1", "2", "3")
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
    lines = [line for line in lines if has_letters(line)]
    before = [wording_of(line) for line in lines]
    for line, old, new in zip(lines, before, change([collapse(old).strip() for old in before]), strict=True):
        lead, trail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
        set_wording(line, lead + new + trail)
    return list(lines)


def _word_lines(root: Any) -> Iterator[Line]:
    """The lines of a Word document: what was deleted and the codes of fields are no part of them."""
    if not root.tag.startswith(WORD):
        raise UnreadableDocument(NO_BODY)
    for hyphen in list(root.iter(*WORD_HYPHENS)):  # belong to a word, which may be another now
        hyphen.text, hyphen.tag = CHARACTERS[hyphen.tag], f"{WORD}t"
    tags = (f"{WORD}t", SIMPLE, *WORD_BREAKS)
    fields = find_fields(root, tags)
    for paragraph in root.iter(f"{WORD}p"):
        line: Line = []
        for element in paragraph.iter(*tags):
            # A text box is a paragraph within a paragraph, and comes in its own turn; so does what was moved.
            if next(element.iterancestors(f"{WORD}p", *WORD_GONE)) is not paragraph:
                continue
            part = fields.get(element, element)
            if part is None:
                continue
            if isinstance(part, Field) and part.nodes:
                line.append(part)
            elif element.tag == f"{WORD}t":
                line.append(Place(element))
            elif next(element.iterancestors(f"{WORD}tabs"), None) is None:
                yield line
                line = []
        yield line


def _slide_lines(root: Any) -> Iterator[Line]:
    """The lines of a slide: runs of a paragraph, and fields such as the slide's number."""
    for paragraph in root.iter(f"{DRAWING}p"):
        line: Line = []
        for element in paragraph:
            if element.tag == f"{DRAWING}r" and (text := element.find(f"{DRAWING}t")) is not None:
                line.append(Place(text))
            elif element.tag == f"{DRAWING}fld":
                line.append(Field((element,)))
            elif element.tag == f"{DRAWING}br":
                yield line
                line = []
        yield line


def _text_lines(root: Any) -> Iterator[Line]:
    """The lines of an OpenDocument text."""
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        if next(paragraph.iterancestors(*TEXT_SILENT), None) is None:
            line: Line = []
            for each in _text_places(paragraph):
                indents = isinstance(each, Spaces) and not any(
                    isinstance(other, Field) or other.text.strip() for other in line
                )
                if each is None or indents:
                    yield line
                    line = []
                else:
                    line.append(each)
            yield line


def _text_places(element: Any) -> Iterator[Place | Field | None]:
    """Where the text of a paragraph stands, and its fields, in order; None where a line ends."""
    yield Place(element)
    for child in element:
        if child.tag in TEXT_HOLDERS:
            yield from _text_places(child)
        elif child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield Spaces(child, becomes=f"{TEXT}span") if count in NARROW else None
        elif child.tag in TEXT_MARKS or child.get(f"{TEXT}display") == "none":
            pass
        elif str(child.tag).startswith(TEXT) and child.tag not in TEXT_BREAKS:
            yield Field((child,))
        else:
            yield None  # a tabulator, a picture
        yield Place(child, "tail")


def _turn_word(roots: dict[str, Any], lines: Sequence[Line]) -> None:
    for line in lines:
        for place in places_of(line):
            text = place.element
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
        paragraph = next(places_of(line)[0].element.iterancestors(f"{DRAWING}p"))
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

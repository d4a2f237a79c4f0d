"""A text and its translation side by side, as a new docx or odt file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from odfdo import Cell, Document, Paragraph, Row, Style, Table
from odfdo import Header as Heading

from replyassist.languages.direction import direction_of

MARGIN = Cm(1.5)
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """Text in a language, given by its tag."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What stands in such a file.

    Attributes:
        title: its heading.
        labels: what the reader must know of the translation, such as that nobody has reviewed it.
        heads: the names of the two languages, in the language of the reader.
        languages: tags of the two columns.
        rows: a paragraph and its translation.
    """

    title: Wording
    labels: tuple[Wording, ...]
    heads: tuple[str, str]
    languages: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def _lines(text: str) -> list[str]:
    """The lines of a text, without the characters that XML can't hold."""
    return NO_XML.sub("", text).split("\n")


def write_word(content: SideBySide) -> bytes:
    """The content as a docx file: a table of two columns whose head is repeated on every page."""
    document = WordDocument()
    for section in document.sections:
        section.left_margin = section.right_margin = MARGIN
    _write_words(document.add_heading(level=1), content.title)
    for label in content.labels:
        _write_words(document.add_paragraph(), label, bold=True)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    head = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    for cell, name in zip(head.cells, content.heads, strict=True):
        _write_words(cell.paragraphs[0], Wording(name, content.title.language), bold=True)
    for row in content.rows:
        cells = table.add_row().cells
        for cell, text, language in zip(cells, row, content.languages, strict=True):
            for number, line in enumerate(_lines(text)):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                _write_words(paragraph, Wording(line, language))
    document.core_properties.title = content.title.text
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _write_words(paragraph: Any, wording: Wording, *, bold: bool = False) -> None:
    """Add a run that says its language, and its direction where it runs from right to left."""
    run = paragraph.add_run(wording.text)
    run.bold = bold or None
    turned = direction_of(wording.language) == "rtl"
    properties = run._r.get_or_add_rPr()
    if turned:
        run.font.rtl = True
        paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"
        )
    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if turned else "w:val"), wording.language)
    properties.append(language)


def write_opendocument(content: SideBySide) -> bytes:
    """The content as an odt file: a table of two columns."""
    document = Document("text")
    body = document.body
    body.clear()
    _add_styles(document, content)
    body.append(Heading(1, content.title.text, style=_style_of(content.title.language, "")))
    for label in content.labels:
        body.append(Paragraph(label.text, style=_style_of(label.language, "strong")))
    table = Table("side-by-side", width=2)
    head = Row()
    for name in content.heads:
        head.append_cell(_cell(name, _style_of(content.title.language, "strong")))
    table.append(head)
    for row in content.rows:
        made = Row()
        for text, language in zip(row, content.languages, strict=True):
            made.append_cell(_cell(text, _style_of(language, "")))
        table.append(made)
    body.append(table)
    document.meta.title = content.title.text
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _cell(text: str, style: str) -> Any:
    cell = Cell(style="side-by-side-cell")
    cell.clear()
    for line in _lines(text):
        cell.append(Paragraph(line, style=style))
    return cell


def _style_of(language: str, weight: str) -> str:
    return "-".join(filter(None, ("text", language, weight)))


def _add_styles(document: Document, content: SideBySide) -> None:
    """One style of a paragraph for each language and weight, and one of a cell."""
    languages = {content.title.language, *content.languages, *(label.language for label in content.labels)}
    for language in sorted(languages):
        tag, _, region = language.partition("-")
        for weight in ("", "strong"):
            style = Style("paragraph", name=_style_of(language, weight))
            if direction_of(language) == "rtl":
                turned = {"style:writing-mode": "rl-tb", "fo:text-align": "start"}
                style.set_properties(turned, area="paragraph")
            style.set_properties(
                {
                    "fo:language": tag,
                    "fo:country": region or "none",
                    **({"fo:font-weight": "bold"} if weight else {}),
                },
                area="text",
            )
            document.insert_style(style, automatic=True)
    cell = Style("table-cell", name="side-by-side-cell", border="0.5pt solid #767676", padding="0.15cm")
    document.insert_style(cell, automatic=True)


WRITERS: dict[str, Callable[[SideBySide], bytes]] = {"docx": write_word, "odt": write_opendocument}

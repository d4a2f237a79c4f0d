"""A text and its translation side by side, as a new docx file."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from replyassist.documents.side_by_side import SideBySide, Wording, lines_of
from replyassist.languages.direction import direction_of

MARGIN = Cm(1.5)


def write(content: SideBySide) -> bytes:
    """The content as a docx file: a table of two columns whose head is repeated on every page."""
    document = Document()
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
            for number, line in enumerate(lines_of(text)):
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

"""A text and its translation side by side, as a new odt file."""

from __future__ import annotations

import io
from typing import Any

from odfdo import Cell, Document, Paragraph, Row, Style, Table
from odfdo import Header as Heading

from replyassist.documents.side_by_side import SideBySide, lines_of
from replyassist.languages.direction import direction_of


def write(content: SideBySide) -> bytes:
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
    for line in lines_of(text):
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

"""Documents that come back in their own format with other words: what surrounds the text stays."""

import io
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document as OpenDocument
from odfdo import Header, Paragraph, Span
from pptx import Presentation

from replyassist.documents import read
from replyassist.documents.inline import spread
from replyassist.documents.writing import rewrite
from replyassist.errors import BinaryInput, MacroDocument, UnreadableDocument


def reworded(units: Sequence[str]) -> list[str]:
    """Every word but the date in capitals, so that a wording changes and a fact does not."""
    return [unit.upper().replace("3. MARS 2026", "3. mars 2026") for unit in units]


def unchanged(units: Sequence[str]) -> list[str]:
    return list(units)


@pytest.mark.parametrize(
    ("pieces", "wording", "wanted"),
    [
        (["Hei"], "Hello", ["Hello"]),
        ([], "", []),
        (["Fristen er ", "3. mars 2026", "."], "The deadline is 3. mars 2026.", None),
        (["Du ", "må", " svare."], "You must reply.", ["", "", "You must reply."]),
        (["Kari", " ", "Nordmann"], "Kari Nordmann", ["Kari", " ", "Nordmann"]),
        (["Kari", "Nordmann"], "Kari og Nordmann", ["Kari og ", "Nordmann"]),
        (["a", "b"], "b a", None),
    ],
)
def test_a_wording_is_shared_out(pieces, wording, wanted):
    result = spread(pieces, wording)
    assert "".join(result) == wording
    if wanted is not None:
        assert result == wanted


def test_what_is_the_same_keeps_its_place():
    pieces = ["Fristen er ", "3. mars 2026", "."]
    assert spread(pieces, "The deadline is 3. mars 2026.")[1] == "3. mars 2026"


@given(
    st.lists(st.text(alphabet="ab .", max_size=4), min_size=1, max_size=6),
    st.text(alphabet="ab .", max_size=12),
)
def test_nothing_is_lost_or_doubled(pieces, wording):
    result = spread(pieces, wording)
    assert len(result) == len(pieces)
    assert "".join(result) == wording


def word_file() -> bytes:
    document = Document()
    document.add_heading("Vedtak om plass", 1)
    paragraph = document.add_paragraph("Fristen er ")
    paragraph.add_run("3. mars 2026").bold = True
    paragraph.add_run(", og du må svare.")
    document.add_paragraph("Navn\tAdresse")
    document.add_paragraph("12 345")
    document.add_table(1, 2).cell(0, 1).text = "i tabellen"
    document.sections[0].header.paragraphs[0].text = "Kommunen"
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_word_keeps_its_formatting():
    found = Document(io.BytesIO(rewrite(word_file(), reworded)))
    heading, deadline, columns, number = found.paragraphs
    assert (heading.text, heading.style.name) == ("VEDTAK OM PLASS", "Heading 1")
    assert deadline.text == "FRISTEN ER 3. mars 2026, OG DU MÅ SVARE."
    assert [run.text for run in deadline.runs if run.bold] == ["3. mars 2026"]
    assert (columns.text, number.text) == ("NAVN\tADRESSE", "12 345")
    assert found.tables[0].cell(0, 1).text == "I TABELLEN"
    assert found.sections[0].header.paragraphs[0].text == "KOMMUNEN"


def test_word_that_is_not_changed_reads_the_same_and_keeps_its_other_parts():
    before = word_file()
    after = rewrite(before, unchanged)
    assert read(after) == read(before)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = {"word/document.xml", "word/header1.xml"}
        others = [name for name in old.namelist() if name not in changed]
        assert all(old.read(name) == new.read(name) for name in others)
        for part in (old, new):
            assert b"mc:Ignorable" not in part.read("word/document.xml") or b"xmlns:w14" in part.read(
                "word/document.xml"
            )


FOOTNOTES = """<?xml version="1.0" encoding="UTF-8"?>
<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">
<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Se loven.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
COMMENTS = FOOTNOTES.replace("footnote", "comment").replace("Se loven.", "Spør Kari.")


def added(archive: bytes, **parts: str) -> bytes:
    output = io.BytesIO(archive)
    with zipfile.ZipFile(output, "a") as packed:
        for name, content in parts.items():
            packed.writestr(f"word/{name}.xml", content)
    return output.getvalue()


def part(archive: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return packed.read(name).decode()


def replaced(archive: bytes, name: str, content: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(output, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return output.getvalue()


def test_notes_of_word_are_changed_and_comments_are_not():
    after = rewrite(added(word_file(), footnotes=FOOTNOTES, comments=COMMENTS), reworded)
    assert ">SE LOVEN.</w:t>" in part(after, "word/footnotes.xml")
    assert part(after, "word/comments.xml") == COMMENTS


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rewritten_word(runs: str) -> tuple[list[str], str]:
    """The units of a paragraph with these runs, and the paragraph with them in capitals."""
    found: list[str] = []

    def louder(units: Sequence[str]) -> list[str]:
        found.extend(units)
        return reworded(units)

    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        paragraph = f"<w:p>{runs}</w:p>"
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{paragraph}</w:body></w:document>',
        )
    after = rewrite(output.getvalue(), louder)
    return found, part(after, "word/document.xml")


def test_what_was_moved_in_word_is_read_where_it_is_now():
    units, after = rewritten_word(
        '<w:moveFrom><w:r><w:t xml:space="preserve">Snart </w:t></w:r></w:moveFrom>'
        "<w:r><w:t>kommer vi</w:t></w:r>"
        '<w:moveTo><w:r><w:t xml:space="preserve"> snart.</w:t></w:r></w:moveTo>'
    )
    assert units == ["kommer vi snart."]
    assert ">Snart </w:t>" in after


def test_hyphens_of_word_belong_to_the_words():
    units, after = rewritten_word(
        "<w:r><w:t>skoleåret 2025</w:t><w:noBreakHyphen/><w:t>2026 er i barne</w:t>"
        "<w:softHyphen/><w:t>hagen</w:t></w:r>"
    )
    assert units == ["skoleåret 2025\u20112026 er i barne\u00adhagen"]
    assert "Hyphen" not in after


def test_word_as_no_program_writes_it_unasked_is_refused():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr("word/document.xml", '<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')
    with pytest.raises(UnreadableDocument):
        rewrite(output.getvalue(), reworded)


def test_arabic_in_word_runs_from_right_to_left():
    before = word_file()
    after = rewrite(before, lambda units: ["القرار" for _ in units], language="ar")
    heading, *_ = Document(io.BytesIO(after)).paragraphs
    assert heading.text == "القرار"
    properties = heading._p.pPr
    order = [child.tag.rpartition("}")[2] for child in properties]
    assert order[:2] == ["pStyle", "bidi"]
    assert [child.tag.rpartition("}")[2] for child in heading.runs[0]._r.rPr] == ["rtl"]
    assert "w:bidi" not in part(rewrite(before, unchanged, language="sv"), "word/document.xml")


def presentation() -> bytes:
    document = Presentation()
    slide = document.slides.add_slide(document.slide_layouts[1])
    slide.shapes.title.text = "Ny barnehage"
    frame = slide.placeholders[1].text_frame
    frame.text = "Søk innen "
    frame.paragraphs[0].add_run().text = "3. mars 2026"
    frame.paragraphs[0].runs[1].font.bold = True
    frame.add_paragraph().text = "Du får svar i april"
    table = slide.shapes.add_table(1, 2, 0, 0, 100, 100).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Pris", "2 000 kr"
    slide.notes_slide.notes_text_frame.text = "Husk å hilse"
    second = document.slides.add_slide(document.slide_layouts[6])
    second.shapes.add_textbox(0, 0, 100, 100).text_frame.text = "Takk for oss"
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_a_presentation_is_read_in_order():
    draft = read(presentation())
    assert [(block.kind, block.span.of(draft.text)) for block in draft.blocks] == [
        ("heading", "Ny barnehage"),
        ("list-item", "Søk innen 3. mars 2026"),
        ("list-item", "Du får svar i april"),
        ("table", "Pris\t2 000 kr"),
        ("paragraph", "Takk for oss"),
    ]


def test_a_presentation_keeps_its_formatting():
    found = Presentation(io.BytesIO(rewrite(presentation(), reworded)))
    first, second = found.slides
    assert first.shapes.title.text == "NY BARNEHAGE"
    runs = first.placeholders[1].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [("SØK INNEN ", None), ("3. mars 2026", True)]
    assert first.notes_slide.notes_text_frame.text == "HUSK Å HILSE"
    assert second.shapes[0].text_frame.text == "TAKK FOR OSS"
    turned = Presentation(io.BytesIO(rewrite(presentation(), reworded, language="fa")))
    assert turned.slides[1].shapes[0].text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"


def open_document() -> bytes:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, "Vedtak om plass"))
    paragraph = Paragraph("Fristen er ")
    span = Span("3. mars 2026", style="Strong")
    paragraph.append(span)
    span.tail = ", og du må svare."
    document.body.append(paragraph)
    document.body.append(Paragraph("Første linje\nAndre linje"))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_opendocument_keeps_its_formatting():
    after = rewrite(open_document(), reworded)
    text = read(after).text
    assert "VEDTAK OM PLASS" in text
    assert "FRISTEN ER 3. mars 2026, OG DU MÅ SVARE." in text
    assert "FØRSTE LINJE\nANDRE LINJE" in text
    with zipfile.ZipFile(io.BytesIO(after)) as packed:
        assert packed.infolist()[0].filename == "mimetype"
        assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert b">3. mars 2026</text:span>" in packed.read("content.xml")


def test_marks_of_opendocument_stand_within_their_sentence():
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Paragraph("Vi har fått brevet ditt i dag."))
    output = io.BytesIO()
    document.save(output)
    marks = (
        "<text:soft-page-break/>",
        '<text:bookmark-start text:name="a"/>',
        '<text:change text:change-id="b"/>',
    )
    content = part(output.getvalue(), "content.xml")
    for word, mark in zip(("fått ", "brevet ", "ditt "), marks, strict=True):
        content = content.replace(word, word + mark)
    units: list[str] = []

    def same(given: Sequence[str]) -> list[str]:
        units.extend(given)
        return list(given)

    after = rewrite(replaced(output.getvalue(), "content.xml", content), same)
    assert units == ["Vi har fått brevet ditt i dag."]
    assert all(mark in part(after, "content.xml") for mark in marks)


def test_headers_and_notes_of_opendocument_are_changed_and_comments_are_not():
    document = OpenDocument("text")
    document.body.clear()
    paragraph = Paragraph("Fristen er kort her.")
    paragraph.insert_note(after="Fristen", note_id="n1", citation="1", body="Se loven.")
    paragraph.insert_annotation(after="kort", body="Spør Kari.", creator="Ola")
    document.body.append(paragraph)
    document.get_styles("master-page")[0].set_page_header(Paragraph("Kommunen"))
    output = io.BytesIO()
    document.save(output)
    after = rewrite(output.getvalue(), reworded, language="ar")
    body, styles = part(after, "content.xml"), part(after, "styles.xml")
    assert "FRISTEN" in body
    assert "SE LOVEN." in body
    assert "Spør Kari." in body
    assert "KOMMUNEN" in styles
    assert 'style:writing-mode="rl-tb"' in styles
    assert read(after).text.startswith("FRISTEN ER KORT HER.")


def test_html_says_what_language_it_is_in_now():
    page = "<!doctype html><html{}><body><p>hei</p></body></html>"
    made = rewrite(page.format(" lang=nb").encode(), unchanged, language="ar").decode()
    assert made == page.format(' lang="ar" dir="rtl"')


def test_html_changes_in_its_text_alone():
    page = (
        '<!DOCTYPE html>\r\n<html lang="nb"><head><title>Brev</title><style>p > b {}</style></head>\r\n'
        '<BODY class=a><p>Fristen  er\r\n <b id="x">3. mars 2026</b> &amp; &lt;senere&gt;.<br/>Hilsen</p>\r\n'
        '<!-- intern --><ul><li>første<li>andre</ul><p hidden>skjult</p><script>"<p>hei</p>"</script>\r\n'
        "<td>12 345</td></BODY></html>"
    )
    assert rewrite(page.encode(), reworded).decode() == (
        '<!DOCTYPE html>\r\n<html lang="nb"><head><title>BREV</title><style>p > b {}</style></head>\r\n'
        '<BODY class=a><p>FRISTEN ER <b id="x">3. mars 2026</b> &amp; &lt;SENERE&gt;.<br/>HILSEN</p>\r\n'
        '<!-- intern --><ul><li>FØRSTE<li>ANDRE</ul><p hidden>SKJULT</p><script>"<p>hei</p>"</script>\r\n'
        "<td>12 345</td></BODY></html>"
    )


def test_html_in_another_encoding_stays_in_it():
    page = '<html><meta charset="iso-8859-1"><p>smør</p>'.encode("latin-1")
    assert rewrite(page, reworded) == '<html><meta charset="iso-8859-1"><p>SMØR</p>'.encode("latin-1")
    assert b"<p>&#321;</p>" in rewrite(page, lambda _: ["Ł"])


@pytest.mark.parametrize("start", ["", "<!doctype html>"])
@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_stays(start, mark, encoding):
    before = mark + f"{start}blåbær 😊".encode(encoding)
    assert rewrite(before, reworded, filename="a.html" if start else "a.txt") == mark + (
        f"{start}BLÅBÆR 😊".encode(encoding)
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_html_is_known_behind_a_byte_order_mark(encoding):
    page = "<html><body><p class='a'>Hei du</p></body></html>"
    assert rewrite(page.encode(encoding), reworded) == page.replace("Hei du", "HEI DU").encode(encoding)


def test_mail_keeps_headers_and_attachments():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@eksempel.no", "b@eksempel.no", "Svar på søknaden"
    message.set_content("Hei,\n\nfristen er 3. mars 2026.\n")
    message.add_alternative("<p>Hei, fristen er <b>3. mars 2026</b>.</p>", subtype="html")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.bin")
    found = message_from_bytes(rewrite(message.as_bytes(), reworded), policy=default)
    assert isinstance(found, EmailMessage)
    assert (found["From"], found["Subject"]) == ("a@eksempel.no", "SVAR PÅ SØKNADEN")
    plain, page = found.get_body(("plain",)), found.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content() == "HEI,\n\nFRISTEN ER 3. mars 2026.\n"
    assert page.get_content().strip() == "<p>HEI, FRISTEN ER <b>3. mars 2026</b>.</p>"
    assert [part.get_content() for part in found.iter_attachments()] == [b"\x00\x01"]


def test_plain_text_keeps_its_line_ends():
    assert rewrite("Hei\r\n\r\nå\n".encode(), unchanged) == "Hei\r\n\r\nå\n".encode()


@pytest.mark.parametrize(
    ("document", "macros"),
    [
        (word_file, "word/vbaProject.bin"),
        (presentation, "ppt/vbaProject.bin"),
        (open_document, "Basic/Standard/a.xml"),
    ],
)
def test_a_file_with_macros_is_read_and_not_written(document, macros):
    output = io.BytesIO(document())
    with zipfile.ZipFile(output, "a") as packed:
        packed.writestr(macros, "Sub Auto_Open()")
    assert read(output.getvalue()) == read(document())
    with pytest.raises(MacroDocument):
        rewrite(output.getvalue(), unchanged)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04rest"])
def test_what_cannot_be_written(data):
    with pytest.raises((BinaryInput, UnreadableDocument)):
        rewrite(data, unchanged)


def test_a_document_that_is_nested_too_deep():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("content.xml", "<a>" * 400 + "</a>" * 400)
    with pytest.raises(UnreadableDocument):
        rewrite(output.getvalue(), unchanged)

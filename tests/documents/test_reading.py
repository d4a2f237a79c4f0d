"""Documents of every format give their text and structure, or are refused with a stable code."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document, Header, List, Paragraph
from pypdf import PdfWriter

from replyassist.documents import read
from replyassist.domain import Draft
from replyassist.errors import (
    BinaryInput,
    EmptyText,
    EncryptedDocument,
    InvalidEncoding,
    InvalidInput,
    ScannedDocument,
    TextTooLong,
    UnreadableDocument,
)

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HTML = """<!doctype html><html><head><title>x</title><style>p {}</style></head><body><h1>Afgørelse</h1>
<p>Vi har  sagt\n ja.<ul><li>Kort<li>Foto</ul><table><tr><td>Gebyr</td><td>1.200 kr.</td></tr></table>
<blockquote>Hej <b>du</b></blockquote><script>alert(1)</script>
<p style="display:none">skjult</p></body></html>"""
MAIL = (
    "From: a@b.example\r\nSubject: =?utf-8?q?Sp=C3=B8rsm=C3=A5l?=\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    "Hei,\r\n\r\nJeg lurer på når søknaden blir behandlet.\r\n\r\nMvh\r\nPer\r\n> Hei Per\r\n"
)


def parts(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(draft.text)) for block in draft.blocks]


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def word(body: str, prologue: str = "") -> bytes:
    return archive(
        word__document_xml=f'{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )


def pdf(content: bytes, forms: tuple[bytes, ...] = (), packing: bytes = b"") -> bytes:
    """A page with one line of text, written by hand: pypdf reads PDFs and cannot write text.

    Each form may draw the next as ``/X Do``; the page may draw the first. ``packing`` says how the content
    is packed.
    """
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), packing, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (number, len(form), form)
            for number, form in enumerate(forms, start=7)
        ),
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1) + table + trailer


@pytest.mark.parametrize("text", ["Hei 😊\r\nÅse", "  innrykk\n", "A\u030ase", "مرحبا", "a\ufeffb"])
def test_plain_text_stays_as_it_was_received(text: str) -> None:
    assert read(text) == Draft(text)
    assert read(text.encode()) == Draft(text)
    assert read(b"\xef\xbb\xbf" + text.encode()) == Draft(text)
    assert read(b"\xff\xfe" + text.encode("utf-16-le")) == Draft(text)


def test_word() -> None:
    document = docx.Document()
    document.add_heading("Vedtak", 1)
    document.add_paragraph("Vi har sagt ja.")
    document.add_paragraph("Kart", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Gebyr", "1 200 kr"
    buffer = io.BytesIO()
    document.save(buffer)
    draft = read(buffer.getvalue(), filename="wrong-name.pdf")
    assert draft.text == "Vedtak\n\nVi har sagt ja.\n\nKart\n\nGebyr\t1 200 kr"
    assert [kind for kind, _ in parts(draft)] == ["heading", "paragraph", "list-item", "table"]


def test_word_content_controls_and_tracked_changes() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Fra malen.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>Satt inn</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Slettet</w:delText></w:r></w:del>"
        '<w:r><w:t xml:space="preserve"> her.</w:t></w:r></w:p>'
    )
    assert read(word(body)).text == "Fra malen.\n\nSatt inn her."


def paragraph(*lines: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def test_word_text_boxes_are_paragraphs_of_their_own() -> None:
    box = f"<w:txbxContent>{paragraph('Saksnummer: 12', 'Ring Kari')}</w:txbxContent>"
    runs = (
        "<w:r><w:t>Vi har sagt ja.</w:t></w:r>",
        f"<w:r>{box}</w:r>",
        "<w:r><w:t> Du kan klage.</w:t></w:r>",
    )
    body = f"<w:p>{''.join(runs)}</w:p>"
    assert read(word(body)).text == "Vi har sagt ja. Du kan klage.\n\nSaksnummer: 12\n\nRing Kari"
    row = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert read(word(row)).text == "Vi har sagt ja. Du kan klage. Saksnummer: 12 Ring Kari"


def test_word_tables_are_read_once_and_whole() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('én')}</w:tc><w:tc>{paragraph('to')}</w:tc></w:tr></w:tbl>"
    controlled = f"<w:sdt><w:sdtContent><w:tc>{paragraph('fra malen')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:tr><w:tc>{paragraph('ytre')}{inner}</w:tc>{controlled}</w:tr>"
    assert parts(read(word(f"<w:tbl>{row}</w:tbl>"))) == [("table", "ytre én to\tfra malen")]


def test_opendocument() -> None:
    document = Document("text")
    document.body.clear()
    for element in (Header(1, "Beslut"), Paragraph("Vi har sagt ja."), List(["Karta", "Bild"])):
        document.body.append(element)
    buffer = io.BytesIO()
    document.save(buffer)
    draft = read(buffer.getvalue())
    assert parts(draft) == [
        ("heading", "Beslut"),
        ("paragraph", "Vi har sagt ja."),
        ("list-item", "Karta"),
        ("list-item", "Bild"),
    ]


def test_opendocument_text_boxes_are_paragraphs_of_their_own_and_pictures_none() -> None:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    box = "<draw:text-box><text:p>Saksnummer: 12</text:p><text:p>Ring Kari</text:p></draw:text-box>"
    body = f"<text:p>Ja<draw:frame>{box}<svg:desc>Et bilde</svg:desc></draw:frame>.</text:p>"
    document = f"<office:d{names}><office:body><office:text>{body}</office:text></office:body></office:d>"
    assert read(archive(content_xml=document)).text == "Ja.\n\nSaksnummer: 12\n\nRing Kari"


@pytest.mark.parametrize(
    "data",
    [
        HTML,
        HTML.encode(),
        HTML.replace("<head>", "<head><meta charset=iso-8859-1>").encode("cp1252"),
        b"\xff\xfe" + HTML.encode("utf-16-le"),
    ],
)
def test_html(data: bytes | str) -> None:
    assert parts(read(data)) == [
        ("heading", "Afgørelse"),
        ("paragraph", "Vi har sagt ja."),
        ("list-item", "Kort"),
        ("list-item", "Foto"),
        ("table", "Gebyr\t1.200 kr."),
        ("quote", "Hej du"),
    ]


def test_html_that_opens_and_closes_has_paragraphs() -> None:
    page = "<html><details><summary>Hvem kan søke?</summary>Alle kan søke.</details>"
    assert read(page).text == "Hvem kan søke?\n\nAlle kan søke."


def test_html_that_says_utf_16_and_can_be_read_is_utf_8() -> None:
    assert read("<html><meta charset=utf-16><p>Vi har sagt ja på".encode()).text == "Vi har sagt ja på"


def test_mail() -> None:
    assert parts(read(MAIL.encode("latin-1"))) == [
        ("heading", "Spørsmål"),
        ("salutation", "Hei,"),
        ("paragraph", "Jeg lurer på når søknaden blir behandlet."),
        ("closing", "Mvh"),
        ("signature", "Per"),
        ("quote", "> Hei Per"),
    ]


def test_pdf() -> None:
    data = pdf("BT /F 12 Tf 50 700 Td (Avslag på søknad.) Tj ET".encode("cp1252"))
    assert read(data) == Draft("Avslag på søknad.")


def test_a_pdf_with_forms_within_forms() -> None:
    forms = (b"BT /F 12 Tf 50 700 Td (Hei!) Tj ET /X Do", b"BT /F 12 Tf 50 600 Td (Du kan klage.) Tj ET")
    assert read(pdf(b"/X Do", forms)).text.split() == ["Hei!", "Du", "kan", "klage."]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf(b"/X Do", (b"/X Do /X Do",) * 40), id="2 to the power of 40 forms"),
        pytest.param(pdf(b"q " * 5_500_000), id="a page of 11 MB"),
        pytest.param(
            pdf(
                zlib.compress(b"\2\0" * 30_000_000),
                packing=b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>",
            ),
            id="60 MB in rows of one column",
        ),
    ],
)
def test_a_pdf_that_draws_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="draws more than any letter"):
        read(data)


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replyassist.documents.portable.LONGEST", 0)
    with pytest.raises(UnreadableDocument, match="draws more than any letter"):
        read(pdf(b"BT /F 12 Tf 50 700 Td (Hei) Tj ET"))


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def encrypted_opendocument() -> bytes:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<m:manifest xmlns:m="{namespace}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    buffer = io.BytesIO(archive(content_xml="locked"))
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def nested_mail(levels: int) -> bytes:
    part = "Content-Type: text/plain\r\n\r\nHei du.\r\n"
    for n in range(levels):
        part = f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n{part}\r\n--b{n}--\r\n"
    return f"MIME-Version: 1.0\r\n{part}".encode()


def slides(*parts: str, **more: str) -> bytes:
    """A presentation that shows these parts, one after the other."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ids = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(len(parts)))
    links = "".join(f'<Relationship Id="r{n}" Target="{part}"/>' for n, part in enumerate(parts))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "ppt/presentation.xml", f'<p:presentation xmlns:p="{P}" xmlns:r="{office}">{ids}</p:presentation>'
        )
        file.writestr("ppt/_rels/presentation.xml.rels", f"<Relationships>{links}</Relationships>")
        for name, text in more.items():
            file.writestr(
                f"ppt/slides/{name}.xml",
                f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp>'
                "</p:sld>",
            )
    return buffer.getvalue()


def test_parts_that_together_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    data = slides("slides/a.xml", "slides/b.xml", a="hei " * 100, b="du " * 100)
    assert len(read(data).text) > 600
    monkeypatch.setattr("replyassist.documents.archive.LARGEST_UNPACKED", 1000)
    with pytest.raises(UnreadableDocument):
        read(data)


def test_a_presentation_whose_relations_are_broken() -> None:
    there, gone = "slides/slide1.xml", "slides/slide9.xml"
    data = slides(gone, "../../../etc/passwd", there, there, slide1="Åpent hus")
    assert read(data).text == "Åpent hus"


def test_macros_are_not_read_and_what_is_in_a_file_in_a_file_is_not_either() -> None:
    buffer = io.BytesIO(slides("slides/slide1.xml", slide1="Åpent hus"))
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("ppt/vbaProject.bin", "Sub Auto_Open()")
        file.writestr("ppt/embeddings/a.docx", word("<w:p><w:r><w:t>Inne</w:t></w:r></w:p>"))
        file.writestr("ppt/media/word/document.xml", "ikke dette")
    assert read(buffer.getvalue(), filename="a.pptm").text == "Åpent hus"


@pytest.mark.parametrize("name", ["brev.pdf", "brev.odt", "brev.eml", "brev", "brev.html"])
def test_the_content_decides_not_the_name(name: str) -> None:
    assert read(word("<w:p><w:r><w:t>Blåbær</w:t></w:r></w:p>"), filename=name).text == "Blåbær"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("", EmptyText),
        (" \n\t\u00a0", EmptyText),
        (b"", EmptyText),
        (word(""), EmptyText),
        ("a\0b", InvalidEncoding),
        (b"Hei du\0 der, hva skjer med saken min? Jeg har ventet lenge.", InvalidEncoding),
        ("a\ud800", InvalidEncoding),
        ("blåbær".encode("latin-1"), InvalidEncoding),
        (bytes(range(256)), BinaryInput),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, BinaryInput),
        (b"{\\rtf1 Hei}", BinaryInput),
        (archive(a_txt="Hei"), BinaryInput),
        (b'<?xml version="1.0"?><office:document><text:p>Hei</text:p></office:document>', BinaryInput),
        (
            archive(word__document_xml='<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'),
            UnreadableDocument,
        ),
        (word("<w:p/>")[:60] + b"word/document.xml", UnreadableDocument),
        (word("<w:p>"), UnreadableDocument),
        (word("&e;", '<!DOCTYPE d [<!ENTITY e "e">]>'), UnreadableDocument),
        (word("<w:p>" + " " * 5_000_000 + "</w:p>"), UnreadableDocument),
        (b"%PDF-1.4\nbroken", UnreadableDocument),
        (encrypted_pdf(), EncryptedDocument),
        (encrypted_opendocument(), EncryptedDocument),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
        (b"\xd0\xcf\x11\xe0" + bytes(600), BinaryInput),
        (pdf(b""), ScannedDocument),
        (word("<w:sdt>" * 300 + "</w:sdt>" * 300), UnreadableDocument),
        (archive(content_xml="<a>" * 300 + "</a>" * 300), UnreadableDocument),
        (archive(a_txt="word/document.xml"), BinaryInput),
        (archive(ppt__presentation_xml="<p/>"), UnreadableDocument),
        (word("<w:p/>")[:-30], UnreadableDocument),
        (nested_mail(1500), UnreadableDocument),
        (
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nHei\r\n" * 20_000,
            UnreadableDocument,
        ),
        (MAIL.replace("text/plain; charset=iso-8859-1", "image/png").encode("latin-1"), UnreadableDocument),
        (MAIL.replace("iso-8859-1", "utf-8").encode("latin-1"), InvalidEncoding),
        (MAIL.replace("iso-8859-1", "klingon").encode("latin-1"), InvalidEncoding),
        ("x" * 101, TextTooLong),
        (word("<w:p><w:r><w:t>" + "x" * 101 + "</w:t></w:r></w:p>"), TextTooLong),
        ("<html>" + "x" * 101, TextTooLong),
    ],
)
def test_what_cannot_be_read(data: bytes | str, error: type[InvalidInput]) -> None:
    with pytest.raises(error) as caught:
        read(data, limit=100)
    assert caught.value.code == error.code


def test_an_error_does_not_carry_the_text() -> None:
    with pytest.raises(InvalidEncoding) as caught:
        read("hemmelig blåbær".encode("latin-1"))
    assert caught.value.__cause__ is None
    assert "hemmelig" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.sampled_from([b"PK\x03\x04", b"%PDF-", b"<html>"]).flatmap(
            lambda start: st.binary(max_size=100).map(lambda rest: start + rest)
        ),
    )
)
def test_any_bytes_give_a_draft_or_a_clear_error(data: bytes) -> None:
    try:
        draft = read(data)
    except InvalidInput:
        return
    assert draft.text.strip()
    assert all(block.span.end <= len(draft.text) for block in draft.blocks)

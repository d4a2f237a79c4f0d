"""The project's letters in every format that letters come in, written by the libraries that people use."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from odfdo import Document, Paragraph

from .site import Expected
from .texts import LANGUAGES, LETTERS


def make_documents(folder: Path) -> dict[str, Expected]:
    """Write a letter of each language in each format, and documents that nobody can read.

    Returns:
        Path within the folder -> what a check must say of it.
    """
    expected = {}
    for tag in LANGUAGES:
        letters = sorted((LETTERS / tag).glob("*/today.txt"))
        for path, (suffix, write) in zip(letters, WRITERS.items(), strict=False):
            name = f"{tag}/brev-{path.parent.name}{suffix}"
            _put(folder / name, write(path.read_text(encoding="utf-8")))
            expected[name] = Expected(language=tag, rules=("page.lang-missing",) if suffix == ".html" else ())
    for name, (data, reason) in BROKEN.items():
        _put(folder / name, data)
        expected[name] = Expected("failed", reason)
    _put(folder / "gammelt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # not among the formats: no row
    return expected


def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _opendocument(text: str) -> bytes:
    document = Document("text")
    document.body.clear()
    for line in text.split("\n"):
        document.body.append(Paragraph(line))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _portable(text: str) -> bytes:
    """One page of Helvetica, written by hand: no library at hand writes PDF."""
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n")]
    shown = "\n".join(f"({line}) Tj T*" for line in lines).replace("–", "-")
    content = f"BT /F1 9 Tf 40 800 Td 11 TL\n{shown}\nET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Svar på henvendelsen", "a@b.example", "c@d.example"
    message.set_content(text)
    message.add_alternative(_markup(text).decode(), subtype="html")
    return message.as_bytes()


def _markup(text: str) -> bytes:
    parts = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{parts}</body></html>'.encode()


def _plain(text: str) -> bytes:
    """As Windows writes it: a byte order mark and CRLF."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _markdown(text: str) -> bytes:
    """As macOS may write it: letters and their marks apart."""
    return unicodedata.normalize("NFD", text).encode()


WRITERS: dict[str, Callable[[str], bytes]] = {
    ".docx": _word, ".odt": _opendocument, ".pdf": _portable, ".eml": _mail, ".html": _markup, ".txt": _plain,
    ".md": _markdown,
}  # fmt: skip
BROKEN = {
    "ødelagt.docx": (_word("Brevet er her.")[:-400], "unreadable-document"),
    "tomt.txt": (b" \r\n", "empty-text"),
    "bilde.pdf": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary-input"),
    "gammelt-tegnsett.txt": ("Søknaden er avslått.".encode("cp1252"), "invalid-encoding"),
}


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

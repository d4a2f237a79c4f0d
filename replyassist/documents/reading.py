"""Reading a document of any format that letters come in; its content decides the format, not its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from replyassist.documents.archive import Archive, check_unlocked
from replyassist.documents.decoding import check_text, decode
from replyassist.documents.mail import read_mail
from replyassist.documents.markup import read_html
from replyassist.documents.opendocument import read_opendocument
from replyassist.documents.presentation import read_presentation
from replyassist.documents.word import read_word
from replyassist.domain import Draft
from replyassist.errors import BinaryInput, EmptyText, TextTooLong

DEFAULT_LIMIT = 1_000_000
LARGEST_FILE = 64 * 1024 * 1024
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
# Old Word files, encrypted new ones, rich text, pictures, programs: known, and not read.
UNSUPPORTED = (
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
)
HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
XML_START = re.compile(r"\s*<\?xml\s")
MAIL_HEADERS = re.compile(
    rb"(?:(?:[\w-]{2,40}: [^\r\n]*|[ \t][^\r\n]*)\r?\n){0,60}?"
    rb"(?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature|Content-Type): [^\r\n]*\r?\n",
    re.IGNORECASE,
)
PDF_WITHIN = 1024
SAMPLE = 4096


def read(data: bytes | str, *, filename: str = "", media_type: str = "", limit: int = DEFAULT_LIMIT) -> Draft:
    """Read a document.

    Args:
        data: a file's bytes, or text as it was typed.
        filename: its name; only the suffix is used, and only where the content says nothing.
        media_type: its declared media type, used likewise.
        limit: code points that its text may have.

    Returns:
        A draft. Formats with structure give its blocks; plain text has none (see ``find_structure``).

    Raises:
        EmptyText, TextTooLong, InvalidEncoding, BinaryInput, UnreadableDocument (and its kinds)
    """
    if len(data) > LARGEST_FILE:
        raise TextTooLong("The file is too large.", limit=limit, length=len(data))
    stated = _stated(filename, media_type)
    draft = _read_text(data, stated, limit) if isinstance(data, str) else _read_bytes(data, stated, limit)
    if len(draft.text) > limit:
        raise TextTooLong(limit=limit, length=len(draft.text))
    if not draft.text.strip():
        raise EmptyText
    return draft


def _read_bytes(data: bytes, stated: str, limit: int) -> Draft:
    if data.startswith(ZIP):
        return _read_zip(data, limit)
    if PDF in data[:PDF_WITHIN]:
        from replyassist.documents.portable import read_pdf  # noqa: PLC0415 - 15 MB that few files are worth

        return read_pdf(data, limit)
    check_unlocked(data)
    if data.startswith(UNSUPPORTED):
        raise BinaryInput("The file is of a format that cannot be read.")
    if stated == "eml" or MAIL_HEADERS.match(data):
        return read_mail(data, limit)
    if stated == "html" or HTML_START.match(data[:SAMPLE].decode("latin-1")):
        return read_html(data, limit)
    text = decode(data)
    check_prose(text)
    return read_html(text, limit) if HTML_START.match(text[:SAMPLE]) else Draft(text)


def _read_zip(data: bytes, limit: int) -> Draft:
    """Office files are all zip files; their parts have names of their own."""
    with Archive(data) as archive:
        names = set(archive.names)
    if "word/document.xml" in names:
        return read_word(data, limit)
    if "ppt/presentation.xml" in names:
        return read_presentation(data, limit)
    if "content.xml" in names:
        return read_opendocument(data, limit)
    raise BinaryInput("The archive holds no document that can be read.")


def check_prose(text: str) -> None:
    """Raise BinaryInput for XML that isn't HTML, such as a flat office file: its tags are no letter."""
    if XML_START.match(text) and not HTML_START.match(text[:SAMPLE]):
        raise BinaryInput("The file is of a format that cannot be read.")


def _read_text(text: str, stated: str, limit: int) -> Draft:
    check_text(text)
    if stated == "eml":
        return read_mail(text.encode("utf-8"), limit)
    return read_html(text, limit) if stated == "html" or HTML_START.match(text[:SAMPLE]) else Draft(text)


def _stated(filename: str, media_type: str) -> str:
    """The format that name and media type point to, or the empty string."""
    suffix = PurePath(filename).suffix.lower().lstrip(".")
    if suffix in {"html", "htm", "xhtml"} or "html" in media_type:
        return "html"
    return "eml" if suffix == "eml" or media_type.startswith("message/rfc822") else ""

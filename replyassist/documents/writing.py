"""A document in, the same document out with other words: what surrounds the text stays as it was.

The units that are handed out are the lines of the document: a paragraph, or its parts between tabulators and
line breaks. Headers, footers, notes and comments of docx and odt files stay as they are, as do pictures and
attachments.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePath
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from replyassist.documents.archive import Archive
from replyassist.documents.composing import collapse
from replyassist.documents.decoding import decode
from replyassist.documents.inline import spread
from replyassist.documents.markup import DECLARED, DECLARED_WITHIN
from replyassist.documents.markup_writing import rewrite_html
from replyassist.documents.reading import (
    HTML_START,
    LARGEST_FILE,
    MAIL_HEADERS,
    PDF,
    PDF_WITHIN,
    SAMPLE,
    UNSUPPORTED,
    ZIP,
)
from replyassist.errors import BinaryInput, TextTooLong, UnreadableDocument

Change = Callable[[Sequence[str]], Sequence[str]]
"""Called with all units of a document (of each part of an e-mail); gives as many back, in the same order."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Bytes of all parts of a docx or odt file together, unpacked.
LARGEST_UNPACKED = 256 * 1024 * 1024
WORD_BREAKS = frozenset({f"{WORD}tab", f"{WORD}br", f"{WORD}cr", f"{WORD}fldChar"})
TEXT_BREAKS = frozenset({f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}s"})
TEXT_SILENT = frozenset(
    {f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}tracked-changes", f"{TEXT}table-of-content"}
)


def rewrite(data: bytes, change: Change, *, filename: str = "") -> bytes:
    """The document with each unit of its text changed, in the format that it came in.

    Args:
        data: a docx, odt, html, eml or plain text file.
        change: what is done to its text.
        filename: its name; only the suffix is used, and only where the content says nothing.

    Raises:
        BinaryInput: a format that can't be written, such as pdf.
        InvalidEncoding, TextTooLong, UnreadableDocument, and whatever ``change`` raises.
    """
    if len(data) > LARGEST_FILE:
        raise TextTooLong("The file is too large.", limit=LARGEST_FILE, length=len(data))
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(ZIP):
        return _rewrite_archive(data, change)
    if PDF in data[:PDF_WITHIN] or data.startswith(UNSUPPORTED):
        raise BinaryInput("The file is of a format that can't be written.")
    if suffix == ".eml" or MAIL_HEADERS.match(data):
        return _rewrite_mail(data, change)
    if suffix in {".html", ".htm", ".xhtml"} or HTML_START.match(data[:SAMPLE].decode("latin-1")):
        declared = DECLARED.search(data[:DECLARED_WITHIN])
        encoding = declared[1].decode("ascii") if declared else None
        text = decode(data, encoding)
        # What the declared encoding doesn't have is written as a character reference.
        return rewrite_html(text, change).encode(encoding or "utf-8", "xmlcharrefreplace")
    [text] = change([decode(data)])
    return text.encode()


def _rewrite_archive(data: bytes, change: Change) -> bytes:
    with Archive(data) as archive:
        if "word/document.xml" in archive:
            name, lines = "word/document.xml", _word_lines
        elif "content.xml" in archive:
            name, lines = "content.xml", _text_lines
        else:
            raise BinaryInput("The archive holds no document that can be written.")
        archive.xml(name)  # refuses what is dangerous to parse
        try:
            root = etree.fromstring(
                archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True)
            )
        except etree.XMLSyntaxError as error:  # nested too deep for it
            raise UnreadableDocument(f"The document's {name} cannot be read.") from error
        _replace(list(lines(root)), change)
        new = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _packed(data, archive, name, new)


def _packed(data: bytes, archive: Archive, changed: str, content: bytes) -> bytes:
    """The archive with one part changed, all others and their order as they were."""
    output, size = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(output, "w") as after:
        for entry in before.infolist():
            part = content if entry.filename == changed else archive.read(entry.filename)
            size += len(part)
            if size > LARGEST_UNPACKED:
                raise UnreadableDocument("The document swells when it is unpacked.")
            after.writestr(entry, part)
    return output.getvalue()


# A place where text stands: an element, and whether it is the text within it or the text after it.
Place = tuple[Any, str]


def _replace(lines: Sequence[Sequence[Place]], change: Change) -> None:
    """Change the text at the places of every line that has letters in it."""
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


def _wording(line: Sequence[Place]) -> str:
    return "".join(getattr(element, kind) or "" for element, kind in line)


def _word_lines(root: Any) -> Iterator[list[Place]]:
    """The lines of a Word document: text that was deleted and the codes of fields are no part of them."""
    for paragraph in root.iter(f"{WORD}p"):
        line: list[Place] = []
        for element in paragraph.iter(f"{WORD}t", *WORD_BREAKS):
            # A text box is a paragraph within a paragraph, and comes in its own turn.
            if next(element.iterancestors(f"{WORD}p")) is not paragraph:
                continue
            if element.tag == f"{WORD}t":
                line.append((element, "text"))
            elif next(element.iterancestors(f"{WORD}tabs"), None) is None:
                yield line
                line = []
        yield line


def _text_lines(root: Any) -> Iterator[list[Place]]:
    """The lines of an OpenDocument text."""
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        if next(paragraph.iterancestors(*TEXT_SILENT), None) is None:
            line: list[Place] = []
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
        if child.tag in TEXT_BREAKS:
            yield None
        elif child.tag in {f"{TEXT}span", f"{TEXT}a"}:
            yield from _text_places(child)
        else:
            yield None  # a note, a picture, a field
        yield child, "tail"


def _rewrite_mail(data: bytes, change: Change) -> bytes:
    """An e-mail with its subject and message changed; the HTML form of the message is changed too."""
    try:
        line_end = "\r\n" if b"\r\n" in data else "\n"
        message = message_from_bytes(data, policy=default.clone(linesep=line_end))
        if not isinstance(message, EmailMessage):
            raise UnreadableDocument("The e-mail is damaged.")
        if subject := " ".join(str(message["subject"] or "").split()):
            [new] = change([subject])
            del message["subject"]
            message["subject"] = " ".join(new.split())
        changed = False
        for kind in ("plain", "html"):
            part = message.get_body(preferencelist=(kind,))
            payload = part.get_payload(decode=True) if part is not None else None
            if isinstance(part, EmailMessage) and isinstance(payload, bytes):
                text = decode(payload, part.get_content_charset())
                part.set_content(
                    rewrite_html(text, change) if kind == "html" else change([text])[0], subtype=kind
                )
                changed = True
        if not changed:
            raise UnreadableDocument("The e-mail holds no text.")
        return message.as_bytes()
    except (MessageError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableDocument("The e-mail is damaged.") from error

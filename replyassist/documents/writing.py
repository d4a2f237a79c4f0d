"""A document in, the same document out with other words: what surrounds the text stays as it was.

The units that are handed out are the lines of the document: a paragraph, or its parts between tabulators and
line breaks. Pictures and attachments stay as they are.
"""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePath

from replyassist.documents.archive import check_unlocked
from replyassist.documents.decoding import decode, encode
from replyassist.documents.markup import DECLARED, DECLARED_WITHIN
from replyassist.documents.markup_writing import rewrite_html
from replyassist.documents.office_writing import Change, rewrite_archive
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
from replyassist.languages.direction import direction_of


def rewrite(data: bytes, change: Change, *, filename: str = "", language: str = "") -> bytes:
    """The document with each unit of its text changed, in the format that it came in.

    Args:
        data: a docx, odt, pptx, html, eml or plain text file.
        change: what is done to its text.
        filename: its name; only the suffix is used, and only where the content says nothing.
        language: tag of the new text's language: html declares it, and a text that runs from right to left is
            laid out so. Empty when it is the old one's.

    Raises:
        BinaryInput: a format that can't be written, such as pdf.
        InvalidEncoding, TextTooLong, UnreadableDocument, EncryptedDocument, MacroDocument, and whatever
            ``change`` raises.
    """
    if len(data) > LARGEST_FILE:
        raise TextTooLong("The file is too large.", limit=LARGEST_FILE, length=len(data))
    suffix = PurePath(filename).suffix.lower()
    if data.startswith(ZIP):
        return rewrite_archive(data, change, right_to_left=direction_of(language) == "rtl")
    check_unlocked(data)
    if PDF in data[:PDF_WITHIN] or data.startswith(UNSUPPORTED):
        raise BinaryInput("The file is of a format that can't be written.")
    if suffix == ".eml" or MAIL_HEADERS.match(data):
        return _rewrite_mail(data, change, language)
    if suffix in {".html", ".htm", ".xhtml"} or HTML_START.match(data[:SAMPLE].decode("latin-1")):
        declared = DECLARED.search(data[:DECLARED_WITHIN])
        encoding = declared[1].decode("ascii") if declared else None
        return encode(_rewrite_page(decode(data, encoding), change, language), like=data, declared=encoding)
    [text] = change([decode(data)])
    return encode(text, like=data)


def _rewrite_page(text: str, change: Change, language: str) -> str:
    direction = direction_of(language) if language else ""
    [page] = rewrite_html([text], change, language=language, direction=direction)
    return page


def _rewrite_mail(data: bytes, change: Change, language: str) -> bytes:
    """An e-mail with its subject and message changed; the HTML form of the message is changed too."""
    try:
        line_end = "\r\n" if b"\r\n" in data else "\n"
        message = message_from_bytes(data, policy=default.clone(linesep=line_end))
        if not isinstance(message, EmailMessage):
            raise UnreadableDocument("The e-mail is damaged.")
        if subject := " ".join(str(message["subject"] or "").split()):
            [about] = change([subject])
            del message["subject"]
            message["subject"] = " ".join(about.split())
        changed = False
        for kind in ("plain", "html"):
            part = message.get_body(preferencelist=(kind,))
            payload = part.get_payload(decode=True) if part is not None else None
            if isinstance(part, EmailMessage) and isinstance(payload, bytes):
                text = decode(payload, part.get_content_charset())
                new = _rewrite_page(text, change, language) if kind == "html" else change([text])[0]
                part.set_content(new, subtype=kind)
                changed = True
        if not changed:
            raise UnreadableDocument("The e-mail holds no text.")
        return message.as_bytes()
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # Without its cause, which may hold the letter's words.
        raise UnreadableDocument("The e-mail is damaged.") from None

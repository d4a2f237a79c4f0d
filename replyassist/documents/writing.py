"""A document in, the same document out with other words: what surrounds the text stays as it was.

The units that are handed out are the lines of the document: a paragraph, or its parts between tabulators and
line breaks. Pictures and attachments stay as they are.
"""

from __future__ import annotations

import re
from email.message import EmailMessage, MIMEPart
from pathlib import PurePath

from replyassist.documents.archive import check_unlocked
from replyassist.documents.decoding import decode, encode
from replyassist.documents.mail import BROKEN, bodies_of, parse_mail, subject_of
from replyassist.documents.markup import declared_encoding
from replyassist.documents.markup_writing import Change, rewrite_html
from replyassist.documents.office_writing import rewrite_archive
from replyassist.documents.reading import (
    HTML_START,
    LARGEST_FILE,
    MAIL_HEADERS,
    PDF,
    PDF_WITHIN,
    SAMPLE,
    UNSUPPORTED,
    ZIP,
    check_prose,
)
from replyassist.errors import BinaryInput, TextTooLong, UnreadableDocument
from replyassist.languages.direction import direction_of

# What says where in the message a body belongs; its length, form and language are other ones now.
HTML_TAG = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
KEPT_OF_BODY = frozenset({"content-disposition", "content-id", "content-location"})


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
        encoding = declared_encoding(data)
        return encode(_rewrite_page(decode(data, encoding), change, language), like=data, declared=encoding)
    text = decode(data)
    check_prose(text)
    if HTML_START.match(text[:SAMPLE]):
        return encode(_rewrite_page(text, change, language), like=data)
    [text] = change([text])
    return encode(text, like=data)


def _rewrite_page(text: str, change: Change, language: str) -> str:
    direction = direction_of(language) if language else ""
    [page] = rewrite_html([text], change, language=language, direction=direction)
    return page


def _declare_fragment(page: str, language: str) -> str:
    """A message without an ``html`` element in one that says its language and direction: in a mail program
    nothing else does.
    """
    if not language or HTML_TAG.search(page):
        return page
    return f'<div lang="{language}" dir="{direction_of(language)}">{page}</div>'


def _rewrite_mail(data: bytes, change: Change, language: str) -> bytes:
    """An e-mail with its subject and message changed; the HTML form of the message is changed too."""
    try:
        message = parse_mail(data)
        if subject := subject_of(message):
            [about] = change([subject])
            message.replace_header("Subject", " ".join(about.split()))
        bodies = dict.fromkeys(part for kind in ("plain", "html") for part in bodies_of(message, kind))
        if not bodies:
            raise UnreadableDocument("The e-mail holds no text.")
        for part in bodies:
            _rewrite_body(part, message, change, language)
        return message.as_bytes()
    except BROKEN:
        # Without its cause, which may hold the letter's words.
        raise UnreadableDocument("The e-mail is damaged.") from None


def _rewrite_body(part: MIMEPart, message: EmailMessage, change: Change, language: str) -> None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise UnreadableDocument("The e-mail holds no text.")
    charset = part.get_content_charset()
    kept = [(name, value) for name, value in part.items() if name.lower() in KEPT_OF_BODY]
    if part.get_content_type() == "text/html":
        page = _rewrite_page(decode(payload, charset or declared_encoding(payload)), change, language)
        part.set_content(_declare_fragment(page, language), subtype="html")
    else:
        part.set_content(change([decode(payload, charset)])[0])
    for name, value in kept:
        part[name] = value
    if part is not message:
        del part["MIME-Version"]

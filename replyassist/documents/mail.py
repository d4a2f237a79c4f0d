"""Reading e-mail files (eml): the subject and the message, never the attachments."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.message import MIMEPart
from email.policy import default

from replyassist.documents.composing import Composer
from replyassist.documents.decoding import decode
from replyassist.documents.markup import read_html
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft
from replyassist.errors import InvalidEncoding, UnreadableDocument


def read_mail(data: bytes, limit: int) -> Draft:
    """Read an e-mail: its subject as a heading, then its plain-text part, or else its HTML part.

    Raises:
        UnreadableDocument: it has no text, or its parts are broken.
        InvalidEncoding, TextTooLong
    """
    try:
        message = message_from_bytes(data, policy=default)
        subject = " ".join(str(message["subject"] or "").split())
        part = message.get_body(preferencelist=("plain", "html"))
        payload = part.get_payload(decode=True) if part is not None else None
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # The standard library's parser fails in these ways on headers and parts that break the format.
        raise UnreadableDocument("The e-mail is damaged.") from None
    if part is None or not isinstance(payload, bytes):
        raise UnreadableDocument("The e-mail holds no text.")
    body = _body(part, payload, limit)
    composer = Composer(limit)
    composer.add("heading", subject)
    for block in body.blocks or find_structure(body.text):
        composer.add(block.kind, block.span.of(body.text))
    return composer.draft()


def _body(part: MIMEPart, payload: bytes, limit: int) -> Draft:
    declared = part.get_content_charset()
    try:
        if part.get_content_type() == "text/html":
            return read_html(decode(payload, declared) if declared else payload, limit)
        return Draft(decode(payload, declared))
    except LookupError:
        raise InvalidEncoding("The e-mail declares an encoding that does not exist.") from None

"""Reading e-mail files (eml): the subject and the message, never the attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default

from replyassist.documents.composing import Composer
from replyassist.documents.decoding import SURROGATE, decode
from replyassist.documents.markup import read_html
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft
from replyassist.errors import InvalidEncoding, UnreadableDocument

# The standard library's parser fails in these ways on headers and parts that break the format.
BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
# The parser takes time by the square of them where they are nested.
MOST_BOUNDARIES = 300
# Lines that may begin a part; each costs the parser as much as a small message.
DELIMITER = re.compile(rb"^--", re.MULTILINE)
MOST_DELIMITERS = 10_000
SHOWN = frozenset({"text/plain", "text/html"})
# Characters; the parser takes memory by the square of them.
LONGEST_HEADER = 20_000


def read_mail(data: bytes, limit: int) -> Draft:
    """Read an e-mail: its subject as a heading, then its plain-text part, or else its HTML part.

    Raises:
        UnreadableDocument: it has no text, or its parts are broken.
        InvalidEncoding, TextTooLong
    """
    try:
        message = parse_mail(data)
        subject = subject_of(message)
        bodies = [(part, part.get_payload(decode=True)) for part in bodies_of(message, "plain", "html")]
    except BROKEN:
        raise UnreadableDocument("The e-mail is damaged.") from None
    if not bodies:
        raise UnreadableDocument("The e-mail holds no text.")
    composer = Composer(limit)
    composer.add("heading", subject)
    for part, payload in bodies:
        if not isinstance(payload, bytes):
            raise UnreadableDocument("The e-mail holds no text.")
        body = _body(part, payload, limit)
        for block in body.blocks or find_structure(body.text):
            composer.add(block.kind, block.span.of(body.text))
    return composer.draft()


def bodies_of(message: EmailMessage, *kinds: str) -> list[MIMEPart]:
    """The parts that a mail program shows as the message, in order: in the first of these kinds that it has,
    and what text follows without a file's name, as it does behind a picture.

    Raises: those of ``BROKEN``.
    """
    first = message.get_body(kinds)
    return [first, *_following(message, first)] if first is not None else []


def _following(message: EmailMessage, first: MIMEPart) -> Iterator[MIMEPart]:
    for mixed in message.walk():
        if mixed.get_content_type() != "multipart/mixed":
            continue
        begun = False
        for part in mixed.iter_parts():
            if (
                begun
                and part.get_content_type() in SHOWN
                and not (part.is_attachment() or part.get_filename())
            ):
                yield part
            begun = begun or any(each is first for each in part.walk())


def parse_mail(data: bytes) -> EmailMessage:
    """The message, its headers and parts; headers and line ends that nobody changes are written as they were.

    Raises:
        UnreadableDocument: it has more parts than any e-mail.
        Those of ``BROKEN``, now or when what it gave is read.
    """
    boundaries, delimiters = BOUNDARY.findall(data), DELIMITER.findall(data)
    if len(boundaries) > MOST_BOUNDARIES or (boundaries and len(delimiters) > MOST_DELIMITERS):
        raise UnreadableDocument("The e-mail has too many parts.")
    line_end = "\r\n" if b"\r\n" in data else "\n"
    message = message_from_bytes(data, policy=default.clone(linesep=line_end, refold_source="none"))
    if not isinstance(message, EmailMessage):
        raise UnreadableDocument("The e-mail is damaged.")
    if any(len(str(value)) > LONGEST_HEADER for part in message.walk() for _, value in part.raw_items()):
        raise UnreadableDocument("The e-mail has a header that is too long.")
    return message


def subject_of(message: EmailMessage) -> str:
    """Its subject on one line; one that was sent without its encoding is read as UTF-8, or else cp1252."""
    subject = str(message["subject"] or "")
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
    if SURROGATE.search(raw):
        sent = raw.encode("utf-8", "surrogateescape")
        try:
            subject = sent.decode("utf-8")
        except UnicodeDecodeError:
            subject = sent.decode("cp1252", "replace")
    return " ".join(subject.split())


def _body(part: MIMEPart, payload: bytes, limit: int) -> Draft:
    declared = part.get_content_charset()
    try:
        if part.get_content_type() == "text/html":
            return read_html(decode(payload, declared) if declared else payload, limit)
        return Draft(decode(payload, declared))
    except LookupError:
        raise InvalidEncoding("The e-mail declares an encoding that does not exist.") from None

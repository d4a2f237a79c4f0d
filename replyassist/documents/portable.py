"""Reading PDF documents that hold text, in the order in which the file draws it.

Scanned pages hold no text, and are refused with that reason.
"""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader

from replyassist.documents.decoding import SURROGATE
from replyassist.documents.paging import join_pages
from replyassist.domain import Draft
from replyassist.errors import EncryptedDocument, ScannedDocument, TextTooLong, UnreadableDocument

MOST_PAGES = 500


def read_pdf(data: bytes, limit: int) -> Draft:
    """Read the text of a PDF, page by page; its structure is inferred like that of plain text.

    Raises:
        UnreadableDocument: it is broken.
        EncryptedDocument, ScannedDocument, TextTooLong
    """
    # Its warnings quote the document.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    length = 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedDocument
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument("The document has too many pages.")
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > limit:
                raise TextTooLong(limit=limit, length=length)
    except (UnreadableDocument, TextTooLong):
        raise
    # No cause is kept of any error here: it may hold the letter's words.
    except Exception:  # noqa: BLE001  # a broken PDF makes pypdf fail in any way there is
        raise UnreadableDocument("The document is damaged.") from None
    text = join_pages([SURROGATE.sub("\ufffd", page.replace("\0", "")) for page in pages])
    if not text.strip():
        raise ScannedDocument
    return Draft(text)

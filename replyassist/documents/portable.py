"""Reading PDF documents that hold text, in the order in which the file draws it.

Scanned pages hold no text, and are refused with that reason.
"""

from __future__ import annotations

import io
import logging

from pypdf import PageObject, PdfReader

from replyassist.documents.decoding import SURROGATE
from replyassist.documents.paging import join_pages
from replyassist.domain import Draft
from replyassist.errors import EncryptedDocument, ScannedDocument, TextTooLong, UnreadableDocument

MOST_PAGES = 500
# What a document draws with, all pages together: bytes of instructions, and their number with those of forms,
# as often as these are drawn. A letter's page has some thousands; a made-up file of 70 kB took half a minute.
LARGEST_DRAWING = 10_000_000
MOST_INSTRUCTIONS = 500_000
FORM = 200  # instructions that to draw a form takes as long as, whatever it holds
TOO_MUCH = "The document draws more than any letter."


def read_pdf(data: bytes, limit: int) -> Draft:
    """Read the text of a PDF, page by page; its structure is inferred like that of plain text.

    Raises:
        UnreadableDocument: it is broken.
        EncryptedDocument, ScannedDocument, TextTooLong
    """
    # Its warnings quote the document.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    length = drawing = 0
    budget = _Budget(MOST_INSTRUCTIONS)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedDocument
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableDocument("The document has too many pages.")
        for page in reader.pages:
            drawing += _measure_drawing(page)
            if drawing > LARGEST_DRAWING:
                raise UnreadableDocument(TOO_MUCH)
            pages.append(page.extract_text(visitor_operand_before=budget.spend))
            if budget.left < 0:  # pypdf goes on after what goes wrong within a form
                raise UnreadableDocument(TOO_MUCH)
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


def _measure_drawing(page: PageObject) -> int:
    """Bytes of the page's instructions, which are not read for it."""
    contents = page.get("/Contents")
    whole = contents.get_object() if contents is not None else []
    parts = whole if isinstance(whole, list) else [whole]
    return sum(len(part.get_object().get_data()) for part in parts)


class _Budget:
    """Counts the instructions that pypdf follows, and stops it beyond a number."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, operator: bytes, *_: object) -> None:
        """Called by pypdf before each instruction.

        Raises:
            UnreadableDocument: there were too many.
        """
        self.left -= FORM if operator == b"Do" else 1
        if self.left < 0:
            raise UnreadableDocument(TOO_MUCH)

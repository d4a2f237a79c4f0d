"""Reading PDF documents that hold text, in the order in which the file draws it.

Scanned pages hold no text, and are refused with that reason.
"""

from __future__ import annotations

import io
import logging
import time

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from replyassist.documents.decoding import SURROGATE
from replyassist.documents.paging import join_pages
from replyassist.domain import Draft
from replyassist.errors import EncryptedDocument, ScannedDocument, TextTooLong, UnreadableDocument

MOST_PAGES = 500
# What a document draws with, all pages together: bytes of instructions, and their number with those of forms,
# as often as these are drawn. A letter's page has some thousands; a made-up file of 70 kB took half a minute.
LARGEST_DRAWING = 10_000_000
MOST_INSTRUCTIONS = 500_000
LONGEST = 5.0  # seconds of processor time of this thread; a long report takes two
# What a stream may hold once it is unpacked; pypdf's own limits let 75 kB hold a thread for 25 seconds, by a
# predictor whose rows have one column.
LIMITS = Configuration(
    array_based_stream_maximum_output_length=LARGEST_DRAWING,
    brotli_maximum_output_length=LARGEST_DRAWING,
    lzw_maximum_output_length=LARGEST_DRAWING,
    run_length_maximum_output_length=LARGEST_DRAWING,
    zlib_maximum_output_length=LARGEST_DRAWING,
)
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
    try:
        with apply_configuration(LIMITS):
            pages = _read_pages(data, limit)
    except (UnreadableDocument, TextTooLong):
        raise
    except LimitReachedError:
        raise UnreadableDocument(TOO_MUCH) from None
    # No cause is kept of any error here: it may hold the letter's words.
    except Exception:  # noqa: BLE001  # a broken PDF makes pypdf fail in any way there is
        raise UnreadableDocument("The document is damaged.") from None
    text = join_pages([SURROGATE.sub("\ufffd", page.replace("\0", "")) for page in pages])
    if not text.strip():
        raise ScannedDocument
    return Draft(text)


def _read_pages(data: bytes, limit: int) -> list[str]:
    """The text of each page."""
    budget = _Budget(MOST_INSTRUCTIONS, LONGEST)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedDocument
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableDocument("The document has too many pages.")
    pages: list[str] = []
    length = drawing = 0
    for page in reader.pages:
        drawing += _measure_drawing(page)
        if drawing > LARGEST_DRAWING:
            raise UnreadableDocument(TOO_MUCH)
        pages.append(page.extract_text(visitor_operand_before=budget.spend))
        if budget.is_spent:  # pypdf goes on after what goes wrong within a form
            raise UnreadableDocument(TOO_MUCH)
        length += len(pages[-1])
        if length > limit:
            raise TextTooLong(limit=limit, length=length)
    return pages


def _measure_drawing(page: PageObject) -> int:
    """Bytes of the page's instructions, which are not read for it."""
    contents = page.get("/Contents")
    whole = contents.get_object() if contents is not None else []
    parts = whole if isinstance(whole, list) else [whole]
    return sum(len(part.get_object().get_data()) for part in parts)


class _Budget:
    """Counts the instructions that pypdf follows and the time it takes, and stops it beyond either.

    Args:
        instructions: how many it may follow.
        seconds: of processor time, so that a busy machine refuses no letter.
    """

    def __init__(self, instructions: int, seconds: float) -> None:
        self._left = instructions
        self._end = time.thread_time() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether either is used up."""
        return self._left < 0 or time.thread_time() > self._end

    def spend(self, operator: bytes, *_: object) -> None:
        """Called by pypdf before each instruction.

        Raises:
            UnreadableDocument: there were too many, or they took too long.
        """
        self._left -= FORM if operator == b"Do" else 1
        if self.is_spent:
            raise UnreadableDocument(TOO_MUCH)

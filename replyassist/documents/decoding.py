"""From bytes to text, without guessing: UTF-8, or what a byte order mark or the document itself declares."""

from __future__ import annotations

import codecs
import re

from replyassist.errors import BinaryInput, InvalidEncoding

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The web's standards read Latin-1 as cp1252, and so do all mail programs; ASCII is what those declare that
# send UTF-8 and do not know it.
SUPERSETS = {"iso8859-1": "cp1252", "ascii": "utf-8"}
# Codecs of Python's own that no document is in; some take quadratic time.
NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
SURROGATE = re.compile("[\ud800-\udfff]")
# Control characters that no text file has; escape (1b) is left out since terminals' logs have it.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
BINARY_SHARE = 0.02
SAMPLE = 8192


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode a text.

    Args:
        data: its bytes.
        declared: the encoding that the document declares, for formats that do; None for UTF-8 only.

    Raises:
        BinaryInput: the bytes are no text.
        InvalidEncoding: they are not in the encoding that they should be in, or hold NUL.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return check_text(_decode(data[len(mark) :], encoding))
    sample = data[:SAMPLE]
    if sample and len(CONTROL.findall(sample)) > BINARY_SHARE * len(sample):
        raise BinaryInput
    return check_text(_decode(data, declared or "utf-8"))


def encode(text: str, *, like: bytes, declared: str | None = None) -> bytes:
    """Encode a text as another was: with its byte order mark, in the encoding that it declares, or in UTF-8.

    What the encoding doesn't have is written as a character reference.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if like.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode(declared or "utf-8", "xmlcharrefreplace")


def check_text(text: str) -> str:
    """The text itself, if it can be worked on.

    Raises:
        InvalidEncoding: it holds NUL or lone surrogates.
    """
    if "\0" in text:
        raise InvalidEncoding("The text holds NUL characters.")
    if SURROGATE.search(text):
        raise InvalidEncoding("The text holds lone surrogates.")
    return text


def _decode(data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        if name in NO_CHARSETS:
            raise LookupError(name)
        return data.decode(SUPERSETS.get(name, name))
    except (UnicodeError, LookupError):
        # Without its cause, which holds the text and would take it into a log.
        raise InvalidEncoding("The text is not valid in its encoding; save it as UTF-8.") from None

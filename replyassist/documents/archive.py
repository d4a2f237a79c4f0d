"""Opening the zip files that office documents are, without trusting what they say of themselves."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from replyassist.errors import EncryptedDocument, UnreadableDocument

CONTAINER = b"\xd0\xcf\x11\xe0"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MOST_ENTRIES = 4096
# A part with text in it; pictures are never unpacked.
LARGEST_PART = 64 * 1024 * 1024
# Bytes of all parts that are read, unpacked: the same part may be asked for again and again.
LARGEST_UNPACKED = 256 * 1024 * 1024
# Elements within elements; lxml stops at 256.
DEEPEST = 250
LARGEST_RATIO = 250
RATIO_MATTERS_FROM = 1024 * 1024


def check_unlocked(data: bytes) -> None:
    """Raise EncryptedDocument for a docx or pptx with a password: Office keeps it in a container of old."""
    if data.startswith(CONTAINER) and ENCRYPTED_PACKAGE in data:
        raise EncryptedDocument


class Archive:
    """A zip file whose parts are read one by one, each within limits.

    Raises:
        UnreadableDocument: it is broken, or swells when it is unpacked.
        EncryptedDocument
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise UnreadableDocument("The file is damaged.") from None
        self._unpacked = 0
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise UnreadableDocument("The file has too many parts.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @property
    def names(self) -> list[str]:
        """The names of its parts, in order."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise UnreadableDocument(f"The document has no {name}.") from None
        if info.flag_bits & 1:
            raise EncryptedDocument
        swells = info.file_size > max(RATIO_MATTERS_FROM, LARGEST_RATIO * info.compress_size)
        self._unpacked += info.file_size
        if swells or info.file_size > LARGEST_PART or self._unpacked > LARGEST_UNPACKED:
            raise UnreadableDocument("The document swells when it is unpacked.")
        try:
            with self._zip.open(info) as part:
                content = part.read(LARGEST_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ):
            raise UnreadableDocument("The file is damaged.") from None
        if len(content) > LARGEST_PART:
            raise UnreadableDocument("The document swells when it is unpacked.")
        return content

    def xml(self, name: str) -> Element:
        """The root element of a part; one that declares entities or a document type is refused.

        So is one that is nested too deep: what walks through it may do so step by step.
        """
        content, depth = self.read(name), 0
        root: Element | None = None
        try:
            for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                if depth > DEEPEST:
                    raise UnreadableDocument("The document is nested too deep.")
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise UnreadableDocument(f"The document's {name} cannot be read.") from None
        if root is None:
            raise UnreadableDocument(f"The document's {name} is empty.")
        return root

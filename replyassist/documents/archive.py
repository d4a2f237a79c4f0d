"""Opening the zip files that office documents are, without trusting what they say of themselves."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from replyassist.errors import UnreadableDocument

MOST_ENTRIES = 4096
# A part with text in it; pictures are never unpacked.
LARGEST_PART = 64 * 1024 * 1024
LARGEST_RATIO = 250
RATIO_MATTERS_FROM = 1024 * 1024


class Archive:
    """A zip file whose parts are read one by one, each within limits.

    Raises:
        UnreadableDocument: it is broken, encrypted, or swells when it is unpacked.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise UnreadableDocument("The file is damaged.") from None
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
            raise UnreadableDocument("The document is encrypted.")
        swells = info.file_size > max(RATIO_MATTERS_FROM, LARGEST_RATIO * info.compress_size)
        if swells or info.file_size > LARGEST_PART:
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
        """The root element of a part; one that declares entities or a document type is refused."""
        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            raise UnreadableDocument(f"The document's {name} cannot be read.") from None
        return root

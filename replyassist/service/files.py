"""Translating files in their own format: in memory, for minutes, never on disk."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from pathlib import PurePath
from threading import Lock

from replyassist.domain import TranslatedDocument
from replyassist.errors import InvalidInput
from replyassist.service.runtime import runtime

FORMATS = (".docx", ".eml", ".htm", ".html", ".odt", ".pptx", ".txt")
LIFETIME = 600.0  # seconds that a download waits to be fetched
LARGEST_STORE = 64 * 1024 * 1024  # bytes kept at most; the oldest goes first


class FormatNotWritten(InvalidInput):
    """The document is of a format that can be read at most."""

    code = "format-not-written"
    status = 415
    title = "Format cannot be written"


def suffix_of(filename: str) -> str:
    """What a file's name says of its format, such as ``.docx``."""
    return PurePath(filename).suffix.lower()


def translated_name(filename: str, target: str) -> str:
    """The name of the translation of a file."""
    path = PurePath(filename)
    return f"{path.stem}_{target}{path.suffix.lower()}"


def translate_file(data: bytes, filename: str, source: str | None, target: str) -> TranslatedDocument:
    """The file in the language ``target``, in its own format, and what must be reviewed in it.

    Raises: as :meth:`replyassist.assistant.ReplyAssistant.translate_document`, FormatNotWritten, Overloaded.
    """
    if suffix_of(filename) not in FORMATS:
        raise FormatNotWritten
    with runtime().translating():
        return runtime().assistant.translate_document(data, target, source=source, filename=filename)


class Downloads:
    """Translated files that wait to be fetched, under keys that can't be guessed."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def keep(self, content: bytes) -> str:
        """Keep ``content`` for a while; its key."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._files[key] = (time.monotonic() + LIFETIME, content)
            self._forget()
        return key

    def find(self, key: str) -> bytes | None:
        """The file of that key, or None when it is not there any more."""
        with self._lock:
            self._forget()
            found = self._files.get(key)
        return found[1] if found else None

    def _forget(self) -> None:
        now = time.monotonic()
        while self._files:
            deadline, _ = next(iter(self._files.values()))
            if deadline > now and sum(len(content) for _, content in self._files.values()) <= LARGEST_STORE:
                break
            self._files.popitem(last=False)

"""Translated files that wait to be fetched: in memory, for minutes, never on disk."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from threading import Lock

LIFETIME = 600.0  # seconds that a download waits to be fetched
LARGEST_STORE = 64 * 1024 * 1024  # bytes kept at most; the oldest goes first


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

"""The public index of Argos packages: which there are, and fetching one.

Where it lies and how an entry reads is argostranslate's affair; fetching is ours, as argostranslate waits for
ever, swallows errors and calls itself without end when there is no network.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from replyassist.errors import PackageError
from replyassist.translation.argos import argos

Progress = Callable[[int, int | None], None]
"""Called with the bytes that were fetched so far, and how many there are, or None where that isn't known."""

# Seconds without a byte, for the whole index, and for a whole package.
SILENCE, INDEX_TIME, PACKAGE_TIME = 15.0, 60.0, 3600.0
LARGEST_INDEX = 16 * 1024**2
LARGEST_PACKAGE = 2 * 1024**3
CHUNK = 256 * 1024


def find_links(source: str, target: str) -> tuple[str, ...]:
    """Where a direction can be fetched, or nothing when the index doesn't have it.

    Raises:
        PackageError: the index can't be reached or read.
    """
    found = [entry for entry in _entries() if (entry.from_code, entry.to_code) == (source, target)]
    if not found:
        return ()
    newest = max(found, key=lambda entry: _version(str(entry.package_version)))
    return tuple(link for link in newest.links if str(link).startswith(("https://", "http://")))


def fetch(links: tuple[str, ...], path: Path, progress: Progress | None = None) -> None:
    """Write what the first link that answers gives to ``path``.

    Raises:
        PackageError: none of them gives it whole.
    """
    problem: PackageError | None = None
    for link in links:
        try:
            with path.open("wb") as file:
                for part in _read(link, LARGEST_PACKAGE, PACKAGE_TIME, progress):
                    file.write(part)
            return
        except PackageError as error:
            problem = error
    raise problem or PackageError("The package can't be fetched from anywhere.", reason="not-in-index")


def _entries() -> list[Any]:
    url = str(argos("settings").remote_package_index)
    available = argos("package").AvailablePackage
    try:
        return [
            available(entry) for entry in json.loads(b"".join(_read(url, LARGEST_INDEX, INDEX_TIME, None)))
        ]
    except PackageError as error:
        raise PackageError("The index of packages can't be reached.", reason="index-unreachable") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise PackageError("The index of packages can't be read.", reason="index-unreadable") from error


def _read(url: str, limit: int, seconds: float, progress: Progress | None) -> Iterator[bytes]:
    """What a URL gives, in parts; never more than ``limit`` bytes, nor for longer than ``seconds``."""
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(url, headers={"User-Agent": "replyassist"})  # noqa: S310 (http alone comes here)
    done = 0
    try:
        with urllib.request.urlopen(request, timeout=SILENCE) as answer:  # noqa: S310
            stated = answer.headers.get("Content-Length", "")
            total = int(stated) if stated.isdecimal() else None
            while part := answer.read1(CHUNK):
                done += len(part)
                if done > limit or time.monotonic() > deadline:
                    raise PackageError(
                        "The download takes too long or is too large.", reason="download-failed"
                    )
                if progress:
                    progress(done, total)
                yield part
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PackageError("The download failed.", reason="download-failed") from error
    if total is not None and done != total:
        raise PackageError("The download broke off.", reason="download-failed")


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())

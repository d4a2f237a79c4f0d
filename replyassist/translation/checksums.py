"""What a package's files were when it was installed: SHA-256 in ``replyassist.json`` beside its metadata."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

RECORD = "replyassist.json"


def digests(folder: Path) -> dict[str, str]:
    """Path within the folder -> SHA-256 in hexadecimal, of every file but the record itself.

    Raises:
        OSError: a file can't be read.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECORD)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def seal(folder: Path) -> str:
    """Write the record of a folder; the answer identifies its whole content, in hexadecimal.

    Raises:
        OSError: a file can't be read or the record can't be written.
    """
    found = digests(folder)
    content = json.dumps({"sha256": found}, indent=1, ensure_ascii=False) + "\n"
    (folder / RECORD).write_text(content, encoding="utf-8")
    return hashlib.sha256(content.encode()).hexdigest()


def compare(folder: Path) -> tuple[str, ...] | None:
    """What isn't as it was: ``missing: PATH``, ``changed: PATH``, ``added: PATH``; None without a record.

    A record or a file that can't be read is ``unreadable: PATH``.
    """
    if not (folder / RECORD).exists():
        return None
    try:
        known = json.loads((folder / RECORD).read_text(encoding="utf-8"))["sha256"]
        recorded = {str(name): str(digest) for name, digest in known.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return (f"unreadable: {RECORD}",)
    try:
        found = digests(folder)
    except OSError as error:
        return (f"unreadable: {Path(str(error.filename)).name}",)
    return (
        *(f"missing: {name}" for name in recorded if name not in found),
        *(f"changed: {name}" for name in recorded if found.get(name, recorded[name]) != recorded[name]),
        *(f"added: {name}" for name in found if name not in recorded),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

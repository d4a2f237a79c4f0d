"""Finding the pages: files, folders, globs and lists of them, in an order that is the same each time."""

from __future__ import annotations

import glob
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from urllib.parse import urlsplit

SUFFIXES = frozenset(
    {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".odt", ".pptx", ".pdf", ".eml"}
)
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SITEMAP = re.compile(r"(?:\.xml|\.xml\.gz|/robots\.txt)\Z", re.IGNORECASE)
STANDARD_INPUT = "-"
MOST_INPUT = 64 * 1024 * 1024 + 1  # a byte more than a document may have
GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """A page that is to be checked.

    Attributes:
        address: how the user knows it: a path as given, or a URL.
        path: where its bytes lie; None when it could not be had.
        section: first folder of its address under where the search began; empty for the top.
        named: whether the user named it himself.
        media_type, charset: as the web server declared them.
        is_web: whether it was fetched from the web.
        failure: error code of why it could not be had; empty otherwise.
        content: its bytes, when the reader is on another machine.
        linked_from: address of the page or sitemap that led to it; empty where the user or a folder did.
    """

    address: str
    path: Path | None
    section: str = ""
    named: bool = False
    media_type: str = ""
    charset: str = ""
    is_web: bool = False
    failure: str = ""
    content: bytes | None = field(default=None, repr=False)
    linked_from: str = ""


def is_address(name: str) -> bool:
    """Whether ``name`` is a web address rather than a file."""
    return bool(ADDRESS.match(name))


def is_sitemap(address: str) -> bool:
    """Whether a web address stands, by its name, for a sitemap or the robots.txt that names some."""
    return is_address(address) and bool(SITEMAP.search(path_of(address)))


def is_pattern(name: str) -> bool:
    """Whether ``name`` stands for the files that match it, rather than for one that is called so."""
    return bool(GLOB.search(name)) and not Path(name).exists()


def find_files(names: Iterable[str]) -> Iterator[Source]:
    """The pages under files, folders and globs, each once, in the order of the names and then of the paths.

    A name that is not there is a source with a failure, so that it gets its row.
    """
    seen: set[Path] = set()
    for name in names:
        for source in _expand(name):
            place = source.path.resolve() if source.path else Path(source.address)
            if place not in seen:
                seen.add(place)
                yield source


def count_files(names: Iterable[str]) -> int:
    """How many pages ``find_files`` will find; standard input, which can be read only once, is one."""
    named = list(names)
    inputs = named.count(STANDARD_INPUT)
    return min(inputs, 1) + sum(1 for _ in find_files(name for name in named if name != STANDARD_INPUT))


def read_list(path: Path) -> tuple[str, ...]:
    """The names in a list: one a line, without empty lines and lines that begin with ``#``.

    Raises:
        OSError, UnicodeDecodeError
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def path_of(address: str) -> str:
    """The path of a web address; empty for what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def section_of(address: str) -> str:
    """The first folder in a URL's path; empty for the top of the site."""
    folders = [part for part in path_of(address).split("/")[:-1] if part]
    return folders[0] if folders else ""


def _expand(name: str) -> Iterator[Source]:
    if name == STANDARD_INPUT:
        yield Source(name, None, named=True, content=sys.stdin.buffer.read(MOST_INPUT))
        return
    path = Path(name)
    if path.is_dir():
        yield from _walk(path, path)
    elif path.is_file():
        yield Source(name, path, named=True)
    elif GLOB.search(name):
        root = Path(name[: GLOB.search(name).start()]).parent  # type: ignore[union-attr]  # it was found above
        matches = [Path(match) for match in sorted(glob.iglob(name, recursive=True))]
        files = [match for match in matches if match.is_file()]
        yield from (Source(str(match), match, _section(match, root)) for match in files)
        if not files:
            yield Source(name, None, named=True, failure="no-file-matches")
    else:
        yield Source(name, None, named=True, failure="not-found")


def _walk(folder: Path, root: Path) -> Iterator[Source]:
    """Readable files under ``folder``; hidden ones and links to folders, which may go round, are left out.

    So is what only looks like a file: whoever reads a pipe waits for somebody to write.
    """
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path, root)
        elif path.suffix.lower() in SUFFIXES and (path.is_file() or not path.exists()):
            yield Source(path.as_posix(), path, _section(path, root))


def _section(path: PurePath, root: PurePath) -> str:
    parts = path.relative_to(root).parts[:-1] if path.is_relative_to(root) else path.parts[:-1]
    return parts[0] if parts else ""

"""From a file that someone hands us to a package folder that can be trusted to load.

argostranslate's own installer unpacks straight into the folder that is in use, without limits; see
docs/decisions/packages.md.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from replyassist.errors import PackageError, TranslationFailed
from replyassist.translation.argos import open_vocabulary
from replyassist.translation.checksums import RECORD
from replyassist.translation.engine import Engine
from replyassist.translation.packages import Package, read_package

MOST_FILES = 2_000
# Bytes; the largest package of the public index is a thirtieth of it.
LARGEST_PACKAGE = 4 * 1024**3
# Weights hardly shrink when they are packed; what shrinks more than this is there to fill the disk.
LARGEST_RATIO = 100
RATIO_MATTERS_FROM = 10 * 1024**2
CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
TRIAL = "1. A 2."


def unpack(archive: Path, into: Path) -> Path:
    """Unpack an .argosmodel file into an empty folder and return the package's folder in it.

    Raises:
        PackageError: the archive is damaged, dangerous, or not of one folder.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = packed.infolist()
            top = _checked(entries)
            for entry in entries:
                packed.extract(entry, into)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise PackageError(
            "The file is no whole package.", reason="damaged-archive", file=archive.name
        ) from error
    return into / top


def copy(folder: Path, into: Path) -> Path:
    """Copy an unpacked package into a folder and return its place there; links are not followed.

    Raises:
        PackageError: it holds links, or is too large.
    """
    paths = list(folder.rglob("*"))
    if any(path.is_symlink() for path in paths):
        raise PackageError("The package holds links.", reason="dangerous-archive")
    if len(paths) > MOST_FILES or sum(path.stat().st_size for path in paths) > LARGEST_PACKAGE:
        raise PackageError("The package is too large.", reason="dangerous-archive")
    return Path(shutil.copytree(folder, into / "package", ignore=shutil.ignore_patterns(RECORD)))


def validate(folder: Path) -> Package:
    """Read the package and translate a trial with it.

    Raises:
        PackageError: it is no package for translation, or doesn't work.
    """
    try:
        package = read_package(folder)
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except PackageError as error:
        raise PackageError(error.detail, reason="not-a-package") from error
    codes = (package.source, package.target)
    if metadata.get("type", "translate") != "translate" or not all(CODE.fullmatch(code) for code in codes):
        raise PackageError("The package is none for translation.", reason="not-a-package")
    if not isinstance(package.bleu, int | float | None):
        raise PackageError("The package's BLEU is no number.", reason="not-a-package")
    try:
        engine = Engine(package.files, open_vocabulary(package), threads=1)
        engine.translate([TRIAL], prefix=package.target_prefix, beam=1)
    except (PackageError, TranslationFailed, ValueError) as error:
        raise PackageError(
            "The package's model doesn't work.", reason="model-fails", package=package.code
        ) from error
    return package


def _checked(entries: Iterable[zipfile.ZipInfo]) -> str:
    """The one top folder of an archive that is safe to unpack."""
    entries = list(entries)
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swells = size > max(RATIO_MATTERS_FROM, LARGEST_RATIO * packed)
    if len(entries) > MOST_FILES or size > LARGEST_PACKAGE or swells:
        raise PackageError("The package swells when it is unpacked.", reason="dangerous-archive")
    tops = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename
        if outside or not path.parts or stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 1:
            raise PackageError("The package would write outside of its folder.", reason="dangerous-archive")
        if len(path.parts) == 1 and not entry.is_dir():
            raise PackageError("The package has files outside of a folder.", reason="not-a-package")
        tops.add(path.parts[0])
    if len(tops) != 1:
        raise PackageError("The archive doesn't hold one folder.", reason="not-a-package")
    return tops.pop()

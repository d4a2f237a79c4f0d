"""The packages of this installation: list, install, verify, remove, export.

Installed packages lie in one folder, each in a folder of its own whose name ends in a digest of its content.
A new one appears there in a single step, whole and tried, and only then is the one that it takes the place of
removed: an installation that is broken off at any moment leaves every package that worked.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from replyassist.config import Settings, data_folder
from replyassist.errors import PackageError
from replyassist.translation.checksums import RECORD, compare, seal
from replyassist.translation.index import Progress, fetch, find_links
from replyassist.translation.packages import Package, find_packages, read_package
from replyassist.translation.unpacking import CODE, copy, unpack, validate

PIVOT = "en"
PREFIX = "translate-"
SUFFIX = ".argosmodel"
DEFAULT_FOLDER = "~/.local/share/replyassist/packages"
LOCK, STAGING = ".lock", ".staging-"
# The same date in every export, so that one package gives one file.
DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a package is as it was installed.

    Attributes:
        code: of the package, or its folder's name where it can't be read.
        folder: where it lies.
        intact: nothing is wrong with it.
        sealed: there are checksums that it was held against.
        problems: what is wrong, such as ``changed: model/model.bin``.
    """

    code: str
    folder: Path
    intact: bool
    sealed: bool
    problems: tuple[str, ...]


def packages_folder(settings: Settings) -> Path:
    """Where installed packages lie: the folder that the settings name, else the user's own; if any."""
    return Path(settings.packages or DEFAULT_FOLDER).expanduser()


def list_packages(settings: Settings) -> tuple[Package, ...]:
    """The packages that can be read, bundled ones first; :func:`verify` names the broken ones too."""
    return tuple(find_packages([(_bundled(), True), (packages_folder(settings), False)]))


def install(what: str, settings: Settings, *, progress: Progress | None = None) -> Package:
    """Install what :func:`install_all` does, and return its first package.

    Raises:
        PackageError: see there.
    """
    return install_all(what, settings, progress=progress)[0]


def install_all(what: str, settings: Settings, *, progress: Progress | None = None) -> tuple[Package, ...]:
    """Install one package, or both directions of a language.

    Args:
        what: a direction of the public index such as ``nb_en``; a language, whose directions from and to
            English are fetched (for English itself, those of ``settings.language``); an .argosmodel file; or
            a folder, which is an unpacked package or holds .argosmodel files (``./nb`` if it is called like a
            language).
        progress: called while something is fetched.

    Raises:
        PackageError: ``fields['reason']`` says which way it failed (docs/decisions/packages.md lists them).
    """
    with _staging(settings) as (store, staging):
        if CODE.fullmatch(what.removeprefix(PREFIX)):
            legs = _directions(what.removeprefix(PREFIX), settings.language)
            unpacked = [_fetched(*leg, _fresh(staging), progress) for leg in legs]
        else:
            unpacked = list(_unpacked(Path(what).expanduser(), staging))
        # All of them are tried before the first one takes its place.
        for folder in unpacked:
            validate(folder)
        return tuple(_put(folder, store, staging) for folder in unpacked)


def verify(settings: Settings) -> tuple[Verification, ...]:
    """Hold every package, bundled or installed, against its checksums; what is no package is named too."""
    found = []
    for home, bundled in ((_bundled(), True), (packages_folder(settings), False)):
        shared = {
            package.files for package in find_packages([(home, bundled)]) if package.files != package.folder
        }
        for folder in sorted(home.iterdir()) if home.is_dir() else ():
            if folder.is_dir() and not folder.name.startswith(STAGING) and folder not in shared:
                found.append(_verified(folder, bundled))
    return tuple(found)


def remove(code: str, settings: Settings) -> None:
    """Remove an installed package, or a broken folder among them by its name.

    Raises:
        PackageError: nothing of that code is installed, or it came with replyassist.
    """
    with _staging(settings) as (store, staging):
        gone = [package.folder for package in find_packages([(store, False)]) if _is(package, code)]
        gone = gone or [folder for folder in store.iterdir() if folder.name == code and folder.is_dir()]
        if not gone:
            bundled = any(_is(package, code) for package in find_packages([(_bundled(), True)]))
            text = (
                "A package that came with replyassist can't be removed." if bundled else "It isn't installed."
            )
            raise PackageError(text, reason="bundled" if bundled else "not-installed")
        for folder in gone:
            os.replace(folder, staging / folder.name)


def export(code: str, path: Path, settings: Settings) -> None:
    """Write an installed or bundled package as an .argosmodel file that holds all it needs.

    Raises:
        PackageError: there is no such package, or the file can't be written.
    """
    packages = [package for package in list_packages(settings) if _is(package, code)]
    if not packages:
        raise PackageError("It isn't installed.", reason="not-installed")
    package = min(packages, key=lambda found: found.bundled)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in _contents(package):
                entry = zipfile.ZipInfo(f"{package.source}_{package.target}/{name}", DATE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                packed.writestr(entry, content)
        os.replace(unfinished, path)
    except OSError as error:
        raise PackageError("The file can't be written.", reason="not-writable") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _contents(package: Package) -> Iterator[tuple[str, bytes]]:
    """Each file of a package and of the model that it shares, with metadata that names no other folder."""
    metadata = json.loads((package.folder / "metadata.json").read_text(encoding="utf-8"))
    metadata.pop("shared_model", None)
    yield "metadata.json", (json.dumps(metadata, indent=1, ensure_ascii=False) + "\n").encode()
    for folder in dict.fromkeys((package.files, package.folder)):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if name not in ("metadata.json", RECORD):
                yield name, path.read_bytes()


def _unpacked(path: Path, staging: Path) -> Iterator[Path]:
    """The package folders, in the scratch folder, of a file or folder that someone hands us."""
    if path.is_dir() and (path / "metadata.json").exists():
        yield copy(path, _fresh(staging))
        return
    files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    if not files:
        raise PackageError("The folder holds no package.", reason="not-a-package")
    for file in files:
        if not file.is_file():
            raise PackageError("There is no such file, and no language of that code.", reason="no-such-file")
        yield unpack(file, _fresh(staging))


def _directions(code: str, own: str) -> tuple[tuple[str, str], ...]:
    """``(source, target)`` of a direction, or both of a language."""
    source, _, target = code.partition("_")
    if target:
        return ((source, target),)
    other = own if source == PIVOT else PIVOT
    return ((other, source), (source, other))


def _fetched(source: str, target: str, into: Path, progress: Progress | None) -> Path:
    links = find_links(source, target)
    if not links:
        raise PackageError(
            "The index has no such package.", reason="not-in-index", source=source, target=target
        )
    archive = into / f"fetched{SUFFIX}"
    fetch(links, archive, progress)
    folder = into / "unpacked"
    folder.mkdir()
    found = unpack(archive, folder)
    package = read_package(found)
    if (package.source, package.target) != (source, target):
        raise PackageError("The index gives another package.", reason="not-a-package", package=package.code)
    return found


def _put(folder: Path, store: Path, staging: Path) -> Package:
    """Move a tried package to its place and take away what stood for the same direction."""
    code = read_package(folder).code
    place = store / f"{code}-{seal(folder)[:12]}"
    others = [package.folder for package in find_packages([(store, False)]) if package.code == code]
    if place.exists() and compare(place):
        os.replace(place, _fresh(staging) / place.name)
    if not place.exists():
        os.replace(folder, place)
    for other in others:
        if other != place:
            os.replace(other, _fresh(staging) / other.name)
    return read_package(place)


def _verified(folder: Path, bundled: bool) -> Verification:
    try:
        package = read_package(folder, bundled=bundled)
    except PackageError as error:
        return Verification(folder.name, folder, False, False, (error.detail, *(compare(folder) or ())))
    results = [compare(part) for part in dict.fromkeys((package.folder, package.files))]
    problems = tuple(problem for result in results for problem in result or ())
    return Verification(package.code, folder, not problems, None not in results, problems)


def _is(package: Package, code: str) -> bool:
    return package.code == f"{PREFIX}{code.removeprefix(PREFIX)}"


def _bundled() -> Path:
    return data_folder("models") / "translation"


def _fresh(staging: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=staging))


@contextmanager
def _staging(settings: Settings) -> Iterator[tuple[Path, Path]]:
    """The folder of packages, for one writer at a time, and a scratch folder on the same file system."""
    store = packages_folder(settings)
    try:
        store.mkdir(parents=True, exist_ok=True)
        with (store / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # With the lock held, what lies there is left over from one that was broken off.
            for left in store.glob(f"{STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=store))
            try:
                yield store, staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except BlockingIOError as error:
        raise PackageError("Another installation is running.", reason="busy") from error
    except OSError as error:
        raise PackageError("The folder of packages can't be written.", reason="not-writable") from error

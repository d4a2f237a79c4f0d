"""Which Argos packages there are: the bundled ones and those in the folder that the settings name.

An Argos package is a folder with ``metadata.json``, ``model/`` (CTranslate2) and ``sentencepiece.model`` or
``bpe.model``. Bundled directions of one model share its files: their metadata names the folder as
``shared_model``.
A folder that is broken is reported and left out; it never takes another package down.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replyassist.errors import PackageError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Package:
    """An installed direction.

    Attributes:
        source, target: BCP 47 tags (Argos codes).
        source_name, target_name: English names.
        folder: where its metadata lies.
        files: where ``model/`` and the vocabulary lie; the same for directions that share a model.
        target_prefix: token that tells a model with several targets which one is wanted, or empty.
        version: of the package.
        bundled: whether it came with replyassist.
        bleu: BLEU that was measured for the direction, or None; below a threshold it is offered as gist only.
        gist: whether it is known to give no more than the gist, whatever its BLEU.
    """

    source: str
    target: str
    source_name: str
    target_name: str
    folder: Path
    files: Path
    target_prefix: str
    version: str
    bundled: bool
    bleu: float | None
    gist: bool = False

    @property
    def code(self) -> str:
        """Argos' name of the package, such as ``translate-nb_en``."""
        return f"translate-{self.source}_{self.target}"


def read_package(folder: Path, *, bundled: bool = False) -> Package:
    """Read a package's metadata and see that its files are there.

    Raises:
        PackageError: something is missing or not what it should be.
    """
    try:
        metadata: dict[str, Any] = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        source, target = str(metadata["from_code"]), str(metadata["to_code"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError("The package has no readable metadata.json.", package=folder.name) from error
    shared = str(metadata.get("shared_model", ""))
    files = folder.parent / shared if bundled and shared else folder
    if not (files / "model" / "model.bin").is_file():
        raise PackageError("The package has no model.", package=folder.name)
    if vocabulary_file(files) is None:
        raise PackageError("The package has no vocabulary.", package=folder.name)
    bleu = metadata.get("bleu")
    if bleu is not None and not isinstance(bleu, int | float):
        raise PackageError("The package's score is no number.", package=folder.name)
    return Package(
        source, target, str(metadata.get("from_name", source)), str(metadata.get("to_name", target)),
        folder, files, str(metadata.get("target_prefix", "")), str(metadata.get("package_version", "")),
        bundled, bleu,
    )  # fmt: skip


def vocabulary_file(files: Path) -> Path | None:
    """The SentencePiece or BPE vocabulary of a package, or None."""
    candidates = (files / name for name in ("sentencepiece.model", "bpe.model"))
    return next((path for path in candidates if path.is_file()), None)


def find_packages(folders: list[tuple[Path, bool]]) -> Iterator[Package]:
    """The packages of ``(folder, bundled)`` pairs; broken ones are logged and left out."""
    for folder, bundled in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if (path / "metadata.json").exists():
                try:
                    yield read_package(path, bundled=bundled)
                except PackageError as error:
                    logger.warning("package %s left out: %s", path.name, error.detail)

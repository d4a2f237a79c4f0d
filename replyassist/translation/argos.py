"""The doorway to argostranslate: its vocabularies and its installer.

Importing its settings makes folders under the home directory; a service's account may have none. So it is
imported here alone, when it is needed, with those folders pointed at a scratch folder.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType

from replyassist.errors import PackageError
from replyassist.translation.engine import SentencePieces, Vocabulary
from replyassist.translation.packages import Package, vocabulary_file

_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
_importing = Lock()


def open_vocabulary(package: Package) -> Vocabulary:
    """The vocabulary of a package.

    Raises:
        PackageError: it can't be read.
    """
    path = vocabulary_file(package.files)
    if path is None:
        raise PackageError("The package has no vocabulary.", package=package.folder.name)
    try:
        if path.name == "sentencepiece.model":
            return SentencePieces(path)
        bpe: Vocabulary = argos("tokenizer").BPETokenizer(path, package.source, package.target)
        return bpe
    except (OSError, RuntimeError) as error:
        raise PackageError("The vocabulary can't be read.", package=package.folder.name) from error


def argos(module: str) -> ModuleType:
    """A module of argostranslate."""
    with _importing:
        return _import(module)


@cache
def _import(module: str) -> ModuleType:
    before = {name: os.environ.get(name) for name in _HOMES}
    scratch = Path(tempfile.mkdtemp(prefix="replyassist-argos-"))
    try:
        for name in _HOMES:
            os.environ[name] = str(scratch)
        return importlib.import_module(f"argostranslate.{module}")
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

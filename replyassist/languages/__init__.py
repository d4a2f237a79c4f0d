"""The drafting languages: each is a folder of data here, found and read once (docs/adding-a-language.md)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock

from replyassist.errors import LanguageNotSupported
from replyassist.languages.address import find_address
from replyassist.languages.loading import read_language
from replyassist.languages.model import Language, RuleEntry

__all__ = ["Language", "RuleEntry", "available", "find", "find_address", "load"]

_reading = Lock()


@cache
def available() -> tuple[str, ...]:
    """Tags of the drafting languages, sorted."""
    folders = files(__name__).iterdir()
    return tuple(sorted(f.name for f in folders if f.is_dir() and (f / "language.toml").is_file()))


def load(tag: str) -> Language:
    """Everything known of a language; read at the first call, the same object ever after.

    Raises:
        LanguageNotSupported: there is no folder for ``tag``.
        ConfigurationError: the folder's data breaks its format.
    """
    if tag not in available():
        raise LanguageNotSupported("There is no language data for this language.", language=tag)
    with _reading:  # else two threads would each read the folder and hold different objects
        return _load(tag)


def find(tag: str | None) -> Language | None:
    """What is known of a language that letters are drafted in; None for any other.

    Raises:
        ConfigurationError: the folder's data breaks its format.
    """
    return load(tag) if tag in available() else None


@cache
def _load(tag: str) -> Language:
    return read_language(files(__name__) / tag)

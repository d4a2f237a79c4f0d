"""Audience profiles and kinds of letters, as data: whom a text is for, and what it must hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from replyassist.domain import AudienceProfile, Severity
from replyassist.errors import ConfigurationError

LETTER_KINDS = "letter_kinds.toml"


def load_profiles(extra_folder: Path | None = None) -> dict[str, AudienceProfile]:
    """The profiles of this package, by name, and those of a folder of the user's own.

    Args:
        extra_folder: holds further ``*.toml`` files; one of the same name replaces ours.

    Raises:
        ConfigurationError: the folder is missing, or a file is no profile.
    """
    sources: list[Traversable] = [f for f in files(__name__).iterdir() if f.name != LETTER_KINDS]
    if extra_folder is not None:
        if not extra_folder.is_dir():
            raise ConfigurationError("The folder of audience profiles does not exist.")
        sources.extend(sorted(extra_folder.iterdir()))
    return {profile.name: profile for profile in _read(sources)}


def load_letter_kinds() -> dict[str, dict[str, Severity]]:
    """Kind of letter -> part that it must have -> how grave it is when the part is missing."""
    kinds: dict[str, dict[str, Severity]] = _toml(files(__name__) / LETTER_KINDS)
    for kind, parts in kinds.items():
        if not set(parts.values()) <= set(get_args(Severity)):
            raise ConfigurationError(f"{LETTER_KINDS}: {kind} has a severity that does not exist")
    return kinds


def _read(sources: Iterable[Traversable]) -> Iterable[AudienceProfile]:
    for source in sources:
        if not source.name.endswith(".toml"):
            continue
        data = _toml(source)
        try:
            yield AudienceProfile(
                name=str(data["name"]),
                targets={measure: float(value) for measure, value in data.get("targets", {}).items()},
                domains=frozenset(data.get("domains", ())),
                tone=str(data.get("tone", "plain")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{source.name}: not an audience profile: {error}") from error


def _toml(source: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{source.name}: {error}") from error

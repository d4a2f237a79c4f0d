"""What is said to a citizen in his or her own language: that a text is machine-translated, and how roughly;
that an interpreter is free.

The texts are data, in notices.toml.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from babel import Locale

from replyassist.domain import Quality

FALLBACK = "en"


@cache
def _notices() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("notices.toml").read_text(encoding="utf-8")
    )
    return data


def label_of(tag: str, quality: Quality) -> str:
    """ "Machine translated, not reviewed" in a language, or that it is rough and may be wrong where it is no
    more than the gist; in English where we have none.
    """
    labels = _notices()["gist" if quality == "gist" else "machine-translated"]
    return labels.get(tag, labels[FALLBACK])


def notice_of(tag: str) -> str | None:
    """The offer of an interpreter in a language, or None where we have none."""
    return _notices()["interpreter"].get(tag)


def language_name(tag: str) -> str | None:
    """English name of a language, or None: ours where we have one, else the Unicode CLDR's."""
    if name := _notices()["language-names"].get(tag):
        return name
    return Locale("en").languages.get(tag.replace("-", "_"))

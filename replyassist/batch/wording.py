"""What the user reads of a run, in the five languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def wording(ui_language: str) -> dict[str, str]:
    """The texts of reports and of findings about pages, in a user's language."""
    data = tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))
    return {key: texts[ui_language] for key, texts in data.items()}

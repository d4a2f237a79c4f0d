"""A package for Arabic, made where it is tested: the bundled model for English, spelled in Arabic letters.

No package into Arabic is bundled. This one says nothing that is Arabic, but what it says is made by a model,
checked, and written from right to left, which is what the page has to get right.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from replyassist.config import Settings
from replyassist.translation import store

LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "ابثدهفقحيجكلمنوسطرصتعغضخزش"
STRETCH = "ـ"  # tells what was a capital letter, so that no two pieces become the same
SPELLING = str.maketrans(
    dict(zip(LATIN, ARABIC, strict=True))
    | {a.upper(): b + STRETCH for a, b in zip(LATIN, ARABIC, strict=True)}
)


def pack_arabic(folder: Path) -> Settings:
    """Install a package from bokmål to "Arabic" in ``folder``; the settings that find it."""
    settings = Settings(packages=str(folder / "packages"))
    store.export("nb_en", folder / "nb_en.argosmodel", settings)
    with zipfile.ZipFile(folder / "nb_en.argosmodel") as archive:
        archive.extractall(folder)
    package = folder / "nb_en"
    metadata = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
    metadata |= {"to_code": "ar", "to_name": "Arabic"}
    (package / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    shared = package / "model" / "shared_vocabulary.json"
    pieces = json.loads(shared.read_text(encoding="utf-8"))
    shared.rename(shared.with_name("source_vocabulary.json"))
    # Its decoder knows none of these pieces, and would leave the sign that stands for a space.
    spelled = [
        piece if piece.startswith("<") else piece.translate(SPELLING).replace("▁", " ") for piece in pieces
    ]
    shared.with_name("target_vocabulary.json").write_text(json.dumps(spelled), encoding="utf-8")
    store.install(str(package), settings)
    return settings

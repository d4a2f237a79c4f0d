"""A text and its translation side by side, as a new docx or odt file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module

NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The libraries behind each are read when somebody first saves such a file.
WRITERS = {"docx": "side_by_side_word", "odt": "side_by_side_opendocument"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Text in a language, given by its tag."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What stands in such a file.

    Attributes:
        title: its heading.
        labels: what the reader must know of the translation, such as that nobody has reviewed it.
        heads: the names of the two languages, in the language of the reader.
        languages: tags of the two columns.
        rows: a paragraph and its translation.
    """

    title: Wording
    labels: tuple[Wording, ...]
    heads: tuple[str, str]
    languages: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def write(content: SideBySide, form: str) -> bytes:
    """The content as a file of one of the forms in WRITERS."""
    written: bytes = import_module(f"replyassist.documents.{WRITERS[form]}").write(content)
    return written


def lines_of(text: str) -> list[str]:
    """The lines of a text, without the characters that XML can't hold."""
    return NO_XML.sub("", text).split("\n")

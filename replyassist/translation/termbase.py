"""A municipality's own words and what they are called in other languages.

A CSV file has a column for each language tag, and a row for each concept: ``nb,en,ar`` /
``barnehage,kindergarten,روضة``. A
row with one word in several columns is never translated. TBX (ISO 30042, TBX-Basic) is read too.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse

from replyassist.errors import ConfigurationError

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Termbase:
    """Concepts, each a map from language tag to its word in that language."""

    concepts: tuple[dict[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> Termbase:
        """Read a ``.csv`` or ``.tbx`` file.

        Raises:
            ConfigurationError: the file can't be read or is neither.
        """
        try:
            if path.suffix.lower() == ".tbx":
                return cls(tuple(_read_tbx(path)))
            return cls(tuple(_read_csv(path)))
        except (OSError, UnicodeDecodeError, csv.Error, ParseError, DefusedXmlException) as error:
            raise ConfigurationError(f"The termbase can't be read: {path.name}") from error

    def terms_in(self, sentence: str, source: str, target: str) -> list[tuple[str, str]]:
        """``(word in the sentence, wanted word)`` for each concept that the sentence names."""
        found = []
        for concept in self.concepts:
            word, wanted = concept.get(source), concept.get(target)
            if not word or not wanted:
                continue
            if match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE):
                found.append((match.group(), wanted))
        return found


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        return [
            {tag: word.strip() for tag, word in row.items() if tag and word and word.strip()} for row in rows
        ]


def _read_tbx(path: Path) -> list[dict[str, str]]:
    concepts = []
    for entry in parse(path).iter():
        if _name(entry.tag) in {"termEntry", "conceptEntry"}:
            words: dict[str, str] = {}
            for section in entry:
                tag = section.get(XML_LANG)
                term = next((t.text for t in section.iter() if _name(t.tag) == "term" and t.text), None)
                if tag and term:
                    words[tag] = term.strip()
            concepts.append(words)
    return concepts


def _name(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rsplit("}", 1)[-1]

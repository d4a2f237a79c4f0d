"""Read the texts that the language identifier is trained on: ../shared/data, and sentences of our own.

A text comes with the corpus that it is from, so that business documentation, which is most of what there is,
can be kept from drowning what people write.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
import zstandard
from spacy.tokens import DocBin

from models.training.translation.sentences import KEPT_FROM_IDENTIFICATION, read_rows

NORDIC = ("nb", "nn", "sv", "da")
# Pairs of files -> the languages of their two columns.
PAIRS = {
    "nb-nn": ("nb", "nn"), "nn-en": ("nn", ""), "nb-en": ("nb", "en"), "sv-en": ("sv", ""),
    "da-en": ("da", ""),
    "pl-en": ("pl", ""), "uk-en": ("uk", ""), "ar-en": ("ar", ""), "so-en": ("so", "en"),
}  # fmt: skip
# Sentences taken of a corpus at most, by the beginning of its name. The Danish treebank's translation
# is left out: its sentences are the test part of UD_Danish-DDT.
CAPS = {
    "ms-": 1500,
    "debian": 3000,
    "europarl": 100000,
    "gnome": 2000,
    "digikam": 2000,
    "tatoeba": 12000,
    "cdt-": 0,
}
CAP = 15000
GOVERNMENT = {"nb": 160000, "nn": 40000, "sv": 40000}
_MARKUP = re.compile(
    r"<[^<>]{0,200}>|\{+[^{}]{0,80}\}+|%\(?\w*\)?[sd]|&\w+;|\[[^\]]{0,80}\]\([^)]{0,200}\)|[*_`#|]+"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")


@dataclass(frozen=True)
class Example:
    """A text, its language, where it is from and (for development data) its fold."""

    text: str
    language: str
    corpus: str
    fold: int = -1


def read_development(path: Path) -> list[dict[str, str]]:
    """The rows of development.tsv, unescaped, each with a ``fold`` of 0-4 by its document number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        row["text"] = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], row["text"])
        row["fold"] = str(int(row["base_id"].rsplit("-", 1)[1]) % 5)
    return rows


def key(text: str) -> str:
    """What two texts share when they are the same but for case, digits and punctuation."""
    return "".join(filter(str.isalpha, text.lower()))


def read_parallel(folder: Path) -> Iterator[Example]:
    """Both sides of the parallel files, each corpus capped, markup and placeholders taken out."""
    for pair, languages in PAIRS.items():
        with (folder / f"{pair}.tsv.zst").open("rb") as raw:
            stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
            lines = list(io.TextIOWrapper(stream, encoding="utf-8"))
        random.Random(pair).shuffle(lines)
        taken: dict[tuple[str, str], int] = {}
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if len(row) != 3:
                continue
            cap = next((n for prefix, n in CAPS.items() if row[2].startswith(prefix)), CAP)
            for side, language in enumerate(languages):
                # Most rows are of a corpus that is full already: not worth cleaning.
                if not language or taken.get((row[2], language), 0) >= cap:
                    continue
                text = " ".join(_MARKUP.sub(" ", row[side]).split())
                if len(text) < 600 and len(key(text)) >= 12:
                    taken[row[2], language] = taken.get((row[2], language), 0) + 1
                    yield Example(text, language, row[2])


def read_government(folder: Path) -> Iterator[Example]:
    """Sentences of the public-sector paragraphs."""
    for language, limit in GOVERNMENT.items():
        with (folder / f"government.{language}.txt.zst").open("rb") as raw:
            text = zstandard.ZstdDecompressor().stream_reader(raw).read().decode("utf-8")
        sentences = [
            s for line in text.split("\n") for s in _SENTENCE_END.split(line) if 12 <= len(key(s)) < 400
        ]
        random.Random(language).shuffle(sentences)
        yield from (Example(sentence, language, "government") for sentence in sentences[:limit])


def read_treebank(folder: Path, language: str, part: str) -> Iterator[Example]:
    """Sentences of one part of a treebank."""
    vocab = spacy.blank("nb" if language == "nn" else language).vocab
    for doc in DocBin().from_disk(folder / f"{language}_{part}.spacy").get_docs(vocab):
        spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        yield from (Example(span.text, language, "treebank") for span in spans if len(key(span.text)) >= 6)


def read_own() -> Iterator[Example]:
    """The sentences of our own in the Nordic languages, without the slots for facts and what is kept."""
    for name, row, is_kept in read_rows("nordic", KEPT_FROM_IDENTIFICATION):
        if not is_kept:
            for tag in NORDIC:
                yield Example(" ".join(_MARKUP.sub(" ", row[tag]).split()), tag, f"own-{name}")


def read_all(data: Path) -> list[Example]:
    """Every training text outside the development set, each once, and none that the development set or the
    development and test parts of the treebanks hold."""
    barred = {key(row["text"]) for row in read_development(data / "identification" / "development.tsv")}
    treebanks = data / "treebanks"
    for language in (*NORDIC, "en"):
        for part in ("dev", "test"):
            barred.update(key(example.text) for example in read_treebank(treebanks, language, part))
    seen: set[tuple[str, str]] = set()
    examples = []
    sources = [read_parallel(data / "parallel"), read_government(data / "text")]
    sources += [read_treebank(treebanks, language, "train") for language in (*NORDIC, "en")]
    for source in sources:
        for example in source:
            mark = (example.language, key(example.text))
            if mark[1] not in barred and mark not in seen:
                seen.add(mark)
                examples.append(example)
    return examples

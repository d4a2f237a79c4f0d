"""Step 1: from the parallel files to clean, deduplicated pairs without anything from an evaluation set.

    python -m models.training.translation.clean SHARED_DATA WORK [nb-en ...]

Writes WORK/clean/<pair>.tsv (source, target, corpus) and prints what each filter took.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import zstandard

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
PAIRS = ("nb-en", "nn-en", "sv-en", "da-en", "nb-nn")

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{1,300}\)(?:\{[^{}]{0,80}\})?")
EMPHASIS = re.compile(r"(\*{1,3}|`{1,3}|__)(?=\S)(.{1,200}?)(?<=\S)\1")
PLACEHOLDER = re.compile(r"\{\{?\s?[\w.]{1,40}\s?\}?\}|%\(\w+\)[sd]|%[sd]")
IDENTIFIER = re.compile(r"[A-Za-z]\w*(?:\.\w+){1,6}|\w*[a-z][A-Z]\w*")
DIGITS = re.compile(r"\d+")
SPACE = re.compile(r"\s+")
NAMES = (
    "Kari Nordmann",
    "Ola Hansen",
    "Anna Lind",
    "Erik Berg",
    "Fatima Ali",
    "Ingrid Dahl",
    "Mikkel Jensen",
    "Bergen",
)


def normalised(text: str) -> str:
    """A key under which near duplicates meet: letters only, lower case, digits as one."""
    text = DIGITS.sub("0", unicodedata.normalize("NFC", text).lower())
    return "".join(c for c in text if c.isalnum())


def plain(text: str) -> str:
    """The sentence without markup."""
    text = MARKDOWN_LINK.sub(r"\1", unicodedata.normalize("NFC", text))
    text = TAG.sub(" ", text)
    text = EMPHASIS.sub(r"\2", text)
    return SPACE.sub(" ", text).strip(" \u200b|")


def filled(source: str, target: str, rng: random.Random) -> tuple[str, str] | None:
    """Plausible values in the place of template variables, the same on both sides; None when they differ."""
    variables = Counter(PLACEHOLDER.findall(source))
    if variables != Counter(PLACEHOLDER.findall(target)):
        return None
    for variable in variables:
        value = rng.choice(
            (
                str(rng.randint(1, 99)),
                str(rng.randint(100, 99999)),
                f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(1990, 2030)}",
                f"{rng.randint(2000, 2030)}/{rng.randint(10, 99999)}",
                rng.choice(NAMES),
                variable,
            )
        )
        source, target = source.replace(variable, value), target.replace(variable, value)
    return source, target


def refused(source: str, target: str, settings: dict[str, float]) -> str | None:  # noqa: PLR0911
    """Why a pair can't be used, or None."""
    if not source or not target:
        return "empty"
    if max(len(source), len(target)) > settings["max_characters"]:
        return "long"
    shorter, longer = sorted((len(source), len(target)))
    if longer > 25 and shorter / longer < settings["min_length_ratio"]:
        return "ratio"
    letters = sum(c.isalpha() or c == " " for c in source + target)
    if letters / (len(source) + len(target)) < settings["min_letter_share"]:
        return "letters"
    if IDENTIFIER.fullmatch(source) or IDENTIFIER.fullmatch(target):
        return "identifier"
    if source == target and source.count(" ") > 3:
        return "copied"
    if sorted("".join(DIGITS.findall(source))) != sorted("".join(DIGITS.findall(target))):
        return "numbers"
    return None


def read(path: Path) -> Iterator[tuple[str, str, str]]:
    """Source, target and corpus of each line of a zstd-compressed file."""
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
        for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
            source, target, corpus = line.rstrip("\n").split("\t")
            yield source, target, corpus


def evaluation_keys(folder: Path) -> set[str]:
    """Keys of every sentence of every evaluation set, in any language."""
    keys = set()
    for path in folder.rglob("*.t*"):
        for line in path.read_text(encoding="utf-8").splitlines():
            keys.update(key for part in line.split("\t") if len(key := normalised(plain(part))) > 12)
    return keys


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("pairs", nargs="*", default=PAIRS)
    arguments = parser.parse_args()
    (arguments.work / "clean").mkdir(parents=True, exist_ok=True)
    held_out = evaluation_keys(arguments.data / "evaluation")
    for pair in arguments.pairs:
        rng = random.Random(RECIPE["seed"])
        taken: Counter[str] = Counter()
        seen: set[tuple[str, str]] = set()
        with (arguments.work / "clean" / f"{pair}.tsv").open("w", encoding="utf-8") as out:
            for source, target, corpus in read(arguments.data / "parallel" / f"{pair}.tsv.zst"):
                both = filled(plain(source), plain(target), rng)
                if both is None:
                    taken["variables"] += 1
                    continue
                reason = refused(*both, RECIPE["clean"])
                key = (normalised(both[0]), normalised(both[1]))
                if reason is None and (key[0] in held_out or key[1] in held_out):
                    reason = "evaluation"
                if reason is None and key in seen:
                    reason = "duplicate"
                taken[reason or "kept"] += 1
                if reason is None:
                    seen.add(key)
                    out.write("\t".join((*both, corpus)) + "\n")
        print(pair, dict(taken.most_common()), flush=True)


if __name__ == "__main__":
    main()

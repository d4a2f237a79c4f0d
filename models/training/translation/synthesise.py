"""Step 2: Norwegian and Swedish that Apertium makes from Danish and bokmål, paired with the human English (or
bokmål) side.

    python -m models.training.translation.synthesise WORK [--europarl 200000] [--languages nb sv nn]

Writes WORK/clean/synthetic-nb-en.tsv and synthetic-sv-en.tsv (Danish Europarl -> bokmål, Swedish), and
synthetic-nn-en.tsv and synthetic-nb-nn.tsv (letters and forms, bokmål -> nynorsk; public-sector text too when
step 6b has drawn it). Needs Debian's apertium-dan-nor, apertium-swe-dan and apertium-nno-nob.
"""

from __future__ import annotations

import argparse
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
CHUNK = 4000
# Apertium's marks for a word that it doesn't know, and for one whose form it can't make.
UNKNOWN, UNMADE = "*", ("@", "#")
DANISH_INTO = {"nb": "dan-nob", "sv": "dan-swe"}
# Danish of breadth, all of which is turned before Europarl fills up.
EVERYDAY = {"tatoeba-manythings", "cdt-parole-da-en", "debian-webwml", "udhr", "wikipedia-android"}


def translate(lines: list[str], mode: str, unknown: int = 0) -> Iterator[str | None]:
    """Each line through an Apertium mode, with the words that it does not know as they were; None where these
    are more than ``unknown``, or the lines came apart."""
    for start in range(0, len(lines), CHUNK):
        chunk = lines[start : start + CHUNK]
        # A line of its own, ended by a full stop that stays apart, keeps the transfer rules within the line.
        text = "\n\n".join(chunk) + "\n"
        done = subprocess.run(["apertium", mode], input=text, capture_output=True, text=True, check=True)
        out = done.stdout.rstrip("\n").split("\n\n")
        if len(out) != len(chunk):
            yield from [None] * len(chunk)
            continue
        for line in out:
            bad = line.count(UNKNOWN) > unknown or any(mark in line for mark in UNMADE)
            yield None if bad else line.replace(UNKNOWN, "").strip()


def rows(path: Path, corpora: set[str], limit: int) -> list[list[str]]:
    """The first ``limit`` rows of the given corpora (all corpora when empty), short enough to be
    sentences."""
    picked = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if (not corpora or row[2] in corpora) and 15 < len(row[0]) < 260 and len(picked) < limit:
                picked.append(row)
    return picked


def write(
    path: Path, made: Iterator[str | None], given: list[list[str]], column: int, corpus: str, mode: str = "w"
) -> None:
    """Pairs of what was made and the column of what was given."""
    kept = 0
    with path.open(mode, encoding="utf-8") as out:
        for source, row in zip(made, given, strict=True):
            if source:
                kept += 1
                pair = (source, row[1]) if column == 1 else (row[0], source)
                out.write("\t".join((*pair, corpus)) + "\n")
    print(path.name, f"{kept} of {len(given)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--europarl", type=int, default=200_000)
    parser.add_argument("--letters", type=int, default=40_000)
    parser.add_argument("--languages", nargs="+", default=["nb", "sv", "nn"])
    arguments = parser.parse_args()
    clean = arguments.work / "clean"
    for tag in {"nb", "sv"} & set(arguments.languages):
        danish = rows(clean / "da-en.tsv", EVERYDAY, arguments.europarl)
        danish += rows(clean / "da-en.tsv", {"europarl-v7"}, arguments.europarl)
        # A Danish word that Apertium does not know is most often a compound or a name, spelt much the same.
        made = translate([row[0] for row in danish], DANISH_INTO[tag], unknown=2)
        write(clean / f"synthetic-{tag}-en.tsv", made, danish, 1, "apertium-europarl")
    if "nn" in arguments.languages:
        letters = {name for name, weight in RECIPE["weights"].items() if name != "default" and weight >= 2}
        norwegian = rows(clean / "nb-en.tsv", letters, arguments.letters)
        made = translate([row[0] for row in norwegian], "nob-nno_e")
        write(clean / "synthetic-nn-en.tsv", made, norwegian, 1, "apertium-letters")
        general = rows(clean / "nb-en.tsv", set(), arguments.letters)
        made = translate([row[0] for row in general], "nob-nno_e")
        write(clean / "synthetic-nb-nn.tsv", made, general, 0, "apertium-letters")
        if (human := clean / "back-nb-en.tsv").exists():
            public = rows(human, {"back-translated"}, arguments.letters)
            made = translate([row[0] for row in public], "nob-nno_e")
            write(clean / "synthetic-nb-nn.tsv", made, public, 0, "apertium-government", mode="a")


if __name__ == "__main__":
    main()

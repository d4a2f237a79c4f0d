"""Quality of the score: of how many pairs the plain version scores as easier, beside LIX and rare words in
one run.

    python benchmarks/quality.py [seen | holdout]

Four levels, in each language: whole letters of tests/letters, their sentences (each of today's with the
plain ones that say the same), the hard pairs of tests/pairs, where the plain version is often longer, and
those of tests/pairs/as-published: letters, web pages and paragraphs as agencies print them. On ties nobody
wins. "Misled" counts the pairs among them in which LIX is no lower for the plain version: there
it shows what a score adds. Boundaries of sentences and parts of speech are measured elsewhere:
benchmarks/sentences.py, models/spacy/*/README.md. The precision of suggestions is printed as readers
counted it (docs/decisions/suggestions.md).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft, Identification, Score
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

ROOT = Path(__file__).parents[1]
GOOD_LETTERS = ROOT / "tests" / "golden" / "good_letters"
REVIEWS = ROOT / "tests" / "golden" / "review.toml"
sys.path.insert(0, str(ROOT / "models" / "training" / "scoring"))
from fit import HARD_PAIRS, LETTERS, read_texts  # noqa: E402  # the alignment is the one that the fit uses

# Measure -> whether more of it is easier.
MEASURES = {"score": True, "lix": False, "rare-words": False, "sentence-length": False}
LEVELS = ("letter", "sentence", "hard", "published")


def values_of(assessor: Assessor, draft: Draft) -> dict[str, float]:
    """The measures of a draft; what can't be scored is missing."""
    assessment = assessor.assess(draft, Identification(draft.language, 1.0), letter=False)
    scores = (assessment.score, *assessment.scores)
    return {s.measure: s.value for s in scores if isinstance(s, Score) and s.measure in MEASURES}


def wins(today: dict[str, float], plain: dict[str, float]) -> dict[str, bool]:
    """By which measures the plain version is easier; a tie is no win."""
    return {
        name: name in today
        and name in plain
        and (plain[name] > today[name]) is up
        and plain[name] != today[name]
        for name, up in MEASURES.items()
    }


def draft_of(text: str, tag: str, audience: str) -> Draft:
    """A text, read as the assistant reads plain text."""
    return Draft(text, tag, audience, blocks=find_structure(text, languages.load(tag)))


def compare(assessor: Assessor, part: str) -> dict[tuple[str, str], list[dict[str, bool]]]:
    """For each level and language, who won which pair."""
    folder = LETTERS if part == "seen" else LETTERS / "holdout"
    tables = defaultdict(list)
    for tag, level, audience, *texts in chain(read_texts(folder, HARD_PAIRS, part), read_published(part)):
        both = [values_of(assessor, draft_of(text, tag, audience)) for text in texts]
        tables[level, tag].append(wins(*both))
    return tables


def read_published(part: str) -> Iterator[tuple[str, str, str, str, str]]:
    """The pairs in the manner of published ones, as ``read_texts`` gives the others."""
    for file in sorted(HARD_PAIRS.joinpath("as-published").glob("*.toml")):
        for pair in tomllib.loads(file.read_text(encoding="utf-8"))[part]:
            yield file.stem, "published", "layperson", pair["today"], pair["plain"]


def share(rows: list[dict[str, bool]], measure: str) -> str:
    """The share of the pairs that a measure wins."""
    return f"{measure} {sum(row[measure] for row in rows) / len(rows):.1%}"


def main() -> None:
    """Print a line per level and language, for what was seen and for the holdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=("seen", "holdout"))
    assessor = Assessor.load(profiles=load_profiles())
    for part in parser.parse_args().parts:
        tables = compare(assessor, part)
        for level in LEVELS:
            rows = {tag: several for (of, tag), several in sorted(tables.items()) if of == level}
            rows["all"] = [row for several in list(rows.values()) for row in several]
            for tag, several in rows.items():
                print(
                    f"{part:8} {level:9} {tag:4} {len(several):4} pairs:",
                    ", ".join(share(several, measure) for measure in MEASURES),
                )
        misled = [row for several in tables.values() for row in several if not row["lix"]]
        if misled:
            print(f"{part:8} misled    all  {len(misled):4} pairs:", share(misled, "score"))
        print_checklist(assessor, part)
    print_reviews()


def print_checklist(assessor: Assessor, part: str) -> None:
    """Of good letters: how often the kind is told, and how many parts are wrongly said to be missing."""
    for file in sorted(GOOD_LETTERS.glob("*.toml")):
        letters = tomllib.loads(file.read_text(encoding="utf-8"))[part]
        told = alarms = 0
        for letter in letters:
            draft = draft_of(letter["text"], file.stem, "layperson")
            assessment = assessor.assess(draft, Identification(file.stem, 1.0))
            told += assessment.letter_kind == letter["kind"]
            alarms += sum(finding.kind == "missing-part" for finding in assessment.findings)
        print(
            f"{part:8} checklist {file.stem:4} {len(letters):4} good letters:",
            f"kind told of {told}, {alarms} false alarms",
        )


def print_reviews() -> None:
    """What readers found of the suggestions: counts of people, which no run can repeat."""
    reviews = tomllib.loads(REVIEWS.read_text(encoding="utf-8"))["review"]
    for review in reviews:
        print(
            f"reviewed suggestions {review['language']} {review['date']} {review['reading']:6}",
            f"{review['right']}/{review['read']} right ({review['right'] / review['read']:.1%})",
        )


if __name__ == "__main__":
    main()

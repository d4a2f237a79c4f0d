"""Quality of the plain-language part, on the letters and on their holdout, beside LIX and rare words in one
run.

    python benchmarks/quality.py

For each language: the share of letters, and of their aligned sentences, of which the plain version scores
better; by our score, by LIX, and by the share of rare words. Then the boundaries of sentences and the parts
of speech are measured elsewhere: benchmarks/sentences.py, models/spacy/*/README.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft, Identification, Score
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "models" / "training" / "scoring"))
from fit import align, sentences_of  # noqa: E402  # the alignment is the one that the fit uses

# Measure -> whether more of it is easier.
MEASURES = {"score": True, "lix": False, "rare-words": False, "sentence-length": False}


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


def drafts_of(folder: Path, tag: str, audience: str) -> list[Draft]:
    """Both versions of a letter."""
    texts = [folder.joinpath(f"{version}.txt").read_bytes().decode() for version in ("today", "plain")]
    return [Draft(t, tag, audience, blocks=find_structure(t, languages.load(tag))) for t in texts]


def main() -> None:
    """Print a line per language and level, for the letters seen and for the holdout."""
    assessor = Assessor.load(profiles=load_profiles())
    for name, folder in (("seen", ROOT / "tests/letters"), ("holdout", ROOT / "tests/letters/holdout")):
        tables: dict[tuple[str, str], list[dict[str, bool]]] = defaultdict(list)
        for letter in sorted(folder.glob("??/*/letter.toml")):
            facts = tomllib.loads(letter.read_text(encoding="utf-8"))
            tag, audience = facts["language"], facts["audience"]
            drafts = drafts_of(letter.parent, tag, audience)
            tables[tag, "letters"].append(wins(*(values_of(assessor, draft) for draft in drafts)))
            for pair in align(*(sentences_of(draft.text, tag) for draft in drafts)):
                both = (values_of(assessor, Draft(text, tag, audience)) for text in pair)
                tables[tag, "sentences"].append(wins(*both))
        for level in ("letters", "sentences"):
            rows = {tag: several for (tag, of), several in sorted(tables.items()) if of == level}
            rows["all"] = [row for several in list(rows.values()) for row in several]
            for tag, several in rows.items():
                shares = ", ".join(
                    f"{measure} {sum(row[measure] for row in several) / len(several):.1%}"
                    for measure in MEASURES
                )
                print(f"{name:8} {level:10} {tag:4} {len(several):4} pairs: {shares}")


if __name__ == "__main__":
    main()

"""How well a segment's confidence tells bad translations from good ones, and where the line is best drawn.

    python benchmarks/confidence.py ../shared/data/evaluation [--rows 80]

The folder holds development sets: ``domain/<pair>/<corpus>.tsv`` and ``flores-dev/<tag>.txt``. A segment is
bad when its chrF against the human translation is under 40. Printed are the chance that a bad one has a lower
confidence than a good one (AUC), and for each line what is flagged, how much of that is bad (precision), how
much of the bad is flagged (recall), and F1. The best line is UNSURE of replyassist/translation/assembling.py;
draw it anew when the models change.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from sacrebleu.metrics import CHRF

from replyassist.config import Settings, data_folder
from replyassist.translation import Translator

TAGS = ("nb", "nn", "sv", "da", "en")
BAD = 40.0
LINES = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)

Pairs = list[tuple[str, str]]


def read_sets(folder: Path, rows: int) -> Iterator[tuple[str, str, Pairs]]:
    """Source and target tag and pairs of sentences, both ways round."""
    for path in sorted(folder.glob("domain/*/*.tsv")):
        source, target = path.parent.name.split("-")
        if {source, target} <= set(TAGS):
            lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[:rows]]
            yield source, target, [(line[0], line[1]) for line in lines]
            yield target, source, [(line[1], line[0]) for line in lines]
    files = {tag: folder / "flores-dev" / f"{tag}.txt" for tag in TAGS}
    texts = {t: f.read_text(encoding="utf-8").splitlines()[:rows] for t, f in files.items() if f.exists()}
    for source, target in permutations(texts, 2):
        yield source, target, list(zip(texts[source], texts[target], strict=True))


def rate(translator: Translator, folder: Path, rows: int) -> list[tuple[float, float]]:
    """Confidence and chrF of each row that is one segment and came from a model."""
    found, metric = [], CHRF()
    for source, target, pairs in read_sets(folder, rows):
        for (_, wanted), result in zip(
            pairs, translator.translate_many([text for text, _ in pairs], source, target), strict=True
        ):
            if len(result.segments) == 1 and result.segments[0].origin == "model":
                score = metric.sentence_score(result.text, [wanted]).score
                found.append((result.segments[0].confidence or 0.0, score))
    return found


def rank(rated: list[tuple[float, float]]) -> float:
    """The chance that a bad segment has a lower confidence than a good one."""
    ordered = sorted(rated)
    bad = sum(score < BAD for _, score in rated)
    ranks = sum(place for place, (_, score) in enumerate(ordered, start=1) if score < BAD)
    return 1 - (ranks - bad * (bad + 1) / 2) / (bad * (len(rated) - bad))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=80, help="of each set")
    arguments = parser.parse_args()
    translator = Translator.load(Settings(time_limit=3600.0), data_folder("models") / "translation")
    rated = rate(translator, arguments.folder, arguments.rows)
    bad = sum(score < BAD for _, score in rated)
    print(f"{len(rated)} segments, {bad / len(rated):.1%} bad, AUC {rank(rated):.3f}")
    for line in LINES:
        flagged = [score for confidence, score in rated if confidence < line]
        hits = sum(score < BAD for score in flagged)
        precision, recall = hits / max(1, len(flagged)), hits / bad
        harmonic = 2 * precision * recall / (precision + recall) if hits else 0.0
        print(
            f"under {line:.2f}: flagged {len(flagged) / len(rated):6.1%}  precision {precision:.2f}"
            f"  recall {recall:.2f}  F1 {harmonic:.2f}"
        )


if __name__ == "__main__":
    main()

"""Step 4: one SentencePiece vocabulary for all five languages, digits split one by one.

    python -m models.training.translation.vocabulary WORK

Writes WORK/vocabulary/sentencepiece.model.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from pathlib import Path

import sentencepiece

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())


def sample(clean: Path, per_pair: int, rng: random.Random) -> list[str]:
    """Sentences of every pair, both sides, corpora drawn by their weights."""
    weights = {name.replace("_", "."): weight for name, weight in RECIPE["weights"].items()}
    sentences = []
    for path in sorted(clean.glob("??-??.tsv")):
        rows = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
        odds = [weights.get(row[2], weights["default"]) for row in rows]
        for row in rng.choices(rows, odds, k=min(per_pair, len(rows))):
            sentences.extend(row[:2])
    return sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    settings = RECIPE["vocabulary"]
    folder = arguments.work / "vocabulary"
    folder.mkdir(exist_ok=True)
    sentences = sample(arguments.work / "clean", settings["sample_per_pair"], random.Random(RECIPE["seed"]))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=settings["size"],
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        user_defined_symbols=settings["target_tokens"],
        normalization_rule_name="nfkc",
        input_sentence_size=700_000,
        shuffle_input_sentence=True,
        pad_id=3,
        num_threads=2,
        minloglevel=1,
    )


if __name__ == "__main__":
    main()

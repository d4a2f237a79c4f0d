"""Step 4: a SentencePiece vocabulary for the languages of one or more models, digits split one by one.

    python -m models.training.translation.vocabulary WORK nordic

Writes WORK/vocabulary/nordic.model.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from pathlib import Path

import sentencepiece

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())


def path_of(work: Path, model: str) -> Path:
    """Where the SentencePiece model of a model's vocabulary lies."""
    return work / "vocabulary" / f"{RECIPE['models'][model]['vocabulary']}.model"


def corpus_weights(model: str = "") -> dict[str, float]:
    """How many times each corpus is drawn in a pass, and ``default``; with what a model has of its own."""
    changed = RECIPE["models"][model].get("weights", {}) if model else {}
    # A key has an underscore where the corpus' name has a full stop.
    return {name.replace("_", "."): weight for name, weight in (RECIPE["weights"] | changed).items()}


def sample(paths: list[Path], per_pair: int, rng: random.Random) -> list[str]:
    """Sentences of every pair, both sides, corpora drawn by their weights."""
    weights = corpus_weights()
    sentences = []
    for path in paths:
        rows = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
        odds = [weights.get(row[2], weights["default"]) for row in rows]
        for row in rng.choices(rows, odds, k=min(per_pair, len(rows))):
            sentences.extend(row[:2])
    return sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("name", choices=sorted(RECIPE["vocabularies"]))
    arguments = parser.parse_args()
    settings = RECIPE["vocabularies"][arguments.name]
    folder = arguments.work / "vocabulary"
    folder.mkdir(exist_ok=True)
    paths = [
        path
        for pair in settings["pairs"]
        for prefix in ("", "own-")
        if (path := arguments.work / "clean" / f"{prefix}{pair}.tsv").exists()
    ]
    sentences = sample(paths, settings["sample_per_pair"], random.Random(RECIPE["seed"]))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(folder / arguments.name),
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

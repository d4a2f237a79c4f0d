"""Clean pairs to token ids, and from them an endless stream of batches; steps 5 and 6 use it.

A batch has one of a few shapes: a matrix kernel is compiled for each new shape on a CPU, which costs more
than the padding does.
"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece

from models.training.translation.vocabulary import corpus_weights, path_of

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
PAD, EOS, BOS = 3, 2, 1
# Lengths that rows are padded to; each but the last divides a batch of 6,720 tokens, so that most matrices
# of the encoder have one shape. With nine lengths 16 % of the tokens were padding, with these 9 %.
LENGTHS = np.array([8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128])
MAX_TOKENS = 126
# The source of a pair that is drawn often in a pass is split up in several ways, one for each so many draws
# (subword regularization, Kudo 2018): the same pieces each time would be learnt by heart.
DRAWS_A_READING = 5
READINGS_SMOOTHING = 0.3
# Languages in which what Apertium made may be an example to write by, human text being scarce; elsewhere it
# is only read.
MADE_EXAMPLES = {"nn"}


@dataclass(frozen=True)
class Examples:
    """Token ids of all examples, flat, with the bounds of each (two per example) and its draw weight."""

    tokens: np.ndarray
    bounds: np.ndarray
    weights: np.ndarray

    def __len__(self) -> int:
        return len(self.weights)

    def pair(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        start, middle, end = self.bounds[2 * index : 2 * index + 3]
        return self.tokens[start:middle], self.tokens[middle:end]


def sources(clean: Path, source: str, target: str) -> Iterator[tuple[Path, bool]]:
    """Files that hold a direction, and whether their columns must change places."""
    for prefix in ("", "synthetic-", "own-", "back-"):
        for pair, swap in ((f"{source}-{target}", False), (f"{target}-{source}", True)):
            path = clean / f"{prefix}{pair}.tsv"
            # The synthetic side is the first named, but that of nb-nn: Apertium makes the smaller language.
            made = "nn" if "nn" in pair else pair.split("-")[0]
            only_read = prefix == "synthetic-" and target == made and made not in MADE_EXAMPLES
            made_english = prefix == "back-" and target == "en"
            if path.exists() and not only_read and not made_english:
                yield path, swap


def varied(source: str, target: str, rng: random.Random) -> tuple[str, str]:
    """Now and then capitals, or no full stop: letters have headings and lines that are no sentences."""
    chance = rng.random()
    if chance < 0.012:
        return source.upper(), target.upper()
    if chance < 0.05 and source[-1:] == target[-1:] == ".":
        return source[:-1], target[:-1]
    return source, target


def readings(
    pieces: sentencepiece.SentencePieceProcessor, text: str, usual: list[int], weight: float
) -> list[list[int]]:
    """The text's usual pieces, and other ways to take it apart where it is drawn often."""
    others = max(0, int(weight / DRAWS_A_READING) - 1)
    sampled = [
        pieces.encode(text, enable_sampling=True, nbest_size=-1, alpha=READINGS_SMOOTHING)
        for _ in range(others)
    ]
    return [usual, *(s for s in sampled if len(s) <= MAX_TOKENS)]


def encode(work: Path, model: str) -> Examples:
    """All examples of a model, from the cache when it is there."""
    cache = work / f"{model}.npz"
    if cache.exists():
        held = np.load(cache)
        return Examples(held["tokens"], held["bounds"], held["weights"])
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path_of(work, model)))
    rng = random.Random(RECIPE["seed"])
    sentencepiece.set_random_generator_seed(RECIPE["seed"])
    shape = RECIPE["models"][model]
    odds = corpus_weights(model)
    several = len({target for _, target in shape["directions"]}) > 1
    flat: list[np.ndarray] = []
    lengths: list[int] = []
    weights: list[float] = []
    for source_tag, target_tag in shape["directions"]:
        emphasis = shape.get("emphasis", {}).get(target_tag, 1)
        prefix = [pieces.piece_to_id(f"<2{target_tag}>")] if several else []
        for path, swap in sources(work / "clean", source_tag, target_tag):
            rows = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
            pairs = [varied(*((r[1], r[0]) if swap else (r[0], r[1])), rng) for r in rows]
            encoded = [pieces.encode([p[i] for p in pairs], num_threads=2) for i in (0, 1)]
            for row, pair, left, right in zip(rows, pairs, *encoded, strict=True):
                if not (0 < len(left) <= MAX_TOKENS and 0 < len(right) <= MAX_TOKENS):
                    continue
                weight = emphasis * odds.get(row[2], odds["default"])
                ways = readings(pieces, pair[0], left, weight)
                for way in ways:
                    flat.append(np.array([*way, EOS, *prefix, *right, EOS], dtype=np.uint16))
                    lengths.extend((len(way) + 1, len(prefix) + len(right) + 1))
                    weights.append(weight / len(ways))
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    examples = Examples(np.concatenate(flat), bounds, np.array(weights, dtype=np.float32))
    np.savez(cache, tokens=examples.tokens, bounds=examples.bounds, weights=examples.weights)
    return examples


def batches(examples: Examples, source_tokens: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Endless (source, target) batches of ``source_tokens`` with padding; target rows begin with BOS."""
    rng = np.random.default_rng(seed)
    lengths = np.diff(examples.bounds)
    source_shape = np.searchsorted(LENGTHS, lengths[0::2])
    target_shape = np.searchsorted(LENGTHS, lengths[1::2])
    shape = source_shape * len(LENGTHS) + target_shape
    waiting: dict[int, list[int]] = defaultdict(list)
    while True:
        repeats = np.floor(examples.weights + rng.random(len(examples))).astype(np.int64)
        order = rng.permutation(np.repeat(np.arange(len(examples)), repeats))
        for start in range(0, len(order), 120_000):
            for index in order[start : start + 120_000]:
                waiting[int(shape[index])].append(int(index))
            ready = []
            for key, indexes in waiting.items():
                rows = source_tokens // int(LENGTHS[key // len(LENGTHS)])
                full = len(indexes) // rows * rows
                ready.extend((key, indexes[i : i + rows]) for i in range(0, full, rows))
                waiting[key] = indexes[full:]
            for i in rng.permutation(len(ready)):
                key, indexes = ready[i]
                yield collate(examples, indexes, *(int(LENGTHS[k]) for k in divmod(key, len(LENGTHS))))


def collate(
    examples: Examples, indexes: list[int], source_length: int, target_length: int
) -> tuple[np.ndarray, np.ndarray]:
    """Stack rows, padded to the lengths; the target has one column more, for BOS."""
    source = np.full((len(indexes), source_length), PAD, dtype=np.int64)
    target = np.full((len(indexes), target_length + 1), PAD, dtype=np.int64)
    target[:, 0] = BOS
    for row, index in enumerate(indexes):
        left, right = examples.pair(index)
        source[row, : len(left)] = left
        target[row, 1 : 1 + len(right)] = right
    return source, target

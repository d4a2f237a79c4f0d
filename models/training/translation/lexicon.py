"""Step 10: which words stand for a word in another language, for the checks of a translation.

    python -m models.training.translation.lexicon WORK models/lexicons [--pairs nb-en sv-en]

From WORK/clean/: IBM model 1 (Brown et al. 1993) over word beginnings. A word is kept when nearly every
human translation of it holds one of its likeliest words; those that people translate freely ("få", "komma")
would be cried out at every time. Into English only: out of it, the Nordic words for one are too many.
"""

from __future__ import annotations

import argparse
import gzip
import random
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

from models.training.translation.vocabulary import corpus_weights
from replyassist.text.stems import WORD, stem
from replyassist.translation.lexicon import Lexicon

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
PAIRS = ("nb-en", "nn-en", "sv-en", "da-en", "pl-en", "uk-en")
# Rows with slots are written many times, and say nothing new; documentation drowns the rest at full weight.
LEFT_OUT = {"own-facts"}
MOST_PAIRS, MOST_WORDS = 200_000, 40
ROUNDS = 5
FEWEST = 4  # sentences that a word stands in
# Of a word's translations, the least likely that counts, and how often it was met at least, as expected.
LIKELY, MET = 0.002, 0.4
CONCENTRATED = 0.5  # share that those which count have of all
FUNCTION_WORDS = 80  # the commonest words stand in any sentence, and so for nothing
SHORTEST = 4  # letters of a word
MISSED = 0.12  # share of its human translations that hold none of them, the word being kept
MOST_WORDINGS = 24

Array = np.ndarray
Pair = tuple[list[int], list[int]]


def drawn(clean: Path, pair: str) -> list[tuple[str, str]]:
    """Sentences of a pair, each corpus by its weight in the recipe, our own and human text whole."""
    rng, weights = random.Random(RECIPE["seed"]), corpus_weights()
    rows = []
    for path in (clean / f"own-{pair}.tsv", clean / f"{pair}.tsv", clean / f"synthetic-{pair}.tsv"):
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    source, target, corpus = line.rstrip("\n").split("\t")
                    if corpus not in LEFT_OUT and rng.random() < weights.get(corpus, weights["default"]):
                        rows.append((source, target))
    rng.shuffle(rows)
    return rows[:MOST_PAIRS]


def numbered(texts: list[str], tag: str) -> tuple[list[list[int]], list[str]]:
    """Each text as the numbers of its different stems, and the stems."""
    numbers: dict[str, int] = {}
    rows = [
        [numbers.setdefault(s, len(numbers)) for s in dict.fromkeys(stem(w, tag) for w in WORD.findall(text))]
        for text in texts
    ]
    return rows, list(numbers)


def translations(pairs: list[Pair], sources: int, targets: int) -> tuple[Array, Array, Array]:
    """Source and target numbers of words that stood in one pair of sentences, and t(target|source).

    Number ``sources`` is the empty word, which what has no counterpart comes from.
    """
    keys, groups, count = [], [], 0
    for left, right in pairs:
        from_words = np.array([*left, sources])
        keys.append((from_words[None, :] * targets + np.array(right)[:, None]).ravel())
        groups.append(np.repeat(np.arange(count, count + len(right)), len(from_words)))
        count += len(right)
    links, places = np.unique(np.concatenate(keys), return_inverse=True)
    group = np.concatenate(groups)
    source, target = np.divmod(links, targets)
    t = np.ones(len(links))
    for _ in range(ROUNDS):
        expected = t[places]
        expected /= np.bincount(group, expected)[group]
        counts = np.bincount(places, expected)
        t = counts / np.bincount(source, counts)[source]
    return source, target, t


def wordings(rows: list[tuple[str, str]], source: str, target: str) -> dict[str, str]:
    """What stands for each word that is worth looking for."""
    left, words = numbered([row[0] for row in rows], source)
    right, others = numbered([row[1] for row in rows], target)
    pairs = [
        (a, b)
        for a, b in zip(left, right, strict=True)
        if 0 < len(a) <= MOST_WORDS and 0 < len(b) <= MOST_WORDS
    ]
    common = {n for n, _ in Counter(n for _, b in pairs for n in b).most_common(FUNCTION_WORDS)}
    uses = Counter(n for a, _ in pairs for n in a)
    by_word: dict[int, list[tuple[float, int]]] = {}
    for word, other, likelihood in zip(*translations(pairs, len(words), len(others)), strict=True):
        often = uses[word] >= FEWEST and likelihood >= max(LIKELY, MET / uses[word])
        if often and other not in common:
            by_word.setdefault(int(word), []).append((float(likelihood), int(other)))
    kept = {}
    for word, found in by_word.items():
        if len(words[word]) >= SHORTEST and sum(likelihood for likelihood, _ in found) >= CONCENTRATED:
            best = sorted(found, reverse=True)[:MOST_WORDINGS]
            kept[words[word]] = " ".join(others[other] for _, other in best)
    return told(kept, rows, source, target)


def told(kept: dict[str, str], rows: list[tuple[str, str]], source: str, target: str) -> dict[str, str]:
    """The words that hardly a human translation misses."""
    lexicon = Lexicon(source, target, kept)
    uses: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for text, translation in rows:
        uses.update({stem(word, source) for word in WORD.findall(text)} & kept.keys())
        missed.update({stem(s.of(text), source) for s in lexicon.unmatched(text, translation)})
    return {w: o for w, o in sorted(kept.items()) if (missed[w] + 0.5) / (uses[w] + 1) <= MISSED}


def main() -> None:
    """Write a lexicon for each pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", nargs="+", default=PAIRS)
    arguments = parser.parse_args()
    arguments.out.mkdir(exist_ok=True)
    for pair in arguments.pairs:
        rows = drawn(arguments.work / "clean", pair)
        found = wordings(rows, *pair.split("-"))
        text = "".join(f"{word}\t{others}\n" for word, others in found.items())
        # Without a time in it, the same text makes the same file.
        (arguments.out / f"{pair}.tsv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        print(pair, f"{len(found)} words of {len(rows)} sentences", flush=True)


if __name__ == "__main__":
    main()

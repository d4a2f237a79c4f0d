"""Make models/identification from ../shared/data: python models/training/identification/train.py DATA OUT

Three models and what blends them (replyassist/identification/weights.py says how they work together). The
blends, which also calibrate, are fitted on texts of the development set that the models were not fitted on:
two of its five folds by document number. The model that is stored is then fitted on all five; the one that
has not seen the two is stored where --held-out says, for benchmarks/identification.py to measure. It takes
six minutes of processor time on one core and 2.3 GB of memory.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from augment import vary
from background import NEIGHBOUR, STEP, unpack
from corpus import NORDIC, PUNCTUATION, Example, find_names, read_all, read_development
from fit import background_matrix, estimate_naive_bayes, fit, letter_matrix, quantise, read_words
from numpy.typing import NDArray
from scipy.optimize import minimize

from replyassist.identification.weights import Sums, Weights, WordSums

VERSION = "1"
FAMILY_BITS, NORDIC_BITS = 17, 20
HELD_OUT = (0, 1)
NORDIC_SIZE = 60000  # texts a language
# Share of each kind of text in what the Nordic weights are learned from: letters and forms are what we read,
# but most of what there is was written about software.
SHARES = {"technical": 0.1, "learner": 0.12, "treebank": 0.3, "parliament": 0.2, "public": 0.3}
KINDS = {
    "technical": ("ms-", "debian", "gnome", "digikam", "mozilla", "monero", "privacy", "wikipedia",
                  "scratch"),
    "learner": ("tatoeba",), "treebank": ("treebank", "ud-"), "parliament": ("europarl",),
}  # fmt: skip
GROUP = {"bs": "sh", "hr": "sh", "sr": "sh"}
# Languages with enough text at hand; the others make do with the development set.
RICH = {*NORDIC, "en", "pl", "uk", "ar"}
OWN_COLUMN = {
    "am", "ar", "ckb", "de", "en", "es", "et", "fa", "fi", "fo", "fr", "is", "ku", "lt", "lv", "pl", "ps",
    "ro", "ru", "se", "sh", "so", "sq", "th", "ti", "tl", "tr", "uk", "ur", "vi",
}  # fmt: skip
FAMILY_EPOCHS = 3
# How much of naive Bayes is added to the Nordic weights before they are fitted to the development set.
NAIVE_SHARE = np.float32(1.3)
Floats = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Development:
    """The rows of the development set, with their tags and folds."""

    rows: list[dict[str, str]]
    tags: list[str]
    folds: NDArray[np.intp]


def kind_of(corpus: str) -> str:
    """The kind of text that a corpus is."""
    return next((kind for kind, names in KINDS.items() if corpus.startswith(names)), "public")


def nordic_examples(examples: Sequence[Example], seed: int) -> tuple[list[str], NDArray[np.intp], Floats]:
    """Varied texts in the four Nordic languages, their labels and weights.

    A name that begins a sentence is mostly dropped: whom its corpora are about should tell no language.
    """
    chance = random.Random(seed)
    stock: dict[tuple[str, str], list[str]] = {}
    for example in examples:
        if example.language in NORDIC:
            stock.setdefault((example.language, kind_of(example.corpus)), []).append(example.text)
    names = find_names([text for texts in stock.values() for text in texts[:20000]])
    texts, labels, weights = [], [], []
    for (language, kind), known in sorted(stock.items()):
        wanted = int(SHARES[kind] * NORDIC_SIZE)
        chosen = chance.sample(known, min(wanted, len(known)))
        for text in chosen:
            first, _, rest = text.partition(" ")
            named = first.strip(PUNCTUATION) in names and chance.random() < 0.9
            texts.append(vary(rest if named and rest else text, chance))
        labels += [NORDIC.index(language)] * len(chosen)
        weights += [min(wanted / len(chosen), 4.0)] * len(chosen)
    return texts, np.array(labels), _even(np.array(labels), np.array(weights, np.float32))


def _even(labels: NDArray[np.intp], weights: Floats) -> Floats:
    """``weights`` scaled so that every label counts the same, with a mean of 1."""
    total = np.bincount(labels, weights)
    scaled: Floats = (weights * (len(labels) / len(total) / total)[labels]).astype(np.float32)
    return scaled


def family_examples(
    examples: Sequence[Example], development: Development, seeds: dict[str, str], seed: int
) -> tuple[list[str], list[str], NDArray[np.intp]]:
    """Varied texts in the languages of the development set (the four Nordic ones are one), tags and folds.

    A fold of -1 belongs to no document of the development set.
    """
    chance = random.Random(seed)
    rows: list[tuple[str, str, int]] = []
    by_language: dict[str, list[str]] = {}
    for example in examples:
        by_language.setdefault(example.language, []).append(example.text)
    for language, texts in sorted(by_language.items()):
        size = 2500 if language in (*NORDIC, "en") else 1500
        rows += [(text, language, -1) for text in chance.sample(texts, min(size, len(texts)))]
    for row, tag, fold in zip(development.rows, development.tags, development.folds, strict=True):
        if row["condition"] == "full":
            copies = 4 if tag in (*NORDIC, "en", "is", "fi") else 4 if tag == "sh" else 12
            rows += [(row["text"], tag, int(fold))] * copies
    for tag, words in seeds.items():
        stock = words.split()
        rows += [(" ".join(chance.choices(stock, k=chance.randint(2, 9))), tag, -1) for _ in range(700)]
    return (
        [vary(text, chance) for text, _, _ in rows],
        [tag for _, tag, _ in rows],
        np.array([f for *_, f in rows]),
    )


def balance(tags: Sequence[str]) -> Floats:
    """A weight for each row, so that every language counts the same and the Nordic family four times."""
    count = Counter("nordic" if tag in NORDIC else tag for tag in tags)
    mean = len(tags) / len(count)
    weight = {tag: (4 if tag == "nordic" else 1) * mean / number for tag, number in count.items()}
    return np.array([min(weight["nordic" if tag in NORDIC else tag], 12) for tag in tags], np.float32)


def fit_blends(weights: Weights, sums: Sums, tags: Sequence[str]) -> Weights:
    """``weights`` with the blends that make ``tags`` likeliest, given the sums of texts not learned from."""
    names = weights.tags.tolist()
    labels = np.array([names.index(tag) for tag in tags])
    nordic = labels < len(NORDIC)
    everyone = balance(tags)

    inside = _rows(sums, nordic)
    background = weights.background_scores(inside)[:, :4]

    def nordic_loss(blend: NDArray[np.float64]) -> float:
        scores = replace(weights, nordic_blend=blend).nordic_log_probabilities(inside, background)
        picked = scores[np.arange(len(scores)), labels[nordic]]
        return float(-picked.mean() + 0.01 * (blend[2:4] ** 2).sum() + 0.002 * (blend[4:] ** 2).sum())

    nordic_blend = minimize(nordic_loss, weights.nordic_blend, method="L-BFGS-B", options={"eps": 1e-3}).x
    weights = replace(weights, nordic_blend=nordic_blend.astype(np.float32))

    def family_loss(blend: NDArray[np.float64]) -> float:
        scores = replace(weights, blend=blend).log_probabilities(sums)
        family = np.log(np.maximum(np.exp(scores[:, :4]).sum(axis=1), 1e-9))
        picked = np.where(nordic, family, scores[np.arange(len(labels)), labels])
        return float(-(everyone * np.maximum(picked, -20)).sum() / everyone.sum() + 0.01 * blend[1] ** 2)

    blend = minimize(family_loss, weights.blend, method="Nelder-Mead", options={"maxiter": 60}).x
    return replace(weights, blend=blend.astype(np.float32))


def _rows(sums: Sums, chosen: NDArray[np.bool_]) -> Sums:
    """The chosen rows of the sums."""
    nordic = sums.read_nordic()[chosen]
    return Sums(sums.background[chosen], sums.family[chosen], sums.counts[chosen], lambda: nordic)


def fit_family(
    features: sp.csr_matrix, offset: Floats, tags: Sequence[str], names: list[str], columns: NDArray[np.intp]
) -> Floats:
    """Family weights: the own column of one text in seven of a thin language is hidden (see ``fit``)."""
    position = {tag: place for place, tag in enumerate(names)}
    labels = np.array([position["nb" if tag in NORDIC else tag] for tag in tags])
    hidden = np.array([tag not in RICH for tag in tags]) & (
        np.random.default_rng(1).random(len(tags)) < 1 / 7
    )
    # One class stands for the four Nordic languages; the others of the four can't win.
    offset = offset.copy()
    offset[:, 0] = offset[:, :4].max(axis=1)
    offset[:, 1:4] = -1e4
    return fit(
        features, labels, balance(tags), columns, offset=offset, hidden=hidden, epochs=FAMILY_EPOCHS, rate=0.3
    )


def fit_nordic(
    base: tuple[sp.csr_matrix, NDArray[np.intp], Floats], start: Floats, rows: Sequence[tuple[str, str]]
) -> Floats:
    """Nordic weights, from ``start`` on fitted to a part of the base texts and all the rows (text, tag)."""
    chance = random.Random(5)
    texts = [vary(text, chance, whole=0.45) for text, _ in rows for _ in range(6)]
    labels = np.repeat([NORDIC.index(tag) for _, tag in rows], 6)
    part = np.random.default_rng(2).permutation(len(base[1]))[: 4 * len(texts)]
    features = sp.vstack([base[0][part], letter_matrix(texts, NORDIC_BITS, names=False)]).tocsr()
    weights = np.concatenate([base[2][part], np.ones(len(texts), np.float32)])
    labels = np.concatenate([base[1][part], labels])
    return fit(features, labels, weights, np.arange(4), initial=start, epochs=1, rate=0.15)


def tag_columns(classes: list[str]) -> tuple[list[str], Places, Places, Places]:
    """Tags in order, where each language's classes begin, each tag's language and its family column."""
    languages = sorted(set(classes))
    starts = np.array([classes.index(language) for language in languages])
    rest = sorted((set(languages) | set(NEIGHBOUR)) - set(NORDIC))
    names = [*NORDIC, *rest]
    class_of = np.array([languages.index(NEIGHBOUR.get(name, name)) for name in names])
    own = ["nordic", *(name for name in rest if name in OWN_COLUMN)]
    columns = np.array(
        [0 if name in NORDIC else own.index(name) if name in own else len(own) for name in names]
    )
    return names, starts, class_of, columns


def main() -> None:
    """Read, fit, blend, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder shared/data")
    parser.add_argument("out", type=Path, help="the folder to write the model into")
    parser.add_argument("--held-out", type=Path, help="a folder for the model that two folds were kept from")
    arguments = parser.parse_args()
    seeds = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text(encoding="utf-8"))
    rows = read_development(arguments.data / "identification" / "development.tsv")
    development = Development(
        rows,
        [GROUP.get(row["lang"], row["lang"]) for row in rows],
        np.array([int(row["fold"]) for row in rows]),
    )
    examples = read_all(arguments.data)
    classes, known, codes = unpack()
    names, starts, class_of, columns = tag_columns(classes)
    texts, tags, folds = family_examples(examples, development, seeds, 11)
    family = letter_matrix(texts, FAMILY_BITS, names=True)
    offset = np.maximum.reduceat(background_matrix(texts, known, codes, STEP), starts, axis=1)[:, class_of]
    nordic_texts, nordic_labels, nordic_weights = nordic_examples(examples, 7)
    base = (letter_matrix(nordic_texts, NORDIC_BITS, names=False), nordic_labels, nordic_weights)
    start = fit(*base, np.arange(4), epochs=2) + NAIVE_SHARE * estimate_naive_bayes(*base)

    def learn(held_out: tuple[int, ...]) -> Weights:
        """The model without some folds of the development set."""
        rows = np.flatnonzero(~np.isin(folds, held_out))
        learned = fit_family(family[rows], offset[rows], [tags[row] for row in rows], names, columns)
        nordic = fit_nordic(base, start, nordic_rows(development, held_out))
        family_codes, family_step = quantise(learned)
        nordic_codes, nordic_step = quantise(nordic)
        return Weights(
            np.array(names), known, codes, np.float32(STEP), starts, class_of, family_codes, family_step,
            columns, nordic_codes, nordic_step, np.zeros(3, np.float32), np.zeros(8, np.float32), VERSION,
        )  # fmt: skip

    cautious = fit_blends(*add_up(learn(HELD_OUT), development, HELD_OUT))
    final = replace(learn(()), blend=cautious.blend, nordic_blend=cautious.nordic_blend)
    if arguments.held_out:
        cautious.save(arguments.held_out)
    final.save(arguments.out)


def nordic_rows(development: Development, held_out: tuple[int, ...]) -> list[tuple[str, str]]:
    """The whole Nordic sentences of the development set that are in none of the folds, with their tags."""
    rows = zip(development.rows, development.tags, development.folds.tolist(), strict=True)
    return [
        (row["text"], tag) for row, tag, fold in rows
        if row["condition"] == "full" and tag in NORDIC and fold not in held_out
    ]  # fmt: skip


def add_up(
    weights: Weights, development: Development, folds: tuple[int, ...]
) -> tuple[Weights, Sums, list[str]]:
    """``weights``, and the sums and tags of the texts of the folds."""
    chosen = np.flatnonzero(np.isin(development.folds, folds))
    parts = [sum_text(weights, development.rows[row]["text"]) for row in chosen]
    nordic = np.concatenate([part.read_nordic() for part in parts])
    sums = Sums(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("background", "family", "counts")
        ),
        lambda: nordic,
    )
    return weights, sums, [development.tags[row] for row in chosen]


def sum_text(weights: Weights, text: str) -> Sums:
    """The sums of a whole text."""
    words = read_words(text) or [""]
    return WordSums(weights, words).over(np.array([0]), np.array([len(words)]))


if __name__ == "__main__":
    main()

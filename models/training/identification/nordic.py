"""From sentences of every kind of text to the Nordic part of the model: what is read, how much it counts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from augment import vary
from corpus import NORDIC, PUNCTUATION, Example, find_names
from evidence import SHARE, Evidence, Stock, find_trusted, learn, word_log_odds
from fit import Floats, quantise
from numpy.typing import NDArray

from replyassist.identification.features import Places

NORDIC_BITS = 19
NORDIC_SIZE = 60000  # varied texts a language
# Sentences of a kind and language that words are counted in.
MOST = {"technical": 8000, "learner": 15000, "treebank": 20000, "parliament": 40000, "public": 60000}
# Share of each kind of text in what the Nordic weights are learned from: letters and forms are what we read,
# but most of what there is was written about software.
SHARES = {"technical": 0.1, "learner": 0.15, "treebank": 0.3, "parliament": 0.15, "public": 0.45}
KINDS = {
    "technical": ("ms-", "debian", "gnome", "digikam", "mozilla", "monero", "privacy", "wikipedia",
                  "scratch"),
    "learner": ("tatoeba",), "treebank": ("treebank", "ud-"), "parliament": ("europarl",),
}  # fmt: skip


def kind_of(corpus: str) -> str:
    """The kind of text that a corpus is."""
    return next((kind for kind, names in KINDS.items() if corpus.startswith(names)), "public")


@dataclass(frozen=True)
class NordicTexts:
    """Sentences in the four Nordic languages with their languages (places in NORDIC) and kinds."""

    texts: list[str]
    labels: Places
    kinds: NDArray[np.str_]

    def chosen(self, rows: NDArray[np.bool_] | Places) -> NordicTexts:
        """Some of the sentences."""
        order = np.arange(len(self.texts))[rows]
        return NordicTexts([self.texts[row] for row in order], self.labels[rows], self.kinds[rows])

    def weigh(self) -> Floats:
        """A weight for each, so that every kind counts its share and every language the same, at most 4."""
        weights = np.zeros(len(self.texts), np.float32)
        for label in range(len(NORDIC)):
            for kind, share in SHARES.items():
                rows = (self.labels == label) & (self.kinds == kind)
                weights[rows] = min(share * NORDIC_SIZE / max(int(rows.sum()), 1), 4.0)
        return _even(self.labels, weights)


def nordic_texts(examples: Sequence[Example], chance: random.Random) -> NordicTexts:
    """Sentences of each Nordic language and kind, as many as there are up to a limit."""
    stock: dict[tuple[str, str], list[str]] = {}
    for example in examples:
        if example.language in NORDIC:
            stock.setdefault((example.language, kind_of(example.corpus)), []).append(example.text)
    texts, labels, kinds = [], [], []
    for (language, kind), known in sorted(stock.items()):
        chosen = chance.sample(known, min(MOST[kind], len(known)))
        texts += chosen
        labels += [NORDIC.index(language)] * len(chosen)
        kinds += [kind] * len(chosen)
    return NordicTexts(texts, np.array(labels), np.array(kinds))


def vary_nordic(whole: NordicTexts, chance: random.Random) -> NordicTexts:
    """A part of the sentences of each language and kind, each as it may arrive.

    A name that begins a sentence is mostly dropped: whom its corpora are about should tell no language.
    """
    names = find_names(whole.texts[::3])
    rows: list[int] = []
    for label in range(len(NORDIC)):
        for kind, share in SHARES.items():
            there = np.flatnonzero((whole.labels == label) & (whole.kinds == kind)).tolist()
            rows += chance.sample(there, min(int(share * NORDIC_SIZE), len(there)))
    part = whole.chosen(np.array(rows))
    texts = []
    for text in part.texts:
        first, _, rest = text.partition(" ")
        named = first.strip(PUNCTUATION) in names and chance.random() < 0.9
        texts.append(vary(rest if named and rest else text, chance))
    return replace(part, texts=texts)


def fit_nordic(examples: Sequence[Example]) -> dict[str, NDArray[np.generic]]:
    """The Nordic fields of ``Weights``, learned from text outside the development set."""
    chance, stock = random.Random(7), Stock()
    whole = nordic_texts(examples, chance)
    read = stock.read(whole.texts)
    counts = read.counts(len(stock.words))
    trusted = find_trusted(counts, whole.labels, whole.weigh())
    counts, whole = counts[trusted], whole.chosen(trusted)
    odds = word_log_odds(counts, whole.labels, whole.weigh())
    varied = vary_nordic(whole, chance)
    learned_from = stock.read(varied.texts).matrices
    words, pairs = learned_from(len(stock.words), len(stock.pairs))
    often = np.zeros(len(stock.words))
    often[: counts.shape[1]] = np.asarray(counts.sum(axis=0)).ravel()
    known = (often >= 2, np.bincount(pairs.indices, minlength=len(stock.pairs)) >= 3)
    found = learn(stock.letters(NORDIC_BITS), (words, pairs), varied.labels, varied.weigh(), known)
    found.words[: len(odds)] += SHARE * odds * (often[: len(odds), None] > 0)
    return store_nordic(found, stock)


def store_nordic(found: Evidence, stock: Stock) -> dict[str, NDArray[np.generic]]:
    """What was learned in 8 bits; words and pairs that tell something in one list by their hashes."""
    letters, step = quantise(found.letters)
    told = np.concatenate([found.words, found.pairs])
    hashes = np.array([*stock.words, *stock.pairs], np.uint32)
    kept = told.any(axis=1)
    lexicon, first = np.unique(hashes[kept], return_index=True)
    worth, worth_step = quantise(told[kept][first])
    return {
        "nordic": letters, "nordic_step": step, "lexicon": lexicon, "worth": worth, "worth_step": worth_step,
    }  # fmt: skip


def _even(labels: Places, weights: Floats) -> Floats:
    """``weights`` scaled so that every label counts the same, with a mean of 1."""
    total = np.bincount(labels, weights)
    scaled: Floats = (weights * (len(labels) / len(total) / total)[labels]).astype(np.float32)
    return scaled

"""From sentences of every kind of text to the Nordic part of the model: what is read, how much it counts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.training.identification.augment import vary
from models.training.identification.corpus import NORDIC, Example
from models.training.identification.evidence import (
    Stock,
    find_trusted,
    learn,
    pair_evidence,
    text_matrices,
    word_evidence,
)
from models.training.identification.fit import Floats, quantise
from replyassist.identification.features import Places

NORDIC_BITS = 19
NORDIC_SIZE = 100000  # varied texts a language
# Sentences of a kind and language that words are counted in.
MOST = {"technical": 8000, "learner": 15000, "treebank": 20000, "parliament": 100000, "public": 200000,
        "letters": 60000, "prose": 60000}  # fmt: skip
# Pairs that part no two languages by this many nats are left out: they would be most of the model.
LEAST_TOLD = 0.2
# Share of each kind of text in what the Nordic weights are learned from: letters and forms are what we read,
# but most of what there is was written about software. Letters and prose are ours, the same in all four.
SHARES = {"technical": 0.1, "learner": 0.15, "treebank": 0.3, "parliament": 0.15, "public": 0.45,
          "letters": 0.15, "prose": 0.3}  # fmt: skip
KINDS = {
    "technical": ("ms-", "debian", "gnome", "digikam", "mozilla", "monero", "privacy", "wikipedia",
                  "scratch"),
    "learner": ("tatoeba",), "treebank": ("treebank", "ud-"), "parliament": ("europarl",),
    "prose": tuple("own-" + name for name in (
        "ambiguous", "culture", "encyclopedia", "everyday", "general", "geography", "headlines", "home",
        "idioms", "knowledge", "learning", "life", "messages", "misread", "nature", "news", "prose",
        "science", "society", "stories", "travel", "words", "world",
    )),
    "letters": ("own",),
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
    """A part of the sentences of each language and kind, each as it may arrive."""
    rows: list[int] = []
    for label in range(len(NORDIC)):
        for kind, share in SHARES.items():
            there = np.flatnonzero((whole.labels == label) & (whole.kinds == kind)).tolist()
            rows += chance.sample(there, min(int(share * NORDIC_SIZE), len(there)))
    part = whole.chosen(np.array(rows))
    return replace(part, texts=[vary(text, chance) for text in part.texts])


def fit_nordic(examples: Sequence[Example]) -> dict[str, NDArray[np.generic]]:
    """The Nordic fields of ``Weights``, learned from text outside the development set."""
    chance, stock = random.Random(7), Stock()
    whole = nordic_texts(examples, chance)
    read = stock.read(whole.texts)
    trusted = find_trusted(read, whole.labels, whole.weigh(), len(stock.words))
    whole, read = whole.chosen(trusted), read.chosen(trusted)
    # Whom a corpus is about tells no language: Danish learners write about Tom and Mary.
    names = stock.names()
    _, kinds = np.unique(whole.kinds, return_inverse=True)
    odds, known = word_evidence(read, whole.labels, kinds, len(stock.words))
    pairs, paired = pair_evidence(read, whole.labels)
    varied = vary_nordic(whole, chance)
    again = stock.read(varied.texts)
    new = len(stock.words) - len(odds)
    odds, known = np.pad(odds, ((0, new), (0, 0))), np.pad(known, (0, new))
    named = np.isin(np.array(list(stock.words), np.uint32), names)
    odds[named | ~known], known[named] = 0, True
    texts = text_matrices(again, len(stock.words), pairs)
    within = stock.letters(NORDIC_BITS)
    letters, told = learn(within, texts, varied.labels, varied.weigh(), (odds, paired), known)
    told[named] = 0
    hashes = np.array(list(stock.words), np.uint32)[known]
    telling = np.ptp(paired, axis=1) >= LEAST_TOLD
    lexicon, first = np.unique(np.concatenate([hashes, pairs[telling]]), return_index=True)
    worth, worth_step = quantise(np.concatenate([told[known], paired[telling]])[first])
    codes, step = quantise(letters)
    return {
        "nordic": codes, "nordic_step": step, "lexicon": lexicon, "worth": worth, "worth_step": worth_step,
    }  # fmt: skip


def _even(labels: Places, weights: Floats) -> Floats:
    """``weights`` scaled so that every label counts the same, with a mean of 1."""
    total = np.bincount(labels, weights)
    scaled: Floats = (weights * (len(labels) / len(total) / total)[labels]).astype(np.float32)
    return scaled

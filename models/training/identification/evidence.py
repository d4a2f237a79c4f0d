"""Learn what words tell of nb, nn, sv and da, from text outside the development set.

Two ways of learning are added up, since each sees what the other misses: how often each language has a word
(naive Bayes: at once sure of "eg" and "ikke", even where other words already told), and softmax regression,
which weighs words, pairs of words and the letters of words against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from fit import Floats, read_words, softmax
from numpy.typing import NDArray

from replyassist.identification.features import Hashes, Places, read_letters
from replyassist.identification.weights import MOST_BY_LETTERS

# What is against its label by this many nats is taken for the other language: of the nynorsk documents of the
# ministries one sentence in twenty is bokmål.
SURELY_OTHER = 3.0
SMOOTHING, LEAST = np.float32(1e4), np.float32(0.05)
RATE, BATCH, EPOCHS = 0.3, 1024, 3
UNKNOWN = 0.3  # share of the known words that a batch reads as if it did not know them
PAIR_SCALE = np.float32(0.7)
# How much of naive Bayes is added to what softmax regression learned.
SHARE = np.float32(1.0)


class Stock:
    """Every word that was read, by its hash, with the n-grams within it, and every pair of words."""

    def __init__(self) -> None:
        self.words: dict[int, int] = {}
        self.pairs: dict[int, int] = {}
        self.grams: list[Hashes] = []

    def read(self, texts: Sequence[str]) -> Read:
        """The words and pairs of words of texts, as numbers in the order of their first appearance."""
        columns: tuple[list[int], list[int]] = ([], [])
        ends: tuple[list[int], list[int]] = ([0], [0])
        for text in texts:
            read = read_letters(" ".join(read_words(text))).plain_words()
            bounds = [*read.firsts.tolist(), len(read.grams)]
            for place, word in enumerate(read.words.tolist()):
                if word not in self.words:
                    self.words[word] = len(self.words)
                    self.grams.append(read.grams[bounds[place] : bounds[place + 1]])
                columns[0].append(self.words[word])
            columns[1].extend(self.pairs.setdefault(pair, len(self.pairs)) for pair in read.pairs.tolist())
            ends[0].append(len(columns[0]))
            ends[1].append(len(columns[1]))
        return Read(*(np.array(part, np.int32) for part in (*columns, *ends)))

    def letters(self, bits: int) -> sp.csr_matrix:
        """n-grams within each word, (words, 2**bits), each 1/sqrt(number of n-grams of the word)."""
        counts = np.array([len(grams) for grams in self.grams])
        columns = (np.concatenate(self.grams) >> np.uint32(32 - bits)).astype(np.int32)
        values = np.repeat(np.maximum(counts, 1) ** -0.5, counts).astype(np.float32)
        return sp.csr_matrix((values, columns, np.append(0, counts.cumsum())), (len(counts), 1 << bits))


@dataclass(frozen=True)
class Read:
    """Texts as numbers of words and pairs; those of text i begin at ``word_ends[i]`` and ``pair_ends[i]``."""

    words: NDArray[np.int32]
    pairs: NDArray[np.int32]
    word_ends: NDArray[np.int32]
    pair_ends: NDArray[np.int32]

    def counts(self, size: int) -> sp.csr_matrix:
        """How often each of ``size`` words stands in each text."""
        return self._matrix(self.words, self.word_ends, size, np.ones(len(self.words), np.float32))

    def matrices(self, words: int, pairs: int) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        """Words and pairs of each text, each 1/sqrt(number of words of the text)."""
        length = np.diff(self.word_ends)
        value = np.maximum(length, 1).astype(np.float32) ** -0.5
        return (
            self._matrix(self.words, self.word_ends, words, value.repeat(length)),
            self._matrix(self.pairs, self.pair_ends, pairs, value.repeat(np.diff(self.pair_ends))),
        )

    @staticmethod
    def _matrix(
        columns: NDArray[np.int32], ends: NDArray[np.int32], size: int, values: Floats
    ) -> sp.csr_matrix:
        return sp.csr_matrix((values, columns, ends), (len(ends) - 1, size))


def word_log_odds(counts: sp.csr_matrix, labels: Places, weights: Floats) -> Floats:
    """Log probability of each word in each language, less the mean of the languages, (words, languages).

    The probabilities are smoothed with those of the languages together (Dirichlet prior).
    """
    shares = np.zeros((len(labels), int(labels.max()) + 1), np.float32)
    shares[np.arange(len(labels)), labels] = weights
    seen = counts.T.tocsr() @ shares
    total = seen.sum(axis=0)
    anywhere = (seen / total).mean(axis=1, keepdims=True)
    logs = np.log((seen + SMOOTHING * anywhere + LEAST) / (total + SMOOTHING + LEAST * len(seen)))
    centred: Floats = (logs - logs.mean(axis=1, keepdims=True)).astype(np.float32)
    return centred


def find_trusted(counts: sp.csr_matrix, labels: Places, weights: Floats) -> NDArray[np.bool_]:
    """Which texts are in the language that they are labelled with, as far as the others tell."""
    trusted = np.ones(len(labels), np.bool_)
    for _ in range(2):
        scores = counts @ word_log_odds(counts, labels, weights * trusted)
        trusted = (scores - scores[np.arange(len(labels)), labels][:, None]).max(axis=1) < SURELY_OTHER
    return trusted


@dataclass
class Evidence:
    """What letters (buckets, 4), words (words, 4) and pairs (pairs, 4) tell."""

    letters: Floats
    words: Floats
    pairs: Floats


def learn(
    within: sp.csr_matrix,
    texts: tuple[sp.csr_matrix, sp.csr_matrix],
    labels: Places,
    weights: Floats,
    known: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Evidence:
    """Softmax regression by Adagrad.

    Args:
        within: n-grams of each word.
        texts: words and pairs of each text, as of ``Read.matrices``.
        weights: how much each text counts.
        known: which words and which pairs may tell something of their own.
    """
    chance = np.random.default_rng(0)
    words, pairs = texts
    found = Evidence(
        *(np.zeros((size, 4), np.float32) for size in (within.shape[1], words.shape[1], pairs.shape[1]))
    )
    squares = Evidence(*(np.full_like(part, 1e-3) for part in (found.letters, found.words, found.pairs)))

    def step(learned: Floats, squared: Floats, rows: Places, gradient: Floats) -> None:
        squared[rows] += gradient * gradient
        learned[rows] -= RATE * gradient / np.sqrt(squared[rows])

    for start in _batches(len(labels), chance):
        part, paired = words[start], pairs[start]
        types, place = np.unique(part.indices, return_inverse=True)
        part = sp.csr_matrix((part.data, place, part.indptr), (len(start), len(types)))
        letters = within[types]
        bounded = np.tanh(letters @ found.letters / MOST_BY_LETTERS)
        read = (known[0][types] & (chance.random(len(types)) >= UNKNOWN))[:, None]
        told = MOST_BY_LETTERS * bounded + found.words[types] * read
        residual = softmax(part @ told + PAIR_SCALE * (paired @ found.pairs))
        residual[np.arange(len(start)), labels[start]] -= 1
        residual *= weights[start][:, None]
        by_word = part.T.tocsr() @ residual
        step(found.words, squares.words, types, by_word * read)
        buckets = np.unique(letters.indices)
        by_gram = letters.T.tocsr() @ (by_word * (1 - bounded**2))
        step(found.letters, squares.letters, buckets, by_gram[buckets])
        columns = np.unique(paired.indices)
        by_pair = PAIR_SCALE * (paired.T.tocsr() @ residual)[columns]
        step(found.pairs, squares.pairs, columns, by_pair * known[1][columns][:, None])
    return Evidence(found.letters, found.words * known[0][:, None], found.pairs * PAIR_SCALE)


def _batches(size: int, chance: np.random.Generator) -> list[Places]:
    """The numbers of the texts, in chance order, ``EPOCHS`` times, in batches."""
    orders = [chance.permutation(size) for _ in range(EPOCHS)]
    return [order[start : start + BATCH] for order in orders for start in range(0, size, BATCH)]

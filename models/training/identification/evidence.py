"""Learn what words tell of nb, nn, sv and da, from text outside the development set.

Counting comes first: how often each language has a word, kind of text by kind of text (a log-linear model),
and how much likelier the word before it, or its ending, makes it there (a bigram model that backs off from
words to endings). Softmax regression then corrects what counting counts twice, and learns what the letters of
unknown words tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from models.training.identification.fit import Floats, read_words, softmax
from replyassist.identification.features import Hashes, Places, read_letters
from replyassist.identification.weights import MOST_BY_LETTERS

LABELS = 4
# What is against its label by this many nats is taken for the other language: of the nynorsk documents of the
# ministries one sentence in twenty is bokmål.
SURELY_OTHER = 3.0
SMOOTHING, LEAST = 1e4, 0.3
# Least number of times that a word, and neighbours of each kind, were met; how many times what is expected of
# neighbours counts beside what was met; how much of what they tell counts, since they overlap.
WORD_MET = 2
PAIR_MET = (3, 4, 4)
STRENGTH = (100.0, 1000.0, 100.0)
WORD_SHARE = np.float32(0.5)
# How much the logarithm of a word's rate differs among kinds of text and among languages (standard
# deviations), and by how much the variance of a count exceeds its mean, in squares of the mean: a text that
# has a rare word once has it again.
KIND_SPREAD, LANGUAGE_SPREAD, CLUSTERED = 1.0, 4.0, 0.3
ROUNDS = 12
PAIR_SHARE = (0.14, 0.09, 0.12)
LETTER_RATE, WORD_RATE = 0.3, 0.15
BATCH, EPOCHS = 1024, 4
UNKNOWN, UNPAIRED = 0.15, 0.5  # share of the known words, and of the pairs, that a batch reads as if unknown
# Which part of what regression adds to the words' counts holds for texts of other kinds.
LEARNED_SHARE = np.float32(0.5)
AT_ONCE = 1000  # texts read in one go: twenty times as fast as one by one


@dataclass(frozen=True)
class Read:
    """The plain words of texts, in order.

    Attributes:
        words: number of each word in the ``Stock`` (w,).
        endings: hash of the ending of each word (w,).
        text_of: number of the text that each word is in (w,).
        pairs: hashes of neighbours, of the three kinds (3, p).
        second: for each pair the place of its second word among ``words`` (p,).
        size: number of texts.
    """

    words: NDArray[np.int32]
    endings: Hashes
    text_of: NDArray[np.int32]
    pairs: NDArray[np.uint32]
    second: Places
    size: int

    def count(self, labels: Places, weights: Floats, columns: int) -> NDArray[np.float64]:
        """How often each label has each of ``columns`` words, (columns, LABELS)."""
        return count(self.words, labels[self.text_of], columns, weights[self.text_of])

    def chosen(self, texts: NDArray[np.bool_]) -> Read:
        """The words of some of the texts."""
        kept = texts[self.text_of]
        paired = kept[self.second]
        return Read(
            self.words[kept],
            self.endings[kept],
            (texts.cumsum() - 1)[self.text_of[kept]].astype(np.int32),
            self.pairs[:, paired],
            (kept.cumsum() - 1)[self.second[paired]],
            int(texts.sum()),
        )


class Stock:
    """Every word that was read, by its hash, with the n-grams within it, and how often it was a name."""

    def __init__(self) -> None:
        self.words: dict[int, int] = {}
        self.grams: list[Hashes] = []
        self._named: dict[int, int] = {}
        self._within: dict[int, int] = {}

    def read(self, texts: Sequence[str]) -> Read:
        """The words of texts and their neighbours."""
        parts = [
            self._read_some(texts[start : start + AT_ONCE], start) for start in range(0, len(texts), AT_ONCE)
        ]
        before = np.cumsum([0, *(len(part.words) for part in parts[:-1])])
        return Read(
            np.concatenate([part.words for part in parts]),
            np.concatenate([part.endings for part in parts]),
            np.concatenate([part.text_of for part in parts]),
            np.concatenate([part.pairs for part in parts], axis=1),
            np.concatenate([part.second + first for part, first in zip(parts, before, strict=True)]),
            len(texts),
        )

    def _read_some(self, texts: Sequence[str], number: int) -> Read:
        """Texts of which the first has ``number``, read as one: a full stop parts them."""
        clean = [" ".join(read_words(text)) for text in texts]
        starts = np.array(list(accumulate((len(text) + 3 for text in clean[:-1]), initial=0)))
        letters = read_letters(" . ".join(clean))
        plain = letters.plain_words()
        text_of = starts.searchsorted(plain.places, side="right") - 1
        first = np.ones(len(text_of), np.bool_)
        np.not_equal(text_of[1:], text_of[:-1], out=first[1:])
        plain.follows[first] = False
        pairs, second = plain.neighbours()
        types, place, columns = np.unique(plain.words, return_index=True, return_inverse=True)
        new = np.array([word not in self.words for word in types.tolist()])
        order = np.sort(place[new])
        grams, firsts = letters.grams_within(plain.numbers[order])
        for word, within in zip(plain.words[order].tolist(), np.split(grams, firsts[1:]), strict=False):
            self.words[word] = len(self.words)
            self.grams.append(within)
        words = letters.hashes[letters.kinds[-3] : letters.kinds[-2]]
        _add(self._named, words[letters.names])
        _add(self._within, plain.words[~first])
        numbers = np.array([self.words[word] for word in types.tolist()], np.int32)
        text_of = (text_of + number).astype(np.int32)
        return Read(numbers[columns], plain.endings, text_of, pairs, second, len(texts))

    def names(self) -> Hashes:
        """The words that are names more often than not, unless they begin a sentence, where nothing tells."""
        often = {word for word, met in self._named.items() if met > max(3, self._within.get(word, 0))}
        return np.array(sorted(often), np.uint32)

    def letters(self, bits: int) -> sp.csr_matrix:
        """n-grams within each word, (words, 2**bits), each 1/sqrt(number of n-grams of the word)."""
        counts = np.array([len(grams) for grams in self.grams])
        columns = (np.concatenate(self.grams) >> np.uint32(32 - bits)).astype(np.int32)
        values = np.repeat(np.maximum(counts, 1) ** -0.5, counts).astype(np.float32)
        return sp.csr_matrix((values, columns, np.append(0, counts.cumsum())), (len(counts), 1 << bits))


def count(
    things: NDArray[np.integer], labels: Places, size: int, weights: Floats | None = None
) -> NDArray[np.float64]:
    """How often each label has each of ``size`` things, (size, LABELS)."""
    met = np.bincount(things * LABELS + labels, weights, size * LABELS)
    return met.reshape(size, LABELS).astype(np.float64)


def _add(counts: dict[int, int], words: Hashes) -> None:
    """Count ``words``."""
    for word, number in zip(*(part.tolist() for part in np.unique(words, return_counts=True)), strict=True):
        counts[word] = counts.get(word, 0) + number


def probabilities(seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of each thing in each language, smoothed with those of the languages together (Dirichlet
    prior), (things, LABELS).
    """
    total = seen.sum(axis=0)
    anywhere = (seen / total).mean(axis=1, keepdims=True)
    return (seen + SMOOTHING * anywhere + LEAST) / (total + SMOOTHING + LEAST * len(seen))  # type: ignore[no-any-return]


def centred(likely: NDArray[np.float64]) -> Floats:
    """Natural logarithms less the mean of the languages."""
    logs = np.log(likely)
    less: Floats = (logs - logs.mean(axis=1, keepdims=True)).astype(np.float32)
    return less


def find_trusted(read: Read, labels: Places, weights: Floats, words: int) -> NDArray[np.bool_]:
    """Which texts are in the language that they are labelled with, as far as the others tell."""
    trusted = np.ones(read.size, np.bool_)
    for _ in range(2):
        odds = centred(probabilities(read.count(labels, weights * trusted, words)))
        told = [np.bincount(read.text_of, odds[read.words, label], read.size) for label in range(LABELS)]
        scores = np.stack(told, axis=1)
        trusted = (scores - scores[np.arange(read.size), labels][:, None]).max(axis=1) < SURELY_OTHER
    return trusted


def word_evidence(read: Read, labels: Places, kinds: Places, words: int) -> tuple[Floats, NDArray[np.bool_]]:
    """What each word tells, and whether it was met often enough to be known.

    Danish is at hand as debates and learners' sentences, nynorsk as forms and letters: held against each
    other as they are, "jeg" is Danish. So languages are compared within each kind of text.

    Args:
        kinds: number of the kind of each text.
    """
    cells = int(kinds.max() + 1) * LABELS
    cell = (kinds * LABELS + labels)[read.text_of]
    met = np.bincount(read.words * np.intp(cells) + cell, minlength=words * cells)
    met = met.reshape(words, -1, LABELS)
    known: NDArray[np.bool_] = met.sum(axis=(1, 2)) >= WORD_MET
    odds = np.zeros((words, LABELS), np.float32)
    odds[known] = WORD_SHARE * language_effects(met[known].astype(np.float64), met.sum(axis=0))
    return odds, known


def language_effects(met: NDArray[np.float64], sizes: NDArray[np.integer]) -> Floats:
    """How each language changes the logarithm of the rate of each thing, less the mean, (things, LABELS).

    The rate in a kind of text and a language is exp(thing + kind + language), where the effects of kinds and
    languages are normal with ``KIND_SPREAD`` and ``LANGUAGE_SPREAD`` (penalised quasi-likelihood, Breslow and
    Clayton 1993), and counts scatter as negative binomial ones do. Newton's method, one effect at a time.

    Args:
        met: how often each thing was met in each kind and language (things, kinds, LABELS).
        sizes: number of all things there (kinds, LABELS).
    """
    rates = np.log((met.sum(axis=(1, 2)) + 0.5) / sizes.sum())[:, None, None]
    effects = [rates, np.zeros((len(met), met.shape[1], 1)), np.zeros((len(met), 1, LABELS))]
    precision = (1e-9, KIND_SPREAD**-2, LANGUAGE_SPREAD**-2)
    for _ in range(ROUNDS):
        for effect, narrow, axes in zip(effects, precision, ((1, 2), 2, 1), strict=True):
            expected = sizes * np.exp(sum(effects))
            weight = 1 / (1 + CLUSTERED * np.maximum(met, expected))
            slope = (weight * (met - expected)).sum(axis=axes, keepdims=True)
            curve = (weight * expected).sum(axis=axes, keepdims=True) + narrow
            slope -= narrow * effect
            np.add(effect, np.clip(slope / curve, -1, 1), out=effect)
    told = effects[2][:, 0]
    centre: Floats = (told - told.mean(axis=1, keepdims=True)).astype(np.float32)
    return centre


def pair_evidence(read: Read, labels: Places) -> tuple[Hashes, Floats]:
    """Hashes of neighbours, ascending, and what they tell beyond what the second one tells by itself.

    Each kind is p(second | first) against p(second), with Dirichlet smoothing; two words are held against
    what the ending of the first expects.
    """
    label_of = labels[read.text_of]
    _, ending = np.unique(read.endings, return_inverse=True)
    second, first = read.second, read.second - 1
    paired = label_of[second]
    likely_word = probabilities(count(read.words[second], paired, int(read.words.max()) + 1))
    likely_ending = probabilities(count(ending[second], paired, int(ending.max()) + 1))
    by_kind = (read.words[first], ending[first], read.words[first])
    expected = (likely_word, likely_word, likely_ending)
    after = (read.words[second], read.words[second], ending[second])
    found: list[tuple[Hashes, NDArray[np.float64], NDArray[np.float64], Places, Places]] = []
    for kind in range(3):
        hashes, place, same = np.unique(read.pairs[kind], return_index=True, return_inverse=True)
        met = count(same, paired, len(hashes))
        before = count(by_kind[kind], paired, int(by_kind[kind].max()) + 1)[by_kind[kind][place]]
        found.append((hashes, met, before, place, after[kind][place]))
    # By the ending first: it says what to expect where two words are held against each other.
    hashes, told = [], []
    of_ending = found[1]
    by_ending = _conditional(of_ending[1], of_ending[2], expected[1][of_ending[4]], STRENGTH[1])
    for kind, (pairs, met, before, place, thing) in enumerate(found):
        prior = expected[kind][thing]
        if kind == 0:
            prior = by_ending[of_ending[0].searchsorted(read.pairs[1][place])]
        enough = met.sum(axis=1) >= PAIR_MET[kind]
        likely = _conditional(met, before, prior, STRENGTH[kind])
        hashes.append(pairs[enough])
        told.append(np.float32(PAIR_SHARE[kind]) * centred((likely / prior)[enough]))
    distinct, one = np.unique(np.concatenate(hashes), return_index=True)
    return distinct, np.concatenate(told)[one]


def _conditional(
    met: NDArray[np.float64], before: NDArray[np.float64], prior: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    """Probability of the second given the first, with ``strength`` more that go by ``prior``."""
    smoothed: NDArray[np.float64] = (met + strength * prior) / (before + strength)
    return smoothed


def text_matrices(read: Read, words: int, pairs: Hashes) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """How often each text has each word, and each of ``pairs`` (hashes, ascending)."""
    place = pairs.searchsorted(read.pairs)
    known = pairs.take(place, mode="clip") == read.pairs
    texts = np.broadcast_to(read.text_of[read.second], read.pairs.shape)[known]
    return (
        sp.csr_matrix((np.ones(len(read.words), np.float32), (read.text_of, read.words)), (read.size, words)),
        sp.csr_matrix((np.ones(len(texts), np.float32), (texts, place[known])), (read.size, len(pairs))),
    )


def learn(
    within: sp.csr_matrix,
    texts: tuple[sp.csr_matrix, sp.csr_matrix],
    labels: Places,
    weights: Floats,
    counted: tuple[Floats, Floats],
    known: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """What letters (buckets, LABELS) and words (words, LABELS) tell: softmax regression by Adagrad, on top of
    what was counted.

    Args:
        within: n-grams of each word.
        texts: words and pairs of each text, as of ``text_matrices``.
        weights: how much each text counts.
        counted: what words and what pairs tell by their counts.
        known: which words tell something of their own; of the others their letters tell.
    """
    chance = np.random.default_rng(0)
    words, pairs = texts
    by_letters = np.zeros((within.shape[1], LABELS), np.float32)
    added = np.zeros_like(counted[0])
    squares = [np.full_like(part, 0.1) for part in (by_letters, added)]

    def step(learned: Floats, squared: Floats, rate: float, rows: Places, gradient: Floats) -> None:
        squared[rows] += gradient * gradient
        learned[rows] -= rate * gradient / np.sqrt(squared[rows])

    for start in _batches(len(labels), chance):
        part, paired = words[start], pairs[start]
        types, place = np.unique(part.indices, return_inverse=True)
        part = sp.csr_matrix((part.data, place, part.indptr), (len(start), len(types)))
        read = known[types] & (chance.random(len(types)) >= UNKNOWN)
        letters = within[types[~read]]
        bounded = np.tanh(letters @ by_letters / MOST_BY_LETTERS)
        told = np.empty((len(types), LABELS), np.float32)
        told[~read] = MOST_BY_LETTERS * bounded
        told[read] = counted[0][types[read]] + added[types[read]]
        paired.data = (chance.random(paired.nnz) >= UNPAIRED).astype(np.float32)
        residual = softmax(part @ told + paired @ counted[1])
        residual[np.arange(len(start)), labels[start]] -= 1
        residual *= weights[start][:, None]
        by_word = part.T.tocsr() @ residual
        step(added, squares[1], WORD_RATE, types[read], by_word[read])
        buckets = np.unique(letters.indices)
        by_gram = letters.T.tocsr() @ (by_word[~read] * (1 - bounded**2))
        step(by_letters, squares[0], LETTER_RATE, buckets, by_gram[buckets])
    return by_letters, counted[0] + LEARNED_SHARE * added


def _batches(size: int, chance: np.random.Generator) -> list[Places]:
    """The numbers of the texts, in chance order, ``EPOCHS`` times, in batches."""
    orders = [chance.permutation(size) for _ in range(EPOCHS)]
    return [order[start : start + BATCH] for order in orders for start in range(0, size, BATCH)]

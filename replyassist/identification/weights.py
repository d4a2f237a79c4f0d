"""The learned numbers of the identifier, and how they turn the features of a text into probabilities.

Three linear models share the work (docs/decisions/identification.md says why, models/identification/card.md
what they were learned from):

* background: byte n-grams, 140 languages, the weights of py3langid in 8 bits;
* family: letters, the languages of the development data, with nb, nn, sv and da as one, and one column for
  every language that has none of its own;
* nordic: words that are no names, nb, nn, sv and da: what each known word and pair of words tells, and what
  the letters of any word tell, which is bounded, so that no long word outweighs an "eg" or an "ikke".

The sum of a model's weights over a text grows with its length; divided by the square root of the number of
features (words, for the last) it stays comparable. What is left to correct is a temperature that depends on
the number of words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replyassist.errors import ConfigurationError
from replyassist.identification.features import (
    Hashes,
    KnownGrams,
    Places,
    PlainWords,
    read_bytes,
    read_letters,
)

Floats = NDArray[np.float32]
Codes = NDArray[np.int8]
FILE = "identifier.npz"
CARD = "model.json"
NOT_LANGUAGE = "zxx"
# Log probability of the Nordic family under which it matters to no answer which of the four is meant.
UNLIKELY = -5.0
# What the letters of a word can tell at most, in the unit of the weights before they are scaled.
MOST_BY_LETTERS = np.float32(1.5)
_LOG_FOUR = np.float32(np.log(4))


@dataclass(frozen=True, slots=True)
class Sums:
    """What the models add up over each of m parts of a text.

    Attributes:
        background: sums of background weights (m, classes).
        family: sums of family weights (m, columns).
        counts: numbers of background features, of family features and of words (m, 3).
        read_nordic: gives the sums of Nordic evidence and the number of words it is from (m, 5): only where
            a Nordic language is likely at all is the work done.
    """

    background: Floats
    family: Floats
    counts: Floats
    read_nordic: Callable[[], Floats]


class WordSums:
    """The sums of all words up to each word, so that those of any stretch of words are one subtraction.

    Weights are added up in steps: whole numbers, which 32-bit floats hold exactly up to 2**24, which is more
    than 100,000 characters can reach.
    """

    def __init__(self, weights: Weights, words: Sequence[str]) -> None:
        """``words`` are in Unicode's composed form and hold no white space."""
        text = " ".join(words)
        data = np.frombuffer(text.encode(), np.uint8)
        self._weights = weights
        self._letters = read_letters(text)
        self._starts = np.array([0, *accumulate(len(word) + 1 for word in words[:-1])])
        self._classes, columns = weights.background.shape[1], weights.family.shape[1]
        self._running = running = np.zeros((len(words) + 1, self._classes + columns + 3), np.float32)
        part = running[1:]
        part[:, -1] = 1
        byte_starts = self._starts
        if len(data) > len(text):
            byte_starts = np.array([0, *((data == ord(" ")).nonzero()[0] + 1)])
        grams, ends = read_bytes(data, weights.known)
        part[:, -3] = _add_rows(
            weights.background.take(grams, axis=0), ends, byte_starts, part[:, : self._classes]
        )
        rows = _take(weights.family, self._letters.hashes)
        part[:, -2] = _add_rows(rows, self._letters.places, self._starts, part[:, self._classes : -3])
        np.cumsum(running, axis=0, out=running)
        self._nordic: Floats | None = None

    def over(self, starts: Places, ends: Places) -> Sums:
        """The sums over stretches of words: those from ``starts`` up to, not including, ``ends``."""
        values = self._running.take(ends, axis=0)
        values -= self._running.take(starts, axis=0)
        background, family, counts = values[:, : self._classes], values[:, self._classes : -3], values[:, -3:]
        family *= self._weights.family_step
        background *= self._weights.background_step
        return Sums(background, family, counts, lambda: self._over_nordic(starts, ends))

    def letter_features(self, start: int, end: int) -> float:
        """The number of features of letters in a stretch of words."""
        return float(self._running[end, -2] - self._running[start, -2])

    def _over_nordic(self, starts: Places, ends: Places) -> Floats:
        """The Nordic part of ``over``."""
        if self._nordic is None:
            places, told, is_word = self._weights.nordic_evidence(self._letters.plain_words())
            running = np.zeros((len(self._running), 5), np.float32)
            stretch = self._starts.searchsorted(places, "right")
            np.add.at(running[:, :4], stretch, told)
            np.add.at(running[:, 4], stretch[:is_word], 1)
            self._nordic = running.cumsum(axis=0)
        return self._nordic.take(ends, axis=0) - self._nordic.take(starts, axis=0)


@dataclass(frozen=True, slots=True)
class Weights:
    """The model as it is stored.

    Attributes:
        tags: every language that can be answered, the four of ``nordic`` first.
        known: the byte n-grams (n).
        background: their weights in steps of ``background_step`` (n, classes).
        class_starts: first column of each run of classes that are one language (variants), (languages,).
        class_of: for each tag its language among ``class_starts``.
        family, family_step: weights of hashed letter features (buckets, columns), step of each column.
        column_of: for each tag its column of ``family``.
        nordic, nordic_step: weights of hashed n-grams within words for nb, nn, sv and da (buckets, 4).
        lexicon, worth, worth_step: hashes of words and pairs of words, ascending (n,), and what each tells
            of the four (n, 4).
        blend: log temperature, its slope by log words, log scale of the background beside ``family``.
        nordic_blend: log scale of ``nordic`` and of the background beside it, the slope of each by log words,
            and four biases.
    """

    tags: NDArray[np.str_]
    known: KnownGrams
    background: Codes
    background_step: Floats
    class_starts: Places
    class_of: Places
    family: Codes
    family_step: Floats
    column_of: Places
    nordic: Codes
    nordic_step: Floats
    lexicon: Hashes
    worth: Codes
    worth_step: Floats
    blend: Floats
    nordic_blend: Floats
    version: str = ""

    @classmethod
    def load(cls, folder: Path) -> Weights:
        """The model in ``folder``; ConfigurationError when it is missing or not a model."""
        try:
            with np.load(folder / FILE, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            version = json.loads((folder / CARD).read_text(encoding="utf-8"))["version"]
            known = KnownGrams(arrays.pop("known"))
            return cls(known=known, **arrays, version=str(version))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"no identification model in {folder}") from error

    def save(self, folder: Path) -> None:
        """Write the model into ``folder``, the same bytes for the same model."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "version"}
        arrays["known"] = self.known.numbers
        # Row by row: a text's n-grams are rows, and a row in one place is one access to memory.
        rows: dict[str, Any] = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
        np.savez_compressed(folder / FILE, **rows)
        card = json.dumps({"version": self.version, "file": FILE}, indent=2) + "\n"
        (folder / CARD).write_text(card, encoding="utf-8")

    def log_probabilities(self, sums: Sums) -> Floats:
        """Calibrated natural log probabilities of every tag for each part, shape (m, tags)."""
        words = np.log(np.maximum(sums.counts[:, 2:], 1))
        background = self.background_scores(sums)
        logits = (sums.family / _root(sums.counts[:, 1:2])).take(self.column_of, axis=1)
        logits += np.exp(self.blend[2]) * background
        logits[:, 0] = logits[:, :4].max(axis=1)
        logits[:, 1:4] = -np.inf
        logits *= np.exp(self.blend[0] + self.blend[1] * words)
        scores = _log_softmax(logits)
        if scores[:, 0].max() < UNLIKELY:
            scores[:, :4] = scores[:, :1] - _LOG_FOUR
        else:
            scores[:, :4] = scores[:, :1] + self.nordic_log_probabilities(sums, background[:, :4])
        return scores

    def background_scores(self, sums: Sums) -> Floats:
        """What the background model says of every tag, the best of a language's variants, shape (m, tags)."""
        best: Floats = np.maximum.reduceat(sums.background, self.class_starts, axis=1)
        best /= _root(sums.counts[:, :1])
        return best.take(self.class_of, axis=1)

    def nordic_log_probabilities(self, sums: Sums, background: Floats) -> Floats:
        """Log probabilities of nb, nn, sv and da, given that it is one of them, shape (m, 4)."""
        words, blend = np.log(np.maximum(sums.counts[:, 2:], 1)), self.nordic_blend
        nordic = sums.read_nordic()
        scales = np.exp(blend[:2] + blend[2:4] * words)
        own = nordic[:, :4] / _root(nordic[:, 4:])
        return _log_softmax(own * scales[:, :1] + background * scales[:, 1:] + blend[4:8])

    def nordic_evidence(self, read: PlainWords) -> tuple[Places, Floats, int]:
        """What each word, and then each pair of words, tells of nb, nn, sv and da.

        Returns:
            The places that they end at, their evidence (words + pairs, 4) and the number of words.
        """
        hashes = np.concatenate([read.words, read.pairs])
        found = self.lexicon.searchsorted(hashes)
        told = self.worth.take(found, axis=0, mode="clip") * self.worth_step
        told[self.lexicon.take(found, mode="clip") != hashes] = 0
        words = len(read.words)
        if words:
            rows = _take(self.nordic, read.grams).astype(np.float32)
            letters = np.add.reduceat(rows, read.firsts, axis=0) * self.nordic_step
            sizes = np.full((words, 1), len(rows), np.float32)
            sizes[:-1, 0] = read.firsts[1:]
            sizes[:, 0] -= read.firsts
            letters /= np.sqrt(sizes)
            told[:words] += np.tanh(letters / MOST_BY_LETTERS) * MOST_BY_LETTERS
        return np.concatenate([read.word_places, read.pair_places]), told, words


def _take(weights: Codes, hashes: Hashes) -> Codes:
    """The rows of ``weights`` that hashes fall into, by their upper bits."""
    return weights.take((hashes >> np.uint32(33 - len(weights).bit_length())).view(np.int32), axis=0)


def _add_rows(rows: Codes, places: Places, starts: Places, sums: Floats) -> Places:
    """Add rows up into ``sums`` by the part that their place (ascending) is in; their numbers (parts,)."""
    bounds = np.empty(len(starts) + 1, np.intp)
    bounds[:-1] = places.searchsorted(starts)
    bounds[-1] = len(rows)
    first, count = bounds[:-1], bounds[1:] - bounds[:-1]
    values = rows.astype(np.float32)
    if count.all():
        np.add.reduceat(values, first, axis=0, out=sums)
    elif len(rows):
        present = count.nonzero()[0]
        sums[present] = np.add.reduceat(values, first[present], axis=0)
    return count


def _root(count: Floats) -> Floats:
    """Square root, 1 for nothing."""
    root: Floats = np.sqrt(np.maximum(count, 1))
    return root


def _log_softmax(logits: Floats) -> Floats:
    """Natural log of the softmax of each row."""
    shifted: Floats = logits - logits.max(axis=1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shifted

"""The learned numbers of the identifier, and how they turn the features of a text into probabilities.

Three linear models share the work (docs/decisions/identification.md says why, models/identification/card.md
what they were learned from):

* background: byte n-grams, 140 languages, the weights of py3langid in 8 bits;
* family: letters, the languages of the development data, with nb, nn, sv and da as one, and one column for
  every language that has none of its own;
* nordic: words that are no names, nb, nn, sv and da: what each known word tells, what its neighbours and
  their endings tell ("gården min"), and for a word that is not known what its letters tell, which is bounded,
  so that no long word outweighs an "eg" or an "ikke".

The sum of the n-grams' weights over a text grows with its length, since each letter is told many times;
divided by the square root of the number of features it stays comparable. Words are told once: their sum
stands as it is. What is left to correct is a temperature that depends on the number of words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replyassist.errors import ConfigurationError
from replyassist.identification.features import (
    Hashes,
    KnownGrams,
    LetterReading,
    Places,
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
# What the letters of an unknown word can tell at most, in the unit of the weights before they are scaled.
MOST_BY_LETTERS = np.float32(1.5)
# What the letters of a name count beside those of other words: whom a text is about tells little of its
# language, and in three words may be most of what there is.
NAME_SHARE = np.float32(0.5)
BOUNDS_AT_ONCE = 12
# Natural logarithms of the numbers of words that 4,000 characters can hold; of no word that of one.
_LOG_WORDS = np.log(np.maximum(np.arange(2001, dtype=np.float32), 1))
_LOG_FOUR = np.float32(np.log(4))


@dataclass(frozen=True, slots=True)
class Sums:
    """What the models add up over each of m parts of a text.

    Attributes:
        background: sums of background weights (m, classes).
        family: sums of family weights (m, columns).
        counts: numbers of background features, of family features and of words (m, 3).
        read_nordic: gives the sums of Nordic evidence (m, 4): only where a Nordic language is likely at all
            is the work done.
    """

    background: Floats
    family: Floats
    counts: Floats
    read_nordic: Callable[[], Floats]


class WordSums:
    """The sums of all words up to each word, so that those of any stretch of words are one subtraction.

    Weights are added up in steps, names in halves of steps: numbers that 32-bit floats hold exactly up to
    2**23, which is more than 100,000 characters can reach.
    """

    def __init__(self, weights: Weights, words: Sequence[str]) -> None:
        """``words`` are in Unicode's composed form and hold no white space."""
        text = " ".join(words)
        data = text.encode()
        self._weights = weights
        self._letters = read_letters(text)
        # Where each word begins, and where one after the last would.
        self._bounds = byte_bounds = np.array([0, *accumulate(len(word) + 1 for word in words)])
        if len(data) > len(text):
            byte_bounds = np.array([0, *accumulate(len(word.encode()) + 1 for word in words)])
        grams, ends = read_bytes(data, weights.known)
        self._split = split = weights.background.shape[1] + 1
        self._running = np.empty((len(words) + 1, split + weights.family.shape[1] + 1), np.float32)
        _add_up(weights.background.take(grams, axis=0), ends, byte_bounds, self._running[:, :split])
        rows = _take(weights.family, self._letters.hashes)
        _add_up(rows, self._letters.places, self._bounds, self._running[:, split:])
        if self._letters.names.any():
            self._lessen_names()
        self._nordic: Floats | None = None

    def over(self, starts: Places, ends: Places) -> Sums:
        """The sums over stretches of words: those from ``starts`` up to, not including, ``ends``."""
        values, split = self._running.take(ends, axis=0), self._split
        values -= self._running.take(starts, axis=0)
        counts = np.empty((len(values), 3), np.float32)
        counts[:, 0], counts[:, 1], counts[:, 2] = values[:, split - 1], values[:, -1], ends - starts
        background, family = values[:, : split - 1], values[:, split:-1]
        family *= self._weights.family_step
        background *= self._weights.background_step
        return Sums(background, family, counts, lambda: self._over_nordic(starts, ends))

    def _lessen_names(self) -> None:
        """Take away what names count too much."""
        letters = self._letters
        ends = letters.places[letters.kinds[-3] : letters.kinds[-2]][letters.names]
        # One word here may be two among letters ("Nord-Norge").
        names = np.unique(self._bounds.searchsorted(ends, side="right") - 1)
        told = self._running.take(names + 1, axis=0) - self._running.take(names, axis=0)
        told *= 1 - NAME_SHARE
        self._running -= (np.arange(len(self._running))[:, None] > names).astype(np.float32) @ told

    def letter_features(self, start: int, end: int) -> float:
        """The number of features of letters in a stretch of words."""
        return float(self._running[end, -1] - self._running[start, -1])

    def _over_nordic(self, starts: Places, ends: Places) -> Floats:
        """The Nordic part of ``over``."""
        if self._nordic is None:
            places, told = self._weights.nordic_evidence(self._letters)
            self._nordic = np.empty((len(self._bounds), told.shape[1]), np.float32)
            _add_up(told, places, self._bounds, self._nordic)
        return self._nordic.take(ends, axis=0) - self._nordic.take(starts, axis=0)


@dataclass(frozen=True)
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
        nordic, nordic_step: weights of hashed n-grams within unknown words for the four (buckets, 4).
        lexicon, worth, worth_step: hashes of words and neighbours, ascending (n,), and what each tells of the
            four (n, 4).
        blend: log inverse temperature, its slope by log words, log scale of the background beside ``family``.
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
        background = self.background_scores(sums)
        logits = (sums.family / _root(sums.counts[:, 1:2])).take(self.column_of, axis=1)
        logits += math.exp(self.blend[2]) * background
        logits[:, 0] = logits[:, :4].max(axis=1)
        logits[:, 1:4] = -np.inf
        logits *= self._sharpness.take(sums.counts[:, 2:].astype(np.intp), mode="clip")
        scores = _log_softmax(logits)
        if scores[:, 0].max() < UNLIKELY:
            scores[:, :4] = scores[:, :1] - _LOG_FOUR
        else:
            scores[:, :4] = scores[:, :1] + self.nordic_log_probabilities(sums, background[:, :4])
        return scores

    @cached_property
    def _sharpness(self) -> Floats:
        """What the logits of a part are multiplied by, by its number of words: inverse temperature."""
        sharpness: Floats = np.exp(self.blend[0] + self.blend[1] * _LOG_WORDS).astype(np.float32)
        return sharpness

    @cached_property
    def _nordic_scales(self) -> Floats:
        """What ``nordic`` and the background beside it are multiplied by, by number of words, (words, 2)."""
        scales = np.exp(self.nordic_blend[:2] + self.nordic_blend[2:4] * _LOG_WORDS[:, None])
        as_stored: Floats = scales.astype(np.float32)
        return as_stored

    def background_scores(self, sums: Sums) -> Floats:
        """What the background model says of every tag, the best of a language's variants, shape (m, tags)."""
        best: Floats = np.maximum.reduceat(sums.background, self.class_starts, axis=1)
        best /= _root(sums.counts[:, :1])
        return best.take(self.class_of, axis=1)

    def nordic_log_probabilities(self, sums: Sums, background: Floats) -> Floats:
        """Log probabilities of nb, nn, sv and da, given that it is one of them, shape (m, 4)."""
        scales = self._nordic_scales.take(sums.counts[:, 2].astype(np.intp), axis=0, mode="clip")
        own = sums.read_nordic() * scales[:, :1]
        return _log_softmax(own + background * scales[:, 1:] + self.nordic_blend[4:8])

    def nordic_evidence(self, letters: LetterReading) -> tuple[Places, Floats]:
        """What each plain word and each two neighbours tell of nb, nn, sv and da.

        Letters are asked only where the word is not known.

        Returns:
            The places that they end at, and their evidence (words + 3 * pairs, 4).
        """
        read = letters.plain_words()
        pairs, second = read.neighbours()
        hashes = np.concatenate([read.words, *pairs])
        found = self.lexicon.searchsorted(hashes)
        known = self.lexicon.take(found, mode="clip") == hashes
        told: Floats = self.worth.take(found, axis=0, mode="clip") * self.worth_step
        told[~known] = 0
        unknown = (~known[: len(read.words)]).nonzero()[0]
        if len(unknown):
            told[unknown] = self._told_by_letters(*letters.grams_within(read.numbers.take(unknown)))
        ends = read.places.take(second)
        return np.concatenate([read.places, ends, ends, ends]), told

    def _told_by_letters(self, grams: Hashes, firsts: Places) -> Floats:
        """What the letters of words tell, of which n-grams begin at ``firsts``, shape (words, 4)."""
        rows = _take(self.nordic, grams).astype(np.float32)
        letters: Floats = np.add.reduceat(rows, firsts, axis=0) * self.nordic_step
        sizes = np.diff(np.append(firsts, len(grams)))[:, None]
        letters /= np.sqrt(sizes)
        bounded: Floats = np.tanh(letters / MOST_BY_LETTERS) * MOST_BY_LETTERS
        return bounded


def _take(weights: Codes, hashes: Hashes) -> Codes:
    """The rows of ``weights`` that hashes fall into, by their upper bits."""
    return weights.take((hashes >> np.uint32(33 - len(weights).bit_length())).view(np.int32), axis=0)


def _add_up(rows: Codes | Floats, places: Places, bounds: Places, sums: Floats) -> None:
    """Put into ``sums``, for each bound (ascending), the sum of all rows whose place is before it.

    Where ``sums`` has one column more than the rows, it is for their number. A product with zeros and ones is
    several times as fast as reduceat and cumsum, which go column by column, as long as it is small: so the
    bounds are taken some at a time.
    """
    values = np.ones((len(rows), sums.shape[1]), np.float32)
    values[:, : rows.shape[1]] = rows
    done, total = 0, np.float32(0)
    for first in range(0, len(bounds), BOUNDS_AT_ONCE):
        some, inside, added = bounds[first : first + BOUNDS_AT_ONCE], places, values
        if len(some) < len(bounds):
            new = ((places >= done) & (places < some[-1])).nonzero()[0]
            inside, added = places[new], values[new]
        part = (inside < some[:, None]).astype(np.float32) @ added
        part += total
        sums[first : first + BOUNDS_AT_ONCE] = part
        done, total = some[-1], part[-1]


def _root(count: Floats) -> Floats:
    """Square root, 1 for nothing."""
    root: Floats = np.sqrt(np.maximum(count, 1))
    return root


def _log_softmax(logits: Floats) -> Floats:
    """Natural log of the softmax of each row."""
    shifted: Floats = logits - logits.max(axis=1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return shifted

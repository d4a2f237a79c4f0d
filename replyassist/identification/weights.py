"""The learned numbers of the identifier, and how they turn the features of a text into probabilities.

Three linear models share the work (docs/decisions/identification.md says why, models/identification/card.md
what they were learned from):

* background: byte n-grams, 140 languages, the weights of py3langid in 8 bits;
* family: letters, the languages of the development data, with nb, nn, sv and da as one, and one column for
  every language that has none of its own;
* nordic: letters that are in no name, nb, nn, sv and da.

The sum of a model's weights over a text grows with its length; divided by the square root of the number of
features it stays comparable. What is left to correct is a temperature that depends on the number of words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replyassist.errors import ConfigurationError
from replyassist.identification.features import Hashes, KnownGrams, Places, read_bytes, read_letters

Floats = NDArray[np.float32]
Codes = NDArray[np.int8]
FILE = "identifier.npz"
CARD = "model.json"
NOT_LANGUAGE = "zxx"


@dataclass(frozen=True, slots=True)
class Sums:
    """What the three models add up over each of m parts of a text.

    Attributes:
        values: background, family and nordic weights side by side, then the number of features of each and
            the number of words, shape (m, columns).
        classes: number of background columns.
    """

    values: Floats
    classes: int

    @property
    def background(self) -> Floats:
        """Sums of background weights (m, classes)."""
        return self.values[:, : self.classes]

    @property
    def family(self) -> Floats:
        """Sums of family weights (m, columns)."""
        return self.values[:, self.classes : -8]

    @property
    def nordic(self) -> Floats:
        """Sums of Nordic weights (m, 4)."""
        return self.values[:, -8:-4]

    @property
    def counts(self) -> Floats:
        """Numbers of background, family and Nordic features and of words (m, 4)."""
        return self.values[:, -4:]

    def over(self, starts: Places, ends: Places) -> Sums:
        """The sums over stretches of parts: those from ``starts`` up to, not including, ``ends``."""
        running = np.zeros((len(self.values) + 1, self.values.shape[1]), np.float64)
        np.cumsum(self.values, axis=0, out=running[1:])
        return Sums((running[ends] - running[starts]).astype(np.float32), self.classes)


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
        nordic, nordic_step: the same for the four Nordic languages (buckets, 4).
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

    def add_up(self, text: str, starts: Places) -> Sums:
        """The sums over the parts of ``text`` that begin at ``starts`` (code points, ascending, first 0)."""
        letters = read_letters(text)
        grams, gram_places = read_bytes(text, self.known)
        plain = ~letters.in_name
        models = (
            (self.background, grams, gram_places),
            (self.family, _buckets(self.family, letters.hashes), letters.places),
            (self.nordic, _buckets(self.nordic, letters.hashes[plain]), letters.places[plain]),
        )
        steps = (self.background_step, self.family_step, self.nordic_step)
        added = [_add_rows(codes[rows], places, starts) for codes, rows, places in models]
        sums = [rows * step for (rows, _), step in zip(added, steps, strict=True)]
        counts = [count for _, count in added]
        one_each = np.ones((len(starts), 1), np.float32)
        return Sums(np.concatenate([*sums, *counts, one_each], axis=1), self.background.shape[1])

    def log_probabilities(self, sums: Sums) -> Floats:
        """Calibrated natural log probabilities of every tag for each part, shape (m, tags)."""
        blend, words = self.blend, np.log(np.maximum(sums.counts[:, 3:], 1))
        background = self.background_scores(sums)
        family = (sums.family / _root(sums.counts[:, 1:2]))[:, self.column_of]
        logits = family + np.exp(blend[2]) * background
        within = self.nordic_log_probabilities(sums, background[:, :4])
        logits[:, 0] = logits[:, :4].max(axis=1)
        logits[:, 1:4] = -np.inf
        scores = _log_softmax(logits * np.exp(blend[0] + blend[1] * words))
        scores[:, :4] = scores[:, :1] + within
        return scores.astype(np.float32)

    def background_scores(self, sums: Sums) -> Floats:
        """What the background model says of every tag, the best of a language's variants, shape (m, tags)."""
        best: Floats = np.maximum.reduceat(sums.background, self.class_starts, axis=1)[:, self.class_of]
        scores: Floats = best / _root(sums.counts[:, :1])
        return scores

    def nordic_log_probabilities(self, sums: Sums, background: Floats) -> Floats:
        """Log probabilities of nb, nn, sv and da, given that it is one of them, shape (m, 4)."""
        words = np.log(np.maximum(sums.counts[:, 3:], 1))
        own: Floats = sums.nordic / _root(sums.counts[:, 2:3])
        own -= own.mean(axis=1, keepdims=True)
        around: Floats = background - background.mean(axis=1, keepdims=True)
        blend = self.nordic_blend
        scaled = own * np.exp(blend[0] + blend[2] * words) + around * np.exp(blend[1] + blend[3] * words)
        return _log_softmax(scaled + blend[4:8])


def _buckets(weights: Codes, hashes: Hashes) -> Hashes:
    """The rows of ``weights`` that hashes fall into: their upper bits."""
    return hashes >> np.uint32(32 - (len(weights).bit_length() - 1))


def _add_rows(rows: Codes, places: Places, starts: Places) -> tuple[Floats, Floats]:
    """Rows added up by the part that their place (ascending) is in, and their numbers (parts, 1)."""
    first = np.searchsorted(places, starts)
    count = np.diff(np.append(first, len(rows)))
    sums = np.zeros((len(starts), rows.shape[1]), np.float32)
    present = np.flatnonzero(count)
    if len(present):
        sums[present] = np.add.reduceat(rows.astype(np.float32), first[present], axis=0)
    return sums, count[:, None].astype(np.float32)


def _root(count: Floats) -> Floats:
    """Square root, 1 for nothing."""
    root: Floats = np.sqrt(np.maximum(count, 1))
    return root


def _log_softmax(logits: Floats) -> Floats:
    """Natural log of the softmax of each row."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    normalised: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normalised

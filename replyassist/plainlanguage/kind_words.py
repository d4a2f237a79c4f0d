"""What each word of a letter says about its kind, beside the fields of words that people listed.

Learnt from drafts of every kind in five languages (models/training/letter_kinds/fit.py). A word weighs what
it does in its own language and what the English word does that it mostly is, so that the letters of one
language teach the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from replyassist.config import data_folder


@dataclass(frozen=True, slots=True)
class KindWords:
    """``rows``: a stem (``stems`` of letter_kind.py) -> its row in ``weights``, shape (stems, kinds)."""

    rows: Mapping[str, int]
    weights: np.ndarray

    @classmethod
    def load(cls, tag: str) -> KindWords:
        """The words of a language, with the weights of this package."""
        with np.load(data_folder("models") / "letter_kinds" / f"{tag}.npz", allow_pickle=False) as learnt:
            rows = {word: row for row, word in enumerate(str(learnt["stems"]).split())}
            return cls(rows, learnt["weights"].astype(np.float32))

    def speak(self, stems: set[str]) -> np.ndarray:
        """What the stems of a letter add for each kind, shape (kinds,)."""
        known = [self.rows[word] for word in stems if word in self.rows]
        said: np.ndarray = self.weights[known].sum(axis=0)
        return said / math.sqrt(max(1, len(stems)))

"""What words tell of nb, nn, sv and da is what the languages say, not what they are written about.

Runs where the training extra (SciPy) is installed.
"""

import numpy as np
import pytest

pytest.importorskip("scipy")

from models.training.identification.evidence import language_effects

# Forms and letters are mostly nynorsk, debates mostly Danish.
SIZES = np.array([[100_000, 400_000, 100_000, 1_000], [50_000, 1_000, 50_000, 900_000]])


def met(*rates: tuple[float, ...]) -> np.ndarray:
    """How often a word with these rates (by language, then by kind of text) is met."""
    by_language, by_kind = np.array(rates[0]), np.array(rates[1])
    return np.round(SIZES * by_kind[:, None] * by_language)[None]


def test_a_word_of_a_kind_of_text_tells_no_language():
    counted = met((1, 1, 1, 1), (0.00002, 0.002))
    pooled = np.log(counted.sum(axis=1) / SIZES.sum(axis=0))
    assert pooled.argmax() == 3  # all texts together, it would be Danish
    assert np.ptp(language_effects(counted, SIZES)) < np.ptp(pooled) / 5


def test_a_word_of_a_language_tells_it_in_every_kind_of_text():
    told = language_effects(met((1, 0.01, 1, 0.01), (0.002, 0.002)), SIZES)[0]
    assert told.argsort()[2:].tolist() in ([0, 2], [2, 0])
    assert min(told[[0, 2]]) - max(told[[1, 3]]) > 3
    assert told.mean() == pytest.approx(0, abs=1e-6)


def test_what_was_met_once_tells_less_than_what_was_met_often():
    once, often = np.zeros((2, 1, *SIZES.shape))
    once[0, 0, 0], often[0, 0, 0] = 1, 100
    assert np.ptp(language_effects(once, SIZES)) < np.ptp(language_effects(often, SIZES))

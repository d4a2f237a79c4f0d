"""Fit linear models on hashed features: softmax regression by Adagrad, with scipy's sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from replyassist.identification.cleaning import blank_noise, compose, find_words, lower_shouting
from replyassist.identification.features import KnownGrams, read_bytes, read_letters

Floats = NDArray[np.float32]


def read_words(text: str) -> list[str]:
    """The words of ``text`` as the identifier reads them."""
    return compose([word.group() for word in find_words(lower_shouting(blank_noise(text)))])


def letter_matrix(texts: Sequence[str], bits: int) -> sp.csr_matrix:
    """Hashed letter features, one row a text, 2**bits columns, each 1/sqrt(number of features)."""
    columns, values, ends = [], [], [0]
    for text in texts:
        hashes = read_letters(" ".join(read_words(text))).hashes
        columns.append((hashes >> np.uint32(32 - bits)).astype(np.int32))
        values.append(np.full(len(hashes), max(len(hashes), 1) ** -0.5, np.float32))
        ends.append(ends[-1] + len(hashes))
    return sp.csr_matrix(
        (np.concatenate(values), np.concatenate(columns), np.array(ends)), shape=(len(texts), 1 << bits)
    )


def background_matrix(
    texts: Sequence[str], known: KnownGrams, codes: NDArray[np.int8], step: float
) -> Floats:
    """Background scores, one row a text, divided by the square root of the number of features."""
    rows = np.zeros((len(texts), codes.shape[1]), np.float32)
    for row, text in zip(rows, texts, strict=True):
        grams, _ = read_bytes(" ".join(read_words(text)).encode(), known)
        row[:] = codes[grams].sum(axis=0, dtype=np.int32) * step / max(len(grams), 1) ** 0.5
    return rows


def softmax(logits: Floats) -> Floats:
    """Softmax of each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def fit(
    features: sp.csr_matrix,
    labels: NDArray[np.intp],
    weights: Floats,
    column_of: NDArray[np.intp],
    *,
    offset: Floats | None = None,
    hidden: NDArray[np.bool_] | None = None,
    epochs: int = 2,
    rate: float = 0.5,
    batch: int = 2048,
) -> Floats:
    """Weights (buckets, columns) of softmax(offset + features @ weights[:, column_of]).

    Args:
        labels: index of the right class of each row.
        weights: how much each row counts.
        column_of: class -> column; classes with the same column share their weights.
        offset: what another model says, added to the logits.
        hidden: rows whose own class is scored by the last column, as if it had none of its own: so the last
            column learns what a language looks like that the model has no weights for.
    """
    order_of = np.random.default_rng(0)
    columns = int(column_of.max()) + 1
    gather = np.eye(columns, dtype=np.float32)[column_of]
    learned = np.zeros((features.shape[1], columns), np.float32)
    squares = np.full_like(learned, 1e-3)
    for _ in range(epochs):
        order = order_of.permutation(features.shape[0])
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            part, right, index = features[rows], labels[rows], np.arange(len(rows))
            own = part @ learned
            logits = own[:, column_of]
            if hidden is not None:
                masked = hidden[rows]
                logits[masked, right[masked]] = own[masked, -1]
            residual = softmax(logits if offset is None else logits + offset[rows])
            residual[index, right] -= 1
            residual *= weights[rows][:, None]
            by_column = residual @ gather
            if hidden is not None:
                moved = residual[index, right] * masked
                by_column[index, column_of[right]] -= moved
                by_column[:, -1] += moved
            touched = np.unique(part.indices)
            gradient = (part.T.tocsr() @ by_column)[touched]
            squares[touched] += gradient * gradient
            learned[touched] -= rate * gradient / np.sqrt(squares[touched])
    return learned


def quantise(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights as 8-bit codes and one step a column, the largest 0.01 % clipped."""
    step = np.maximum(np.quantile(np.abs(weights), 0.9999, axis=0), 1e-6) / 127
    return np.clip(np.round(weights / step), -127, 127).astype(np.int8), step.astype(np.float32)

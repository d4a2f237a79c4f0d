"""Step 5: first embeddings in which words that translate each other already lie close.

    python -m models.training.translation.initialise WORK nordic-en

Tokens are compared by the sentence pairs that they share (Levy, Søgaard and Goldberg 2017: sentence ids are a
strong baseline for cross-lingual embeddings): positive pointwise mutual information of a token-by-token
matrix of shared pairs, cut to its leading eigenvectors. It takes two minutes and sees every pair, where
training on a CPU sees each rare word once or never. Writes WORK/<model>/embedding.npy.

``--parent nordic-en`` begins with the layers of a model that already writes the same language (Kocmi and
Bojar 2018): tokens that both have keep the parent's embeddings, and the others are turned into the parent's
space by the rotation that fits the shared ones best (Schönemann 1966). Writes WORK/<model>/checkpoint.pt too.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from scipy import sparse

from models.training.translation.mix import Examples, encode
from models.training.translation.train import begin, shape_of
from models.training.translation.vocabulary import path_of

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
SENTENCES = 600_000
STEP = 60_000
# Cosine between what is shared and the whole vector.
SHARED = 0.8


def shared_pairs(examples: Examples, vocabulary: int) -> np.ndarray:
    """How many sentence pairs each two tokens share, (vocabulary, vocabulary)."""
    rng = np.random.default_rng(RECIPE["seed"])
    odds = np.maximum(examples.weights, 0.3).astype(np.float64)
    picked = rng.choice(len(examples), min(SENTENCES, len(examples)), replace=False, p=odds / odds.sum())
    counts = np.zeros((vocabulary, vocabulary), dtype=np.float32)
    for start in range(0, len(picked), STEP):
        part = picked[start : start + STEP]
        tokens = [examples.tokens[examples.bounds[2 * i] : examples.bounds[2 * i + 2]] for i in part]
        rows = np.repeat(np.arange(len(part)), [len(t) for t in tokens])
        present = sparse.csr_matrix(
            (np.ones(len(rows), dtype=np.float32), (rows, np.concatenate(tokens).astype(np.int64))),
            shape=(len(part), vocabulary),
        )
        present.data[:] = 1
        # Long sentences share tokens by chance: each pair counts less the longer it is.
        weight = sparse.diags(1 / np.maximum(1, np.asarray(present.sum(axis=1)).ravel()))
        counts += (present.T @ weight @ present).toarray().astype(np.float32)
    return counts


def embeddings(counts: np.ndarray, width: int) -> np.ndarray:
    """Leading eigenvectors of the positive PMI, scaled by the root of their eigenvalues, mean row norm 1."""
    total, alone = counts.sum(), counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(counts * total / alone[:, None] / alone[None, :])
    positive = torch.from_numpy(np.where(np.isfinite(pmi) & (pmi > 0), pmi, 0).astype(np.float32))
    torch.manual_seed(RECIPE["seed"])
    left, values, _ = torch.svd_lowrank(positive, q=width, niter=4)
    found = (left * values.sqrt()).numpy()
    rotation = np.linalg.qr(np.random.default_rng(RECIPE["seed"]).normal(size=(width, width)))[0]
    found = found @ rotation  # so that no dimension carries more than another
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    # Close, yet apart: a word must stay different from its own translation.
    own = np.random.default_rng(RECIPE["seed"] + 1).normal(size=found.shape) * width**-0.5
    return (SHARED * found / np.maximum(norms, 1e-6) + (1 - SHARED**2) ** 0.5 * own).astype(np.float32)


def rotated(found: np.ndarray, pieces: list[str], parent: np.ndarray, known: list[str]) -> np.ndarray:
    """Rows of ``found`` for ``pieces`` in the space of ``parent``, whose rows are those of ``known``."""
    row = {piece: i for i, piece in enumerate(known)}
    mine = [i for i, piece in enumerate(pieces) if piece in row]
    theirs = parent[[row[pieces[i]] for i in mine]]
    left, _, right = np.linalg.svd(found[mine].T @ theirs)
    turned = found @ (left @ right) * np.median(np.linalg.norm(theirs, axis=1))
    turned[mine] = theirs
    return turned.astype(np.float32)


def pieces_of(work: Path, model: str) -> list[str]:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path_of(work, model)))
    return [processor.id_to_piece(i) for i in range(len(processor))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", choices=sorted(RECIPE["models"]))
    parser.add_argument("--parent", choices=sorted(RECIPE["models"]))
    arguments = parser.parse_args()
    shape = shape_of(arguments.model)
    found = embeddings(shared_pairs(encode(arguments.work, arguments.model), shape.vocabulary), shape.width)
    folder = arguments.work / arguments.model
    folder.mkdir(exist_ok=True)
    if arguments.parent:
        network = torch.load(arguments.work / arguments.parent / "checkpoint.pt")["network"]
        both = [pieces_of(arguments.work, model) for model in (arguments.model, arguments.parent)]
        found = rotated(found, both[0], network["embedding"].numpy(), both[1])
        begin(folder, network | {"embedding": torch.from_numpy(found)})
    else:
        np.save(folder / "embedding.npy", found)


if __name__ == "__main__":
    main()

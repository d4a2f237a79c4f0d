"""Learn what the fields of words say about the kind of a letter; see docs/decisions/checklist.md.

    python models/training/letter_kinds/fit.py [--write]

Read are the ``seen`` good letters, drafts and openings of tests/golden, and both versions of the letters of
tests/letters; the holdouts never. Logistic regression over all kinds at once, one set of weights for all
languages, drawn to zero. Cross-validation leaves out an eighth of each file, the same places in all of them,
since some letters were written side by side. Without --write, it only says what that reaches.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft
from replyassist.plainlanguage.analysis import analyse
from replyassist.plainlanguage.letter_kind import BIAS, LEAST_LIKELY, Cues, features
from replyassist.profiles import load_letter_kinds

ROOT = Path(__file__).parents[3]
GOLDEN, LETTERS = ROOT / "tests" / "golden", ROOT / "tests" / "letters"
WEIGHTS = ROOT / "replyassist" / "plainlanguage" / "kind_weights.toml"
FOLDS = 8
FEWEST = 5  # texts that a feature must stand in
DRAWN_TO_ZERO = 0.00005
OF_AN_OPENING = 0.2  # what an opening weighs in the likelihood beside a whole letter, which says more
STEPS, RATE, MOMENTUM = 1000, 4.0, 0.9
LEAST_WEIGHT = 0.05  # what is less is left out: it decides nothing

Array = np.ndarray


class Example(NamedTuple):
    """A letter, or how one opens, with its kind; parallel texts share a fold."""

    language: str
    kind: str
    fold: int
    source: str
    features: frozenset[str]


def read_examples() -> Iterator[Example]:
    """All that may be learnt from."""
    openings = tomllib.loads((GOLDEN / "letter_kinds.toml").read_text(encoding="utf-8"))
    for tag in languages.available():
        language = languages.load(tag)
        cues = Cues.compile(language)
        for kind, number, source, text in texts(tag, openings[tag]):
            draft = Draft(text, tag, blocks=find_structure(text, language))
            yield Example(
                tag, kind, number % FOLDS, source, frozenset(features(analyse(draft, language), cues))
            )


def texts(tag: str, openings: dict[str, list[str]]) -> Iterator[tuple[str, int, str, str]]:
    """Kind, place, source and text of all examples of a language."""
    good = tomllib.loads((GOLDEN / "good_letters" / f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    yield from ((letter["kind"], i, "good", letter["text"]) for i, letter in enumerate(good))
    drafts = tomllib.loads((GOLDEN / "drafts" / f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    for i, draft in enumerate(drafts):
        if (kind := draft["kinds"][0]) != "none":
            yield kind, i, "draft", draft["text"]
    for kind, several in openings.items():
        yield from ((kind, i, "opening", text) for i, text in enumerate(several))
    for i, facts in enumerate(sorted(LETTERS.glob(f"{tag}/*/letter.toml"))):
        kind = tomllib.loads(facts.read_text(encoding="utf-8"))["kind"]
        for version in ("today", "plain"):
            yield kind, i, version, facts.with_name(f"{version}.txt").read_text(encoding="utf-8")


def matrix(examples: list[Example], names: list[str]) -> Array:
    """One row an example, each feature that it has 1 / sqrt(their number), and the bias last."""
    places = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(examples), len(names) + 1))
    rows[:, -1] = BIAS
    for row, example in zip(rows, examples, strict=True):
        for feature in example.features:
            if feature in places:
                row[places[feature]] = 1 / math.sqrt(len(example.features))
    return rows


def fit(rows: Array, kinds: Array, shares: Array, count: int) -> Array:
    """Weights, shape (features, kinds), by gradient descent with momentum on the log likelihood.

    ``shares`` says what each example weighs in it, shape (examples,).
    """
    wanted = np.eye(count)[kinds]
    shares = shares[:, None] / shares.sum()
    w = np.zeros((rows.shape[1], count))
    speed = np.zeros_like(w)
    for _ in range(STEPS):
        gradient = rows.T @ (shares * (likelihoods(rows, w) - wanted)) + DRAWN_TO_ZERO * w
        speed = MOMENTUM * speed - RATE * gradient
        w += speed
    return w


def likelihoods(rows: Array, w: Array) -> Array:
    """How likely each kind is, shape (examples, kinds)."""
    sums = rows @ w
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def main() -> None:
    """Cross-validate, fit on everything, and write the weights when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    examples = list(read_examples())
    names = sorted(
        n for n, count in Counter(f for e in examples for f in e.features).items() if count >= FEWEST
    )
    kinds = list(load_letter_kinds())
    rows, wanted = matrix(examples, names), np.array([kinds.index(e.kind) for e in examples])
    folds = np.array([e.fold for e in examples])
    shares = np.array([OF_AN_OPENING if e.source == "opening" else 1.0 for e in examples])
    unseen = np.zeros((len(examples), len(kinds)))
    for fold in range(FOLDS):
        left = folds != fold
        unseen[~left] = likelihoods(rows[~left], fit(rows[left], wanted[left], shares[left], len(kinds)))
    right, sure = unseen.argmax(axis=1) == wanted, unseen.max(axis=1) >= LEAST_LIKELY
    print(f"{len(examples)} texts, {len(names)} features")
    for field in ("source", "language", "kind"):
        values = [getattr(example, field) for example in examples]
        for value in dict.fromkeys(values):
            of = np.array([each == value for each in values])
            print(
                f"{field} {value}: likeliest right {right[of].mean():.0%}, told {sure[of].mean():.0%},",
                f"right of told {right[of & sure].mean():.0%} of {of.sum()}",
            )
    w = fit(rows, wanted, shares, len(kinds))
    print(f"of the texts learnt from, right: {(likelihoods(rows, w).argmax(axis=1) == wanted).mean():.1%}")
    if write:
        WEIGHTS.write_text(document(names, kinds, w), encoding="utf-8")


def document(names: list[str], kinds: list[str], w: Array) -> str:
    """The kind_weights.toml of a fit."""
    lines = [
        "# What each field of words adds to each kind; made by models/training/letter_kinds/fit.py.\n",
        f"kinds = {kinds}".replace("'", '"'),
        f"bias = {[round(float(x), 2) for x in w[-1]]}\n",
        "[weights]",
    ]
    for name, values in zip(names, w, strict=False):
        if np.abs(values).max() >= LEAST_WEIGHT:
            lines.append(f'"{name}" = {[round(float(x), 2) for x in values]}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

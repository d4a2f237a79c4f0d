"""Make models/identification from ../shared/data: python -m models.training.identification.train DATA OUT

Three models and what blends them (replyassist/identification/weights.py says how they work together). The
blends, which also calibrate, are fitted on texts of the development set that the models were not fitted on:
two of its five folds by document number. The model that is stored is then fitted on all five; the one that
has not seen the two is stored where --held-out says, for benchmarks/identification.py to measure. It takes
about five minutes of processor time on one core and 3 GB of memory; where --steps names a folder, what was
learned stays there, and a run that was cut short goes on after the last step that it finished.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.training.identification.augment import cut_short, strip_diacritics, vary, vary_bare
from models.training.identification.background import NEIGHBOUR, STEP, unpack
from models.training.identification.corpus import NORDIC, Example, read_all, read_development, read_own
from models.training.identification.fit import background_matrix, fit, letter_matrix, quantise, read_words
from models.training.identification.nordic import fit_nordic
from replyassist.identification.weights import Sums, Weights, WordSums

VERSION = "7"
FAMILY_BITS = 17
HELD_OUT = (0, 1)
GROUP = {"bs": "sh", "hr": "sh", "sr": "sh"}
# Languages with enough text at hand; the others make do with the development set.
RICH = {*NORDIC, "en", "pl", "uk", "ar"}
OWN_COLUMN = {
    "am", "ar", "bg", "ckb", "de", "el", "en", "es", "et", "fa", "fi", "fo", "fr", "hi", "is", "ku", "lt",
    "lv", "pl", "ps", "ro", "ru", "se", "sh", "so", "sq", "th", "ti", "tl", "tr", "uk", "ur", "vi",
}  # fmt: skip
# Known from strings of everyday words alone: enough to be told, not enough to outweigh a neighbour.
ONLY_WORDS = ("am", "bg", "el", "fo", "hi", "ps")
FAMILY_EPOCHS = 3
SHORT = "short"  # the condition of one or two words
SEEDS = ("seeds.toml", "transliterated.toml")
Floats = NDArray[np.float32]
Places = NDArray[np.intp]
Fields = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Development:
    """The rows of the development set, with their tags and folds."""

    rows: list[dict[str, str]]
    tags: list[str]
    folds: NDArray[np.intp]


def read_rows(path: Path) -> Development:
    """The development set, and one or two words of a quarter of its sentences: how sure to be of those is
    learned as well, but should not outweigh the rest.
    """
    chance, rows = random.Random(13), read_development(path)
    whole = [row for row in rows if row["condition"] == "full"]
    quarter = chance.sample(whole, len(whole) // 4)
    rows += [row | {"text": cut_short(row["text"], chance), "condition": SHORT} for row in quarter]
    return Development(
        rows,
        [GROUP.get(row["lang"], row["lang"]) for row in rows],
        np.array([int(row["fold"]) for row in rows]),
    )


def family_examples(
    examples: Sequence[Example], development: Development, seeds: Sequence[tuple[str, str]], seed: int
) -> tuple[list[str], list[str], NDArray[np.intp]]:
    """Varied texts in the languages of the development set (the four Nordic ones are one), tags and folds.

    A fold of -1 belongs to no document of the development set.
    """
    chance = random.Random(seed)
    rows: list[tuple[str, str, int]] = []
    by_language: dict[str, list[str]] = {}
    for example in examples:
        by_language.setdefault(example.language, []).append(example.text)
    for language, texts in sorted(by_language.items()):
        size = 2500 if language in (*NORDIC, "en") else 1500
        rows += [(text, language, -1) for text in chance.sample(texts, min(size, len(texts)))]
    for row, tag, fold in zip(development.rows, development.tags, development.folds, strict=True):
        if row["condition"] == "full":
            copies = 4 if tag in (*NORDIC, "en", "fi", "sh") else 12
            rows += [(row["text"], tag, int(fold))] * copies
    # What is hardest is learned from more: one or two words, and letters that have lost their signs.
    more = [
        (make, row["text"], tag, int(fold))
        for row, tag, fold in zip(development.rows, development.tags, development.folds, strict=True)
        if row["condition"] == "full"
        for make in (cut_short, cut_short, vary_bare, vary_bare)
        if make is cut_short or strip_diacritics(row["text"]) != row["text"]
    ]
    for tag, words in seeds:
        stock = words.split()
        rows += [(" ".join(chance.choices(stock, k=chance.randint(2, 9))), tag, -1) for _ in range(700)]
    return (
        [vary(text, chance) for text, _, _ in rows] + [make(text, chance) for make, text, _, _ in more],
        [tag for _, tag, _ in rows] + [tag for *_, tag, _ in more],
        np.array([fold for *_, fold in rows] + [fold for *_, fold in more]),
    )


def read_seeds() -> list[tuple[str, str]]:
    """Tags with everyday words, in the own script of a language and in Latin letters."""
    texts = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in SEEDS]
    return [entry for text in texts for entry in tomllib.loads(text).items()]


def balance(tags: Sequence[str]) -> Floats:
    """A weight for each row, so that every language counts the same.

    The Nordic family counts four times, and half what is known from strings of words alone.
    """
    count = Counter("nordic" if tag in NORDIC else tag for tag in tags)
    mean = len(tags) / len(count)
    share = {"nordic": 4.0} | dict.fromkeys(ONLY_WORDS, 0.5)
    weight = {tag: share.get(tag, 1.0) * mean / number for tag, number in count.items()}
    return np.array([min(weight["nordic" if tag in NORDIC else tag], 12) for tag in tags], np.float32)


def fit_nordic_blend(weights: Weights, sums: Sums, tags: Sequence[str]) -> Weights:
    """``weights`` with the Nordic blend that makes the Nordic ones among ``tags`` likeliest."""
    labels = np.array([NORDIC.index(tag) if tag in NORDIC else -1 for tag in tags])
    inside = _rows(sums, labels >= 0)
    background = weights.background_scores(inside)[:, :4]
    right = labels[labels >= 0]

    def loss(blend: NDArray[np.float64]) -> float:
        scores = replace(weights, nordic_blend=blend).nordic_log_probabilities(inside, background)
        picked = scores[np.arange(len(scores)), right]
        return float(-picked.mean() + 0.01 * (blend[2:4] ** 2).sum() + 0.002 * (blend[4:] ** 2).sum())

    blend = minimize(loss, weights.nordic_blend, method="L-BFGS-B", options={"eps": 1e-3}).x
    return replace(weights, nordic_blend=blend.astype(np.float32))


def fit_blend(weights: Weights, sums: Sums, tags: Sequence[str]) -> Weights:
    """``weights`` with the blend that makes ``tags`` (the Nordic ones as one) likeliest."""
    names = weights.tags.tolist()
    labels = np.array([names.index(tag) for tag in tags])
    nordic, everyone = labels < len(NORDIC), balance(tags)

    def loss(blend: NDArray[np.float64]) -> float:
        scores = replace(weights, blend=blend).log_probabilities(sums)
        family = np.log(np.maximum(np.exp(scores[:, :4]).sum(axis=1), 1e-9))
        picked = np.where(nordic, family, scores[np.arange(len(labels)), labels])
        return float(-(everyone * np.maximum(picked, -20)).sum() / everyone.sum() + 0.01 * blend[1] ** 2)

    blend = minimize(loss, weights.blend, method="Nelder-Mead", options={"maxiter": 60}).x
    return replace(weights, blend=blend.astype(np.float32))


def _rows(sums: Sums, chosen: NDArray[np.bool_]) -> Sums:
    """The chosen rows of the sums."""
    nordic = sums.read_nordic()[chosen]
    return Sums(sums.background[chosen], sums.family[chosen], sums.counts[chosen], lambda: nordic)


def fit_family(
    features: sp.csr_matrix, offset: Floats, tags: Sequence[str], names: list[str], columns: NDArray[np.intp]
) -> Floats:
    """Family weights: the own column of one text in seven of a thin language is hidden (see ``fit``)."""
    position = {tag: place for place, tag in enumerate(names)}
    labels = np.array([position["nb" if tag in NORDIC else tag] for tag in tags])
    hidden = np.array([tag not in RICH for tag in tags]) & (
        np.random.default_rng(1).random(len(tags)) < 1 / 7
    )
    # One class stands for the four Nordic languages; the others of the four can't win.
    offset = offset.copy()
    offset[:, 0] = offset[:, :4].max(axis=1)
    offset[:, 1:4] = -1e4
    return fit(
        features, labels, balance(tags), columns, offset=offset, hidden=hidden, epochs=FAMILY_EPOCHS, rate=0.3
    )


def tag_columns(classes: list[str]) -> tuple[list[str], Places, Places, Places]:
    """Tags in order, where each language's classes begin, each tag's language and its family column."""
    languages = sorted(set(classes))
    starts = np.array([classes.index(language) for language in languages])
    rest = sorted((set(languages) | set(NEIGHBOUR)) - set(NORDIC))
    names = [*NORDIC, *rest]
    class_of = np.array([languages.index(NEIGHBOUR.get(name, name)) for name in names])
    own = ["nordic", *(name for name in rest if name in OWN_COLUMN)]
    columns = np.array(
        [0 if name in NORDIC else own.index(name) if name in own else len(own) for name in names]
    )
    return names, starts, class_of, columns


@dataclass(frozen=True)
class FamilyLearner:
    """What the family weights are learned from.

    Attributes:
        features, offset: letters of each text, what the background says of it.
        tags, folds: its language, the fold of its document (-1: none of the development set).
        names, columns: tags in order, their columns.
    """

    features: sp.csr_matrix
    offset: Floats
    tags: list[str]
    folds: NDArray[np.intp]
    names: list[str]
    columns: Places

    def learn_without(self, held_out: tuple[int, ...]) -> Fields:
        """The family fields of ``Weights``, learned without some folds of the development set."""
        rows = np.flatnonzero(~np.isin(self.folds, held_out))
        tags = [self.tags[row] for row in rows]
        learned = fit_family(self.features[rows], self.offset[rows], tags, self.names, self.columns)
        codes, step = quantise(learned)
        return {"family": codes, "family_step": step}


def keep(folder: Path | None, name: str, make: Callable[[], Fields]) -> Fields:
    """What ``make`` gives; when an earlier run left it in ``folder``, that."""
    if folder is None:
        return make()
    path = folder / f"{name}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = make()
        # Under another name until it is whole: half a step must not be taken for one.
        np.savez(folder / "unfinished.npz", **made)  # type: ignore[arg-type]
        (folder / "unfinished.npz").rename(path)
    with np.load(path, allow_pickle=False) as stored:
        return {field: stored[field] for field in stored.files}


def main() -> None:
    """Read, fit, blend, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder shared/data")
    parser.add_argument("out", type=Path, help="the folder to write the model into")
    parser.add_argument("--held-out", type=Path, help="a folder for the model that two folds were kept from")
    parser.add_argument("--steps", type=Path, help="a folder for what each step learned: to go on from there")
    arguments = parser.parse_args()
    development = read_rows(arguments.data / "identification" / "development.tsv")
    classes, known, codes = unpack()
    names, starts, class_of, columns = tag_columns(classes)

    @cache
    def examples() -> list[Example]:
        return read_all(arguments.data)

    @cache
    def family() -> FamilyLearner:
        texts, tags, folds = family_examples(examples(), development, read_seeds(), 11)
        background = background_matrix(texts, known, codes, STEP)
        offset = np.maximum.reduceat(background, starts, axis=1)[:, class_of]
        return FamilyLearner(letter_matrix(texts, FAMILY_BITS), offset, tags, folds, names, columns)

    cautious = keep(arguments.steps, "family-held-out", lambda: family().learn_without(HELD_OUT))
    final = keep(arguments.steps, "family", lambda: family().learn_without(()))
    family.cache_clear()
    nordic = keep(arguments.steps, "nordic", lambda: fit_nordic([*examples(), *read_own()]))

    def unblended(learned: Fields) -> Weights:
        """The model with these family weights."""
        return Weights(
            tags=np.array(names), known=known, background=codes, background_step=np.float32(STEP),
            class_starts=starts, class_of=class_of, **learned, column_of=columns, **nordic,
            blend=np.zeros(3, np.float32), nordic_blend=np.zeros(8, np.float32), version=VERSION,
        )  # fmt: skip

    measured, blended = blend(unblended(cautious), unblended(final), development)
    if arguments.held_out:
        measured.save(arguments.held_out)
    blended.save(arguments.out)


def blend(cautious: Weights, final: Weights, development: Development) -> tuple[Weights, Weights]:
    """Both models with their blends.

    The Nordic weights know nothing of the development set: all of it, less the folds that the cautious model
    is measured on, can blend them; not one or two words, which mostly are right in several of the four. The
    family weights must be blended on what they were not learned from.
    """
    sums, tags = add_up(cautious, development)
    seen = ~np.isin(development.folds, HELD_OUT)
    enough = np.array([row["condition"] != SHORT for row in development.rows])

    def chosen(rows: NDArray[np.bool_]) -> tuple[Sums, list[str]]:
        return _rows(sums, rows), [tag for tag, row in zip(tags, rows, strict=True) if row]

    measured = fit_nordic_blend(cautious, *chosen(seen & enough))
    whole = fit_nordic_blend(cautious, *chosen(enough))
    family = fit_blend(measured, *chosen(~seen))
    return (
        replace(measured, blend=family.blend),
        replace(final, blend=family.blend, nordic_blend=whole.nordic_blend),
    )


def add_up(weights: Weights, development: Development) -> tuple[Sums, list[str]]:
    """The sums and the tags of the texts of the development set."""
    parts = [sum_text(weights, row["text"]) for row in development.rows]
    nordic = np.concatenate([part.read_nordic() for part in parts])
    sums = Sums(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("background", "family", "counts")
        ),
        lambda: nordic,
    )
    return sums, development.tags


def sum_text(weights: Weights, text: str) -> Sums:
    """The sums of a whole text."""
    words = read_words(text) or [""]
    return WordSums(weights, words).over(np.array([0]), np.array([len(words)]))


if __name__ == "__main__":
    main()

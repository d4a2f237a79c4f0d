"""Learn what fields of words, and words, say about the kind of a letter; see docs/decisions/checklist.md.

    python -m models.training.letter_kinds.fit [--write]

Read are the ``seen`` good letters, drafts and openings of tests/golden, and both versions of the letters of
tests/letters; the holdouts never. Logistic regression over all kinds at once. A field weighs the same in all
languages. A word weighs what it does in its own language, and what the English word does that it mostly is
(models/lexicons), so that each language learns from the letters of the others. Cross-validation leaves out an
eighth of each file, the same places in all of them, since some letters were written side by side. Without
--write, it only says what that reaches. Needs the training extra (scikit-learn).
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft
from replyassist.plainlanguage import letter_kind
from replyassist.plainlanguage.analysis import analyse
from replyassist.plainlanguage.letter_kind import LEAST_LIKELY, NONE, Cues, features, read_lines, stems
from replyassist.profiles import load_letter_kinds
from replyassist.translation.lexicon import load_lexicon

ROOT = Path(__file__).parents[3]
GOLDEN, LETTERS = ROOT / "tests" / "golden", ROOT / "tests" / "letters"
WEIGHTS = ROOT / "replyassist" / "plainlanguage" / "kind_weights.toml"
WORDS = ROOT / "models" / "letter_kinds"
FOLDS = 8
# Texts that a field, and a word, must stand in.
FEWEST, FEWEST_OF_A_WORD = 5, 3
LOOSENESS = 160.0  # how little the weights are drawn to zero (C of scikit-learn)
OF_A_FIELD = 0.5  # what a field is worth beside a word: its weight is drawn to zero the more
OF_AN_OPENING = 0.2  # what an opening weighs in the likelihood beside a whole letter, which says more
LEAST_WEIGHT, LEAST_OF_A_WORD = 0.05, 0.15  # what is less is left out: it decides nothing
ENGLISH = "en"
MARKS = letter_kind.OPENS + letter_kind.DENIED

Array = np.ndarray


class Example(NamedTuple):
    """A letter, or how one opens, with what it may be called, the best first; parallel texts share a fold."""

    language: str
    kinds: tuple[str, ...]
    fold: int
    source: str
    features: frozenset[str]
    stems: frozenset[str]


class Columns(NamedTuple):
    """What has a weight: fields, words of a language (its tag, the stem), and English words for all."""

    fields: dict[str, int]
    words: dict[tuple[str, str], int]
    shared: dict[str, int]


def read_examples() -> Iterator[Example]:
    """All that may be learnt from."""
    openings = tomllib.loads((GOLDEN / "letter_kinds.toml").read_text(encoding="utf-8"))
    for tag in languages.available():
        language = languages.load(tag)
        cues = Cues.compile(language)
        for kinds, number, source, text in texts(tag, openings[tag]):
            draft = Draft(text, tag, blocks=find_structure(text, language))
            lines = read_lines(analyse(draft, language), cues)
            found, words = features(lines, cues), stems(lines, tag)
            yield Example(tag, tuple(kinds), number % FOLDS, source, frozenset(found), frozenset(words))


def texts(tag: str, openings: dict[str, list[str]]) -> Iterator[tuple[list[str], int, str, str]]:
    """Kinds, place, source and text of all examples of a language."""
    good = tomllib.loads((GOLDEN / "good_letters" / f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    yield from (([letter["kind"]], i, "good", letter["text"]) for i, letter in enumerate(good))
    drafts = tomllib.loads((GOLDEN / "drafts" / f"{tag}.toml").read_text(encoding="utf-8"))["seen"]
    yield from ((draft["kinds"], i, "draft", draft["text"]) for i, draft in enumerate(drafts))
    for kind, several in openings.items():
        yield from (([kind], i, "opening", text) for i, text in enumerate(several))
    for i, facts in enumerate(sorted(LETTERS.glob(f"{tag}/*/letter.toml"))):
        kind = tomllib.loads(facts.read_text(encoding="utf-8"))["kind"]
        for version in ("today", "plain"):
            yield [kind], i, version, facts.with_name(f"{version}.txt").read_text(encoding="utf-8")


def english_of(tag: str) -> dict[str, str]:
    """Stem -> the English stem that it mostly is."""
    lexicon = load_lexicon(tag, ENGLISH)
    wordings = lexicon.wordings if lexicon else {}
    return {word: others.partition(" ")[0] for word, others in wordings.items()}


def shared_stem(tag: str, word: str, english: dict[str, dict[str, str]]) -> str:
    """The English stem of a word, with its mark; empty where none is known."""
    bare, mark = (word[:-1], word[-1]) if word[-1] in MARKS else (word, "")
    known = bare if tag == ENGLISH else english[tag].get(bare, "")
    return known + mark if known else ""


def columns(examples: Sequence[Example], english: dict[str, dict[str, str]]) -> Columns:
    """What stands in enough texts."""
    fields = Counter(feature for e in examples for feature in e.features)
    words = Counter((e.language, word) for e in examples for word in e.stems)
    shared = Counter(
        known for e in examples for known in {shared_stem(e.language, w, english) for w in e.stems} - {""}
    )
    kept = (
        sorted(fields[0] for fields in counted.items() if fields[1] >= fewest)
        for counted, fewest in ((fields, FEWEST), (words, FEWEST_OF_A_WORD), (shared, FEWEST_OF_A_WORD))
    )
    return Columns(*({name: i for i, name in enumerate(names)} for names in kept))


def matrix(examples: Sequence[Example], of: Columns, english: dict[str, dict[str, str]]) -> sparse.csr_matrix:
    """One row an example: 1 / sqrt(their number) for each word that it has, and half of that for fields."""
    entries: Counter[tuple[int, int]] = Counter()
    after_fields, after_words = len(of.fields), len(of.fields) + len(of.words)
    for row, e in enumerate(examples):
        for feature in e.features & of.fields.keys():
            entries[row, of.fields[feature]] = OF_A_FIELD / math.sqrt(len(e.features))
        for word in e.stems:
            each = 1 / math.sqrt(len(e.stems))
            if (place := of.words.get((e.language, word))) is not None:
                entries[row, after_fields + place] += each
            if (place := of.shared.get(shared_stem(e.language, word, english))) is not None:
                entries[row, after_words + place] += each
    rows, places = zip(*entries, strict=True)
    shape = len(examples), after_words + len(of.shared)
    return sparse.csr_matrix((list(entries.values()), (rows, places)), shape=shape)


def fit(rows: sparse.csr_matrix, kinds: Array, shares: Array) -> LogisticRegression:
    """The regression; ``shares`` says what each example weighs in it, shape (examples,)."""
    return LogisticRegression(C=LOOSENESS, max_iter=1000).fit(rows, kinds, sample_weight=shares)


def word_weights(
    tag: str, of: Columns, w: Array, english: dict[str, dict[str, str]]
) -> tuple[list[str], Array]:
    """The stems of a language that weigh anything, and what, own and shared, shape (stems, kinds)."""
    own, shared = w[len(of.fields) :], w[len(of.fields) + len(of.words) :]
    bare = [word for language, word in of.words if language == tag and word[-1] not in MARKS]
    known = {*bare, *english[tag], *(s.rstrip(MARKS) for s in of.shared if tag == ENGLISH)}
    names, rows = [], []
    for word in sorted(f"{stem}{mark}" for stem in known for mark in ("", *MARKS)):
        total = np.zeros(w.shape[1])
        if (place := of.words.get((tag, word))) is not None:
            total += own[place]
        if (place := of.shared.get(shared_stem(tag, word, english))) is not None:
            total += shared[place]
        if np.abs(total).max() >= LEAST_OF_A_WORD:
            names.append(word)
            rows.append(total)
    return names, np.array(rows, dtype=np.float16)


def main() -> None:
    """Cross-validate, fit on everything, and write the weights when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    examples = list(read_examples())
    english = {tag: english_of(tag) for tag in languages.available()}
    of = columns(examples, english)
    kinds = [*load_letter_kinds(), NONE]
    rows, wanted = matrix(examples, of, english), np.array([kinds.index(e.kinds[0]) for e in examples])
    folds = np.array([e.fold for e in examples])
    shares = np.array([OF_AN_OPENING if e.source == "opening" else 1.0 for e in examples])
    unseen = np.zeros((len(examples), len(kinds)))
    for fold in range(FOLDS):
        left = folds != fold
        unseen[~left] = fit(rows[left], wanted[left], shares[left]).predict_proba(rows[~left])
    best, sure = unseen.argmax(axis=1), unseen.max(axis=1) >= LEAST_LIKELY
    right = np.array([kinds[place] in e.kinds for place, e in zip(best, examples, strict=True)])
    said = sure & (best != kinds.index(NONE))
    print(f"{len(examples)} texts, {len(of.fields)} fields, {len(of.words)} words, {len(of.shared)} shared")
    for name, of_example in (
        ("", lambda e: e.source),
        ("drafts", lambda e: e.language),
        ("drafts", lambda e: e.kinds[0]),
    ):
        groups = np.array([of_example(e) if name in ("", f"{e.source}s") else "" for e in examples])
        for group in dict.fromkeys(groups[groups != ""]):
            among = groups == group
            print(
                f"{name} {group} ({among.sum()}): likeliest right {right[among].mean():.0%},",
                f"told right {(said & right)[among].mean():.0%}, wrong {(said & ~right)[among].mean():.0%}",
            )
    model = fit(rows, wanted, shares)
    print(f"of the texts learnt from, right: {model.score(rows, wanted):.1%}")
    if write:
        w = model.coef_.T
        WEIGHTS.write_text(document(of, kinds, w, model.intercept_), encoding="utf-8")
        WORDS.mkdir(exist_ok=True)
        for tag in languages.available():
            names, weights = word_weights(tag, of, w, english)
            np.savez_compressed(WORDS / f"{tag}.npz", stems=np.array(" ".join(names)), weights=weights)
            print(tag, len(names))


def document(of: Columns, kinds: list[str], w: Array, bias: Array) -> str:
    """The kind_weights.toml of a fit."""
    lines = [
        "# What each field of words adds to each kind; made by models/training/letter_kinds/fit.py.\n",
        f"kinds = {kinds}".replace("'", '"'),
        f"bias = {[round(float(x), 2) for x in bias]}\n",
        "[weights]",
    ]
    for name, place in of.fields.items():
        weight = OF_A_FIELD * w[place]
        if np.abs(weight).max() >= LEAST_WEIGHT:
            lines.append(f'"{name}" = {[round(float(x), 2) for x in weight]}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

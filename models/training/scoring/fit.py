"""Fit the weights of the readability score on the letters of this repository; see docs/decisions/scoring.md.

    python models/training/scoring/fit.py [--write]

Pairs: each letter before and after, and its sentences, each sentence of today's letter with those of the
plain one that say the same (aligned by the words and numbers they share); and the harder pairs of
tests/pairs, where the plain version is often the longer one. The holdout of neither is ever read. A pair
is a difference of measures; logistic regression on differences finds the weights under the constraint that
every measure counts against the harder text. Each pair is used twice, once without the words that our own
lists know: a letter from elsewhere uses words that no list has, and the other measures must carry it.
Cross-validation leaves out a language.
"""

from __future__ import annotations

import argparse
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from replyassist import languages
from replyassist.domain import Draft, Identification
from replyassist.plainlanguage import Assessor
from replyassist.plainlanguage.measures import Tally, lix
from replyassist.plainlanguage.scoring import features
from replyassist.profiles import load_profiles
from replyassist.text.sentences import split_sentences

ROOT = Path(__file__).parents[3]
LETTERS = ROOT / "tests" / "letters"
HARD_PAIRS = ROOT / "tests" / "pairs"
SCORING = ROOT / "replyassist" / "plainlanguage" / "scoring.toml"
STEM = 5  # letters by which words of the two versions are held to be the same
ENOUGH_SHARED = 0.22  # cosine over which two sentences say the same
FEWEST_WORDS = 5
STEPS, RATE = 6000, 0.05
# Our pairs are rewritten boldly and win by many measures at once, so they leave the weights open; what is
# known of published pairs decides then. Frequency wins most often there, then length of words; words per
# sentence less often than chance. So lengths may weigh little, whatever our own pairs say, and so may what
# every plain version of ours does and others may not: address the reader (docs/decisions/scoring.md).
PRIOR = {
    "rare": 0.9, "unfamiliar": 0.9, "office": 1.0, "zipf": 0.5, "content-zipf": 0.5, "long": 0.3,
    "length": 0.25, "jargon": 0.6, "nominal": 0.3, "passive": 0.5, "reader": 0.4, "laws": 0.1,
    "sentences": 0.05,
}  # fmt: skip
TRUST_IN_PRIOR = 0.03
MOST = {"sentences": 0.1, "long": 0.3, "length": 0.3, "reader": 0.6, "passive": 0.7}
LEAST = {"laws": 0.1}  # plain letters keep their references to law, but a chain of them is hard to read
IMPORTANCE = {"letter": 2.0, "hard": 2.0, "sentence": 1.0}
MIDDLE_OF_TODAY, MIDDLE_OF_PLAIN = 35.0, 70.0  # where the medians of the two versions shall lie on the scale

Array = np.ndarray


@dataclass(frozen=True)
class Pair:
    """The same said twice: features of the harder and of the easier version."""

    language: str
    level: str  # letter, sentence or hard
    harder: dict[str, float]
    easier: dict[str, float]
    is_listless: bool
    lix_loses: bool


def sentences_of(text: str, tag: str) -> list[str]:
    """The full sentences of a letter: no headings, addresses or signatures."""
    flat = text.replace("\r\n", "\n")
    found = (span.of(flat).replace("\n", " ") for span in split_sentences(flat, languages.load(tag)))
    return [s for s in found if s[-1] in ".!?" and len(s.split()) >= FEWEST_WORDS]


def align(today: list[str], plain: list[str]) -> list[tuple[str, str]]:
    """Each sentence of today with the plain ones that share most with it, joined."""
    bags = [Counter(w[:STEM] for w in re.findall(r"\w+", s.lower())) for s in today + plain]
    spread = Counter(stem for bag in bags for stem in bag)
    rarity = {stem: math.log(len(bags) / n) for stem, n in spread.items()}

    def similarity(a: Counter[str], b: Counter[str]) -> float:
        norm = math.prod(math.sqrt(sum(rarity[s] ** 2 for s in bag)) for bag in (a, b))
        return sum(rarity[s] ** 2 for s in a if s in b) / norm if norm else 0.0

    partners: defaultdict[int, list[str]] = defaultdict(list)
    for sentence, bag in zip(plain, bags[len(today) :], strict=True):
        scores = [similarity(bag, other) for other in bags[: len(today)]]
        best = max(range(len(today)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= ENOUGH_SHARED:
            partners[best].append(sentence)
    return [(today[i], " ".join(several)) for i, several in sorted(partners.items())]


def read_texts(letters: Path, hard: Path, part: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Language, level, audience and both versions of all pairs: letters, their sentences, and hard pairs."""
    for letter in sorted(letters.glob("??/*/letter.toml")):
        facts = tomllib.loads(letter.read_text(encoding="utf-8"))
        tag = facts["language"]
        today, plain = (
            sentences_of(letter.with_name(f"{version}.txt").read_text("utf-8"), tag)
            for version in ("today", "plain")
        )
        yield tag, "letter", facts["audience"], " ".join(today), " ".join(plain)
        for pair in align(today, plain):
            yield tag, "sentence", facts["audience"], *pair
    for file in sorted(hard.glob("*.toml")):
        for pair in tomllib.loads(file.read_text(encoding="utf-8"))[part]:
            yield file.stem, "hard", "layperson", pair["today"], pair["plain"]


def read_pairs(assessor: Assessor) -> list[Pair]:
    """All pairs that may be learned from, each with and without the words of our own lists."""
    pairs = []
    for tag, level, audience, *texts in read_texts(LETTERS, HARD_PAIRS, "seen"):
        today, plain = (count(assessor, text, tag, audience) for text in texts)
        misled = lix(plain) >= lix(today)
        for is_listless in (False, True):
            harder, easier = (
                features(tally._replace(jargon=0) if is_listless else tally) for tally in (today, plain)
            )
            pairs.append(Pair(tag, level, harder, easier, is_listless, misled))
    return pairs


def count(assessor: Assessor, text: str, tag: str, audience: str) -> Tally:
    """What the score is made of, of a text of one paragraph."""
    return assessor.count(Draft(text, tag, audience), Identification(tag, 1.0))


def matrix(pairs: list[Pair], names: list[str], spread: Array) -> Array:
    """Differences harder - easier, one row a pair, in spreads."""
    return np.array([[(p.harder[n] - p.easier[n]) for n in names] for p in pairs]) / spread


def fit(differences: Array, importance: Array, names: list[str]) -> Array:
    """Weights under which the harder version scores as harder, drawn to the prior, none negative.

    Projected gradient descent on the logistic loss.
    """
    prior = np.array([PRIOR[name] for name in names])
    most = np.array([MOST.get(name, np.inf) for name in names])
    least = np.array([LEAST.get(name, 0.0) for name in names])
    w = prior
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(np.clip(differences @ w, -30, 30)))
        gradient = -(differences * (wrong * importance)[:, None]).sum(axis=0) / importance.sum()
        w = np.clip(w - RATE * (gradient + TRUST_IN_PRIOR * (w - prior)), least, most)
    return w


def main() -> None:
    """Cross-validate, fit on everything, and write the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    pairs = read_pairs(Assessor.load(profiles=load_profiles()))
    names = list(pairs[0].harder)
    sides = [values for p in pairs if p.level != "letter" for values in (p.harder, p.easier)]
    values = np.array([[side[n] for n in names] for side in sides])
    centre, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    rows = matrix(pairs, names, spread)
    importance = np.array([IMPORTANCE[p.level] for p in pairs])
    groups = {
        "letters": np.array([p.level == "letter" and not p.is_listless for p in pairs]),
        "sentences": np.array([p.level == "sentence" and not p.is_listless for p in pairs]),
        "hard": np.array([p.level == "hard" and not p.is_listless for p in pairs]),
        "without lists": np.array([p.level != "letter" and p.is_listless for p in pairs]),
        "where LIX loses": np.array([p.lix_loses and p.is_listless for p in pairs]),
    }
    for number, name in enumerate(names):
        alone = (f"{label} {(rows[of, number] > 0).mean():.0%}" for label, of in groups.items())
        print(f"{name:14} alone wins", ", ".join(alone))
    wins = np.zeros(len(pairs), bool)  # each language under weights that never saw it
    tags = np.array([p.language for p in pairs])
    for tag in sorted(set(tags)):
        own = tags == tag
        wins[own] = rows[own] @ fit(rows[~own], importance[~own], names) > 0
    for tag in (*sorted(set(tags)), "all"):
        own = (tags == tag) | (tag == "all")
        shares = (
            f"{label} {wins[own & of].mean():.1%} of {(own & of).sum()}" for label, of in groups.items()
        )
        print(f"{tag} left out:", ", ".join(shares))
    w = fit(rows, importance, names)
    print({name: round(float(x), 3) for name, x in zip(names, w, strict=True)})
    if write:
        SCORING.write_text(document(pairs, names, w, centre, spread), encoding="utf-8")


def document(pairs: list[Pair], names: list[str], w: Array, centre: Array, spread: Array) -> str:
    """The scoring.toml of a fit: the weights, and the scale on which both medians lie where they shall."""

    def hardness(values: dict[str, float]) -> float:
        row = np.array([values[n] for n in names])
        return float(((row - centre) / spread) @ w)

    letters = [p for p in pairs if p.level == "letter" and not p.is_listless]
    logit = {points: math.log(points / (100 - points)) for points in (MIDDLE_OF_TODAY, MIDDLE_OF_PLAIN)}
    middles = {}
    for tag in sorted({p.language for p in letters}):
        own = [p for p in letters if p.language == tag]
        middles[tag] = [
            float(np.median([hardness(getattr(p, v)) for p in own])) for v in ("harder", "easier")
        ]
    distance = float(np.mean([harder - easier for harder, easier in middles.values()]))
    slope = (logit[MIDDLE_OF_PLAIN] - logit[MIDDLE_OF_TODAY]) / distance
    centre_of_scale = -(logit[MIDDLE_OF_PLAIN] + logit[MIDDLE_OF_TODAY]) / 2 / slope
    lines = [
        "# How the score of a text is made of its measures: fitted by models/training/scoring/fit.py on the",
        "# letters of tests/letters (docs/decisions/scoring.md). Each measure is in the direction that",
        "# higher is harder, less its centre, over its spread, times its weight.",
        "[measures]",
    ]
    for name, weight, middle, width in zip(names, w, centre, spread, strict=True):
        lines.append(f"{name} = {{ weight = {weight:.4f}, centre = {middle:.4f}, spread = {width:.4f} }}")
    lines += ["", "[scale]", f"slope = {slope:.4f}", "", "# Where the middle of a language lies.", "[shift]"]
    for tag, (harder, easier) in middles.items():
        lines.append(f"{tag} = {centre_of_scale - (harder + easier) / 2:.4f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

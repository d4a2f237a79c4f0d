"""One score per audience, 0-100, higher is easier: how familiar, short, direct and active a text is.

The score is a logistic curve over a weighted sum of measures, so it is continuous and each point of it can be
traced to a measure. The weights are data (scoring.toml); docs/decisions/scoring.md says how they were found.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from replyassist.plainlanguage.measures import Tally

# Lower limits of the bands, in points.
BANDS = ((80, "very-easy"), (65, "easy"), (50, "medium"), (35, "hard"), (0, "very-hard"))
MOST = 60.0  # where the curve is flat anyway; keeps exp from overflowing


@dataclass(frozen=True, slots=True)
class Weight:
    """What a measure contributes: ``weight`` for each ``spread`` over ``centre``."""

    weight: float
    centre: float
    spread: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of all measures, and the slope of the curve over their sum."""

    weights: Mapping[str, Weight]
    slope: float
    shift: float = 0.0

    def score(self, tally: Tally) -> float:
        """Points (0-100) of a text with at least one rated word."""
        total = min(MOST, max(-MOST, self.slope * self.hardness(tally)))
        return 100 / (1 + math.exp(total))

    def hardness(self, tally: Tally) -> float:
        """The weighted sum; 0 is a text of middling difficulty."""
        return sum(self.parts(tally).values()) + self.shift

    def parts(self, tally: Tally) -> dict[str, float]:
        """What each measure adds to the hardness; negative where the text is easier than middling."""
        values = features(tally)
        return {
            name: weight.weight * (values[name] - weight.centre) / weight.spread
            for name, weight in self.weights.items()
        }


def features(tally: Tally) -> dict[str, float]:
    """The measures of the score, each higher for a harder text; shares in per cent of words."""
    words, rated, content = max(tally.words, 1), max(tally.rated, 1), max(tally.content, 1)
    return {
        "rare": 100 * tally.rare / rated,
        "unfamiliar": tally.unfamiliar / rated,
        "office": tally.office / rated,
        "zipf": -tally.zipf / rated,
        "content-zipf": -tally.content_zipf / content,
        "long": 100 * tally.long_words / words,
        "length": tally.letters / words,
        "jargon": 100 * tally.jargon / words,
        "nominal": 100 * tally.nominalisations / words,
        "passive": 100 * tally.passives / words,
        "reader": -100 * tally.reader / words,
        "laws": 100 * tally.laws / words,
        "sentences": tally.burden / words,
    }


def band_of(points: float) -> str:
    """The band of a score, as a stable key."""
    return next(band for limit, band in BANDS if points >= limit)


def read_scale(language: str) -> Scale:
    """The scale of a language; languages differ only in where their middle lies."""
    data = tomllib.loads(files(__package__).joinpath("scoring.toml").read_text(encoding="utf-8"))
    weights = {name: Weight(**values) for name, values in data["measures"].items()}
    return Scale(weights, data["scale"]["slope"], data.get("shift", {}).get(language, 0.0))

"""The scores of an assessment: each measure against the audience's target, or why it can't be had."""

from __future__ import annotations

from replyassist.domain import AudienceProfile, NotScored, Score
from replyassist.plainlanguage.analysis import Analysis
from replyassist.plainlanguage.measures import Tally, lix, nominal_ratio, ovix, reading_time, rix
from replyassist.plainlanguage.scoring import Scale, band_of
from replyassist.plainlanguage.tagging import Tag

FEWEST_WORDS = 2  # under it there is nothing to score
FEWEST_FOR_VARIATION = 50  # OVIX of a few words says nothing about a text
LIX_BANDS = ("very-easy", "easy", "medium", "hard", "very-hard")
OVER_TARGET = 1.25  # up to a quarter over its target a measure is medium


def score_text(tally: Tally, scale: Scale, profile: AudienceProfile) -> Score | NotScored:
    """The score of the text for its audience, 0-100, higher is easier."""
    if tally.rated < FEWEST_WORDS:
        return NotScored("score", "too-short")
    points = scale.score(tally)
    return Score("score", points, profile.targets.get("score"), band_of(points))


def score_measures(
    analysis: Analysis, tally: Tally, profile: AudienceProfile, *, tags: dict[int, Tag] | None
) -> tuple[Score | NotScored, ...]:
    """All measures, in a fixed order; those that need parts of speech are not scored without tags."""
    measures = ("lix", "rix", "sentence-length", "long-words", "rare-words", "jargon", "subordinate-clauses")
    if tally.rated < FEWEST_WORDS or not tally.sentences:
        names = (*measures, "passives", "nominal-ratio", "ovix", "reading-time")
        return tuple(NotScored(name, "too-short") for name in names)
    values: dict[str, float | None] = {
        "lix": lix(tally),
        "rix": rix(tally),
        "sentence-length": tally.words / tally.sentences,
        "long-words": 100 * tally.long_words / tally.words,
        "rare-words": 100 * tally.rare / tally.rated,
        "jargon": 100 * tally.jargon / tally.words,
        "subordinate-clauses": tally.subordinators / tally.sentences,
        "passives": 100 * tally.passives / tally.words if tags else None,
        "nominal-ratio": _nominal_ratio(analysis, tags),
        "ovix": _ovix(analysis, tally),
        "reading-time": reading_time(tally),
    }
    reasons = {"ovix": "too-short"}
    return tuple(
        NotScored(name, reasons.get(name, "no-parts-of-speech"))
        if value is None
        else Score(name, value, profile.targets.get(name), _band(name, value, analysis, profile))
        for name, value in values.items()
    )


def _band(name: str, value: float, analysis: Analysis, profile: AudienceProfile) -> str:
    limits = analysis.language.bands.get(name)
    if limits:
        return LIX_BANDS[sum(value >= limit for limit in limits)]
    target = profile.targets.get(name)
    if target is None:
        return "no-target"
    if value <= target:
        return "easy"
    return "medium" if value <= OVER_TARGET * target else "hard"


def _nominal_ratio(analysis: Analysis, tags: dict[int, Tag] | None) -> float | None:
    if not tags:
        return None
    words = (word for sentence in analysis.running_text for word in sentence.words)
    return nominal_ratio(tags[word.start].pos for word in words if word.start in tags)


def _ovix(analysis: Analysis, tally: Tally) -> float | None:
    if tally.words < FEWEST_FOR_VARIATION:
        return None
    return ovix([word.form for sentence in analysis.running_text for word in sentence.words])

"""The measures as a small plot: for each, where the text was, where it is and where its target lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replyassist.plots import Scale
from replyassist.service.api.schemas import AssessmentOut

WIDTH = 200  # units of the drawing, from 0 to the end of the scale
HEADROOM = 2.0  # the scale ends at twice the target, or at what goes beyond


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure; places are units of the drawing, from its left edge."""

    measure: str
    value: float
    before: float | None
    target: float
    value_at: float
    before_at: float | None
    target_at: float
    reached: bool
    higher_is_better: bool


def plot_measures(assessment: AssessmentOut, before: Mapping[str, float]) -> tuple[Bar, ...]:
    """The measures that have a target, the score first."""
    scores = (assessment.score, *assessment.measures)
    return tuple(
        _bar(s.measure, s.value, s.target, before.get(s.measure), s is assessment.score)
        for s in scores
        if s.value is not None and s.target
    )


def _bar(measure: str, value: float, target: float, before: float | None, is_score: bool) -> Bar:
    scale = Scale(0.0, 100.0 if is_score else max(HEADROOM * target, value, before or 0.0), WIDTH)
    changed = before if before is not None and round(before, 1) != round(value, 1) else None
    reached = value >= target if is_score else value <= target
    return Bar(
        measure=measure,
        value=value,
        before=changed,
        target=target,
        value_at=scale.place(value),
        before_at=None if changed is None else scale.place(changed),
        target_at=scale.place(target),
        reached=reached,
        higher_is_better=is_score,
    )

"""An assessment as lines of text, in the form that editors jump to: file:line:column."""

from __future__ import annotations

from bisect import bisect_right

from replyassist.batch.wording import wording
from replyassist.domain import Assessment, Finding, NotScored, Score, Span

LONGEST_QUOTE = 60


def report(name: str, text: str, assessment: Assessment, ui_language: str) -> str:
    """The findings of a letter in order of place, then its measures.

    Args:
        name: the file that the letter was read from.
        text: the letter.
        ui_language: that of the findings' messages.
    """
    words = wording(ui_language)
    starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
    lines = [_line(name, text, starts, finding, words) for finding in assessment.findings]
    measures = "  ".join(_measure(s) for s in assessment.scores if isinstance(s, Score))
    language = assessment.identification.language
    kind = assessment.letter_kind or "letter"
    head = f"{name}: {_score(assessment.score, words)}  {language}, {assessment.audience}, {kind}"
    return "\n".join([*lines, head, f"{name}: {measures}"] if measures else [*lines, head])


def _line(name: str, text: str, starts: list[int], finding: Finding, words: dict[str, str]) -> str:
    row = bisect_right(starts, finding.span.start)
    column = finding.span.start - starts[row - 1] + 1
    changes = " | ".join(suggestion.replacement for suggestion in finding.suggestions)
    quote = _quote(text, finding.span)
    return (
        f"{name}:{row}:{column}: {words[f'severity.{finding.severity}']}: {finding.message} [{finding.rule}]"
        + (f"\n    {quote} -> {changes}" if changes else "")
        + (f"  (+{finding.gain:.1f})" if changes and finding.gain >= 0.05 else "")
    )


def _quote(text: str, span: Span) -> str:
    words = " ".join(span.of(text).split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _score(score: Score | NotScored, words: dict[str, str]) -> str:
    return (
        f"{words['not-scored']} ({score.reason})"
        if isinstance(score, NotScored)
        else f"{score.value:.0f}/100 ({score.band})"
    )


def _measure(score: Score) -> str:
    over = "!" if score.target is not None and score.value > score.target else ""
    return f"{score.measure} {score.value:.1f}{over}"

"""From what rules found to what a caseworker reads: order, messages, gains, the three that help most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from replyassist.domain import Finding, Suggestion
from replyassist.languages import Language
from replyassist.plainlanguage.analysis import WRITTEN_BY_SENDER, Analysis, find_words
from replyassist.plainlanguage.intervals import Intervals
from replyassist.plainlanguage.measures import Counter, Tally
from replyassist.plainlanguage.rules.match import Change, Match
from replyassist.plainlanguage.scoring import Scale

TOP = 3
# A part that is missing changes no word, so it has no gain; its place among the fixes comes from its gravity.
GRAVITY = {"error": 100.0, "warning": 1.0, "advice": 0.0}
# What is said of a word for which there is no other to offer.
NO_REPLACEMENT = "plainer"
RULES = frozenset({"phrase", "pattern"})
WORDINGS = RULES | {"term", "nominalisation"}


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding, and whether its first suggestion may be applied unseen."""

    finding: Finding
    is_safe: bool


def settle(matches: Iterable[Match], analysis: Analysis) -> list[Match]:
    """Matches in order of place: those on locked text or outside the letter's own words are dropped.

    Of two wordings that overlap, the longer one stands; a rule goes before a term of the same length. A
    passive that a rule's suggestion does away with is not a matter of its own.
    """
    blocks = (block.span for block in analysis.blocks if block.kind in WRITTEN_BY_SENDER)
    allowed = Intervals((span.start, span.end) for span in blocks)
    locked = Intervals((span.start, span.end) for span in analysis.locked)
    kept: list[Match] = []
    taken = Intervals()
    rewritten = Intervals()
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.kind not in RULES, m.start)):
        if match.kind != "missing-part" and (
            locked.overlap(match.start, match.end) or not allowed.hold(match.start, match.end)
        ):
            continue
        if match.kind in WORDINGS:
            reach = _reach(match)
            if taken.overlap(*reach):
                continue
            taken.add(*reach)
            if match.changes and match.kind in RULES:
                rewritten.add(*reach)
        kept.append(match)
    return sorted(
        (m for m in kept if m.kind != "passive" or not rewritten.hold(m.start, m.end)),
        key=lambda m: (m.start, m.end, m.rule),
    )


def advise(
    matches: Sequence[Match], analysis: Analysis, tally: Tally, counter: Counter, scale: Scale, ui: Language
) -> list[Advice]:
    """A finding for each match, with its message and with what the score would win."""
    before = scale.score(tally) if tally.rated else None
    running_text = Intervals((sentence.start, sentence.end) for sentence in analysis.running_text)
    advice = []
    for match in matches:
        gain = 0.0
        if before is not None and match.kind != "missing-part":
            after = tally - match.relief
            # What an explanation says is not counted: its easy words would make it worth more than to divide
            # the longest sentence.
            if match.changes and not match.explains and running_text.overlap(match.start, match.start + 1):
                after += _effect(match.changes[0], analysis, counter)
            gain = max(0.0, scale.score(after) - before) if after.rated > 0 else 0.0
        finding = Finding(
            rule=match.rule,
            kind=match.kind,
            span=analysis.normal.to_original(match.start, match.end),
            severity=match.severity,
            message=fill(ui.messages, match),
            suggestions=tuple(
                Suggestion(analysis.normal.to_original(change.start, change.end), change.text)
                for change in match.changes
            ),
            gain=round(gain, 4),
            source=match.source,
        )
        advice.append(Advice(finding, match.is_safe and bool(match.changes)))
    return advice


def choose_top(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Indexes of the findings to mend first: one of each rule, three at most.

    A rule with a button counts with all its places, since a click mends each; one without counts once.
    """
    worth: dict[str, float] = {}
    first: dict[str, int] = {}
    for index, finding in enumerate(findings):
        gravity = GRAVITY[finding.severity] if finding.kind == "missing-part" else 0.0
        before = worth.get(finding.rule, 0.0) if finding.suggestions else 0.0
        worth[finding.rule] = max(worth.get(finding.rule, 0.0), before + finding.gain + gravity)
        first.setdefault(finding.rule, index)
    ranked = sorted(worth, key=lambda rule: (-worth[rule], first[rule]))
    return tuple(first[rule] for rule in ranked[:TOP])


def fill(messages: Mapping[str, str], match: Match) -> str:
    """The message of a match; a language without that message has none to show."""
    values = dict.fromkeys(("text", "plain", "definition", "count", "limit"), "") | match.parameters
    message = messages.get(match.message, "")
    if "{plain}" in message and not values["plain"]:
        message = messages.get(NO_REPLACEMENT, "")
    return message.format_map(values)


def _reach(match: Match) -> tuple[int, int]:
    """From the first to the last character that the match and the changes at its place touch.

    An explanation at the end of the sentence leaves what stands between alone.
    """
    here = [change for change in match.changes if change.start <= match.end and match.start <= change.end]
    return (
        min([match.start, *(change.start for change in here)]),
        max([match.end, *(change.end for change in here)]),
    )


def _effect(change: Change, analysis: Analysis, counter: Counter) -> Tally:
    """What a change does to the tally of the words."""
    old = find_words(analysis.flat, change.start, change.end, analysis.language)
    new = find_words(change.text, 0, len(change.text), analysis.language)
    return counter.count_words(new) - counter.count_words(old)

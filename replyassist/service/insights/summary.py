"""Counts made into what somebody wants to know: which rules help, which words still trip readers ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from replyassist.errors import InvalidParameter
from replyassist.service.insights.counting import known_rules
from replyassist.service.insights.schemas import (
    AnswersOut,
    DayOut,
    InsightsOut,
    LanguageCountOut,
    LettersOut,
    PairCountOut,
    RuleOut,
)
from replyassist.state.counts import Count, Counts, DayCount, Event, today

FEWEST = 5  # of one unit: a language met less often might tell who wrote
OTHER = "other"

T = TypeVar("T", str, tuple[str, str])
Sums = Mapping[tuple[str, str], Mapping[str, tuple[int, float]]]  # (language, subject): event: times, total


def tell(counts: Counts, first: date | None, last: date | None, unit: str | None) -> InsightsOut:
    """Everything that was counted from ``first`` to ``last``.

    Raises:
        InvalidParameter: the period ends before it begins.
        StateUnavailable.
    """
    begins, ends = max(first or counts.oldest(), counts.oldest()), last or today()
    if (first or begins) > ends:
        raise InvalidParameter("The period ends before it begins.", parameter="to")
    found = counts.read(begins, ends, unit)
    sums = _sum_up(found)
    few = FEWEST if unit else 1
    return InsightsOut(
        first=begins,
        last=ends,
        unit=unit,
        units=sorted({count.unit for count in found} - {""}),
        retention_days=counts.retention,
        rules=_tell_rules(sums),
        letters=_tell_letters(sums),
        messages=_tell_languages(sums, few),
        translated=_tell_pairs(sums, Event.TRANSLATED, few),
        refused=_tell_pairs(sums, Event.REFUSED, few),
        answers=_tell_answers(sums),
        days=_tell_days(counts.read_days(begins, ends, unit)),
    )


def _sum_up(found: Iterable[Count]) -> Sums:
    sums: dict[tuple[str, str], dict[str, tuple[int, float]]] = defaultdict(dict)
    for count in found:
        times, total = sums[count.language, count.subject].get(count.event, (0, 0.0))
        sums[count.language, count.subject][count.event] = (times + count.times, total + count.total)
    return sums


def _tell_rules(sums: Sums) -> list[RuleOut]:
    """Those that found most first."""
    rules = []
    for (language, rule), events in sums.items():
        found, accepted, rejected = (
            events.get(event, (0, 0.0))[0] for event in (Event.FOUND, Event.ACCEPTED, Event.REJECTED)
        )
        if found or accepted or rejected:
            word = known_rules().get(rule)
            rules.append(
                RuleOut(
                    rule=rule, language=language, word=word, found=found, accepted=accepted, rejected=rejected
                )
            )
    return sorted(rules, key=lambda r: (-r.found, -r.accepted - r.rejected, r.rule))


def _tell_letters(sums: Sums) -> list[LettersOut]:
    letters = []
    for (language, kind), events in sums.items():
        if not events.keys() & {Event.LETTER, Event.BEFORE}:
            continue
        read, scores = events.get(Event.LETTER, (0, 0.0))
        done, before = events.get(Event.BEFORE, (0, 0.0))
        gained = events.get(Event.IMPROVED, (0, 0.0))[1]
        letters.append(
            LettersOut(
                language=language,
                kind=kind or None,
                read=read,
                mean_score=_mean(scores, read),
                done=done,
                mean_before=_mean(before, done),
                mean_after=_mean(before + gained, done),
            )
        )
    return sorted(letters, key=lambda each: (-each.read - each.done, each.language, each.kind or ""))


def _tell_languages(sums: Sums, few: int) -> list[LanguageCountOut]:
    times = {
        language: events[Event.MESSAGE][0]
        for (language, _), events in sums.items()
        if Event.MESSAGE in events
    }
    merged = _merge(times, few, OTHER)
    return [LanguageCountOut(language=language, times=count) for language, count in merged]


def _tell_pairs(sums: Sums, event: Event, few: int) -> list[PairCountOut]:
    times = {pair: events[event][0] for pair, events in sums.items() if event in events}
    merged = _merge(times, few, (OTHER, OTHER))
    return [PairCountOut(source=pair[0], target=pair[1], times=count) for pair, count in merged]


def _merge(times: Mapping[T, int], few: int, rest: T) -> list[tuple[T, int]]:
    """Most frequent first; what is met fewer than ``few`` times goes together under ``rest``."""
    merged: dict[T, int] = defaultdict(int)
    for key, count in times.items():
        merged[key if count >= few else rest] += count
    return sorted(merged.items(), key=lambda item: (-item[1], str(item[0])))


def _tell_answers(sums: Sums) -> AnswersOut:
    events = sums.get(("", ""), {})
    answered, minutes = events.get(Event.ANSWERED, (0, 0.0))
    told, solved = events.get(Event.SOLVED, (0, 0.0))
    return AnswersOut(
        answered=answered, mean_minutes=_mean(minutes, answered), told=told, solved=round(solved)
    )


def _tell_days(found: Iterable[DayCount]) -> list[DayOut]:
    days: dict[date, dict[str, int]] = defaultdict(dict)
    for count in found:
        days[count.day][count.event] = count.times
    return [
        DayOut(
            day=day,
            letters=events.get(Event.LETTER, 0) + events.get(Event.BEFORE, 0),
            messages=events.get(Event.MESSAGE, 0),
            accepted=events.get(Event.ACCEPTED, 0),
            rejected=events.get(Event.REJECTED, 0),
            refused=events.get(Event.REFUSED, 0),
        )
        for day, events in days.items()
    ]


def _mean(total: float, times: int) -> float | None:
    return round(total / times, 1) if times else None

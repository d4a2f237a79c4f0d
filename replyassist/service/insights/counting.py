"""What is counted of each piece of work: languages, kinds of letters, rules and scores, never a text.

Everything that is counted under is from a closed set: our rules, our kinds of letters, the languages that the
Unicode CLDR names. What a caller makes up is refused, or counted as ``und``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from babel import Locale

from replyassist import languages
from replyassist.domain import Assessment, Reply, Score, Translation
from replyassist.errors import (
    InvalidParameter,
    LanguageNotSupported,
    ReplyassistError,
    TranslationUnavailable,
)
from replyassist.plainlanguage.rules.wording import term_id
from replyassist.service.access import find_unit
from replyassist.service.insights.schemas import FeedbackIn
from replyassist.service.runtime import runtime
from replyassist.state.counts import Event

UNDETERMINED = "und"
UNAVAILABLE = "translation-unavailable"


@cache
def known_rules() -> dict[str, str | None]:
    """Id of each rule that can find something -> the word that it is about, if it is about one."""
    rules: dict[str, str | None] = {}
    for tag in languages.available():
        language = languages.load(tag)
        rules.update((entry.id, None) for entry in language.rules)
        rules.update((f"{tag}.missing.{part}", None) for part in language.letter_parts)
        rules.update((term_id(term), term.lemma) for term in language.terms)
    return rules


def count_assessment(found: Assessment) -> None:
    """A draft was read."""
    tag, unit = known_tag(found.identification.language), find_unit()
    if isinstance(found.score, Score):
        _add(Event.LETTER, tag, found.letter_kind or "", total=found.score.value)
    for rule, times in Counter(finding.rule for finding in found.findings).items():
        runtime().state.counts.add(Event.FOUND, unit=unit, language=tag, subject=rule, times=times)


def count_translation(source: str, target: str, times: int = 1) -> None:
    """Texts were translated."""
    _add(Event.TRANSLATED, known_tag(source), known_tag(target), times=times)


def count_refusal(source: str | None, target: str | None) -> None:
    """A translation was wanted that can't be had."""
    _add(Event.REFUSED, known_tag(source), known_tag(target))


def count_reply(found: Reply) -> None:
    """A message, a draft, or both were read."""
    if found.message:
        _add(Event.MESSAGE, known_tag(found.message.language))
    if found.draft:
        count_assessment(found.draft)
    if found.translation:
        count_translation(found.translation.source, found.translation.target)
    for notice in found.notices:
        if notice.code == UNAVAILABLE:
            count_refusal(notice.parameters.get("source"), notice.parameters.get("target"))


def count_outcome(found: Translation | ReplyassistError, target: str | None = None) -> None:
    """A translation that was made, or one that could not be had for want of a language."""
    if isinstance(found, Translation):
        count_translation(found.source, found.target)
    elif isinstance(found, TranslationUnavailable):
        count_refusal(str(found.fields.get("source")), str(found.fields.get("target")))
    elif isinstance(found, LanguageNotSupported):
        count_refusal(str(found.fields.get("language")), target)


@contextmanager
def counting_refusals(target: str | None = None) -> Iterator[None]:
    """Count what can't be done in a language, and let the error go on."""
    try:
        yield
    except ReplyassistError as error:
        count_outcome(error, target)
        raise


def count_feedback(told: FeedbackIn) -> int:
    """Count what a caller tells; how many things that are.

    Raises:
        InvalidParameter: a rule, a kind of letter, a language or a unit is none of ours; nothing is counted.
    """
    counts, unit = runtime().state.counts, _read_unit(told.unit)
    _check(told)
    for verdict in told.verdicts:
        event = Event.ACCEPTED if verdict.accepted else Event.REJECTED
        tag = verdict.rule.partition(".")[0]
        counts.add(event, unit=unit, language=tag, subject=verdict.rule, times=verdict.times)
    if letter := told.letter:
        gained = letter.score_after - letter.score_before
        for event, points in ((Event.BEFORE, letter.score_before), (Event.IMPROVED, gained)):
            counts.add(event, unit=unit, language=letter.language, subject=letter.kind or "", total=points)
    if message := told.message:
        tag = known_tag(message.language)
        counts.add(Event.MESSAGE, unit=unit, language=tag)
        if message.missing_into:
            counts.add(Event.REFUSED, unit=unit, language=tag, subject=known_tag(message.missing_into))
    if told.minutes_to_answer is not None:
        counts.add(Event.ANSWERED, unit=unit, total=told.minutes_to_answer)
    if told.solved_at_first_contact is not None:
        counts.add(Event.SOLVED, unit=unit, total=float(told.solved_at_first_contact))
    once = (told.letter, told.message, told.minutes_to_answer, told.solved_at_first_contact)
    return sum(v.times for v in told.verdicts) + sum(each is not None for each in once)


@cache
def _named_languages() -> frozenset[str]:
    return frozenset(Locale("en").languages)


def known_tag(tag: str | None) -> str:
    """The tag of a language that has a name; ``und`` for everything else."""
    primary = (tag or "").lower().replace("_", "-").split("-")[0]
    return primary if primary in _named_languages() else UNDETERMINED


def _add(event: Event, language: str, subject: str = "", times: int = 1, total: float = 0.0) -> None:
    counts = runtime().state.counts
    counts.add(event, unit=find_unit(), language=language, subject=subject, times=times, total=total)


def _read_unit(told: str | None) -> str:
    if told is None:
        return find_unit()
    if told not in (*runtime().settings.units, find_unit()):
        raise InvalidParameter("The settings name no such unit.", parameter="unit")
    return told


def _check(told: FeedbackIn) -> None:
    if any(verdict.rule not in known_rules() for verdict in told.verdicts):
        raise InvalidParameter("There is no such rule.", parameter="rule")
    if told.letter and told.letter.language not in languages.available():
        raise InvalidParameter("Letters are not assessed in that language.", parameter="language")
    if told.letter and told.letter.kind is not None and told.letter.kind not in runtime().letter_kinds:
        raise InvalidParameter("There is no such kind of letter.", parameter="kind")

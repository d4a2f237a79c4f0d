"""Many texts at once: each pair of languages goes through its models together, each has its own outcome."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replyassist.domain import Span, Translation
from replyassist.errors import ReplyassistError, TimeLimitReached, TranslationUnavailable
from replyassist.translation.translator import Translator

# Code points that go through the models together: some letters fill their batches, and no more are lost when
# one of them is too slow.
PORTION = 10_000
TOO_LATE = "There was no time left for this text; send it again."

Outcome = Translation | ReplyassistError


@dataclass(frozen=True, slots=True)
class TranslationTask:
    """One text of many; the fields are the parameters of ``ReplyAssistant.translate``."""

    text: str
    target: str
    source: str | None = None
    locked: tuple[Span, ...] = ()


def translate_tasks(
    translator: Translator, tasks: Sequence[TranslationTask], sources: Sequence[str], deadline: float
) -> list[Outcome]:
    """The translation of each task, or the error that it alone would raise.

    Args:
        sources: the language of each task's text.
        deadline: what is not begun by then (on the monotonic clock, in seconds) fails with TimeLimitReached.
    """
    outcomes: dict[int, Outcome] = {}
    batches: dict[tuple[str, str], list[int]] = {}
    for i, (task, source) in enumerate(zip(tasks, sources, strict=True)):
        batches.setdefault((source, task.target), []).append(i)
    lengths = [len(task.text) for task in tasks]
    for (source, target), members in batches.items():
        for some in _portions(members, lengths, PORTION):
            if time.monotonic() > deadline:
                outcomes.update((i, TimeLimitReached(TOO_LATE)) for i in some)
                continue
            found = _translate_batch(translator, [tasks[i] for i in some], source, target)
            outcomes.update(zip(some, found, strict=True))
    return [outcomes[i] for i in range(len(tasks))]


def _translate_batch(
    translator: Translator, tasks: Sequence[TranslationTask], source: str, target: str
) -> Sequence[Outcome]:
    """The tasks in one batch; one that breaks it does not take the others down."""
    try:
        return translator.translate_many(
            [task.text for task in tasks], source, target, locked=[task.locked for task in tasks]
        )
    except (TranslationUnavailable, TimeLimitReached) as error:
        return [error] * len(tasks)  # trying each alone would take as long again
    except ReplyassistError as error:
        if len(tasks) == 1:
            return [error]
        return [_translate_batch(translator, [task], source, target)[0] for task in tasks]


def _portions(members: Sequence[int], lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """The members in order, in runs whose lengths together stay within the limit."""
    run: list[int] = []
    for member in members:
        if run and sum(lengths[i] for i in run) + lengths[member] > limit:
            yield run
            run = []
        run.append(member)
    if run:
        yield run

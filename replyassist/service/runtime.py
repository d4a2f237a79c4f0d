"""What every door needs at hand: the assistant, its settings and data read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Semaphore, Thread
from typing import cast

from flask import current_app

from replyassist import languages
from replyassist.assistant import ReplyAssistant
from replyassist.config import READING, TRANSLATION, Settings
from replyassist.domain import Draft, Severity
from replyassist.errors import ReplyassistError
from replyassist.service.capacity import TRANSLATIONS
from replyassist.service.errors import Overloaded
from replyassist.state.store import State

EXTENSION = "replyassist"


@dataclass(frozen=True, slots=True)
class Runtime:
    """The assistant behind an app; ``ready`` is set once its models are warm."""

    settings: Settings
    assistant: ReplyAssistant
    letter_kinds: Mapping[str, Mapping[str, Severity]]
    ready: Event
    state: State
    places: Semaphore = field(default_factory=lambda: Semaphore(TRANSLATIONS))

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Hold one of the places for translations.

        Raises:
            Overloaded: all are taken.
        """
        if not self.places.acquire(blocking=False):
            raise Overloaded("Too many translations at once.")
        try:
            yield
        finally:
            self.places.release()

    def warm(self) -> None:
        """Let models be read in the background, so that the first letter waits for none."""
        Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        try:
            if READING in self.settings.warm:
                warm_reading(self.assistant)
            if TRANSLATION in self.settings.warm:
                self.assistant.translator.warm()
        except ReplyassistError:
            return  # what is broken answers for itself when it is asked for; this server never gets ready
        self.ready.set()


def warm_reading(assistant: ReplyAssistant) -> None:
    """Let all that reads letters be loaded, by a sentence in each language."""
    for tag in languages.available():
        words = languages.load(tag)
        sentence = " ".join((*words.weekdays, *words.months)) + "."
        assistant.assess(Draft(sentence, language=tag), ui_language=tag)


def runtime() -> Runtime:
    """What the app that answers now has at hand."""
    return cast(Runtime, current_app.extensions[EXTENSION])

"""What every door needs at hand: the assistant, its settings and data read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event, Thread
from typing import cast

from flask import current_app

from replyassist import languages
from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.domain import Draft, Severity
from replyassist.errors import ReplyassistError

EXTENSION = "replyassist"


@dataclass(frozen=True, slots=True)
class House:
    """The assistant behind an app; ``ready`` is set once its models are warm."""

    settings: Settings
    assistant: ReplyAssistant
    letter_kinds: Mapping[str, Mapping[str, Severity]]
    ready: Event

    def warm(self) -> None:
        """Let models be read in the background, so that the first letter waits for none."""
        Thread(target=self._warm, name="warming", daemon=True).start()

    def _warm(self) -> None:
        try:
            for tag in languages.available():
                words = languages.load(tag)
                sentence = " ".join((*words.weekdays, *words.months)) + "."
                self.assistant.assess(Draft(sentence, language=tag), ui_language=tag)
            self.assistant.translator.warm()
        except ReplyassistError:
            return  # what is broken answers for itself when it is asked for; this server never gets ready
        self.ready.set()


def house() -> House:
    """The house of the app that answers now."""
    return cast(House, current_app.extensions[EXTENSION])

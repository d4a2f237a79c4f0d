"""Translating for whoever asks, through whichever door: within the places that there are, and counted."""

from __future__ import annotations

from pathlib import PurePath

from replyassist.domain import TranslatedDocument, Translation
from replyassist.errors import InvalidInput
from replyassist.service.insights.counting import count_translation, counting_refusals
from replyassist.service.runtime import runtime
from replyassist.translation.tasks import TranslationTask

FORMATS = (".docx", ".eml", ".htm", ".html", ".odt", ".pptx", ".txt")


class FormatNotWritten(InvalidInput):
    """The document is of a format that can be read at most."""

    code = "format-not-written"
    status = 415
    title = "Format cannot be written"


def translate_text(task: TranslationTask) -> Translation:
    """A text in another language.

    Raises: as :meth:`replyassist.assistant.ReplyAssistant.translate`, and Overloaded.
    """
    with counting_refusals(task.target), runtime().translating():
        made = runtime().assistant.translate(task.text, task.target, source=task.source, locked=task.locked)
    count_translation(made.source, made.target)
    return made


def translate_file(data: bytes, filename: str, source: str | None, target: str) -> TranslatedDocument:
    """The file in the language ``target``, in its own format, and what must be reviewed in it.

    Raises: as :meth:`replyassist.assistant.ReplyAssistant.translate_document`, FormatNotWritten, Overloaded.
    """
    if suffix_of(filename) not in FORMATS:
        raise FormatNotWritten
    with counting_refusals(target), runtime().translating():
        made = runtime().assistant.translate_document(data, target, source=source, filename=filename)
    count_translation(made.source, made.target)
    return made


def suffix_of(filename: str) -> str:
    """What a file's name says of its format, such as ``.docx``."""
    return PurePath(filename).suffix.lower()


def translated_name(filename: str, target: str) -> str:
    """The name of the translation of a file."""
    path = PurePath(filename)
    return f"{path.stem}_{target}{path.suffix.lower()}"

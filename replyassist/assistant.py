"""The house behind every door: one draft gives the same answer from the page, the API and the command
line."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from replyassist import languages
from replyassist.config import Settings, data_folder
from replyassist.documents import check_text, find_structure, read, rewrite
from replyassist.domain import (
    Assessment,
    AudienceProfile,
    BackTranslation,
    Draft,
    Identification,
    Notice,
    Reply,
    Simplification,
    Span,
    TranslatedDocument,
    Translation,
)
from replyassist.errors import (
    EmptyText,
    LanguageNotSupported,
    LanguageUnknown,
    NotRemembered,
    ReplyassistError,
    TextTooLong,
    TranslationUnavailable,
)
from replyassist.identification import Identifier
from replyassist.identification.written_forms import EITHER_FORM, compare_forms
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles
from replyassist.state.database import Database
from replyassist.state.memory import SegmentMemory, Writer
from replyassist.state.terms import StoredTerms
from replyassist.text.asking import find_all_asked
from replyassist.text.locks import find_locks
from replyassist.translation import Translator
from replyassist.translation.doubts import find_doubts
from replyassist.translation.tasks import Outcome, TranslationTask, translate_tasks
from replyassist.translation.termbase import Termbase
from replyassist.translation.tmx import Unit
from replyassist.translation.units import translate_units


@dataclass(frozen=True, slots=True)
class LanguageSupport:
    """What can be done in a language: ``targets`` are the languages that it can be translated into."""

    language: str
    name: str
    identified: bool
    assessed: bool
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyAssistant:
    """Identify, assess, simplify, translate, reply. Built once by :meth:`load`; safe between threads."""

    settings: Settings
    identifier: Identifier
    assessor: Assessor
    translator: Translator
    profiles: dict[str, AudienceProfile]
    memory: SegmentMemory | None = None
    terms: StoredTerms | None = None

    @classmethod
    def load(cls, settings: Settings | None = None) -> ReplyAssistant:
        """Read models and language data from disk.

        Raises:
            ConfigurationError, PackageError: something that is needed is missing or broken.
        """
        settings = settings or Settings.read()
        models = data_folder("models")
        profiles = load_profiles(Path(settings.profiles) if settings.profiles else None)
        identifier = Identifier.load(models / "identification", prior=settings.odds())
        database = Database(settings.database)
        memory = SegmentMemory(database) if settings.memory else None
        terms = StoredTerms(database, Termbase.of(settings))
        return cls(
            settings,
            identifier,
            Assessor.load(models=models, profiles=profiles),
            Translator.load(
                settings, models / "translation", identify=identifier.identify, memory=memory, terms=terms
            ),
            profiles,
            memory,
            terms,
        )

    def identify(self, text: str) -> Identification:
        """Which language ``text`` is in.

        Raises:
            EmptyText, InvalidEncoding, TextTooLong.
        """
        return self.identifier.identify(self._checked(text))

    def assess(self, draft: Draft, *, ui_language: str = "en", letter: bool = True) -> Assessment:
        """What is hard about ``draft`` for its audience, explained in ``ui_language``.

        Args:
            letter: whether it is a whole letter, whose missing parts are findings, or only a page.

        Raises:
            EmptyText, InvalidEncoding, TextTooLong, ProfileUnknown, LanguageUnknown, LanguageNotSupported.
        """
        return self.assessor.assess(*self._prepared(draft), ui_language=ui_language, letter=letter)

    def simplify(
        self, draft: Draft, accept: Sequence[int] | None = None, *, ui_language: str = "en"
    ) -> Simplification:
        """Apply the suggestions of the findings with the indexes ``accept``, or all safe ones when it is
        None.

        Raises: as :meth:`assess`, and InvalidParameter for an index that is no finding or has no suggestion.
        """
        return self.assessor.simplify(*self._prepared(draft), accept, ui_language=ui_language)

    def translate(
        self, text: str, target: str, *, source: str | None = None, locked: Sequence[Span] = ()
    ) -> Translation:
        """``text`` in the language ``target``; what stands in ``locked`` is left as it is.

        Raises:
            EmptyText, InvalidEncoding, TextTooLong, LanguageUnknown, TranslationUnavailable,
            TranslationFailed, TimeLimitReached.
        """
        text = self._checked(text)
        return self.translator.translate(text, source or self._identified(text), target, locked=tuple(locked))

    def translate_many(
        self, tasks: Sequence[TranslationTask], *, deadline: float = math.inf
    ) -> list[Outcome]:
        """What :meth:`translate` makes of each, or the error that it raises; each pair of languages goes
        through its models together.

        Some letters share a time limit; what is too slow or broken fails for itself, and what is not begun
        by the ``deadline`` (on the monotonic clock, in seconds) fails with TimeLimitReached.
        """
        outcomes: dict[int, Outcome] = {}
        sources: dict[int, str] = {}
        for i, task in enumerate(tasks):
            try:
                text = self._checked(task.text)
                sources[i] = task.source or self._identified(text)
            except ReplyassistError as error:
                outcomes[i] = error
        ready = [tasks[i] for i in sources]
        found = translate_tasks(self.translator, ready, list(sources.values()), deadline)
        outcomes.update(zip(sources, found, strict=True))
        return [outcomes[i] for i in range(len(tasks))]

    def alternatives(self, translation: Translation, count: int) -> list[Translation]:
        """Up to ``count`` other readings of a translation, likeliest first, each with its own checks.

        Raises:
            TranslationFailed, TimeLimitReached.
        """
        return self.translator.alternatives(translation, count)

    def translate_back(self, translation: Translation) -> tuple[BackTranslation, ...]:
        """Each segment of a translation in the source language again, in order, for a person to compare.

        Raises:
            TranslationUnavailable, TranslationFailed, TimeLimitReached.
        """
        return self.translator.translate_back(translation)

    def remember(self, text: str, translated: str, *, source: str, target: str, written_by: Writer) -> str:
        """Keep a segment whose translation a person has reviewed, to be used for the same words again; the
        digest that it is found by.

        Args:
            text: the segment.
            translated: its translation as it was approved.
            source, target: their languages.
            written_by: whose words ``text`` is; what a citizen wrote is never stored.

        Raises:
            NotRemembered: a citizen wrote it, it may point to somebody, or the memory is switched off.
            StateUnavailable.
        """
        if self.memory is None:
            raise NotRemembered("The translation memory is switched off.", reason="off")
        return self.memory.remember(Unit(source, target, text, translated), written_by=written_by)

    def translate_document(
        self, data: bytes, target: str, *, source: str | None = None, filename: str = ""
    ) -> TranslatedDocument:
        """An office, html, eml or plain text file in the language ``target``, and what must be reviewed.

        Raises: as :meth:`translate`, and BinaryInput or UnreadableDocument.
        """
        limit, length = self.settings.text_limit, 0
        # Only to find its language must the whole be read before it is rewritten.
        written = source or self._identified(self._checked(read(data, filename=filename, limit=limit).text))
        parts: list[Translation] = []

        def change(units: Sequence[str]) -> Sequence[str]:
            nonlocal length
            length += sum(map(len, units))
            if length > limit:
                raise TextTooLong(limit=limit, length=length)
            translated, translation = translate_units(self.translator, units, written, target)
            parts.append(translation)
            return translated

        content = rewrite(data, change, filename=filename, language=target)
        if not any(part.source_text.strip() for part in parts):
            raise EmptyText
        return TranslatedDocument(
            content, written, target, parts[0].route, parts[0].quality, parts[0].label,
            sum(len(each.segments) for each in parts), find_doubts(parts),
        )  # fmt: skip

    def reply(
        self, *, message: str | None = None, draft: Draft | None = None, target: str | None = None,
        own: str | None = None, ui_language: str = "en",
    ) -> Reply:  # fmt: skip
        """Read a citizen's message and the draft that answers it, together.

        The message is translated into ``own``, which whoever reads it speaks, or without it into the language
        of the draft, else the caseworkers' of the settings; the draft into ``target`` or, without it, the
        language of the message. What can't be done is a notice, not an error: the rest is still of use.
        """
        notices: list[Notice] = []
        identification = self.identify(message) if message else None
        if identification and identification.language is None:
            notices.append(Notice("message-language-unknown"))
        assessment = self.assess(draft, ui_language=ui_language) if draft else None
        own = own or self._own_language(assessment)
        message_translation = translation = None
        if message and identification and identification.language:
            message_translation = self._offered(message, identification.language, own, notices)
        wanted = target or (identification.language if identification else None)
        if draft and assessment and wanted and assessment.identification.language:
            written = assessment.identification.language
            notice = compare_forms(identification, assessment.identification) if identification else None
            if notice and target is None:
                notices.append(notice)
                wanted = written if notice.code == EITHER_FORM else wanted
            translation = self._offered(draft.text, written, wanted, notices, locked=draft.locked)
        asked = (
            find_all_asked(message, identification.language, message_translation)
            if message and identification
            else ()
        )
        return Reply(identification, message_translation, assessment, translation, tuple(notices), asked)

    def languages(self) -> tuple[LanguageSupport, ...]:
        """What can be done in each language that anything can be done in."""
        targets = self.translator.targets()
        assessed = languages.available()
        tags = sorted({*self.identifier.languages, *assessed, *targets})
        return tuple(
            LanguageSupport(
                tag, self.translator.name_of(tag), tag in self.identifier.languages, tag in assessed,
                targets.get(tag, ()),
            )
            for tag in tags
        )  # fmt: skip

    def _checked(self, text: str) -> str:
        if len(text) > self.settings.text_limit:
            raise TextTooLong(limit=self.settings.text_limit, length=len(text))
        if not text.strip():
            raise EmptyText
        return check_text(text)

    def _identified(self, text: str) -> str:
        found = self.identifier.identify(text)
        if found.language is None:
            raise LanguageUnknown(candidates=[c.language for c in found.candidates])
        return found.language

    def _prepared(self, draft: Draft) -> tuple[Draft, Identification]:
        """The draft with its structure, and its language: the one that the caller states, else the one
        found."""
        self._checked(draft.text)
        if draft.language:
            identification = Identification(draft.language, 1.0)
        else:
            identification = self.identifier.identify(draft.text)
        if identification.language is None:
            raise LanguageUnknown(candidates=[c.language for c in identification.candidates])
        if identification.language not in languages.available():
            raise LanguageNotSupported(language=identification.language)
        if not draft.blocks:
            blocks = find_structure(draft.text, languages.load(identification.language))
            draft = dataclasses.replace(draft, blocks=blocks)
        if marked := find_locks(draft.text):
            draft = dataclasses.replace(draft, locked=(*draft.locked, *marked))
        return draft, identification

    def _own_language(self, assessment: Assessment | None) -> str:
        return (assessment.identification.language if assessment else None) or self.settings.language

    def _offered(
        self, text: str, source: str, target: str, notices: list[Notice], locked: tuple[Span, ...] = ()
    ) -> Translation | None:
        """The translation, or None and a notice when there is no way between the languages, or no need."""
        if source == target:
            return None
        try:
            return self.translator.translate(text, source, target, locked=locked)
        except TranslationUnavailable as error:
            details = {key: str(value) for key, value in error.fields.items() if isinstance(value, str)}
            notices.append(Notice("translation-unavailable", {"source": source, "target": target, **details}))
            return None

"""What lies on the caseworker's desk: what was typed into the form, and what became of it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import Any

from replyassist.documents import read
from replyassist.domain import (
    AskedKind,
    Draft,
    Identification,
    Reply,
    Simplification,
    TranslatedDocument,
    Translation,
)
from replyassist.errors import ReplyassistError
from replyassist.identification.written_forms import compare_forms
from replyassist.service.api.rendering import render_assessment, render_identification, render_translation
from replyassist.service.api.schemas import (
    AssessmentOut,
    FindingOut,
    IdentificationOut,
    NoticeOut,
    TranslationOut,
)
from replyassist.service.desk.fields import Fields
from replyassist.service.desk.sentences import Sentences
from replyassist.service.errors import describe
from replyassist.service.runtime import runtime
from replyassist.service.translating import translate_file, translate_text, translated_name
from replyassist.translation.tasks import TranslationTask


@dataclass(frozen=True, slots=True)
class Question:
    """What a message asks for: its words, and the same in the caseworker's language where that is another."""

    kind: AskedKind
    words: str
    language: str | None
    translation: str = ""
    target: str = ""


@dataclass(slots=True)
class Desk:
    """The fields and the answers to them; what can't be had is a problem beside the rest."""

    fields: Fields
    ui_language: str
    assessment: AssessmentOut | None = None
    message: IdentificationOut | None = None
    message_translation: TranslationOut | None = None
    asked: list[Question] = field(default_factory=list)
    translation: TranslationOut | None = None
    document: TranslatedDocument | None = None
    document_name: str = ""
    notices: list[NoticeOut] = field(default_factory=list)
    problems: dict[str, dict[str, Any]] = field(default_factory=dict)

    def assess(self) -> None:
        """Read the draft."""
        if not self.fields.draft.strip():
            self.fields = replace(self.fields, before={}, rejected=frozenset())
            return
        try:
            found = runtime().assistant.assess(self._draft(), ui_language=self.ui_language)
        except ReplyassistError as error:
            self.problems["draft"] = describe(error)
            return
        self.assessment = render_assessment(found, self.fields.draft, runtime().letter_kinds)
        if not self.fields.before:
            scores = (self.assessment.score, *self.assessment.measures)
            self.fields = replace(
                self.fields, before={s.measure: s.value for s in scores if s.value is not None}
            )
        message = self._message_found()
        if message and (notice := compare_forms(message, found.identification)):
            self.notices.append(NoticeOut(code=notice.code, parameters=notice.parameters))

    def read_message(self) -> None:
        """Find the language of the citizen's message, translate it into that of the page, which its reader
        speaks, and say what it asks for."""
        if not self.fields.message.strip():
            return
        try:
            with runtime().translating():
                reply = runtime().assistant.reply(message=self.fields.message, own=self.ui_language)
        except ReplyassistError as error:
            self.problems["message"] = describe(error)
            return
        if reply.message:
            self.message = render_identification(reply.message, self.fields.message)
        if reply.message_translation:
            self.message_translation = render_translation(reply.message_translation)
        self.asked = _questions(reply, self.fields.message)
        self.notices += [NoticeOut(code=n.code, parameters=n.parameters) for n in reply.notices]

    def translate(self) -> None:
        """Translate the draft into the language wanted, or that of the message."""
        if not self.fields.draft.strip():
            return
        target = self._find_target("translation")
        if not target:
            return
        try:
            self.translation = render_translation(self._translated(target))
        except ReplyassistError as error:
            self.problems["translation"] = describe(error)

    def translate_document(self, content: bytes, filename: str) -> None:
        """Translate a file into the language wanted, or that of the message."""
        target = self._find_target("document")
        if not target:
            return
        try:
            self.document = translate_file(content, filename, None, target)
            self.document_name = translated_name(filename, target)
        except ReplyassistError as error:
            self.problems["document"] = describe(error)

    @property
    def document_address(self) -> str:
        """The translated file as an address that holds it whole."""
        assert self.document is not None
        return f"data:application/octet-stream;base64,{b64encode(self.document.content).decode('ascii')}"

    @property
    def sentences_as_json(self) -> str:
        """The translation for the hidden field that keeps it, to be saved as it was read."""
        assert self.translation is not None
        return Sentences.of(self.translation, self.fields.draft).model_dump_json()

    def _find_target(self, place: str) -> str | None:
        """The language wanted, else that of the message; None, and a problem, when there is neither."""
        target = self.fields.target or self._message_language()
        if not target:
            self.problems[place] = {"code": "target-missing"}
        return target

    def plan(self, accept: list[int] | None) -> Simplification | None:
        """What applying the suggestions with those indexes would change, or all safe ones not put aside."""
        try:
            simpler = runtime().assistant.simplify(self._draft(), accept, ui_language=self.ui_language)
            if accept is None and self.fields.rejected:
                accept = self._not_put_aside(simpler)
                simpler = runtime().assistant.simplify(self._draft(), accept, ui_language=self.ui_language)
        except ReplyassistError as error:
            self.problems["draft"] = describe(error)
            return None
        return simpler

    def _not_put_aside(self, simpler: Simplification) -> list[int]:
        """The indexes of the findings that a plan settles, without those that were put aside."""
        chosen = set(simpler.plan)
        return [
            index
            for index, finding in enumerate(simpler.before.findings)
            if chosen & set(finding.suggestions[:1])
            and (finding.rule, finding.span.of(self.fields.draft)) not in self.fields.rejected
        ]

    def apply(self, accept: list[int] | None) -> None:
        """Put the suggestions with those indexes into the draft, or all safe ones."""
        simpler = self.plan(accept)
        if simpler is None:
            return
        if not self.fields.before:
            scores = (simpler.before.score, *simpler.before.scores)
            before = {s.measure: v for s in scores if (v := getattr(s, "value", None)) is not None}
            self.fields = replace(self.fields, before=before)
        self.fields = self.fields.changed(simpler.text, simpler.plan)

    def reject(self, index: int) -> None:
        """Put the finding with that index aside; needs an assessment."""
        if self.assessment and 0 <= index < len(self.assessment.findings):
            finding = self.assessment.findings[index]
            key = (finding.rule, self.words_of(finding))
            self.fields = replace(self.fields, rejected=self.fields.rejected | {key})

    def words_of(self, finding: FindingOut) -> str:
        """The words that a finding is about."""
        return self.fields.draft[finding.span.start : finding.span.end]

    def open_findings(self) -> list[tuple[int, FindingOut]]:
        """The findings that were not put aside, with their indexes: the best fixes first, then by place."""
        if self.assessment is None:
            return []
        top = self.assessment.top_fixes
        order = [*top, *(i for i in range(len(self.assessment.findings)) if i not in top)]
        pairs = [(i, self.assessment.findings[i]) for i in order]
        return [(i, f) for i, f in pairs if (f.rule, self.words_of(f)) not in self.fields.rejected]

    def _draft(self) -> Draft:
        fields = self.fields
        return Draft(fields.draft, fields.language or None, fields.audience, fields.locked)

    def _message_found(self) -> Identification | None:
        if not self.fields.message.strip():
            return None
        try:
            return runtime().assistant.identify(self.fields.message)
        except ReplyassistError:
            return None

    def _message_language(self) -> str | None:
        found = self._message_found()
        return found.language if found else None

    def _translated(self, target: str) -> Translation:
        return translate_text(TranslationTask(self.fields.draft, target, self.fields.language or None))


def _questions(reply: Reply, message: str) -> list[Question]:
    """What the message asks for; each beside its own part of the translation."""
    language = reply.message.language if reply.message else None
    translation = reply.message_translation
    if translation is None:
        return [Question(each.kind, each.span.of(message), language) for each in reply.asked]
    found = []
    for each in reply.asked:
        parts = [s.target.of(translation.text) for s in translation.segments if s.source.overlaps(each.span)]
        words = each.span.of(message)
        found.append(Question(each.kind, words, language, " ".join(parts), translation.target))
    return found


def translate_back(texts: list[str], source: str, target: str) -> list[str | None]:
    """The segments of a translation in the language that they were translated from; None for one that fails.

    Raises:
        Overloaded: too many translations at once.
    """
    with runtime().translating():
        found = runtime().assistant.translate_many([TranslationTask(text, target, source) for text in texts])
    return [each.text if isinstance(each, Translation) else None for each in found]


def read_file(content: bytes, filename: str, media_type: str) -> str:
    """The text of a dropped document.

    Raises:
        InvalidInput: it can't be read.
    """
    limit = runtime().settings.text_limit
    return read(content, filename=filename, media_type=media_type, limit=limit).text

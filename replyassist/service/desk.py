"""What lies on the caseworker's desk: what was typed into the form, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from replyassist.assistant import WRITTEN_FORMS_OF_NORWEGIAN
from replyassist.documents import read
from replyassist.documents.decoding import check_text
from replyassist.domain import Draft, Translation
from replyassist.errors import ReplyassistError
from replyassist.service.errors import describe
from replyassist.service.house import house
from replyassist.service.rendering import render_assessment, render_identification, render_translation
from replyassist.service.schemas import (
    AssessmentOut,
    FindingOut,
    IdentificationOut,
    NoticeOut,
    TranslationOut,
)

AUTO = ""  # what a select sends for "find it yourself"


@dataclass(frozen=True, slots=True)
class Fields:
    """The form, as it was sent and as it is shown again.

    Attributes:
        message: the citizen's message.
        draft: the caseworker's letter.
        language: of the draft; empty to have it found.
        audience: name of a profile.
        target: language wanted for the reply; empty for that of the message.
        before: measure -> value when the letter was first read, to compare with.
        rejected: (rule, words) of the findings that were put aside.
    """

    message: str = ""
    draft: str = ""
    language: str = AUTO
    audience: str = ""
    target: str = AUTO
    before: dict[str, float] = field(default_factory=dict)
    rejected: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> Fields:
        """The fields of a form.

        Raises:
            InvalidEncoding: a text has a NUL or half a surrogate pair.
        """
        # Browsers send line ends as CRLF; textareas count them as one character, and so do our offsets.
        texts = {name: check_text(form.get(name, "")).replace("\r\n", "\n") for name in ("message", "draft")}
        return cls(
            texts["message"],
            texts["draft"],
            form.get("language", AUTO),
            form.get("audience", "") or house().settings.audience,
            form.get("target", AUTO),
            _read_before(form.get("before", "")),
            _read_rejected(form.get("rejected", "")),
        )

    @property
    def before_as_json(self) -> str:
        """For the hidden field that keeps it."""
        return json.dumps(self.before) if self.before else ""

    @property
    def rejected_as_json(self) -> str:
        """For the hidden field that keeps it."""
        return json.dumps(sorted(self.rejected), ensure_ascii=False) if self.rejected else ""


@dataclass(slots=True)
class Desk:
    """The fields and the answers to them; what can't be had is a problem beside the rest."""

    fields: Fields
    ui_language: str
    assessment: AssessmentOut | None = None
    message: IdentificationOut | None = None
    message_translation: TranslationOut | None = None
    translation: TranslationOut | None = None
    notices: list[NoticeOut] = field(default_factory=list)
    problems: dict[str, dict[str, Any]] = field(default_factory=dict)

    def assess(self) -> None:
        """Read the draft."""
        if not self.fields.draft.strip():
            self.fields = replace(self.fields, before={}, rejected=frozenset())
            return
        try:
            found = house().assistant.assess(self._draft(), ui_language=self.ui_language)
        except ReplyassistError as error:
            self.problems["draft"] = describe(error)
            return
        self.assessment = render_assessment(found, self.fields.draft, house().letter_kinds)
        if not self.fields.before:
            scores = (self.assessment.score, *self.assessment.measures)
            self.fields = replace(
                self.fields, before={s.measure: s.value for s in scores if s.value is not None}
            )
        languages = {found.identification.language, self._message_language()}
        if languages == WRITTEN_FORMS_OF_NORWEGIAN:
            self.notices.append(NoticeOut(code="other-written-form", parameters={}))

    def read_message(self) -> None:
        """Find the language of the citizen's message and translate it into the caseworker's."""
        if not self.fields.message.strip():
            return
        try:
            with house().translating():
                reply = house().assistant.reply(message=self.fields.message)
        except ReplyassistError as error:
            self.problems["message"] = describe(error)
            return
        if reply.message:
            self.message = render_identification(reply.message, self.fields.message)
        if reply.message_translation:
            self.message_translation = render_translation(reply.message_translation)
        self.notices += [NoticeOut(code=n.code, parameters=n.parameters) for n in reply.notices]

    def translate(self) -> None:
        """Translate the draft into the language wanted, or that of the message."""
        if not self.fields.draft.strip():
            return
        target = self.find_target()
        if not target:
            return
        try:
            self.translation = render_translation(self._translated(target))
        except ReplyassistError as error:
            self.problems["translation"] = describe(error)

    def find_target(self) -> str | None:
        """The language wanted, else that of the message; None, and a problem, when there is neither."""
        target = self.fields.target or self._message_language()
        if not target:
            self.problems["translation"] = {"code": "target-missing"}
        return target

    def apply(self, accept: list[int] | None) -> None:
        """Put the suggestions with those indexes into the draft, or all safe ones."""
        try:
            simpler = house().assistant.simplify(self._draft(), accept, ui_language=self.ui_language)
        except ReplyassistError as error:
            self.problems["draft"] = describe(error)
            return
        if not self.fields.before:
            scores = (simpler.before.score, *simpler.before.scores)
            before = {s.measure: v for s in scores if (v := getattr(s, "value", None)) is not None}
            self.fields = replace(self.fields, before=before)
        self.fields = replace(self.fields, draft=simpler.text)

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
        return Draft(self.fields.draft, self.fields.language or None, self.fields.audience)

    def _message_language(self) -> str | None:
        if not self.fields.message.strip():
            return None
        try:
            return house().assistant.identify(self.fields.message).language
        except ReplyassistError:
            return None

    def _translated(self, target: str) -> Translation:
        with house().translating():
            return house().assistant.translate(self.fields.draft, target, source=self.fields.language or None)


def read_file(content: bytes, filename: str, media_type: str) -> str:
    """The text of a dropped document.

    Raises:
        InvalidInput: it can't be read.
    """
    limit = house().settings.text_limit
    return read(content, filename=filename, media_type=media_type, limit=limit).text


def _read_before(value: str) -> dict[str, float]:
    """The measures of a form field; what is no such thing counts as none, since it comes from outside."""
    try:
        measures = json.loads(value) if value else {}
        return {str(name): float(number) for name, number in measures.items() if -1e6 < float(number) < 1e6}
    except (ValueError, TypeError, AttributeError):
        return {}


def _read_rejected(value: str) -> frozenset[tuple[str, str]]:
    try:
        return (
            frozenset((str(rule), str(words)) for rule, words in json.loads(value)) if value else frozenset()
        )
    except (ValueError, TypeError):
        return frozenset()

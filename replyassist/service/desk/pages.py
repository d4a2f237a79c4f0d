"""The caseworker's page: a form that works by itself, and that a script sends in parts as one types."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask_babel import get_locale
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from replyassist import languages
from replyassist.documents.side_by_side import WRITERS, SideBySide, Wording, write
from replyassist.errors import InvalidInput, NotRemembered, ReplyassistError
from replyassist.service.access import may_remember
from replyassist.service.desk.desk import Desk, read_file, translate_back
from replyassist.service.desk.fields import Fields
from replyassist.service.desk.plots import plot_measures
from replyassist.service.desk.sentences import Sentences
from replyassist.service.errors import describe
from replyassist.service.locales import COOKIE, PARAMETER, choose_page_language, name_language, say
from replyassist.service.offsets import Utf16Offsets
from replyassist.service.runtime import runtime
from replyassist.service.strict_request import read_json
from replyassist.service.translating import FORMATS
from replyassist.translation.notices import label_of

pages = Blueprint("pages", __name__)

YEAR = 365 * 24 * 3600  # seconds
INDEX = re.compile(r"[0-9]{1,6}")  # of a finding, as our own buttons send it
UNWRITTEN = frozenset({"off", "empty", "too-long", "language", "characters"})  # why else nothing is kept
PARTS = {"draft": "_draft.html", "message": "_message.html", "translation": "_translation.html"}


class DocumentMissing(InvalidInput):
    """The form was sent without the document that is to be translated."""

    code = "document-missing"
    title = "No document"


@pages.get("/")
def show() -> Response:
    """The empty desk."""
    return _page(Desk(Fields(audience=runtime().settings.audience), choose_page_language()))


@pages.post("/")
def work() -> Response:
    """The desk with the answers; ``part`` asks for a part of the page alone, as the script does."""
    desk = _sent_desk()
    if desk.problems:
        return _page(desk, 400)  # with all that was typed: sending it again is all it takes
    part = request.form.get("part", "")
    if part in PARTS:
        return _fragment(desk, part)
    _take_file(desk)
    _act(desk)
    desk.read_message()
    if not desk.assessment:
        desk.assess()
    if desk.fields.draft and (desk.fields.message or desk.fields.target):
        desk.translate()
    return _page(desk)


@pages.post("/desk/plan")
def plan() -> Response:
    """The changes that all safe suggestions come to, for the script to carry out where they can be undone."""
    desk = _sent_desk()
    simpler = None if desk.problems else desk.plan(None)
    if simpler is None:
        return _said_problem(desk)
    offsets = Utf16Offsets(desk.fields.draft)
    spans = [offsets.of_span(each.span) for each in simpler.plan]
    changes = zip(spans, simpler.plan, strict=True)
    chosen = set(simpler.plan)
    return jsonify(
        plan=[{"start": start, "end": end, "replacement": s.replacement} for (start, end), s in changes],
        rules=[f.rule for f in simpler.before.findings if chosen & set(f.suggestions[:1])],
    )


@pages.post("/desk/document")
def open_document() -> Response:
    """The text of a document that was dropped or pasted."""
    desk = _sent_desk()
    file = request.files.get("file")
    if desk.problems or file is None:
        return _said_problem(desk)
    try:
        return jsonify(text=read_file(file.read(), file.filename or "", file.mimetype))
    except ReplyassistError as error:
        desk.problems["draft"] = describe(error)
        return _said_problem(desk)


@pages.post("/desk/back-translation")
def back_translate() -> Response:
    """The segments of a translation in the language that they were translated from."""
    desk = _sent_desk()
    if desk.problems:
        return _said_problem(desk)
    try:
        texts = read_json(request.form.get("texts", ""))
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise InvalidInput
        found = translate_back(texts, request.form.get("source", ""), request.form.get("into", ""))
        return jsonify(texts=found)
    except ReplyassistError as error:
        desk.problems["translation"] = describe(error)
        return _said_problem(desk)


def _said_problem(desk: Desk) -> Response:
    """What stood in the way, in a sentence for the script to show; 400 asks it for a new token first."""
    problem: dict[str, Any] = next(iter(desk.problems.values()), {"code": "invalid-input"})
    values = {name: problem.get(name) for name in ("limit", "length")}
    response = jsonify(problem=say(f"problem.{problem['code']}", **values))
    response.status_code = 400 if "form" in desk.problems else 422
    return response


@pages.post("/desk/memory")
def remember() -> Response:
    """Keep a sentence of the letter with its translation as a person has approved it; what a citizen wrote
    has no way here.
    """
    desk = _sent_desk()
    if desk.problems:
        return _said_problem(desk)
    values = {name: request.form.get(name, "") for name in ("sentence", "wording", "source", "into")}
    try:
        runtime().assistant.remember(
            values["sentence"], values["wording"], source=values["source"], target=values["into"],
            written_by="municipality",
        )  # fmt: skip
    except NotRemembered as error:
        if (reason := str(error.fields.get("reason"))) in UNWRITTEN:
            return jsonify(problem=say("problem.not-remembered"))
        return jsonify(problem=say("memory.refused", what=say(f"check.{reason}")))
    except ReplyassistError as error:
        desk.problems["translation"] = describe(error)
        return _said_problem(desk)
    return jsonify(saved=say("memory.saved"))


@pages.post("/side-by-side")
def save_side_by_side() -> Response:
    """The translation on the page, as it was read, in both languages as a file to save: html unless the form
    says else.
    """
    desk = _sent_desk()
    if not desk.problems:
        try:
            content = _side_by_side(Sentences.read(request.form.get("sentences", "")), desk.fields)
        except ReplyassistError as error:
            desk.problems["translation"] = describe(error)
    if desk.problems:
        return _page(desk, 400)
    form = request.form.get("format", "html")
    if form in WRITERS:
        return attach(write(content, form), f"{content.title.text}.{form}")
    return attach(render_template("side_by_side.html", file=content).encode(), f"{content.title.text}.html")


def _side_by_side(sentences: Sentences, fields: Fields) -> SideBySide:
    """What stands in the file.

    Raises:
        InvalidInput: nothing is translated from the one language into the other.
    """
    source, target = sentences.source, sentences.target
    if target not in runtime().assistant.translator.targets().get(source, ()):
        raise InvalidInput
    own = str(get_locale())
    reviewed = Wording(say("translation.reviewed"), own)
    labels = [reviewed if fields.is_reviewed else Wording(label_of(target, sentences.quality), target)]
    if sentences.quality == "gist":
        labels.append(Wording(say("translation.gist"), own))
    return SideBySide(
        title=Wording(say("translation.side-title"), own),
        labels=tuple(labels),
        heads=(name_language(source), name_language(target)),
        languages=(source, target),
        rows=tuple(sentences.paragraphs()),
    )


@pages.post("/translated-document")
def translate_document() -> Response:
    """A document in the language wanted, in its own format, on a page that says what must be looked at in it:
    a file that is only saved tells nobody. It stands in the page itself and is kept nowhere.
    """
    desk = _sent_desk()
    file = request.files.get("document")
    if not desk.problems and (file is None or not file.filename):
        desk.problems["document"] = describe(DocumentMissing())
    elif not desk.problems and file:
        desk.translate_document(file.read(), file.filename or "")
    status = 400 if "form" in desk.problems else 422 if desk.problems else 200
    if request.form.get("part") == "document" and status != 400:
        return make_response(render_template("_document.html", **_context(desk)), status)
    return _page(desk, status)


def _sent_desk() -> Desk:
    """The form as it was sent; a problem when its token is not one of ours."""
    desk = Desk(Fields.read(request.form), choose_page_language())
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        desk.problems["form"] = {"code": "form-expired"}
    return desk


def attach(content: bytes, name: str) -> Response:
    """A file to save."""
    response = make_response(content)
    response.content_type = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _act(desk: Desk) -> None:
    """Do what the button that sent the form says: accept a fix, all safe ones, or put one aside."""
    accept, reject = request.form.get("accept", ""), request.form.get("reject", "")
    if accept == "safe":
        desk.apply(None)
    elif INDEX.fullmatch(accept):
        desk.apply([int(accept)])
    elif INDEX.fullmatch(reject):
        desk.assess()
        desk.reject(int(reject))


def _take_file(desk: Desk) -> None:
    """The text of an uploaded document takes the draft's place."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return
    try:
        text = read_file(file.read(), file.filename, file.mimetype)
        desk.fields = desk.fields.opened(text)
    except ReplyassistError as error:
        desk.problems["draft"] = describe(error)


def _fragment(desk: Desk, part: str) -> Response:
    if part == "draft":
        desk.assess()
    elif part == "message":
        desk.read_message()
    else:
        desk.translate()
    return make_response(render_template(PARTS[part], **_context(desk)))


def _page(desk: Desk, status: int = 200) -> Response:
    response = make_response(render_template("page.html", **_context(desk)), status)
    if request.args.get(PARAMETER):  # the switch, remembered
        response.set_cookie(COOKIE, desk.ui_language, max_age=YEAR, samesite="Lax", httponly=True)
    return response


def _context(desk: Desk) -> dict[str, object]:
    assistant = runtime().assistant
    support = assistant.languages()
    return describe_page(desk.ui_language) | {
        "desk": desk,
        "drafting": [s.language for s in support if s.assessed],
        "targets": sorted({target for s in support if s.assessed for target in s.targets}),
        "profiles": list(assistant.profiles),
        "routes": {s.language: s.targets for s in support},
        "translated_formats": ",".join(FORMATS),
        "plot": plot_measures(desk.assessment, desk.fields.before) if desk.assessment else (),
        "remembers": may_remember(),
        "body_limit": runtime().settings.body_limit,
    }


def describe_page(ui_language: str) -> dict[str, object]:
    """What the head of every page needs."""
    return {
        "ui_language": ui_language,
        "spoken": [(tag, languages.load(tag).name) for tag in languages.available()],
        "site_checked": bool(runtime().settings.check_hosts),
    }

"""Our own API, /api/v1: each address is one call of the assistant, alone or for many items at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import NotFound

from replyassist import documents
from replyassist.assistant import TranslationTask
from replyassist.domain import Draft, Span
from replyassist.errors import EmptyText, InvalidParameter, ReplyassistError
from replyassist.service import bodies, schemas
from replyassist.service.errors import HTTP_CODES, BatchTooLong, describe
from replyassist.service.house import house
from replyassist.service.locales import choose_language
from replyassist.service.offsets import Utf16Offsets
from replyassist.service.rendering import (
    render_assessment,
    render_identification,
    render_reply,
    render_simplification,
    render_span,
    render_translation,
)

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="replyassist")

Body = TypeVar("Body", bound=bodies.In)
Job = Callable[[Any], BaseModel]
ManyJob = Callable[[Sequence[object]], list[schemas.OutcomeOut]]
ERRORS: dict[int | str, Any] = {
    status: {
        "description": text,
        "content": {"application/problem+json": {"schema": schemas.ProblemOut.model_json_schema()}},
    }
    for status, text in {
        400: "The request can't be worked on as it stands",
        413: "The body, the text or the batch is over its limit",
        415: "The body is not application/json",
        422: "The language or the pair of languages is out of reach",
        500: "Internal error",
        503: "Busy, or over the time limit",
    }.items()
}


def identify(body: bodies.TextIn) -> schemas.IdentificationOut:
    """Which language is the text in?"""
    return render_identification(house().assistant.identify(body.text), body.text)


def assess(body: bodies.DraftIn) -> schemas.AssessmentOut:
    """What is hard about the draft for its audience?"""
    found = house().assistant.assess(_draft(body), ui_language=choose_language(body.ui_language))
    return render_assessment(found, body.text, house().letter_kinds)


def simplify(body: bodies.SimplificationIn) -> schemas.SimplificationOut:
    """The draft with suggestions applied."""
    ui_language = choose_language(body.ui_language)
    simpler = house().assistant.simplify(_draft(body), body.accept, ui_language=ui_language)
    return render_simplification(simpler, body.text, house().letter_kinds)


def translate(body: bodies.TranslationIn) -> schemas.TranslationOut:
    """The text in another language, with what must be reviewed."""
    task = _task(body)
    with house().translating():
        found = house().assistant.translate(task.text, task.target, source=task.source, locked=task.locked)
    return render_translation(found)


def translate_many(items: Sequence[object]) -> list[schemas.OutcomeOut]:
    """All that can be translated, together; each with its own outcome."""
    tasks: dict[int, TranslationTask] = {}
    outcomes: dict[int, schemas.OutcomeOut] = {}
    for i, item in enumerate(items):
        try:
            tasks[i] = _task(bodies.TranslationIn.model_validate(item))
        except (ValidationError, ReplyassistError) as error:
            outcomes[i] = _failed(error)
    with house().translating():
        found = house().assistant.translate_many(list(tasks.values()))
    for i, each in zip(tasks, found, strict=True):
        if isinstance(each, ReplyassistError):
            outcomes[i] = _failed(each)
        else:
            outcomes[i] = _succeeded(render_translation(each))
    return [outcomes[i] for i in range(len(items))]


def reply(body: bodies.ReplyIn) -> schemas.ReplyOut:
    """A message and the draft that answers it, both read, in one call."""
    if not (body.message or "").strip() and not (body.draft or "").strip():
        raise EmptyText("Send a message, a draft, or both.")
    draft = None
    if body.draft is not None:
        audience = body.audience or house().settings.audience
        draft = Draft(body.draft, body.language, audience, _spans(body.locked, body.draft))
    ui_language = choose_language(body.ui_language)
    with house().translating():
        answer = house().assistant.reply(
            message=body.message, draft=draft, target=body.target, ui_language=ui_language
        )
    return render_reply(answer, body.message, body.draft, house().letter_kinds)


def _offer(
    path: str, job: Job, takes: type[bodies.In], gives: type[BaseModel], together: ManyJob | None = None
) -> None:
    """Make a job an address, and another that takes many at once: ``together``, or each for itself."""

    @api.post(f"/{path}", endpoint=path)
    @api.doc(summary=job.__doc__, responses=ERRORS)
    @api.input(takes, arg_name="body")
    @api.output(gives)
    def one(body: Any) -> Any:
        return job(body)

    @api.post(f"/{path}/batch", endpoint=f"{path}-batch")
    @api.doc(summary=f"{job.__doc__} Many at once, each with its own outcome.", responses=ERRORS)
    @api.input(bodies.BatchIn, arg_name="body")
    @api.output(schemas.BatchOut)
    def many(body: bodies.BatchIn) -> Any:
        limit = house().settings.batch_limit
        if len(body.items) > limit:
            raise BatchTooLong(limit=limit, length=len(body.items))
        outcomes = together(body.items) if together else [_outcome(item, job, takes) for item in body.items]
        return schemas.BatchOut(items=outcomes)


def _outcome(item: object, job: Job, takes: type[bodies.In]) -> schemas.OutcomeOut:
    """What becomes of one item: an error is its own, whatever it is."""
    try:
        return _succeeded(job(takes.model_validate(item)))
    except Exception as error:  # noqa: BLE001 - one item must not take the others down
        return _failed(error)


def _succeeded(result: BaseModel) -> schemas.OutcomeOut:
    return schemas.OutcomeOut(status=200, result=result.model_dump(mode="json"))


def _failed(error: Exception) -> schemas.OutcomeOut:
    if isinstance(error, ValidationError):
        messages = {".".join(map(str, e["loc"])): [e["msg"]] for e in error.errors(include_input=False)}
        error = InvalidParameter("The item does not fit its form.", errors=messages)
    problem = describe(error)
    return schemas.OutcomeOut(status=problem["status"], error=problem)


_offer("identifications", identify, bodies.TextIn, schemas.IdentificationOut)
_offer("assessments", assess, bodies.DraftIn, schemas.AssessmentOut)
_offer("simplifications", simplify, bodies.SimplificationIn, schemas.SimplificationOut)
_offer("translations", translate, bodies.TranslationIn, schemas.TranslationOut, translate_many)
_offer("replies", reply, bodies.ReplyIn, schemas.ReplyOut)


@api.get("/languages")
@api.doc(summary="What can be done in each language?", responses={500: ERRORS[500]})
@api.output(schemas.LanguagesOut)
def languages() -> Any:
    """Identified, assessed, and translated into what."""
    return schemas.LanguagesOut(
        languages=[
            schemas.LanguageOut(
                language=each.language,
                name=each.name,
                identified=each.identified,
                assessed=each.assessed,
                targets=list(each.targets),
            )
            for each in house().assistant.languages()
        ]
    )


@api.get("/profiles")
@api.doc(summary="Whom can a text be for?", responses={500: ERRORS[500]})
@api.output(schemas.ProfilesOut)
def profiles() -> Any:
    """The audience profiles, bundled and the municipality's own."""
    return schemas.ProfilesOut(
        profiles=[
            schemas.ProfileOut(name=p.name, targets=p.targets, domains=sorted(p.domains), tone=p.tone)
            for p in house().assistant.profiles.values()
        ]
    )


@api.get("/models")
@api.doc(summary="Which translation models are installed?", responses={500: ERRORS[500]})
@api.output(schemas.ModelsOut)
def models() -> Any:
    """One per direction, with the BLEU that was measured for it."""
    return schemas.ModelsOut(
        models=[
            schemas.ModelOut(source=p.source, target=p.target, version=p.version, bleu=p.bleu)
            for p in house().assistant.translator.packages
        ]
    )


@api.post("/documents")
@api.doc(summary="The text of a document: docx, odt, pdf, html, eml, md or txt.", responses=ERRORS)
@api.output(schemas.DocumentOut)
def read_document() -> Any:
    """The form field ``file`` of a multipart/form-data body. It is read in memory and forgotten."""
    file = request.files.get("file")
    if file is None:
        raise InvalidParameter("Send the document as the form field 'file'.", parameter="file")
    draft = documents.read(
        file.read(), filename=file.filename or "", media_type=file.mimetype, limit=house().settings.text_limit
    )
    offsets = Utf16Offsets(draft.text)
    blocks = [schemas.BlockOut(kind=b.kind, span=render_span(b.span, offsets)) for b in draft.blocks]
    return schemas.DocumentOut(text=draft.text, blocks=blocks)


@api.get("/problems/<code>")
@api.doc(hide=True)
def explain_problem(code: str) -> Any:
    """What an error code means: where the ``type`` of a problem leads."""
    for kind in _kinds_of_error(ReplyassistError):
        if kind.code == code:
            return {
                "code": code,
                "title": kind.title,
                "status": kind.status,
                "meaning": (kind.__doc__ or "").strip(),
            }
    for status, known in HTTP_CODES.items():
        if known == code:
            return {
                "code": code,
                "title": HTTPStatus(status).phrase,
                "status": status,
                "meaning": HTTPStatus(status).description,
            }
    raise NotFound


def _kinds_of_error(kind: type[ReplyassistError]) -> list[type[ReplyassistError]]:
    return [kind] + [below for each in kind.__subclasses__() for below in _kinds_of_error(each)]


def _draft(body: bodies.DraftIn) -> Draft:
    audience = body.audience or house().settings.audience
    return Draft(body.text, body.language, audience, _spans(body.locked, body.text))


def _task(body: bodies.TranslationIn) -> TranslationTask:
    return TranslationTask(body.text, body.target, body.source, _spans(body.locked, body.text))


def _spans(ranges: Sequence[bodies.RangeIn], text: str) -> tuple[Span, ...]:
    if any(r.start > r.end or r.end > len(text) for r in ranges):
        raise InvalidParameter("A locked range lies outside the text.", parameter="locked")
    return tuple(sorted(Span(r.start, r.end) for r in ranges))

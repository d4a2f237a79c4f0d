"""Our own API, /api/v1: each address is one call of the assistant, alone or for many items at once."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

from apiflask import APIBlueprint
from pydantic import ValidationError
from werkzeug.exceptions import NotFound

from replyassist.domain import Draft, Span
from replyassist.errors import EmptyText, InvalidParameter, ReplyassistError
from replyassist.service.api import bodies, schemas
from replyassist.service.api.jobs import ERRORS, failed, offer, succeeded
from replyassist.service.api.negotiation import negotiate
from replyassist.service.api.rendering import (
    render_assessment,
    render_identification,
    render_reply,
    render_simplification,
    render_translation,
)
from replyassist.service.errors import HTTP_CODES
from replyassist.service.insights.counting import (
    count_assessment,
    count_outcome,
    count_reply,
    counting_refusals,
)
from replyassist.service.locales import choose_language
from replyassist.service.runtime import runtime
from replyassist.service.translating import translate_text
from replyassist.translation.tasks import TranslationTask

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Letters and messages")
api.before_request(negotiate)


def identify(body: bodies.TextIn) -> schemas.IdentificationOut:
    """Which language is the text in?"""
    return render_identification(runtime().assistant.identify(body.text), body.text)


def assess(body: bodies.DraftIn) -> schemas.AssessmentOut:
    """What is hard about the draft for its audience?"""
    with counting_refusals():
        found = runtime().assistant.assess(_draft(body), ui_language=choose_language(body.ui_language))
    count_assessment(found)
    return render_assessment(found, body.text, runtime().letter_kinds)


def simplify(body: bodies.SimplificationIn) -> schemas.SimplificationOut:
    """The draft with suggestions applied."""
    ui_language = choose_language(body.ui_language)
    simpler = runtime().assistant.simplify(_draft(body), body.accept, ui_language=ui_language)
    return render_simplification(simpler, body.text, runtime().letter_kinds)


def translate(body: bodies.TranslationIn) -> schemas.TranslationOut:
    """The text in another language, with what must be reviewed."""
    return render_translation(translate_text(_task(body)))


def translate_many(items: Sequence[object], deadline: float) -> list[schemas.OutcomeOut]:
    """All that can be translated, together; each with its own outcome."""
    tasks: dict[int, TranslationTask] = {}
    outcomes: dict[int, schemas.OutcomeOut] = {}
    for i, item in enumerate(items):
        try:
            tasks[i] = _task(bodies.TranslationIn.model_validate(item))
        except (ValidationError, ReplyassistError) as error:
            outcomes[i] = failed(error)
    with runtime().translating():
        found = runtime().assistant.translate_many(list(tasks.values()), deadline=deadline)
    for i, each in zip(tasks, found, strict=True):
        count_outcome(each)
        if isinstance(each, ReplyassistError):
            outcomes[i] = failed(each)
        else:
            outcomes[i] = succeeded(render_translation(each))
    return [outcomes[i] for i in range(len(items))]


def reply(body: bodies.ReplyIn) -> schemas.ReplyOut:
    """A message and the draft that answers it, both read, in one call."""
    if not (body.message or "").strip() and not (body.draft or "").strip():
        raise EmptyText("Send a message, a draft, or both.")
    draft = None
    if body.draft is not None:
        audience = body.audience or runtime().settings.audience
        draft = Draft(body.draft, body.language, audience, _spans(body.locked, body.draft))
    ui_language = choose_language(body.ui_language)
    with runtime().translating():
        answer = runtime().assistant.reply(
            message=body.message, draft=draft, target=body.target, ui_language=ui_language
        )
    count_reply(answer)
    return render_reply(answer, body.message, body.draft, runtime().letter_kinds)


offer(api, "identifications", identify, bodies.TextIn, schemas.IdentificationOut)
offer(api, "assessments", assess, bodies.DraftIn, schemas.AssessmentOut)
offer(api, "simplifications", simplify, bodies.SimplificationIn, schemas.SimplificationOut)
offer(api, "translations", translate, bodies.TranslationIn, schemas.TranslationOut, translate_many)
offer(api, "replies", reply, bodies.ReplyIn, schemas.ReplyOut)


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
            for each in runtime().assistant.languages()
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
            for p in runtime().assistant.profiles.values()
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
            for p in runtime().assistant.translator.packages
        ]
    )


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
                "meaning": cleandoc(kind.__doc__ or "").replace("``", "`"),
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
    audience = body.audience or runtime().settings.audience
    return Draft(body.text, body.language, audience, _spans(body.locked, body.text))


def _task(body: bodies.TranslationIn) -> TranslationTask:
    return TranslationTask(body.text, body.target, body.source, _spans(body.locked, body.text))


def _spans(ranges: Sequence[bodies.RangeIn], text: str) -> tuple[Span, ...]:
    if len(ranges) > len(text) + 1:
        raise InvalidParameter("There are more locked ranges than places in the text.", parameter="locked")
    if any(r.start > r.end or r.end > len(text) for r in ranges):
        raise InvalidParameter("A locked range lies outside the text.", parameter="locked")
    return tuple(sorted(Span(r.start, r.end) for r in ranges))

"""How a job becomes two addresses of the API: for one item, and for many, each with its own outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, ValidationError

from replyassist.errors import InvalidParameter, TimeLimitReached
from replyassist.service.access import charge
from replyassist.service.api import bodies, schemas
from replyassist.service.errors import PROBLEM, BatchTooLong, describe, name_fields
from replyassist.service.runtime import runtime

Job = Callable[[Any], BaseModel]
ManyJob = Callable[[Sequence[object], float], list[schemas.OutcomeOut]]
ERRORS: dict[int | str, Any] = {
    status: {
        "description": text,
        "content": {PROBLEM: {"schema": schemas.ProblemOut.model_json_schema()}},
    }
    for status, text in {
        400: "The request can't be worked on as it stands",
        401: "A key is needed, or the one sent is not known",
        403: "The key is not for this",
        413: "The body, the text or the batch is over its limit",
        406: "The answer is application/json, which the client does not accept",
        415: "The body is not application/json in UTF-8",
        422: "The language or the pair of languages is out of reach",
        429: "Too many requests for this key",
        500: "Internal error",
        503: "Busy, or over the time limit",
    }.items()
}


def offer(
    api: APIBlueprint, path: str, job: Job, takes: type[bodies.In], gives: type[BaseModel],
    together: ManyJob | None = None,
) -> None:  # fmt: skip
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
        limit = runtime().settings.batch_limit
        if len(body.items) > limit:
            raise BatchTooLong(limit=limit, length=len(body.items))
        charge(len(body.items))
        deadline = time.monotonic() + runtime().settings.batch_time_limit
        if together:
            return schemas.BatchOut(items=together(body.items, deadline))
        return schemas.BatchOut(items=[_outcome(item, job, takes, deadline) for item in body.items])


def _outcome(item: object, job: Job, takes: type[bodies.In], deadline: float) -> schemas.OutcomeOut:
    """What becomes of one item: an error is its own, whatever it is."""
    try:
        if time.monotonic() > deadline:
            raise TimeLimitReached("The batch took too long; send this item again.")
        return succeeded(job(takes.model_validate(item)))
    except Exception as error:  # noqa: BLE001 - one item must not take the others down
        return failed(error)


def succeeded(result: BaseModel) -> schemas.OutcomeOut:
    """The outcome of an item that worked."""
    return schemas.OutcomeOut(status=200, result=result.model_dump(mode="json"))


def failed(error: Exception) -> schemas.OutcomeOut:
    """The outcome of an item that did not: problem details."""
    if isinstance(error, ValidationError):
        error = InvalidParameter("The item does not fit its form.", errors=fields_of(error))
    problem = describe(error)
    return schemas.OutcomeOut(status=problem["status"], error=problem)


def fields_of(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong with which field, without what was sent."""
    return name_fields((".".join(map(str, e["loc"])), [e["msg"]]) for e in error.errors(include_input=False))

"""The translation memory over HTTP: one reviewed segment at a time as JSON, all of them as TMX."""

from __future__ import annotations

from importlib.metadata import version
from io import BytesIO
from itertools import islice
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, Field, StrictStr
from werkzeug.exceptions import NotFound

from replyassist.errors import NotRemembered
from replyassist.service.api.bodies import In
from replyassist.service.api.jobs import ERRORS
from replyassist.service.api.negotiation import gives, negotiate
from replyassist.service.errors import PROBLEM, BatchTooLong, UnsupportedMediaType
from replyassist.service.runtime import runtime
from replyassist.state.memory import LONGEST, LONGEST_TAG, TAG, SegmentMemory
from replyassist.translation.tmx import read_tmx, write_tmx

memory_api = APIBlueprint("memory_api", __name__, url_prefix="/api/v1", tag="Translation memory")
memory_api.before_request(negotiate)

TMX = "application/x-tmx+xml"
# Each is looked through for what may point to somebody; more than these go in by the command line.
MOST_UNITS = 20_000
ONE = "/memory/<string(maxlength=20):source>/<string(maxlength=20):target>/<digest>"
UNKNOWN: dict[int | str, Any] = {404: ERRORS[400] | {"description": "There is no such segment"}}
REFUSED: dict[int | str, Any] = {
    422: ERRORS[422] | {"description": "The memory is off, or must not keep this: see `reason`"}
}

Code = Annotated[StrictStr, Field(pattern=f"^{TAG.pattern}$", max_length=LONGEST_TAG)]
Wording = Annotated[StrictStr, Field(min_length=1, max_length=LONGEST)]


class SegmentIn(In):
    """A segment and its translation as a person has approved it."""

    text: Wording
    translation: Wording
    source: Code
    target: Code
    written_by: Annotated[
        Literal["municipality", "citizen"],
        Field(description="Whose words the text is; what a citizen wrote is never stored."),
    ]


class SegmentKept(BaseModel):
    """A reviewed segment; its digest is that of its text."""

    digest: str
    source: str
    target: str
    text: str
    translation: str


class DirectionOut(BaseModel):
    """How many segments there are from one language into another."""

    source: str
    target: str
    segments: int


class MemoryOut(BaseModel):
    """What the memory holds."""

    directions: list[DirectionOut]


class ImportedOut(BaseModel):
    """What became of the segments of a file; refused are those that may point to somebody."""

    kept: int
    refused: int


class ForgottenOut(BaseModel):
    """How many segments there were."""

    forgotten: int


def _errors(*codes: int) -> dict[int | str, Any]:
    return {code: ERRORS[code] for code in (*codes, 406, 500, 503)} | REFUSED


@memory_api.get("/memory")
@memory_api.doc(summary="How many reviewed segments there are", responses=_errors())
@memory_api.output(MemoryOut)
def count_segments() -> Any:
    """By direction."""
    counted = _memory().count()
    return MemoryOut(directions=[DirectionOut(source=s, target=t, segments=n) for s, t, n in counted])


@memory_api.post("/memory")
@memory_api.doc(summary="Keep a reviewed segment", responses=_errors(400, 413, 415))
@memory_api.input(SegmentIn, arg_name="body")
@memory_api.output(SegmentKept, status_code=201)
def keep_segment(body: SegmentIn) -> Any:
    """It is used for the same words from now on, in the place of what was kept for them."""
    digest = runtime().assistant.remember(
        body.text, body.translation, source=body.source, target=body.target, written_by=body.written_by
    )
    kept = _show(body.source, body.target, digest)
    return kept, 201, {"Location": f"/api/v1/memory/{body.source}/{body.target}/{digest}"}


@memory_api.delete("/memory")
@memory_api.doc(summary="Forget all segments", responses=_errors())
@memory_api.output(ForgottenOut)
def forget_all() -> Any:
    """For good."""
    return ForgottenOut(forgotten=_memory().clear())


@memory_api.get(ONE)
@memory_api.doc(summary="One segment", responses=_errors() | UNKNOWN)
@memory_api.output(SegmentKept)
def show_segment(source: str, target: str, digest: str) -> Any:
    """By its languages and the digest of its text."""
    return _show(source, target, digest)


@memory_api.delete(ONE)
@memory_api.doc(summary="Forget a segment", responses=_errors() | UNKNOWN)
@memory_api.output({}, status_code=204)
def forget_segment(source: str, target: str, digest: str) -> Any:
    """It is used no more."""
    if not _memory().forget(source, target, digest):
        raise NotFound
    return ""


@memory_api.get("/memory.tmx")
@memory_api.doc(
    summary="All segments as TMX",
    responses=_errors()
    | {200: {"description": "The file", "content": {TMX: {"schema": {"type": "string"}}}}},
)
@gives(TMX, PROBLEM)
def export() -> Response:
    """TMX 1.4b."""
    file = BytesIO()
    write_tmx(_memory().units(), file, version("replyassist"))
    response = Response(file.getvalue(), content_type=f"{TMX}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="memory.tmx")
    return response


@memory_api.post("/memory.tmx")
@memory_api.doc(summary="Add the reviewed segments of a TMX file", responses=_errors(400, 413, 415))
@memory_api.output(ImportedOut)
def import_file() -> Any:
    """All that may be kept, or nothing where the file can't be read to its end."""
    if request.mimetype != TMX:
        raise UnsupportedMediaType(f"Send the body as {TMX}.")
    memory = _memory()
    units = list(islice(read_tmx(BytesIO(request.get_data())), MOST_UNITS + 1))
    if len(units) > MOST_UNITS:
        raise BatchTooLong(limit=MOST_UNITS, length=len(units))
    kept, refused = memory.add(units)
    return ImportedOut(kept=kept, refused=refused)


def _memory() -> SegmentMemory:
    """The memory.

    Raises:
        NotRemembered: it is switched off.
    """
    memory = runtime().assistant.memory
    if memory is None:
        raise NotRemembered("The translation memory is switched off.", reason="off")
    return memory


def _show(source: str, target: str, digest: str) -> SegmentKept:
    unit = _memory().show(source, target, digest)
    if unit is None:
        raise NotFound
    return SegmentKept(digest=digest, source=source, target=target, text=unit.source, translation=unit.target)

"""The municipality's own words over HTTP: one by one as JSON, all at once as CSV or TBX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, Field, StrictStr

from replyassist.service.api.bodies import In
from replyassist.service.api.jobs import ERRORS
from replyassist.service.api.negotiation import gives, negotiate
from replyassist.service.errors import PROBLEM, UnsupportedMediaType
from replyassist.service.runtime import runtime
from replyassist.state.terms import LONGEST_WORD, StoredConcept
from replyassist.translation.term_files import Concept, read_csv, read_tbx, write_csv, write_tbx

terms_api = APIBlueprint("terms_api", __name__, url_prefix="/api/v1", tag="The municipality's own words")
terms_api.before_request(negotiate)

Words = Annotated[
    dict[StrictStr, Annotated[StrictStr, Field(min_length=1, max_length=LONGEST_WORD)]],
    Field(min_length=1, description="Language tag, or * for every language, and its word, or forms with |"),
]
UNKNOWN = {404: ERRORS[400] | {"description": "No concept has that number"}}


class TermIn(In):
    """A concept and what it is called."""

    words: Words


class TermOut(BaseModel):
    """A concept, with the number that it is changed by."""

    id: int
    words: dict[str, str]


class TermsOut(BaseModel):
    """Every concept that is stored; those of the file in the settings are not among them."""

    terms: list[TermOut]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format of termbases."""

    name: str
    media_type: str
    read: Callable[[bytes], list[Concept]]
    write: Callable[[list[Concept]], bytes]


FORMATS = (
    Format("csv", "text/csv", read_csv, write_csv),
    Format("tbx", "application/x-tbx+xml", read_tbx, write_tbx),
)


def _errors(*codes: int) -> dict[int | str, Any]:
    return {code: ERRORS[code] for code in (*codes, 406, 500, 503)}


@terms_api.get("/terms")
@terms_api.doc(summary="The municipality's own words", responses=_errors())
@terms_api.output(TermsOut)
def list_terms() -> Any:
    """Every stored concept."""
    return TermsOut(terms=[_render(concept) for concept in runtime().state.terms.list_all()])


@terms_api.post("/terms")
@terms_api.doc(summary="Add a concept", responses=_errors(400, 413, 415))
@terms_api.input(TermIn, arg_name="body")
@terms_api.output(TermOut, status_code=201)
def add_term(body: TermIn) -> Any:
    """It is used in translations from now on."""
    (concept,) = runtime().state.terms.add([body.words])
    return _render(concept), 201, {"Location": f"/api/v1/terms/{concept.id}"}


@terms_api.get("/terms/<int(max=2147483647):term_id>")
@terms_api.doc(summary="One concept", responses=_errors() | UNKNOWN)
@terms_api.output(TermOut)
def show_term(term_id: int) -> Any:
    """By its number."""
    return _render(runtime().state.terms.find(term_id))


@terms_api.put("/terms/<int(max=2147483647):term_id>")
@terms_api.doc(summary="Give a concept other words", responses=_errors(400, 413, 415) | UNKNOWN)
@terms_api.input(TermIn, arg_name="body")
@terms_api.output(TermOut)
def change_term(term_id: int, body: TermIn) -> Any:
    """All of its words are replaced."""
    return _render(runtime().state.terms.change(term_id, body.words))


@terms_api.delete("/terms/<int(max=2147483647):term_id>")
@terms_api.doc(summary="Delete a concept", responses=_errors() | UNKNOWN)
@terms_api.output({}, status_code=204)
def remove_term(term_id: int) -> Any:
    """It is used no more."""
    runtime().state.terms.remove(term_id)
    return ""


def _offer_file(form: Format) -> None:
    """Let the whole termbase be saved and replaced in a file format."""
    content = {form.media_type: {"schema": {"type": "string"}}}

    @terms_api.get(f"/terms.{form.name}", endpoint=f"export-{form.name}")
    @terms_api.doc(
        summary=f"All words as {form.name.upper()}",
        responses=_errors() | {200: {"description": "The file", "content": content}},
    )
    @gives(form.media_type, PROBLEM)
    def export() -> Response:
        stored = [concept.words for concept in runtime().state.terms.list_all()]
        response = Response(form.write(stored), content_type=f"{form.media_type}; charset=utf-8")
        response.headers.set("Content-Disposition", "attachment", filename=f"terms.{form.name}")
        return response

    @terms_api.put(f"/terms.{form.name}", endpoint=f"import-{form.name}")
    @terms_api.doc(
        summary=f"Replace all words by those of a {form.name.upper()} file",
        responses=_errors(400, 413, 415, 422),
    )
    @terms_api.output(TermsOut)
    def replace() -> Any:
        if request.mimetype != form.media_type:
            raise UnsupportedMediaType(f"Send the body as {form.media_type}.")
        stored = runtime().state.terms.replace_all(form.read(request.get_data()))
        return TermsOut(terms=[_render(concept) for concept in stored])


def _render(concept: StoredConcept) -> TermOut:
    return TermOut(id=concept.id, words=concept.words)


for _form in FORMATS:
    _offer_file(_form)

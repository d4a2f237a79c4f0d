"""Documents over HTTP: their text, and their translation in their own format with what must be reviewed."""

from __future__ import annotations

from base64 import b64encode
from mimetypes import guess_type
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import request
from pydantic import Field, ValidationError
from werkzeug.datastructures import FileStorage

from replyassist import documents
from replyassist.errors import InvalidParameter
from replyassist.service.api import schemas
from replyassist.service.api.bodies import In, Tag
from replyassist.service.api.jobs import ERRORS, fields_of
from replyassist.service.api.negotiation import negotiate
from replyassist.service.api.openapi import MULTIPART, takes
from replyassist.service.api.rendering import render_doubt, render_span
from replyassist.service.errors import UnsupportedMediaType
from replyassist.service.offsets import Utf16Offsets
from replyassist.service.runtime import runtime
from replyassist.service.translating import translate_file, translated_name

documents_api = APIBlueprint("documents_api", __name__, url_prefix="/api/v1", tag="Documents")
documents_api.before_request(negotiate)

UNKNOWN_TYPE = "application/octet-stream"
File = Annotated[str, Field(json_schema_extra={"format": "binary"})]


class DocumentIn(In):
    """A document to read."""

    file: File


class Wanted(In):
    """The language that a document is wanted in."""

    target: Tag
    source: Annotated[Tag | None, Field(description="Found when it is left out.")] = None


class DocumentTranslationIn(Wanted):
    """A document to translate, and the language that it is wanted in."""

    file: File


@documents_api.post("/documents")
@documents_api.doc(
    summary="The text of a document: docx, odt, pptx, pdf, html, eml, md or txt.", responses=ERRORS
)
@documents_api.output(schemas.DocumentOut)
@takes(DocumentIn, MULTIPART)
def read_document() -> Any:
    """The form field ``file`` of a multipart/form-data body. It is read in memory and forgotten."""
    file = _sent_file()
    draft = documents.read(
        file.read(),
        filename=file.filename or "",
        media_type=file.mimetype,
        limit=runtime().settings.text_limit,
    )
    offsets = Utf16Offsets(draft.text)
    blocks = [schemas.BlockOut(kind=b.kind, span=render_span(b.span, offsets)) for b in draft.blocks]
    return schemas.DocumentOut(text=draft.text, blocks=blocks)


@documents_api.post("/documents/translations")
@documents_api.doc(
    summary="A docx, odt, pptx, html, eml or txt file in another language, and what must be reviewed in it.",
    responses=ERRORS,
)
@documents_api.output(schemas.TranslatedDocumentOut)
@takes(DocumentTranslationIn, MULTIPART)
def translate_document() -> Any:
    """In one answer, file and doubts together: nothing waits here to be fetched, and nobody gets the file
    without what is doubtful in it.
    """
    file = _sent_file()
    try:
        wanted = Wanted.model_validate(request.form.to_dict())
    except ValidationError as error:
        raise InvalidParameter("The form does not fit.", errors=fields_of(error)) from None
    name = file.filename or ""
    made = translate_file(file.read(), name, wanted.source, wanted.target)
    name = translated_name(name, made.target)
    return schemas.TranslatedDocumentOut(
        name=name,
        media_type=guess_type(name)[0] or UNKNOWN_TYPE,
        content=b64encode(made.content).decode("ascii"),
        source=made.source,
        target=made.target,
        route=list(made.route),
        quality=made.quality,
        label=made.label,
        segments=made.segments,
        doubts=[render_doubt(doubt) for doubt in made.doubts],
    )


def _sent_file() -> FileStorage:
    """The document that was sent.

    Raises:
        UnsupportedMediaType, InvalidParameter.
    """
    if request.mimetype != MULTIPART:
        raise UnsupportedMediaType(f"Send the document as {MULTIPART}.")
    files = request.files.getlist("file")
    if len(files) != 1 or not files[0].filename:
        raise InvalidParameter("Send one document as the form field 'file'.", parameter="file")
    return files[0]

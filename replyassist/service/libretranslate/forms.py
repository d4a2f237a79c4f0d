"""What clients of LibreTranslate send and get, for the description of the API; parameters.py reads it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from replyassist.service.api.openapi import JSON, answers

Code = Annotated[str, Field(min_length=1, description="Such as nb; `no` and nb-NO mean the same.")]
Text = Annotated[str, Field(min_length=1)]
Source = Annotated[str, Field(min_length=1, description="As target, or `auto`.")]


class DetectIn(BaseModel):
    """A text whose language is asked for."""

    q: Text
    api_key: str = ""


class TranslateIn(BaseModel):
    """A text or a list of texts to translate."""

    q: Annotated[Text | list[str], Field(description="A list through JSON only.")]
    source: Source
    target: Code
    format: Literal["text", "html"] = "text"
    alternatives: Annotated[int, Field(description="Further readings, 5 at most.")] = 0
    api_key: str = ""


class SuggestIn(BaseModel):
    """A better translation; it is not kept here."""

    q: Text
    s: Text
    source: Source
    target: Code


class FileIn(BaseModel):
    """A file to translate."""

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    source: Source
    target: Code
    api_key: str = ""


class Detected(BaseModel):
    """A language and how sure it is, 0 to 100."""

    confidence: Annotated[float, Field(ge=0, le=100)]
    language: str


class Translated(BaseModel):
    """The translation; each value is a list when a list was sent."""

    model_config = ConfigDict(extra="forbid")

    translatedText: str | list[str]  # noqa: N815 - LibreTranslate's name
    detectedLanguage: dict[str, Any] | list[dict[str, Any]] = {}  # noqa: N815
    alternatives: list[str] | list[list[str]] = []


ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
    "additionalProperties": False,
}
ERRORS: dict[int | str, Any] = {
    status: answers(JSON, ERROR, text)
    for status, text in {
        400: "The request can't be worked on, or a key is needed and missing",
        403: "The key is not known, or its quota is used up, or this is not done here",
        413: "The body is over its limit",
        429: "Too many requests",
        500: "Internal error",
        503: "Busy, or over the time limit",
    }.items()
}

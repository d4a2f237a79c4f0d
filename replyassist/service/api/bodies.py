"""What our API takes, as types: the OpenAPI description is generated from these."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

Name = Annotated[StrictStr, Field(max_length=100)]
Tag = Annotated[StrictStr, Field(min_length=2, max_length=35, description="BCP 47 tag, such as nb")]


class In(BaseModel):
    """Something that a caller sends: a key that is not known is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


class RangeIn(In):
    """A half-open range of code points of the text."""

    start: Annotated[StrictInt, Field(ge=0)]
    end: Annotated[StrictInt, Field(ge=0)]


class TextIn(In):
    """A text."""

    text: StrictStr


class DraftIn(TextIn):
    """A draft letter and whom it is for."""

    language: Annotated[Tag | None, Field(description="Found when it is left out.")] = None
    audience: Annotated[Name | None, Field(description="Name of a profile; GET /api/v1/profiles.")] = None
    locked: Annotated[list[RangeIn], Field(description="Template text that is never suggested on.")] = []
    ui_language: Annotated[
        Tag | None, Field(description="The language of explanations; else that of Accept-Language.")
    ] = None


class SimplificationIn(DraftIn):
    """A draft and the suggestions to apply to it."""

    accept: Annotated[
        list[StrictInt] | None, Field(description="Indexes of findings; all safe ones when it is left out.")
    ] = None


class TranslationIn(TextIn):
    """A text and the language that it is wanted in."""

    target: Tag
    source: Annotated[Tag | None, Field(description="Found when it is left out.")] = None
    locked: Annotated[list[RangeIn], Field(description="What is left in the source language.")] = []


class ReplyIn(In):
    """A citizen's message, the draft that answers it, or both."""

    message: StrictStr | None = None
    draft: StrictStr | None = None
    language: Annotated[Tag | None, Field(description="Of the draft; found when it is left out.")] = None
    audience: Name | None = None
    target: Annotated[Tag | None, Field(description="Of the reply; else the language of the message.")] = None
    locked: list[RangeIn] = []
    ui_language: Tag | None = None


class BatchIn(In):
    """Many requests in one; each has its own outcome."""

    items: Annotated[list[Any], Field(description="Each as the body of the single form.", min_length=1)]

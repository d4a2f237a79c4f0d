"""Describing an address whose parameters are read by hand: what it takes and gives, in the OpenAPI document.

The compatible doors take JSON, forms and queries alike and have their own words for what is wrong: the
framework can't validate for them. What is said of them here, schemathesis holds them to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., object])

TAKES = "takes"
JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
TEXT = "text/plain"


def takes(body: type[BaseModel], *media_types: str) -> Callable[[View], View]:
    """Mark a view that takes a body of this form in any of these types."""

    def mark(view: View) -> View:
        setattr(view, TAKES, (body, media_types))
        return view

    return mark


def answers(media_type: str, schema: type[BaseModel] | Mapping[str, Any], text: str) -> dict[str, Any]:
    """An answer for ``doc(responses=...)``."""
    told = schema if isinstance(schema, Mapping) else schema.model_json_schema()
    return {"description": text, "content": {media_type: {"schema": told}}}


def add_bodies(app: Flask, spec: dict[str, Any]) -> None:
    """Put the bodies of all marked views into the OpenAPI document ``spec``."""
    for rule in app.url_map.iter_rules():
        marked = getattr(app.view_functions[rule.endpoint], TAKES, None)
        operation = spec["paths"].get(rule.rule, {}).get("post")
        if marked and operation:
            body, media_types = marked
            schema = body.model_json_schema()
            operation["requestBody"] = {"content": {each: {"schema": schema} for each in media_types}}

"""The API's description for people: plain HTML made of the OpenAPI document, no script, no foreign host."""

from __future__ import annotations

from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from replyassist.config import Settings
from replyassist.service.api.bodies import BatchIn
from replyassist.service.api.openapi import add_bodies
from replyassist.service.runtime import EXTENSION

description = Blueprint("description", __name__)

LIMITED = {"text", "message", "draft"}  # fields of what a client sends that hold a text
METHODS = ("get", "post", "put", "patch", "delete")


@description.record_once
def complete(setup: BlueprintSetupState) -> None:
    """Put into what describes this server its limits, and the bodies that it reads by hand."""
    app, settings = setup.app, setup.app.extensions[EXTENSION].settings

    @cast(APIFlask, app).spec_processor
    def process(spec: Any) -> Any:
        add_bodies(cast(APIFlask, app), spec)
        _add_limits(spec, settings)
        return spec


def _add_limits(spec: dict[str, Any], settings: Settings) -> None:
    spec["info"]["description"] += (
        f" Texts have up to {settings.text_limit:,} characters, bodies {settings.body_limit:,} bytes, batches"
        f" {settings.batch_limit:,} items. A translation may take {settings.time_limit:g} seconds, a batch"
        f" {settings.batch_time_limit:g}; what is not done by then says so for itself."
    )
    for name, schema in spec.get("components", {}).get("schemas", {}).items():
        fields = schema.get("properties", {}) if name.endswith("In") else {}
        for field in LIMITED & fields.keys():
            kinds = fields[field].get("anyOf", [fields[field]])
            for kind in kinds:
                if kind.get("type") == "string":  # what feedback tells of a message is no text
                    kind["maxLength"] = settings.text_limit
        if name == BatchIn.__name__:
            fields["items"]["maxItems"] = settings.batch_limit


@description.get("/docs")
def docs() -> str:
    """Every address: what it takes, gives and answers when something is wrong."""
    spec = cast(dict[str, Any], current_app._get_spec("json"))  # type: ignore[attr-defined]  # its cached form
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]
    groups: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        groups.setdefault((operation.get("tags") or [""])[0], []).append(operation)
    return render_template(
        "docs.html", spec=spec, groups=groups, schemas=spec.get("components", {}).get("schemas", {})
    )


@description.get("/api/v1/")
def index() -> Response:
    """The API's own address leads to its description."""
    return redirect(url_for("description.docs"))

"""The API's description for people: plain HTML made of the OpenAPI document, no script, no foreign host."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

description = Blueprint("description", __name__)

METHODS = ("get", "post", "put", "patch", "delete")


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

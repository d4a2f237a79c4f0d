"""What a client accepts: the API answers in JSON, and says so to a client that wants something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request
from werkzeug.exceptions import NotAcceptable

from replyassist.service.errors import PROBLEM

View = TypeVar("View", bound=Callable[..., object])

JSON = ("application/json", PROBLEM)
GIVES = "media_types"  # attribute of a view that answers in something else than JSON


def gives(*media_types: str) -> Callable[[View], View]:
    """Mark a view that answers in these types."""

    def mark(view: View) -> View:
        setattr(view, GIVES, media_types)
        return view

    return mark


def negotiate() -> None:
    """Before a request is worked on: can the client read the answer?

    Raises:
        NotAcceptable: it accepts none of the types that the view gives.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    wanted = request.accept_mimetypes
    if request.method != "OPTIONS" and wanted and not wanted.best_match(getattr(view, GIVES, JSON)):
        raise NotAcceptable

"""Is the server alive, is it ready? For whatever starts, stops and balances servers."""

from __future__ import annotations

from flask import Blueprint, Response

from replyassist.service.errors import RETRY_AFTER
from replyassist.service.runtime import runtime

health = Blueprint("health", __name__)


@health.get("/livez")
def livez() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@health.get("/readyz")
def readyz() -> Response:
    """The models are warm."""
    if runtime().ready.is_set():
        return Response("ready\n", content_type="text/plain; charset=utf-8")
    waiting = Response("warming\n", status=503, content_type="text/plain; charset=utf-8")
    waiting.headers["Retry-After"] = str(RETRY_AFTER)
    return waiting

"""One answer to every error, in the shape of the door it happened at.

Our own API speaks RFC 9457 (problem+json), LibreTranslate's clients want ``{"error": ...}``, LanguageTool's a
line of text, and a person in front of the page a page. No shape ever holds the text that was sent.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable
from http import HTTPStatus
from itertools import islice
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from replyassist.errors import InvalidInput, InvalidParameter, ReplyassistError, TextTooLong

log = logging.getLogger("replyassist.service")

PROBLEM = "application/problem+json"
PROBLEM_TYPE = "/api/v1/problems/"  # + code: a page that says what the code means
LIBRETRANSLATE_PATHS = (
    "/translate", "/detect", "/languages", "/health", "/spec", "/frontend", "/suggest", "/translate_file",
    "/download_file",
)  # fmt: skip
FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.*-]{0,59}")
UNNAMED = "(unknown)"
MOST_FIELDS = 20
RETRY_AFTER = 2  # seconds, where an error's own ``retry_after`` says nothing else
REFUSALS = {  # code: how LibreTranslate says it
    "key-missing": (400, "Please contact the server operator to get an API key"),
    "key-unknown": (403, "Invalid API key"),
    "scope-missing": (403, "This API key is not for this"),
    "rate-reached": (429, "Slowdown: {} per 1 minute"),
    "quota-reached": (403, "Slowdown: {} per 1 day"),  # clients read 403 as a quota: they stop for the day
}


class InvalidJson(InvalidInput):
    """The body is no JSON, or no JSON object."""

    code = "invalid-json"
    title = "Invalid JSON"


class UnsupportedMediaType(InvalidInput):
    """The body is of a type that this address can't take."""

    code = "unsupported-media-type"
    status = 415
    title = "Unsupported media type"


class BodyTooLarge(InvalidInput):
    """The body is over the configured limit; ``limit`` is in bytes. It was not read."""

    code = "body-too-large"
    status = 413
    title = "Request body too large"


class BatchTooLong(InvalidInput):
    """More items than one request may have; ``limit`` is how many, ``length`` how many came."""

    code = "batch-too-long"
    status = 413
    title = "Too many items"


class Overloaded(ReplyassistError):
    """More requests are being worked on than this server can take."""

    code = "overloaded"
    status = 503
    title = "The server is busy"


HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: BodyTooLarge.code,
    414: "address-too-long",
    415: UnsupportedMediaType.code,
    416: "range-not-satisfiable",
    417: "expectation-failed",
    422: "invalid-parameter",
    431: "headers-too-large",
    501: "transfer-coding-unknown",
}


def is_libretranslate(path: str) -> bool:
    """Whether an address is one of LibreTranslate's."""
    return f"/{path.split('/')[1]}" in LIBRETRANSLATE_PATHS


def describe(error: Exception) -> dict[str, Any]:
    """The error as RFC 9457 problem details, without the request's id.

    An exception that is none of ours and none of HTTP's is an internal error: its message may hold text.
    """
    if isinstance(error, ReplyassistError):
        problem = _problem(error.status, error.code, error.title, error.detail)
        return problem | {k: v for k, v in error.fields.items() if k not in problem and v is not None}
    if isinstance(error, HTTPError):  # APIFlask: the body does not fit its schema
        return _misfit(error)
    if isinstance(error, HTTPException) and error.code:
        return _problem(
            error.code, HTTP_CODES.get(error.code, f"http-{error.code}"), HTTPStatus(error.code).phrase
        )
    return _problem(500, ReplyassistError.code, ReplyassistError.title)


def _misfit(error: HTTPError) -> dict[str, Any]:
    """What is wrong with each field, without its value."""
    parts = [part for part in (error.detail or {}).values() if isinstance(part, dict)]
    fields = name_fields((name, messages) for part in parts for name, messages in part.items())
    if not fields:
        return _problem(
            error.status_code, HTTP_CODES.get(error.status_code, "bad-request"), error.message or ""
        )
    return _problem(400, InvalidParameter.code, InvalidParameter.title) | {"errors": fields}


def name_fields(wrong: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What is wrong, by field.

    A key that the caller made up may be anything, a citizen's name too: one that could be no field is
    not told, and neither are more than ``MOST_FIELDS``.
    """
    named = {name if FIELD.fullmatch(name) else UNNAMED: messages for name, messages in wrong}
    return dict(islice(named.items(), MOST_FIELDS))


def _problem(status: int, code: str, title: str, detail: str = "") -> dict[str, Any]:
    problem: dict[str, Any] = {
        "type": f"{PROBLEM_TYPE}{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    return problem | ({"detail": detail} if detail and detail != title else {})


def register_errors(app: APIFlask) -> None:
    """Let every error of ``app`` be answered here."""
    for kind in (ReplyassistError, HTTPError, HTTPException, Exception):
        app.register_error_handler(kind, answer)


def answer(error: Exception) -> Response:
    """The response to ``error``, in the shape of the door that the request came to."""
    problem = describe(error)
    if problem["status"] >= 500:
        note(error, g.get("request_id", "-"))
    path = request.path
    if is_libretranslate(path):
        response = _as_libretranslate(problem)
    elif path.startswith("/v2/"):
        text = problem.get("detail") or problem["title"]
        response = Response(f"Error: {text}", content_type="text/plain; charset=utf-8")
    elif not path.startswith("/api/") and wants_page():
        response = Response(render_template("error.html", problem=problem))
    else:
        response = jsonify(problem | {"request_id": g.get("request_id", "")})
        response.content_type = PROBLEM
    response.status_code = response.status_code if response.status_code >= 400 else problem["status"]
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if response.status_code in (429, 503):
        wait = error.fields.get("retry_after") if isinstance(error, ReplyassistError) else None
        response.headers["Retry-After"] = str(wait or RETRY_AFTER)
    return response


def wants_page() -> bool:
    """Whether a browser asks: it likes HTML better than JSON, beside pictures and whatever else."""
    wanted = request.accept_mimetypes
    return bool(wanted["text/html"] > wanted[PROBLEM])


def _as_libretranslate(problem: dict[str, Any]) -> Response:
    """Its clients know 400 for whatever is wrong with what they sent; 413 only for a body too large."""
    if problem["code"] in REFUSALS:
        status, text = REFUSALS[problem["code"]]
        response = jsonify({"error": text.format(problem.get("limit"))})
        response.status_code = status
        return response
    text = problem.get("detail") or problem["title"]
    if problem["code"] == InvalidJson.code:
        text = "Invalid JSON format"
    elif problem["code"] == TextTooLong.code and "length" in problem:
        text = f"Invalid request: request ({problem['length']}) exceeds text limit ({problem['limit']})"
    response = jsonify({"error": text})
    kept = {401, 403, 404, 405, 429}
    status = problem["status"]
    large = problem["code"] == BodyTooLarge.code
    response.status_code = status if status in kept or status >= 500 or large else 400
    return response


def note(error: Exception, request_id: str) -> None:
    """Log what went wrong: the place in our code, never the message of a foreign exception."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    log.error("%s %s at %s", request_id, type(error).__name__, place)

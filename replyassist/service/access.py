"""Who may call: anybody on this machine, elsewhere whoever shows a key with the right scope.

A key comes as ``Authorization: Bearer``, as the password of Basic (what browsers ask people for), as
LibreTranslate's ``api_key`` or as LanguageTool's ``apiKey``.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request
from werkzeug.routing import Rule

from replyassist.errors import ReplyassistError
from replyassist.service.errors import is_libretranslate
from replyassist.service.reach import is_reachable
from replyassist.service.runtime import runtime
from replyassist.service.strict_request import StrictRequest
from replyassist.state.meter import MINUTE

FREE: Final = ""  # needs no key anywhere: it says nothing that is not public, and does no work
BLUEPRINTS = {"pages": "pages", "site": "pages"}
MEMORY = "memory"
# Every other route by itself: one that stands nowhere is refused where keys are needed, and a test finds it.
ROUTES = {
    "/desk/memory": MEMORY,
    "/static/<path:filename>": FREE,
    "/livez": FREE,
    "/readyz": FREE,
    "/metrics": "metrics",
    "/docs": FREE,
    "/api/v1/": FREE,
    "/api/v1/openapi.json": FREE,
    "/api/v1/problems/<code>": FREE,
    "/api/v1/languages": FREE,
    "/api/v1/profiles": FREE,
    "/api/v1/models": FREE,
    "/api/v1/identifications": "identify",
    "/api/v1/identifications/batch": "identify",
    "/api/v1/assessments": "assess",
    "/api/v1/assessments/batch": "assess",
    "/api/v1/simplifications": "assess",
    "/api/v1/simplifications/batch": "assess",
    "/api/v1/translations": "translate",
    "/api/v1/translations/batch": "translate",
    "/api/v1/replies": "reply",
    "/api/v1/replies/batch": "reply",
    "/api/v1/documents": "files",
    "/api/v1/documents/translations": "files",
    "/api/v1/feedback": "assess",
    "/api/v1/insights": "insights",
    "/api/v1/terms": "terms",
    "/api/v1/terms/<int(max=2147483647):term_id>": "terms",
    "/api/v1/terms.csv": "terms",
    "/api/v1/terms.tbx": "terms",
    "/api/v1/memory": "memory",
    "/api/v1/memory/<string(maxlength=20):source>/<string(maxlength=20):target>/<digest>": "memory",
    "/api/v1/memory.tmx": "memory",
    "/insights": "insights",
    "/feedback": "pages",
    "/translate": "translate",
    "/detect": "identify",
    "/suggest": "translate",
    "/translate_file": "files",
    "/download_file/<key>/<name>": FREE,  # its own key can't be guessed, and clients send no other
    "/languages": FREE,
    "/health": FREE,
    "/spec": FREE,
    "/frontend/settings": FREE,
    "/v2/check": "assess",
    "/v2/languages": FREE,
    "/v2/info": FREE,
    "/v2/maxtextlength": FREE,
    "/v2/healthcheck": FREE,
}
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
CHALLENGES = {"page": 'Basic realm="replyassist", charset="UTF-8"', "api": 'Bearer realm="replyassist"'}


class KeyMissing(ReplyassistError):
    """This address needs a key: ``Authorization: Bearer <key>``."""

    code = "key-missing"
    status = 401
    title = "A key is needed"


class KeyUnknown(ReplyassistError):
    """The key that was sent is none of this server's, or was revoked."""

    code = "key-unknown"
    status = 401
    title = "Unknown key"


class ScopeMissing(ReplyassistError):
    """The key does not open this address; ``scope`` would."""

    code = "scope-missing"
    status = 403
    title = "The key does not open this"


class RateReached(ReplyassistError):
    """The requests of this minute are used up; ``limit`` is how many, ``retry_after`` in seconds."""

    code = "rate-reached"
    status = 429
    title = "Too many requests in a minute"


class QuotaReached(ReplyassistError):
    """The key's requests of this day (UTC) are used up; ``limit`` is how many, ``retry_after`` in seconds."""

    code = "quota-reached"
    status = 429
    title = "Too many requests in a day"


def guard(app: Flask) -> None:
    """Let nobody in who may not, at every route of ``app``."""

    @app.before_request
    def check() -> None:
        scope = find_scope(request.url_rule)
        if request.method == "OPTIONS" or scope == FREE or is_open():
            return
        if scope == "pages" and runtime().settings.open_pages:
            return
        _let_in(scope)

    @app.after_request
    def challenge(response: Response) -> Response:
        if response.status_code == 401:
            is_page = find_scope(request.url_rule) == "pages" or response.mimetype == "text/html"
            response.headers["WWW-Authenticate"] = CHALLENGES["page" if is_page else "api"]
        return response


def find_scope(rule: Rule | None) -> str | None:
    """What opens a route: a scope, FREE, or None for one that nothing opens; what has no route is FREE."""
    if rule is None:
        return FREE  # 404 or 405 follows
    return ROUTES.get(rule.rule, BLUEPRINTS.get(rule.endpoint.partition(".")[0]))


def is_open() -> bool:
    """Whether this request needs no key, whatever it asks for."""
    settings = runtime().settings
    if settings.open:
        return True
    # A proxy that the settings don't know may bring anybody to a server that believes itself alone.
    return not is_reachable(settings) and not any(name in request.headers for name in FORWARDED)


def may_remember() -> bool:
    """Whether this caller may keep reviewed segments: the house does, and their key may, if one is needed."""
    key = g.get("key")
    return runtime().assistant.memory is not None and (is_open() or bool(key and MEMORY in key.scopes))


def find_unit() -> str:
    """The unit that this request is counted for; empty for none."""
    key = g.get("key")
    return key.unit if key else ""


def charge(items: int) -> None:
    """Count a request for many items as so many against the key's quota; its rate counts requests."""
    if key := g.get("key"):
        runtime().state.meter.charge(key, items - 1)


def _let_in(scope: str | None) -> None:
    """Let the bearer of a key in whose scopes and limits allow it.

    Raises:
        KeyMissing, KeyUnknown, ScopeMissing, RateReached, QuotaReached, StateUnavailable.
    """
    secret = _read_secret()
    if not secret:
        raise KeyMissing
    state = runtime().state
    key = state.keyring.find(secret)
    if key is None:
        raise KeyUnknown
    if scope not in key.scopes:
        raise ScopeMissing(scope=scope)
    if refusal := state.meter.use(key):
        kind = RateReached if refusal.period == MINUTE else QuotaReached
        raise kind(limit=refusal.limit, retry_after=refusal.wait)
    g.key = key


def _read_secret() -> str:
    """The key that the client sent, from wherever clients of this door put it."""
    given = request.authorization
    if given is not None:
        return (given.token if given.type == "bearer" else given.password) or ""
    if is_libretranslate(request.path):
        return _read_parameter("api_key")
    if request.path.startswith("/v2/"):
        return _read_parameter("apiKey")
    return ""


def _read_parameter(name: str) -> str:
    """A parameter of the query, the form or the JSON; what can't be read has none."""
    try:
        sent = (
            request.get_json() if isinstance(request, StrictRequest) and request.is_json else request.values
        )
    except ReplyassistError:
        return ""
    value = sent.get(name)
    return value if isinstance(value, str) else ""

"""What holds at every door: limits before reading, ids, headers, and a log that knows no text."""

from __future__ import annotations

import logging
import re
import time
import uuid
from threading import Semaphore

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

from replyassist.config import Settings
from replyassist.service.capacity import WAITING
from replyassist.service.errors import Overloaded, is_libretranslate
from replyassist.service.strict_request import StrictRequest

log = logging.getLogger("replyassist.service")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHARED_PATHS = ("/api/v1/", "/v2/")  # what scripts of other sites may be allowed to call
UNCOUNTED = (
    "/livez",
    "/readyz",
    "/metrics",
)  # asked every few seconds, and most of all when there is a crowd


def secure(app: Flask, settings: Settings) -> None:
    """Put the guards before and the headers after every request of ``app``."""
    if settings.proxies:
        believed = dict.fromkeys(("x_for", "x_proto", "x_host", "x_prefix"), settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **believed)  # type: ignore[method-assign]
    app.session_interface = FormSession()
    origins = frozenset(settings.origins)
    places = Semaphore(WAITING)

    @app.before_request
    def open_request() -> Response | None:
        g.started = time.monotonic()
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        if request.path not in UNCOUNTED:
            if not places.acquire(blocking=False):
                raise Overloaded
            g.place = places
        if isinstance(request, StrictRequest):
            request.refuse_large_body()
        if request.method == "OPTIONS" and find_allowed_origin(origins):
            return Response(status=204)
        return None

    @app.after_request
    def close_request(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        _share(response, origins)
        if request.path not in UNCOUNTED:
            milliseconds = 1000 * (time.monotonic() - g.get("started", time.monotonic()))
            # The rule, never the address: a query string may hold the text of a letter.
            rule = request.url_rule.rule if request.url_rule else "-"
            log.info(
                "%s %s %s %d %.0f ms",
                g.get("request_id", "-"),
                request.method,
                rule,
                response.status_code,
                milliseconds,
            )
        return response

    @app.teardown_request
    def leave(error: BaseException | None) -> None:
        if place := g.pop("place", None):
            place.release()


class FormSession(SecureCookieSessionInterface):
    """The form's cookie goes through TLS alone wherever the form did."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this answer's cookie is marked as secure."""
        return request.is_secure


def find_allowed_origin(origins: frozenset[str]) -> str | None:
    """Whose pages may read this answer: LibreTranslate's contract lets all, the settings name a few."""
    if is_libretranslate(request.path):
        return "*"
    origin = request.headers.get("Origin", "")
    return origin if origin in origins and request.path.startswith(SHARED_PATHS) else None


def _share(response: Response, origins: frozenset[str]) -> None:
    if origins and request.path.startswith(SHARED_PATHS):
        response.vary.add("Origin")
    if origin := find_allowed_origin(origins):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, X-Request-ID"
        response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"

"""The page for communications staff: check a site, watch how far it has come, see the report."""

from __future__ import annotations

import atexit
import base64
import hashlib
import re

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import NotFound
from wtforms import ValidationError

from replyassist.batch.address_list import read_addresses
from replyassist.batch.site_checks import SiteChecks
from replyassist.errors import ReplyassistError
from replyassist.service.desk.pages import attach, describe_page
from replyassist.service.errors import describe
from replyassist.service.locales import choose_page_language
from replyassist.service.runtime import runtime

site = Blueprint("site", __name__, url_prefix="/site")

EXTENSION = "replyassist-site-checks"
DOWNLOADS = ("csv", "jsonl")
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def open_site(app: Flask) -> None:
    """Let sites be checked from ``app``, as far as the settings allow hosts."""
    checks = SiteChecks(app.extensions["replyassist"].settings)
    app.extensions[EXTENSION] = checks
    app.register_blueprint(site)
    atexit.register(checks.close)


def _checks() -> SiteChecks:
    found: SiteChecks = current_app.extensions[EXTENSION]
    return found


@site.get("/")
def show() -> Response:
    """The form."""
    return _form({}, None)


@site.post("/")
def start() -> ResponseReturnValue:
    """Start a check, and go to where it can be watched."""
    problem = _refused_token()
    if problem is None:
        try:
            key = _checks().start(
                _addresses(),
                ui_language=choose_page_language(),
                audience=request.form.get("audience") or None,
                follow=bool(request.form.get("follow")),
            )
            return redirect(f"/site/{key}", 303)
        except ReplyassistError as error:
            problem = describe(error)
    return _form(request.form, problem)


def _addresses() -> tuple[str, ...]:
    """The addresses that were typed, then those of the list that came along, each once."""
    typed = request.form.get("addresses", "").split()
    sent = request.files.get("list")
    listed = read_addresses(sent.read()) if sent and sent.filename else ()
    return tuple(dict.fromkeys((*typed, *listed)))


@site.get("/<key>")
def watch(key: str) -> Response:
    """How far a check has come; ``part`` asks for that alone, as the script does."""
    progress = _checks().progress(key)
    if progress is None:
        raise NotFound
    template = "_site_progress.html" if request.args.get("part") else "site_check.html"
    minutes = round(runtime().settings.check_keep / 60)
    page = describe_page(choose_page_language())
    return make_response(render_template(template, key=key, progress=progress, minutes=minutes, **page))


@site.get("/<key>/report.html")
def report(key: str) -> Response:
    """The report: a page of its own, whose one style sheet is let in by its hash."""
    page = _file(key, "html")
    digests = [hashlib.sha256(style).digest() for style in STYLE.findall(page)]
    styles = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    response = make_response(page)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {styles}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return response


@site.get("/<key>/rows.<form>")
def download(key: str, form: str) -> Response:
    """The rows, for spreadsheets or programs."""
    if form not in DOWNLOADS:
        raise NotFound
    return attach(_file(key, form), f"{request.host.partition(':')[0]}.{form}")


@site.post("/<key>/end")
def end(key: str) -> ResponseReturnValue:
    """Stop a check, or remove its report."""
    if _refused_token() is None:
        _checks().cancel(key)
    return redirect("/site/", 303)


def _file(key: str, form: str) -> bytes:
    path = _checks().report(key, form)
    if path is None:
        raise NotFound
    return path.read_bytes()


def _refused_token() -> dict[str, object] | None:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return {"code": "form-expired", "status": 400}
    return None


def _form(fields: dict[str, str], problem: dict[str, object] | None) -> Response:
    settings = runtime().settings
    html = render_template(
        "site.html", fields=fields, problem=problem, hosts=settings.check_hosts, pages=settings.check_pages,
        minutes=round(settings.check_keep / 60), profiles=list(runtime().assistant.profiles),
        audience=settings.audience, is_allowed=_checks().is_allowed, **describe_page(choose_page_language()),
    )  # fmt: skip
    return make_response(html, problem["status"] if problem else 200)

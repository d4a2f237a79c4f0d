"""The app: every door put together over one assistant."""

from __future__ import annotations

import secrets
from threading import Event

from apiflask import APIFlask
from flask_babel import get_locale
from flask_wtf import CSRFProtect

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings, data_folder
from replyassist.languages.direction import direction_of
from replyassist.profiles import load_letter_kinds
from replyassist.service.access import guard
from replyassist.service.api.addresses import api
from replyassist.service.api.documentation import description
from replyassist.service.api.documents import documents_api
from replyassist.service.api.memory import memory_api
from replyassist.service.api.terms import terms_api
from replyassist.service.desk.pages import pages
from replyassist.service.errors import register_errors
from replyassist.service.health import health
from replyassist.service.insights.addresses import insights_api
from replyassist.service.insights.page import insights_page
from replyassist.service.languagetool import languagetool
from replyassist.service.libretranslate import libretranslate
from replyassist.service.locales import CatalogueBabel, choose_page_language, name_language, say
from replyassist.service.metrics import measure, metrics
from replyassist.service.revalidation import revalidate
from replyassist.service.runtime import EXTENSION, Runtime
from replyassist.service.security import secure
from replyassist.service.site import open_site
from replyassist.service.strict_request import StrictRequest
from replyassist.state.store import State
from replyassist.translation.notices import notice_of

TITLE = "replyassist"
DOORS = (
    api, documents_api, insights_api, insights_page, terms_api, memory_api,
    libretranslate, languagetool, pages, description, health, metrics,
)  # fmt: skip


def create_app(
    settings: Settings | None = None, assistant: ReplyAssistant | None = None, *, is_warm: bool = True
) -> APIFlask:
    """The WSGI app.

    Args:
        settings: read from file and environment when left out.
        assistant: loaded from disk when left out, and warmed in the background.
        is_warm: whether the assistant that is given is ready; else it is warmed in the background too.

    Raises:
        ConfigurationError, PackageError: something that is needed is missing or broken.
    """
    settings = settings or Settings.read()
    app = _make_app(settings)
    loaded = assistant or ReplyAssistant.load(settings)
    runtime = Runtime(settings, loaded, load_letter_kinds(), Event(), State.of(settings, loaded.terms))
    app.extensions[EXTENSION] = runtime
    revalidate(app)
    measure(app)
    secure(app, settings)
    guard(app)
    register_errors(app)
    for door in DOORS:
        app.register_blueprint(door)
    open_site(app)
    if assistant and is_warm:
        runtime.ready.set()
    else:
        runtime.warm()
    return app


def _make_app(settings: Settings) -> APIFlask:
    """An app that has its templates, its languages and its limits, and no door yet."""
    web = data_folder("web")
    app = APIFlask(
        "replyassist.service", title=TITLE, version="1", docs_path=None, spec_path="/api/v1/openapi.json",
        static_folder=str(web / "static"), template_folder=str(web / "templates"),
    )  # fmt: skip
    app.request_class = StrictRequest
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(),
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # the page checks for itself; the other doors use no cookies
        WTF_CSRF_TIME_LIMIT=None,  # a caseworker keeps the page open all day
        VALIDATION_ERROR_STATUS_CODE=400,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        AUTO_SERVERS=False,
        INFO={"description": "Plain-language and multilingual reply assistant: offline, nothing is stored."},
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        say=say,
        speaking=get_locale,
        name_language=name_language,
        direction_of=direction_of,
        notice_of=notice_of,
    )
    CatalogueBabel(web / "translations").init_app(app, locale_selector=choose_page_language)
    CSRFProtect(app)
    return app

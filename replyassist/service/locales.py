"""Which language a person is spoken to in, and what languages are called in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import request
from flask_babel import Babel, Domain, get_domain, get_locale

from replyassist import languages
from replyassist.errors import InvalidParameter
from replyassist.service.runtime import runtime

COOKIE = "ui_language"
PARAMETER = "ui"
ALIASES = {"no": "nb"}  # what browsers say for Norwegian; bokmål is what most of them mean
FALLBACK = "en"


class CatalogueDomain(Domain):  # type: ignore[misc]
    """Texts straight from the ``.po`` files, compiled in memory: nothing binary, nothing stale."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._catalogues = {
            path.parent.parent.name: _compile(path) for path in folder.glob("*/LC_MESSAGES/*.po")
        }

    def get_translations(self) -> Translations:
        """The catalogue of the language that this request is answered in."""
        locale = get_locale()
        return self._catalogues.get(locale.language if locale else FALLBACK) or self._catalogues[FALLBACK]


class CatalogueBabel(Babel):  # type: ignore[misc]
    """Flask-Babel over a :class:`CatalogueDomain`."""

    domain_instance: Domain = None

    def __init__(self, folder: Path) -> None:
        self.domain_instance = CatalogueDomain(folder)
        super().__init__()


def _compile(path: Path) -> Translations:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def say(key: str, **values: object) -> str:
    """The text of that key in the language of the page; a key without one is shown readably."""
    text: str = get_domain().get_translations().gettext(key)
    return text.format(**values) if text != key else key.rsplit(".", 1)[-1].replace("-", " ")


def choose_language(wanted: str | None = None) -> str:
    """The language to explain in: the one wanted, else what the client accepts, else the caseworkers'.

    Raises:
        InvalidParameter: the one wanted has no texts.
    """
    spoken = languages.available()
    if wanted:
        tag = ALIASES.get(wanted, wanted)
        if tag not in spoken:
            raise InvalidParameter("There are no texts in that language.", parameter="ui_language")
        return tag
    best = request.accept_languages.best_match((*spoken, *ALIASES))
    own = runtime().settings.language
    return ALIASES.get(best or "", best) or (own if own in spoken else FALLBACK)


def choose_page_language() -> str:
    """The language of the page: the switch, else what the switch said before, else the browser's."""
    for wanted in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if wanted in languages.available():
            return str(wanted)
    return choose_language()


def name_language(tag: str | None) -> str:
    """What a language is called in the language of the page."""
    if not tag:
        return say("language.unknown")
    if tag == "sh":
        return say("language.sh")
    locale = get_locale()
    name = locale.languages.get(tag) if locale else None
    return name or runtime().assistant.translator.name_of(tag)

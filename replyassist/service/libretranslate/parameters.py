"""What a client of LibreTranslate asks for, read from wherever it put it, and the words of a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import abort, jsonify, make_response, request

from replyassist.assistant import LanguageSupport
from replyassist.documents import check_text
from replyassist.service.insights.counting import count_refusal
from replyassist.service.runtime import runtime
from replyassist.service.strict_request import StrictRequest

AUTO = "auto"
ALIASES = {"no": "nb"}  # what LibreTranslate's own detector calls Norwegian
TEXT, HTML = "text", "html"
FORMS = (TEXT, HTML)
MOST_ALTERNATIVES = 5  # each widens the beam, which costs its share of time


@dataclass(frozen=True, slots=True)
class Work:
    """A checked request to translate; ``source`` is a tag or AUTO."""

    texts: tuple[str, ...]
    source: str
    target: str
    form: str = TEXT
    alternatives: int = 0
    is_batch: bool = False


def read_parameters() -> Mapping[str, Any]:
    """The parameters of the request: JSON, a form, or the query string."""
    if isinstance(request, StrictRequest) and request.is_json:
        return dict(request.get_json())
    values = request.values.to_dict()
    for value in values.values():
        check_text(value)
    return values


def read_work(parameters: Mapping[str, Any]) -> Work:
    """The parameters of /translate, in the order in which LibreTranslate finds fault with them."""
    q = needed(parameters, "q")
    source, target = needed(parameters, "source"), needed(parameters, "target")
    texts = tuple(q) if isinstance(q, list) else (q,)
    if not all(isinstance(text, str) for text in texts):
        refuse("Invalid request: q is not a string or a list of strings")
    alternatives = _read_alternatives(parameters.get("alternatives"))
    if isinstance(q, list):
        _check_size(len(texts), runtime().settings.batch_limit)
    check_length(sum(map(len, texts)))
    source, target = read_source(source), read_target(target)
    form = str(parameters.get("format") or TEXT)
    if form not in FORMS:
        refuse(f"{form} format is not supported")
    return Work(texts, source, target, form, alternatives, isinstance(q, list))


def needed(parameters: Mapping[str, Any], name: str) -> Any:
    """A parameter that can't be left out or left empty."""
    value = parameters.get(name)
    if not value and value != 0:
        refuse(f"Invalid request: missing {name} parameter")
    return value


def read_source(code: object) -> str:
    """The tag of the language that the text is said to be in, or AUTO."""
    return AUTO if code == AUTO else read_target(code)


def read_target(code: object) -> str:
    """Our tag for a client's code, with or without a region: nb, no, NB, nb-NO, nb_NO."""
    primary = str(code).replace("_", "-").split("-")[0].lower()
    tag = ALIASES.get(primary, primary)
    if tag not in known_languages():
        count_refusal(None, tag)
        refuse(f"{code} is not supported")
    return tag


def check_length(length: int) -> None:
    """Refuse what is over the limit of characters."""
    _check_size(length, runtime().settings.text_limit)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        refuse(f"Invalid request: request ({size}) exceeds text limit ({limit})")


def _read_alternatives(value: object) -> int:
    """How many further readings are asked for; fewer than none is none."""
    if value is None or value == "":
        return 0
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        count = int(value)
        if isinstance(value, float) and value != count:
            raise ValueError
    except (OverflowError, ValueError):
        refuse("Invalid request: alternatives parameter is not a number")
    if count > MOST_ALTERNATIVES:
        refuse(f"Invalid request: alternatives parameter must be <= {MOST_ALTERNATIVES}")
    return max(0, count)


def known_languages() -> dict[str, LanguageSupport]:
    """The languages that can be translated from or into."""
    support = runtime().assistant.languages()
    reached = {target for each in support for target in each.targets}
    return {each.language: each for each in support if each.targets or each.language in reached}


def refuse(message: str, status: int = 400) -> NoReturn:
    """Stop here, with the message in the shape that these clients read."""
    abort(make_response(jsonify({"error": message}), status))

"""The door for clients of LibreTranslate: /translate, /detect, /languages and what belongs to them.

Compatible with LibreTranslate, whose name is a trademark of its owners. Messages stay English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from apiflask import APIBlueprint
from flask import Response, abort, current_app, jsonify, make_response, request, url_for

from replyassist import documents
from replyassist.assistant import LanguageSupport, TranslationTask
from replyassist.documents import check_text
from replyassist.domain import Translation
from replyassist.errors import ReplyassistError
from replyassist.service.detection import LETTER, UNTOLD, choose_source, find_candidates
from replyassist.service.files import FORMATS, Downloads, suffix_of, translate_file, translated_name
from replyassist.service.house import house
from replyassist.service.markup import read_text, translate_html
from replyassist.service.reading import StrictRequest

libretranslate = APIBlueprint(
    "libretranslate", __name__, tag="Compatible with LibreTranslate", enable_openapi=True
)

AUTO = "auto"
ALIASES = {"no": "nb"}  # what LibreTranslate's own detector calls Norwegian
FORMS = ("text", "html")
MOST_ALTERNATIVES = 5  # each widens the beam, which costs its share of time
downloads = Downloads()


@dataclass(frozen=True, slots=True)
class Work:
    """A checked request to translate."""

    texts: tuple[str, ...]
    source: str
    target: str
    form: str
    alternatives: int
    is_batch: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One translated text, the language that it was found to be in (0-100) when that was asked for, and
    further readings."""

    text: str
    detected: dict[str, Any] | None = None
    alternatives: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with a text: ``source`` is None when it comes back as it is."""

    source: str | None
    detected: dict[str, Any] | None


@libretranslate.post("/translate")
@libretranslate.doc(summary="Translate a text, or a list of texts")
def translate() -> Response:
    """``q``, ``source`` (or ``auto``), ``target``, ``format``, ``alternatives``."""
    work = _read_work(_parameters())
    done = _translate_all(work)
    answer: dict[str, Any] = {"translatedText": [d.text for d in done]}
    if work.source == AUTO:
        answer["detectedLanguage"] = [d.detected for d in done]
    if work.alternatives:
        answer["alternatives"] = [d.alternatives for d in done]
    return jsonify(answer if work.is_batch else {key: value[0] for key, value in answer.items()})


@libretranslate.post("/detect")
@libretranslate.doc(summary="Which language is a text in?")
def detect() -> Response:
    """``q``."""
    text = _needed(_parameters(), "q")
    if not isinstance(text, str):
        _refuse("Invalid request: q is not a string")
    _check_length(len(text))
    found = [
        {"confidence": _percent(c.confidence), "language": c.language}
        for c in find_candidates(text)
        if c.confidence > 0
    ]
    return jsonify(found or [{"confidence": 0.0, "language": UNTOLD}])


@libretranslate.get("/languages")
@libretranslate.doc(summary="The languages, and what each can be translated into")
def languages() -> Response:
    """As ``[{code, name, targets}]``."""
    return jsonify(
        [
            {"code": s.language, "name": s.name, "targets": sorted({s.language, *s.targets})}
            for s in _languages().values()
        ]
    )


@libretranslate.get("/health")
@libretranslate.doc(summary="Is the server there?")
def health() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@libretranslate.get("/spec")
@libretranslate.doc(hide=True)
def spec() -> Response:
    """The description of every address."""
    return jsonify(current_app.spec)  # type: ignore[attr-defined]


@libretranslate.get("/frontend/settings")
@libretranslate.doc(summary="What a user interface needs to know")
def frontend_settings() -> Response:
    """Limits and what is on."""
    settings, known = house().settings, _languages()
    target = known.get(settings.language) or next(iter(known.values()), None)
    return jsonify(
        {
            "apiKeys": False,
            "charLimit": settings.text_limit,
            "filesTranslation": True,
            "frontendTimeout": 500,
            "keyRequired": False,
            "language": {
                "source": {"code": AUTO, "name": "Auto Detect"},
                "target": {"code": target.language if target else "", "name": target.name if target else ""},
            },
            "suggestions": False,
            "supportedFilesFormat": sorted(FORMATS),
        }
    )


@libretranslate.post("/suggest")
@libretranslate.doc(summary="Suggestions are not collected here: they would be stored text")
def suggest() -> Response:
    """Refused, in the words that clients know, once the request itself is whole."""
    parameters = _parameters()
    for name in ("q", "s", "source", "target"):
        _needed(parameters, name)
    _refuse("Suggestions are disabled on this server.", 403)


@libretranslate.post("/translate_file")
@libretranslate.doc(summary="Translate a file")
def translate_a_file() -> Response:
    """Form fields ``file``, ``source``, ``target``; the translation is kept in memory for some minutes."""
    parameters = _parameters()
    file = request.files.get("file")
    if file is None or not file.filename:
        _refuse("Invalid request: missing file parameter")
    source, target = str(_needed(parameters, "source")), str(_needed(parameters, "target"))
    source, target = _source(source), _target(target)
    if suffix_of(file.filename) not in FORMATS:
        _refuse("Invalid request: file format not supported")
    data = file.read()
    text = documents.read(data, filename=file.filename, limit=house().settings.text_limit).text
    plan = _plan(text, Work((text,), source, target, FORMS[0], 0, False))
    if plan.source:
        data = translate_file(data, file.filename, plan.source, target)
    key = downloads.keep(data)
    name = translated_name(file.filename, target)
    return jsonify(
        {"translatedFileUrl": url_for("libretranslate.download_file", key=key, name=name, _external=True)}
    )


@libretranslate.get("/download_file/<key>/<name>")
@libretranslate.doc(hide=True)
def download_file(key: str, name: str) -> Response:
    """A translated file, while it is kept."""
    content = downloads.find(key)
    if content is None:
        abort(404)
    response = make_response(content)
    response.content_type = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _parameters() -> Mapping[str, Any]:
    """The parameters of the request, from wherever the client put them."""
    if isinstance(request, StrictRequest) and request.is_json:
        return dict(request.get_json())
    values = request.values.to_dict()
    for value in values.values():
        check_text(value)
    return values


def _read_work(parameters: Mapping[str, Any]) -> Work:
    q = _needed(parameters, "q")
    source, target = _needed(parameters, "source"), _needed(parameters, "target")
    texts = tuple(q) if isinstance(q, list) else (q,)
    if not all(isinstance(text, str) for text in texts):
        _refuse("Invalid request: q is not a string or a list of strings")
    alternatives = _alternatives(parameters.get("alternatives"))
    if isinstance(q, list) and len(texts) > house().settings.batch_limit:
        _refuse(
            f"Invalid request: request ({len(texts)}) exceeds text limit ({house().settings.batch_limit})"
        )
    _check_length(sum(map(len, texts)))
    source, target = _source(str(source)), _target(str(target))
    form = str(parameters.get("format") or FORMS[0])
    if form not in FORMS:
        _refuse(f"{form} format is not supported")
    return Work(texts, source, target, form, alternatives, isinstance(q, list))


def _needed(parameters: Mapping[str, Any], name: str) -> Any:
    value = parameters.get(name)
    if not value and value != 0:
        _refuse(f"Invalid request: missing {name} parameter")
    return value


def _alternatives(value: object) -> int:
    """How many further readings are asked for; fewer than none is none."""
    if value is None or value == "":
        return 0
    try:
        if isinstance(value, bool | float) or not isinstance(value, int | str):
            raise ValueError
        count = max(0, int(value))
    except ValueError:
        _refuse("Invalid request: alternatives parameter is not a number")
    if count > MOST_ALTERNATIVES:
        _refuse(f"Invalid request: alternatives parameter must be <= {MOST_ALTERNATIVES}")
    return count


def _check_length(length: int) -> None:
    limit = house().settings.text_limit
    if length > limit:
        _refuse(f"Invalid request: request ({length}) exceeds text limit ({limit})")


def _languages() -> dict[str, LanguageSupport]:
    """The languages that can be translated from or into."""
    support = house().assistant.languages()
    reached = {target for each in support for target in each.targets}
    return {each.language: each for each in support if each.targets or each.language in reached}


def _source(code: str) -> str:
    return AUTO if code == AUTO else _target(code)


def _target(code: str) -> str:
    tag = ALIASES.get(code, code)
    if tag not in _languages():
        _refuse(f"{code} is not supported")
    return tag


def _plan(text: str, work: Work) -> Plan:
    """Text without a letter, and text that is in the language already, comes back as it is."""
    source, detected = work.source, None
    if source == AUTO:
        found = choose_source(read_text(text) if work.form == "html" else text, work.target, _languages())
        source = found.language
        detected = {"confidence": _percent(found.confidence), "language": source}
    if source in (work.target, UNTOLD) or not LETTER.search(text):
        return Plan(None, detected)
    known = _languages()
    if source not in known or work.target not in known[source].targets:
        name = house().assistant.translator.name_of
        _refuse(
            f"{name(work.target)} ({work.target}) is not available as a target language"
            f" from {name(source)} ({source})"
        )
    return Plan(source, detected)


def _translate_all(work: Work) -> list[Done]:
    """All texts, those in the same language together."""
    plans = [_plan(text, work) for text in work.texts]
    done = [Done(text, plan.detected) for text, plan in zip(work.texts, plans, strict=True)]
    for source in dict.fromkeys(plan.source for plan in plans if plan.source):
        chosen = [i for i, plan in enumerate(plans) if plan.source == source]
        texts = [work.texts[i] for i in chosen]
        translate = _translate_html if work.form == "html" else _translate_texts
        for i, (text, others) in zip(chosen, translate(texts, source, work), strict=True):
            done[i] = Done(text, plans[i].detected, others)
    return done


def _translate_html(pages: Sequence[str], source: str, work: Work) -> list[tuple[str, list[str]]]:
    def plain(texts: Sequence[str]) -> list[str]:
        return [each.text for each in _translations(texts, source, work.target)]

    return [(page, []) for page in translate_html(pages, plain)]


def _translate_texts(texts: Sequence[str], source: str, work: Work) -> list[tuple[str, list[str]]]:
    found = _translations(texts, source, work.target)
    if not work.alternatives:
        return [(each.text, []) for each in found]
    with house().translating():
        others = [house().assistant.alternatives(each, work.alternatives) for each in found]
    return [(each.text, [o.text for o in more]) for each, more in zip(found, others, strict=True)]


def _translations(texts: Sequence[str], source: str, target: str) -> list[Translation]:
    """The translations; an error with one is an error of the whole request, as these clients know it."""
    with house().translating():
        outcomes = house().assistant.translate_many([TranslationTask(t, target, source) for t in texts])
    for outcome in outcomes:
        if isinstance(outcome, ReplyassistError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, Translation)]


def _percent(confidence: float) -> float:
    return round(100 * min(1.0, max(0.0, confidence)), 1)


def _refuse(message: str, status: int = 400) -> NoReturn:
    """Stop here, with the message in the shape that these clients read."""
    abort(make_response(jsonify({"error": message}), status))

"""The addresses that clients of LibreTranslate call, and the shapes of their answers."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, abort, current_app, jsonify, make_response, request, url_for

from replyassist.service.access import is_open
from replyassist.service.api.openapi import FORM, JSON, MULTIPART, answers, takes
from replyassist.service.downloads import Downloads
from replyassist.service.libretranslate.detection import UNTOLD, find_candidates
from replyassist.service.libretranslate.forms import (
    ERRORS,
    Detected,
    DetectIn,
    FileIn,
    SuggestIn,
    Translated,
    TranslateIn,
)
from replyassist.service.libretranslate.parameters import (
    AUTO,
    check_length,
    known_languages,
    needed,
    read_parameters,
    read_source,
    read_target,
    read_work,
    refuse,
)
from replyassist.service.libretranslate.translating import find_way_of_file, percent, translate_all
from replyassist.service.runtime import runtime
from replyassist.service.translating import FORMATS, suffix_of, translate_file, translated_name

libretranslate = APIBlueprint(
    "libretranslate", __name__, tag="Compatible with LibreTranslate", enable_openapi=True
)

downloads = Downloads()


@libretranslate.post("/translate")
@libretranslate.doc(
    summary="Translate a text, or a list of texts",
    responses=ERRORS | {200: answers(JSON, Translated, "The translation")},
)
@takes(TranslateIn, JSON, FORM, MULTIPART)
def translate() -> Response:
    """``q``, ``source`` (or ``auto``), ``target``, ``format``, ``alternatives``."""
    work = read_work(read_parameters())
    done = translate_all(work)
    answer: dict[str, Any] = {"translatedText": [d.text for d in done]}
    if work.source == AUTO:
        answer["detectedLanguage"] = [d.detected for d in done]
    if work.alternatives:
        answer["alternatives"] = [d.alternatives for d in done]
    return jsonify(answer if work.is_batch else {key: value[0] for key, value in answer.items()})


@libretranslate.post("/detect")
@libretranslate.doc(
    summary="Which language is a text in?",
    responses=ERRORS
    | {200: answers(JSON, {"type": "array", "items": Detected.model_json_schema()}, "Best first")},
)
@takes(DetectIn, JSON, FORM, MULTIPART)
def detect() -> Response:
    """``q``."""
    text = needed(read_parameters(), "q")
    if not isinstance(text, str):
        refuse("Invalid request: q is not a string")
    check_length(len(text))
    found = [
        {"confidence": percent(c.confidence), "language": c.language}
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
            for s in known_languages().values()
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
    settings, known = runtime().settings, known_languages()
    target = known.get(settings.language) or next(iter(known.values()), None)
    return jsonify(
        {
            "apiKeys": not is_open(),
            "charLimit": settings.text_limit,
            "filesTranslation": True,
            "frontendTimeout": 500,
            "keyRequired": not is_open(),
            "language": {
                "source": {"code": AUTO, "name": "Auto Detect"},
                "target": {"code": target.language if target else "", "name": target.name if target else ""},
            },
            "suggestions": False,
            "supportedFilesFormat": sorted(FORMATS),
        }
    )


@libretranslate.post("/suggest")
@libretranslate.doc(summary="Suggestions are not collected here: they would be stored text", responses=ERRORS)
@takes(SuggestIn, JSON, FORM, MULTIPART)
def suggest() -> Response:
    """Refused, in the words that clients know, once the request itself is whole."""
    parameters = read_parameters()
    for name in ("q", "s", "source", "target"):
        needed(parameters, name)
    refuse("Suggestions are disabled on this server.", 403)


@libretranslate.post("/translate_file")
@libretranslate.doc(
    summary="Translate a file",
    responses=ERRORS
    | {200: answers(JSON, {"type": "object", "required": ["translatedFileUrl"]}, "Where it can be fetched")},
)
@takes(FileIn, MULTIPART)
def translate_a_file() -> Response:
    """Form fields ``file``, ``source``, ``target``; the translation is kept in memory for some minutes."""
    parameters = read_parameters()
    file = request.files.get("file")
    if file is None or not file.filename:
        refuse("Invalid request: missing file parameter")
    source, target = needed(parameters, "source"), needed(parameters, "target")
    source, target = read_source(source), read_target(target)
    if suffix_of(file.filename) not in FORMATS:
        refuse("Invalid request: file format not supported")
    data = file.read()
    if way := find_way_of_file(data, file.filename, source, target):
        data = translate_file(data, file.filename, way, target).content
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

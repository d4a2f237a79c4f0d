"""The door for clients of LanguageTool: editors show our findings with no plug-in of ours.

Offsets and lengths are UTF-16 code units of what was sent, markup included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from pydantic import BaseModel

from replyassist import languages
from replyassist.documents.decoding import check_text
from replyassist.domain import Draft, Finding, Identification
from replyassist.errors import InvalidParameter, LanguageNotSupported, LanguageUnknown
from replyassist.service.api.openapi import FORM, JSON, TEXT, answers, takes
from replyassist.service.api.rendering import MISSING_PART
from replyassist.service.languagetool.annotation import AnnotatedText, read_annotation
from replyassist.service.offsets import Utf16Offsets
from replyassist.service.runtime import runtime
from replyassist.service.strict_request import read_json
from replyassist.text.sentences import split_sentences

languagetool = APIBlueprint("languagetool", __name__, url_prefix="/v2", tag="Compatible with LanguageTool")

AUTO = "auto"
UNTOLD = "und"  # BCP 47 for a text whose language can't be told
ALIASES = {"no": "nb"}
# Tag of ours -> the codes that clients of LanguageTool know it by; the first is the one we answer with.
CODES = {
    "nb": ("nb-NO", "nb", "no", "no-NO"),
    "nn": ("nn-NO", "nn"),
    "sv": ("sv-SE", "sv"),
    "da": ("da-DK", "da"),
    "en": ("en-GB", "en", "en-US"),
}
CATEGORY = {"id": "STYLE", "name": "Plain language"}
CONTEXT = 40  # code points on each side of a finding
REPLACEMENTS = 10
PLAIN = "text/plain; charset=utf-8"
SOFTWARE = {
    "name": "LanguageTool", "version": "6.6", "buildDate": "2026-01-01 00:00:00 +0000", "apiVersion": 1,
    "premium": False, "status": "replyassist: plain language, compatible with LanguageTool's HTTP API",
}  # fmt: skip


LINE: dict[int | str, Any] = {200: answers(TEXT, {"type": "string"}, "A line of text")}
CHECKED = answers(
    JSON,
    {"type": "object", "required": ["software", "warnings", "language", "matches", "sentenceRanges"]},
    "What was found; offsets count UTF-16 code units",
)
ERRORS: dict[int | str, Any] = {
    status: answers(TEXT, {"type": "string", "pattern": "^Error: "}, text)
    for status, text in {
        400: "The request can't be worked on as it stands",
        403: "The key is not known, or not for this",
        413: "The text or the body is over its limit",
        429: "Too many requests",
        500: "Internal error",
        503: "Busy",
    }.items()
}


class CheckIn(BaseModel):
    """What is to be checked; parameters that are not known are ignored."""

    language: str
    text: str = ""
    data: str = ""
    motherTongue: str = ""  # noqa: N815 - LanguageTool's names
    preferredVariants: str = ""  # noqa: N815
    enabledRules: str = ""  # noqa: N815
    disabledRules: str = ""  # noqa: N815
    enabledCategories: str = ""  # noqa: N815
    disabledCategories: str = ""  # noqa: N815
    enabledOnly: bool = False  # noqa: N815
    username: str = ""
    apiKey: str = ""  # noqa: N815


@languagetool.route("/check", methods=["GET", "POST"])
@languagetool.doc(summary="What is hard in a text", responses=ERRORS | {200: CHECKED})
@takes(CheckIn, FORM)
def check() -> Response:
    """``text`` or ``data``, and ``language``; other parameters as LanguageTool's."""
    parameters = _parameters()
    text = _read_text(parameters)
    asked = parameters.get("language")
    if not asked:
        raise InvalidParameter("Missing 'language' parameter, such as 'nb-NO' or 'auto'")
    tag = None if asked == AUTO else _tag_of(asked)
    findings: tuple[Finding, ...] = ()
    found = Identification(tag, 1.0 if tag else 0.0)
    if text.plain.strip():
        try:
            draft = Draft(text.plain, tag, runtime().settings.audience, text.locked)
            mother = _tag_or_none(parameters.get("motherTongue", ""))
            assistant = runtime().assistant
            if tag is None:
                found = assistant.identify(text.plain)
            ui_language = mother or found.language or ""
            assessment = assistant.assess(draft, ui_language=_spoken(ui_language))
            found, findings = assessment.identification, assessment.findings
        except (LanguageUnknown, LanguageNotSupported):
            pass  # with ``auto``, a text in another language is a text without findings
    code = _code_of(found.language, asked, parameters.get("preferredVariants", ""))
    return jsonify(_answer(text, code, found, [f for f in findings if _is_wanted(f, parameters)]))


@languagetool.get("/languages")
@languagetool.doc(summary="The languages that texts are checked in")
def list_languages() -> Response:
    """As ``[{name, code, longCode}]``."""
    return jsonify(
        [
            {"name": languages.load(tag).english_name, "code": tag, "longCode": code}
            for tag in languages.available()
            for code in (CODES.get(tag, (tag,)))
        ]
    )


@languagetool.get("/healthcheck")
@languagetool.doc(summary="Is the server there?", responses=LINE)
def healthcheck() -> Response:
    """OK."""
    return Response("OK", content_type=PLAIN)


@languagetool.get("/maxtextlength")
@languagetool.doc(summary="The longest text", responses=LINE)
def maxtextlength() -> Response:
    """In characters."""
    return Response(str(runtime().settings.text_limit), content_type=PLAIN)


@languagetool.get("/info")
@languagetool.doc(summary="What answers here")
def info() -> Response:
    """The software."""
    return jsonify({"software": SOFTWARE})


def _parameters() -> Mapping[str, str]:
    """Form or query parameters; old LTeX labels its form as JSON, so that Flask sees no form."""
    values = request.values.to_dict()
    if not values and (body := request.get_data()):
        try:
            fields = parse_qs(body.decode("utf-8"), keep_blank_values=True)
        except (UnicodeDecodeError, ValueError):
            raise InvalidParameter("The body is no form.") from None
        values = {name: each[0] for name, each in fields.items()}
    for value in values.values():
        check_text(value)
    return values


def _read_text(parameters: Mapping[str, str]) -> AnnotatedText:
    text, data = parameters.get("text"), parameters.get("data")
    if text is not None and data is not None:
        raise InvalidParameter("Set either 'text' or 'data', not both")
    if data is not None:
        return read_annotation(read_json(data))
    if text is None:
        raise InvalidParameter("Missing 'text' or 'data' parameter")
    return AnnotatedText.of(text)


def _tag_of(code: str) -> str:
    tag = _tag_or_none(code)
    if tag is None:
        raise InvalidParameter(f"'{code[:35]}' is not a language code known to this server")
    return tag


def _tag_or_none(code: str) -> str | None:
    """Our tag for a client's code; the region says nothing to us."""
    primary = code.replace("_", "-").split("-")[0].lower()
    tag = ALIASES.get(primary, primary)
    return tag if tag in languages.available() else None


def _spoken(tag: str) -> str:
    spoken = (tag, runtime().settings.language, "en")
    return next(each for each in spoken if each in languages.available())


def _is_wanted(finding: Finding, parameters: Mapping[str, str]) -> bool:
    """Whether the client's rules and categories let it through.

    What a whole letter lacks is never told here: editors send a text paragraph by paragraph.
    """

    def names(parameter: str) -> set[str]:
        return {name.strip() for name in parameters.get(parameter, "").split(",") if name.strip()}

    if finding.kind == MISSING_PART:
        return False
    on = finding.rule in names("enabledRules") or CATEGORY["id"] in names("enabledCategories")
    if parameters.get("enabledOnly", "").lower() in ("true", "yes"):
        return on
    return on or (
        finding.rule not in names("disabledRules") and CATEGORY["id"] not in names("disabledCategories")
    )


def _code_of(tag: str | None, asked: str, variants: str) -> str:
    """The code to answer with: the one asked for, since some clients compare the two; with ``auto`` the
    variant that the client prefers."""
    codes = CODES.get(tag or "", (tag or UNTOLD,))
    wishes = [asked, *(name.strip() for name in variants.split(","))]
    return next((wish for wish in wishes if wish in codes), codes[0])


def _answer(text: AnnotatedText, code: str, found: Identification, findings: list[Finding]) -> dict[str, Any]:
    offsets = Utf16Offsets(text.received)
    language = languages.find(found.language)
    spans = split_sentences(text.plain, language)
    name = (
        language.english_name
        if language
        else runtime().assistant.translator.name_of(found.language or UNTOLD)
    )
    detected = {"name": name, "code": code, "confidence": found.confidence, "source": "replyassist"}
    return {
        "software": SOFTWARE,
        "warnings": {"incompleteResults": False},
        "language": {"name": name, "code": code, "detectedLanguage": detected},
        "matches": [
            _match(f, text, offsets, [s.of(text.plain) for s in spans if s.overlaps(f.span)])
            for f in findings
        ],
        "sentenceRanges": [list(offsets.of_span(text.place(span))) for span in spans],
        "extendedSentenceRanges": [],
    }


def _match(
    finding: Finding, text: AnnotatedText, offsets: Utf16Offsets, sentences: list[str]
) -> dict[str, Any]:
    span = text.place(finding.span)
    start, end = offsets.of_span(span)
    # Some clients take the offset within the context for one of code points: no wide character goes before.
    first = max(0, span.start - CONTEXT, offsets.after_last_wide(span.start))
    last = min(len(text.received), span.end + CONTEXT)
    context = text.received[first:last].replace("\n", " ").replace("\r", " ")
    replaceable = not text.crosses_markup(finding.span)
    return {
        "message": finding.message,
        "shortMessage": "",
        "replacements": [
            {"value": s.replacement}
            for s in finding.suggestions[:REPLACEMENTS]
            if replaceable and s.span == finding.span
        ],
        "offset": start,
        "length": end - start,
        "context": {"text": context, "offset": span.start - first, "length": end - start},
        "sentence": sentences[0] if sentences else finding.span.of(text.plain),
        "type": {"typeName": "Other"},
        "rule": {
            "id": finding.rule,
            "description": finding.kind.replace("-", " "),
            "issueType": "style",
            "urls": [{"value": finding.source}] if finding.source.startswith("https://") else [],
            "category": CATEGORY,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }

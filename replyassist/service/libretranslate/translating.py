"""Carrying out what a client of LibreTranslate asks for: texts of one language go through the models in one
batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from replyassist import documents
from replyassist.documents.markup_writing import read_text, rewrite_html
from replyassist.domain import Candidate, Translation
from replyassist.errors import ReplyassistError
from replyassist.languages.direction import direction_of
from replyassist.service.access import charge
from replyassist.service.insights.counting import count_refusal, count_translation
from replyassist.service.libretranslate.detection import (
    LETTER,
    UNTOLD,
    choose_source,
    find_candidates,
    is_sure,
)
from replyassist.service.libretranslate.parameters import AUTO, HTML, Work, known_languages, refuse
from replyassist.service.runtime import runtime
from replyassist.translation.tasks import TranslationTask


@dataclass(frozen=True, slots=True)
class Done:
    """One translated text, the language that it was found to be in (0-100) when that was asked for, and
    further readings."""

    text: str
    detected: dict[str, Any] | None = None
    alternatives: list[str] = field(default_factory=list)


def translate_all(work: Work) -> list[Done]:
    """All texts, those in the same language together.

    Raises: as :meth:`replyassist.assistant.ReplyAssistant.translate`, and Overloaded.
    """
    charge(len(work.texts))
    found = _find_sources(work) if work.source == AUTO else None
    told = [each.language for each in found] if found else [work.source] * len(work.texts)
    shown = [_shown(each) for each in found] if found else [None] * len(work.texts)
    done = [Done(text, detected) for text, detected in zip(work.texts, shown, strict=True)]
    sources = [find_way(text, source, work.target) for text, source in zip(work.texts, told, strict=True)]
    for source in dict.fromkeys(filter(None, sources)):
        chosen = [i for i, each in enumerate(sources) if each == source]
        texts = [work.texts[i] for i in chosen]
        count_translation(source, work.target, len(texts))
        translate = _translate_html if work.form == HTML else _translate_texts
        for i, (text, others) in zip(chosen, translate(texts, source, work), strict=True):
            done[i] = Done(text, shown[i], others)
    return done


def find_way(text: str, source: str, target: str) -> str | None:
    """The language to translate from; None for text without a letter, and text that is in the language
    already: these come back as they are."""
    return _way(source, target) if LETTER.search(text) else None


def find_way_of_file(data: bytes, filename: str, source: str, target: str) -> str | None:
    """The language to translate a file from, which is read where that is to be found; None as above."""
    if source != AUTO:
        return _way(source, target)
    text = documents.read(data, filename=filename, limit=runtime().settings.text_limit).text
    return find_way(text, _find_sources(Work((text,), AUTO, target))[0].language, target)


def _way(source: str, target: str) -> str | None:
    if source in (target, UNTOLD):
        return None
    if not _leads(source, target):
        count_refusal(source, target)
        name = runtime().assistant.translator.name_of
        refuse(
            f"{name(target)} ({target}) is not available as a target language from {name(source)} ({source})"
        )
    return source


def percent(confidence: float) -> float:
    """A confidence as these clients count it."""
    return round(100 * min(1.0, max(0.0, confidence)), 1)


def _leads(source: str, target: str) -> bool:
    known = known_languages()
    return source in known and target in (source, *known[source].targets)


def _find_sources(work: Work) -> list[Candidate]:
    read = [read_text(text) if work.form == HTML else text for text in work.texts]
    candidates = [find_candidates(text) for text in read]
    both = list(zip(read, candidates, strict=True))
    beside = dict.fromkeys(each[0].language for text, each in both if is_sure(text, each))
    return [choose_source(text, each, beside, lambda tag: _leads(tag, work.target)) for text, each in both]


def _shown(found: Candidate) -> dict[str, Any]:
    return {"confidence": percent(found.confidence), "language": found.language}


def _translate_html(pages: Sequence[str], source: str, work: Work) -> list[tuple[str, list[str]]]:
    def plain(texts: Sequence[str]) -> list[str]:
        return [each.text for each in _translations(texts, source, work.target)]

    direction = direction_of(work.target)
    return [(page, []) for page in rewrite_html(pages, plain, language=work.target, direction=direction)]


def _translate_texts(texts: Sequence[str], source: str, work: Work) -> list[tuple[str, list[str]]]:
    found = _translations(texts, source, work.target)
    if not work.alternatives:
        return [(each.text, []) for each in found]
    with runtime().translating():
        others = [runtime().assistant.alternatives(each, work.alternatives) for each in found]
    return [(each.text, [o.text for o in more]) for each, more in zip(found, others, strict=True)]


def _translations(texts: Sequence[str], source: str, target: str) -> list[Translation]:
    """The translations; an error with one is an error of the whole request, as these clients know it."""
    with runtime().translating():
        outcomes = runtime().assistant.translate_many([TranslationTask(t, target, source) for t in texts])
    for outcome in outcomes:
        if isinstance(outcome, ReplyassistError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, Translation)]

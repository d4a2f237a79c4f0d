"""An app over the real house, with a translator that is quick and tells what it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.domain import Check, Segment, Span, Translation
from replyassist.errors import TranslationUnavailable
from replyassist.service import create_app

TARGETS = {"nb": ("ar", "en"), "en": ("nb",), "sv": ("en",), "da": ("en",), "nn": ("en",)}
NAMES = {"nb": "Norwegian Bokmål", "en": "English", "sv": "Swedish", "ar": "Arabic", "da": "Danish"}


@dataclass
class MirrorTranslator:
    """Stands in for the models: a sentence comes back with its target in brackets before each word."""

    packages: tuple[Any, ...] = ()
    seen: list[str] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)

    def targets(self) -> dict[str, tuple[str, ...]]:
        return TARGETS

    def name_of(self, tag: str) -> str:
        return NAMES.get(tag, tag)

    def warm(self) -> None: ...

    def translate(self, text: str, source: str, target: str, *, locked: tuple[Span, ...] = ()) -> Translation:
        if target not in TARGETS.get(source, ()):
            raise TranslationUnavailable(source=source, target=target, instead=list(TARGETS.get(source, ())))
        self.seen.append(text)
        out, segments, position = "", [], 0
        for line in text.splitlines(keepends=True):
            core = line.strip()
            start = position + len(line) - len(line.lstrip())
            position += len(line)
            if not core or core.isdecimal():  # as with the real one, a number is no segment
                out += line
                continue
            at = len(out) + len(line) - len(line.lstrip())
            out += line.replace(core, f"{target}:{core}")
            span = Span(start, start + len(core))
            checks = (Check("date", span, None, False, "lost"),) if "12. mars" in core else ()
            if "vergemålet" in core:
                checks += (Check("term", span, None, True, "note", "guardianship order"),)
            segments.append(Segment(span, Span(at, at + len(core) + len(target) + 1), checks, 0.9))
        return Translation(
            out, text, source, target, (source, target), tuple(segments), "translation", "Machine translated"
        )

    def translate_many(
        self, texts: Sequence[str], source: str, target: str, *, locked: Sequence[tuple[Span, ...]] = ()
    ) -> list[Translation]:
        self.batches.append(list(texts))
        return [self.translate(text, source, target) for text in texts]

    def alternatives(self, translation: Translation, count: int) -> list[Translation]:
        return [replace(translation, text=f"{n}:{translation.text}") for n in range(1, min(count, 3) + 1)]


@pytest.fixture(scope="session")
def mirrored(assistant: ReplyAssistant) -> ReplyAssistant:
    settings = Settings(text_limit=20_000, batch_limit=10, body_limit=200_000)
    return replace(assistant, settings=settings, translator=MirrorTranslator())


@pytest.fixture(scope="session")
def app(mirrored: ReplyAssistant) -> Any:
    return create_app(mirrored.settings, mirrored)


@pytest.fixture
def client(app: Any) -> Any:
    return app.test_client()

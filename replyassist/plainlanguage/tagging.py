"""Parts of speech and morphology by spaCy, loaded when a rule first asks for them: spaCy alone takes 50 MB,
which a process that only translates has no use for.

An installed official pipeline is used instead of the small bundled one (models/spacy), where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Sentence

OFFICIAL_KINDS = ("core_news_sm", "core_web_sm", "core_news_md", "core_web_md", "core_news_lg", "core_web_lg")
# What no rule asks for is not loaded: a parser would double the time.
NOT_NEEDED = ("parser", "ner", "lemmatizer", "trainable_lemmatizer", "senter")


@dataclass(frozen=True, slots=True)
class Tag:
    """Universal part of speech, such as ``VERB``, and features, such as ``{"Number": "Sing"}``."""

    pos: str
    features: dict[str, str]


@dataclass(slots=True)
class Tagger:
    """The pipeline of one language; safe between threads.

    Attributes:
        pipeline: name of an installed package or folder of a bundled pipeline; None where there is neither.
    """

    pipeline: str | Path | None
    _loaded: Any = None
    _loading: Lock = field(default_factory=Lock)
    _tags: dict[tuple[int, int], Tag] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tags, for the record of versions."""
        return f"bundled-{self.pipeline.name}" if isinstance(self.pipeline, Path) else self.pipeline or "none"

    def tag(self, sentences: Sequence[Sentence]) -> dict[int, Tag]:
        """Tags of all words, by the offset of the word; empty without a pipeline."""
        tokens, spaces, starts = _tokens(sentences)
        if self.pipeline is None or not tokens:
            return {}
        from spacy.attrs import MORPH, POS  # noqa: PLC0415
        from spacy.tokens import Doc  # noqa: PLC0415

        nlp = self._load(self.pipeline)
        doc = nlp(Doc(nlp.vocab, tokens, spaces))
        keys = map(tuple, doc.to_array([POS, MORPH]).tolist())
        return {
            start: self._tags.get(key) or self._read(key, doc[number])
            for number, (start, key) in enumerate(zip(starts, keys, strict=True))
            if start >= 0
        }

    def _read(self, key: tuple[int, int], token: Any) -> Tag:
        """The tag of a token, remembered by the numbers that stand for it: there are some hundreds."""
        return self._tags.setdefault(key, Tag(token.pos_, token.morph.to_dict()))

    def _load(self, pipeline: str | Path) -> Any:
        import spacy  # noqa: PLC0415

        with self._loading:
            if self._loaded is None:
                self._loaded = spacy.load(pipeline, exclude=NOT_NEEDED)
        return self._loaded


def find_tagger(language: Language, models: Path) -> Tagger:
    """The tagger of a language; it reads its pipeline when it is first used."""
    for kind in OFFICIAL_KINDS:
        package = f"{language.spacy}_{kind}"
        if language.spacy and find_spec(package):
            return Tagger(package)
    bundled = models / "spacy" / language.tag
    return Tagger(bundled if bundled.joinpath("config.cfg").is_file() else None)


def _tokens(sentences: Sequence[Sentence]) -> tuple[list[str], list[bool], list[int]]:
    """Words and the punctuation between them, each with whether a space follows and where the word stands."""
    tokens: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    for sentence in sentences:
        for number, word in enumerate(sentence.words):
            if number and word.gap:
                tokens.append(word.gap)
                spaces.append(True)
                starts.append(-1)
            form = word.form or "0"
            tokens.append(form.capitalize() if word.capital else form)
            spaces.append(True)
            starts.append(word.start)
        tokens.append(".")
        spaces.append(True)
        starts.append(-1)
    return tokens, spaces, starts

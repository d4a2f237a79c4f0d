"""Tell which language a message is in, how sure that is, and where it changes within the message."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from replyassist.config import data_folder
from replyassist.domain import Candidate, Identification, LanguageSpan, Span
from replyassist.errors import ConfigurationError, EmptyText, InvalidEncoding
from replyassist.identification.cleaning import blank_noise, compose, find_words, lower_shouting
from replyassist.identification.features import Places, warm_up
from replyassist.identification.passages import (
    LEAST_WORDS,
    STRIDE,
    Passage,
    find_passages,
    is_doubtful,
    windows,
)
from replyassist.identification.scripts import find_script
from replyassist.identification.weights import NOT_LANGUAGE, Floats, Weights, WordSums

READ_AT_MOST = 4000
# Under this probability no language is answered: measured, see docs/decisions/identification.md.
LEAST_CONFIDENCE = 0.3
CANDIDATES_SHOWN = 5
# A mark that ends a word and a sentence, with what closes after it; a line break; what was blanked.
_BOUNDARY = re.compile(r"""[^\s.!?…:;][.!?…:;。？！।؟۔።፡፧]{1,9}['"»”’)]{0,9}(?=\s)|\n|\s{9}""")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Identifier:
    """Identifies languages. Immutable after it is built, so threads may share it.

    Attributes:
        languages: the tags that can be answered.
    """

    def __init__(self, weights: Weights, prior: Mapping[str, float]) -> None:
        self._weights = weights
        self._tags: list[str] = weights.tags.tolist()
        self.languages = frozenset(self._tags) - {NOT_LANGUAGE}
        if unknown := set(prior) - self.languages:
            raise ConfigurationError(f"no such language: {', '.join(sorted(unknown))}")
        self._prior = np.array([prior.get(tag, 0.0) for tag in self._tags], dtype=np.float32)
        self._has_prior = bool(self._prior.any())

    @classmethod
    def load(cls, folder: Path | None = None, *, prior: Mapping[str, float] | None = None) -> Identifier:
        """Read the model.

        Args:
            folder: where the model is; the project's own when None.
            prior: tag -> what to add to its log odds: +1 for ``nb`` makes bokmål e times as likely.

        Raises:
            ConfigurationError: there is no model, or the prior names a language that it doesn't know.
        """
        found = folder or data_folder("models") / "identification"
        warm_up()
        return cls(Weights.load(found), prior or {})

    @property
    def version(self) -> str:
        """Version of the model."""
        return self._weights.version

    def identify(self, text: str) -> Identification:
        """The language of ``text``, of which the first 4,000 characters are read.

        ``language`` is None when there is no letter in it or no language is likely enough; there are then
        candidates but no spans. Otherwise the spans, in order, tile the text. In a mixed message ``language``
        is that of the most letters. Anything that is no letter, NUL included, counts as a space.

        Raises:
            EmptyText: there is nothing but white space.
            InvalidEncoding: there are lone surrogates, which stand for no character.
        """
        if not text or text.isspace():
            raise EmptyText
        if _SURROGATE.search(text):
            raise InvalidEncoding("lone surrogates")
        head = lower_shouting(blank_noise(text[:READ_AT_MOST]))
        words = find_words(head)
        if not words:
            return Identification(None, 0.0)
        sums = WordSums(self._weights, [compose(word.group()) for word in words])
        starts, ends, sentences = np.array([0]), np.array([len(words)]), np.empty(0, np.intp)
        if len(words) >= 2 * LEAST_WORDS:
            # One call for the text as a whole and a sample of windows: where all agree there is one language.
            sentences = _sentence_numbers(head, words)
            firsts, lasts = windows(sentences, STRIDE)
            starts, ends = np.concatenate([starts, firsts]), np.concatenate([ends, lasts])
        scores = self._scores(sums, starts, ends)
        passages = [Passage(0, len(words), int(scores[0].argmax()))]
        if is_doubtful(scores):
            around = self._scores(sums, *windows(sentences))
            passages = find_passages(self._weights, sums, around, sentences, passages[0].tag)
        held = scores[:1]
        if len(passages) > 1:
            edges = np.array([(passage.first, passage.end) for passage in passages])
            held = self._scores(sums, edges[:, 0], edges[:, 1])
        spans = self._spans(text, words, passages, held)
        language = self._main_language(passages, sums)
        confidence = max(span.confidence for span in spans if span.language == language)
        candidates, script = self._candidates(scores[0]), find_script(head)
        if language == NOT_LANGUAGE or confidence < LEAST_CONFIDENCE:
            return Identification(None, 0.0, candidates, (), script)
        return Identification(language, confidence, candidates, spans, script)

    def _scores(self, sums: WordSums, starts: Places, ends: Places) -> Floats:
        """Log probabilities of the tags, the prior included, for stretches of words."""
        scores = self._weights.log_probabilities(sums.over(starts, ends))
        if not self._has_prior:
            return scores
        scores = scores + self._prior
        normalised: Floats = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        return normalised

    def _spans(
        self, text: str, words: list[re.Match[str]], passages: list[Passage], scores: Floats
    ) -> tuple[LanguageSpan, ...]:
        """The passages, each with its scores, as spans that tile ``text``: what is no word goes with the word
        before it.
        """
        edges = [0, *(words[passage.first].start() for passage in passages[1:]), len(text)]
        return tuple(
            LanguageSpan(Span(start, end), self._tags[passage.tag], round(math.exp(row[passage.tag]), 4))
            for passage, (start, end), row in zip(passages, pairwise(edges), scores, strict=True)
        )

    def _main_language(self, passages: list[Passage], sums: WordSums) -> str:
        """The tag with the most features of letters."""
        weight: dict[str, float] = {}
        for passage in passages:
            tag = self._tags[passage.tag]
            weight[tag] = weight.get(tag, 0.0) + sums.letter_features(passage.first, passage.end)
        return max(weight, key=lambda tag: weight[tag])

    def _candidates(self, scores: Floats) -> tuple[Candidate, ...]:
        """The likeliest languages of the text as a whole, best first."""
        order = (-scores).argsort(kind="stable")[:CANDIDATES_SHOWN]
        sure = zip(order.tolist(), np.exp(scores[order]).tolist(), strict=True)
        shown = [(self._tags[tag], round(p, 4)) for tag, p in sure]
        return tuple(Candidate(tag, p) for tag, p in shown if p > 0 and tag != NOT_LANGUAGE)


def _sentence_numbers(head: str, words: list[re.Match[str]]) -> Places:
    """For each word the number of its sentence: a new one begins after a full stop, colon or line break."""
    ends = [match.end() for match in _BOUNDARY.finditer(head)]
    if not ends:
        return np.zeros(len(words), np.intp)
    return np.array(ends).searchsorted([word.start() for word in words], "right")

"""Tell which language a message is in, how sure that is, and where it changes within the message."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from replyassist.config import data_folder
from replyassist.domain import Candidate, Identification, LanguageSpan, Span
from replyassist.errors import ConfigurationError, EmptyText, InvalidEncoding
from replyassist.identification import everyday, features
from replyassist.identification.cleaning import blank_noise, compose, find_words, lower_shouting
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
# Probability that a message of everyday words is in one of the languages that are known to have them all.
EVERYDAY = 0.95
# A message that is alike in some languages is in one of them only when a prior makes that twice as likely as
# the next.
LEAST_LEAD = 2.0
_LEAST_SHOWN = math.log(0.00005)  # rounded to four places this is nothing
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
        features.warm_up()
        everyday.warm_up()
        return cls(Weights.load(found), prior or {})

    @property
    def version(self) -> str:
        """Version of the model."""
        return self._weights.version

    def identify(self, text: str) -> Identification:
        """The language of ``text``, of which the first 4,000 characters are read.

        ``language`` is None when there is no letter in it, when no language is likely enough and when it is
        a greeting or the like that is the same in several; there are then candidates but no spans. Otherwise
        the spans, in order, tile the text. In a mixed message ``language`` is that of the most letters.
        Anything that is no letter, NUL included, counts as a space.

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
        composed = compose([word.group() for word in words])
        sums = WordSums(self._weights, composed)
        if alike := everyday.languages_of(composed):
            return self._among(alike, self._scores(sums, [0], [len(words)])[0], text, find_script(head))
        # One call for the text as a whole and a sample of windows: where all agree there is one language.
        sentences = _sentences(head, words)
        starts, ends = windows(sentences, STRIDE) if len(words) >= 2 * LEAST_WORDS else ([], [])
        scores = self._scores(sums, [0, *starts], [len(words), *ends])
        passages = [Passage(0, len(words), int(scores[0].argmax()))]
        if is_doubtful(scores):
            around = self._scores(sums, *windows(sentences))
            passages = find_passages(self._weights, sums, around, sentences, passages[0].tag)
        held = scores[:1]
        if len(passages) > 1:
            held = self._scores(sums, [p.first for p in passages], [p.end for p in passages])
        spans = self._spans(text, words, passages, held)
        language = self._main_language(passages, sums)
        confidence = max(span.confidence for span in spans if span.language == language)
        candidates, script = self._candidates(scores[0]), find_script(head)
        if language == NOT_LANGUAGE or confidence < LEAST_CONFIDENCE:
            return Identification(None, 0.0, candidates, (), script)
        return Identification(language, confidence, candidates, spans, script)

    def _scores(self, sums: WordSums, starts: Sequence[int], ends: Sequence[int]) -> Floats:
        """Log probabilities of the tags, the prior included, for stretches of words."""
        scores = self._weights.log_probabilities(sums.over(np.array(starts), np.array(ends)))
        if not self._has_prior:
            return scores
        scores = scores + self._prior
        normalised: Floats = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        return normalised

    def _among(
        self, languages: frozenset[str], scores: Floats, text: str, script: str | None
    ) -> Identification:
        """What ``text`` is, which reads the same in all of ``languages``: only a prior parts those.

        The other languages keep what is left, in the proportions of ``scores``.
        """
        inside = np.array([tag in languages for tag in self._tags])
        alike, others = np.where(inside, self._prior, -np.inf), np.where(inside, -np.inf, scores)
        alike += math.log(EVERYDAY) - np.logaddexp.reduce(alike)
        others += math.log(1 - EVERYDAY) - np.logaddexp.reduce(others)
        candidates = self._candidates(np.logaddexp(alike, others))
        best, second = candidates[:2]
        leads = len(languages) == 1 or best.confidence >= LEAST_LEAD * second.confidence
        if not leads or best.confidence < LEAST_CONFIDENCE:
            return Identification(None, 0.0, candidates, (), script)
        span = LanguageSpan(Span(0, len(text)), best.language, best.confidence)
        return Identification(best.language, best.confidence, candidates, (span,), script)

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
        if len(passages) == 1:
            return self._tags[passages[0].tag]
        weight: dict[str, float] = {}
        for passage in passages:
            tag = self._tags[passage.tag]
            weight[tag] = weight.get(tag, 0.0) + sums.letter_features(passage.first, passage.end)
        return max(weight, key=lambda tag: weight[tag])

    def _candidates(self, scores: Floats) -> tuple[Candidate, ...]:
        """The likeliest languages of the text as a whole, best first."""
        likely = (scores > _LEAST_SHOWN).nonzero()[0]
        best = sorted(zip((-scores[likely]).tolist(), likely.tolist(), strict=True))[:CANDIDATES_SHOWN]
        shown = [(self._tags[tag], round(math.exp(-against), 4)) for against, tag in best]
        return tuple(Candidate(tag, p) for tag, p in shown if tag != NOT_LANGUAGE)


def _sentences(head: str, words: list[re.Match[str]]) -> list[int]:
    """The word that each sentence begins with, and the number of words at last.

    A sentence ends with a full stop, a colon or a line break.
    """
    starts = [word.start() for word in words]
    beginnings = {bisect_left(starts, match.end()) for match in _BOUNDARY.finditer(head)}
    return sorted({0, *beginnings, len(words)})

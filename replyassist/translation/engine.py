"""CTranslate2 on one model: sentences in, hypotheses out, in one batch.

Several directions share an engine when they share a model. It is loaded once, under a lock, at its first use
or when the translator is warmed; after that it is safe between threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

import ctranslate2
import sentencepiece

from replyassist.errors import PackageError, TranslationFailed

# A batch is counted in tokens. With eight hypotheses of each sentence 256 held 116 MB more and saved 2 % of
# the time, 32 held 24 MB less and took a tenth more.
BATCH_TOKENS = 64
# The bundled models have seen nothing longer; longer input is split before it comes here.
LONGEST_INPUT = 110


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation of one sentence and the mean log-probability of its tokens (0 is certain)."""

    text: str
    score: float


class Vocabulary(Protocol):
    """What turns a sentence into the model's tokens and back."""

    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


class SentencePieces:
    """A SentencePiece vocabulary."""

    def __init__(self, path: Path) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, sentence: str) -> list[str]:
        """The pieces of a sentence."""
        pieces: list[str] = self._pieces.encode(sentence, out_type=str)
        return pieces

    def decode(self, tokens: list[str]) -> str:
        """The sentence that the pieces make."""
        text: str = self._pieces.decode(tokens)
        return text


class TranslationEngine(Protocol):
    """What translates sentences from one language into another, whatever is behind it."""

    def load(self) -> object:
        """Get ready; what can't be got ready raises PackageError."""
        ...

    def length(self, sentence: str) -> int:
        """How long a sentence is, in the measure of LONGEST_INPUT."""
        ...

    def translate(
        self,
        sentences: Sequence[str],
        *,
        prefix: str = "",
        beam: int = 4,
        best: int = 1,
        strict: bool = False,
    ) -> list[list[Hypothesis]]:
        """Hypotheses for each sentence, best first."""
        ...


class Engine:
    """A CTranslate2 model with its vocabulary."""

    def __init__(self, files: Path, vocabulary: Vocabulary, *, threads: int) -> None:
        self._files, self._vocabulary, self._threads = files, vocabulary, threads
        self._loading = Lock()
        self._translator: ctranslate2.Translator | None = None

    def load(self) -> ctranslate2.Translator:
        """The model, read from disk at the first call.

        Raises:
            PackageError: CTranslate2 can't read it.
        """
        with self._loading:
            if self._translator is None:
                try:
                    self._translator = ctranslate2.Translator(
                        str(self._files / "model"), device="cpu", compute_type="int8",
                        inter_threads=self._threads, intra_threads=1,
                    )  # fmt: skip
                except (RuntimeError, ValueError) as error:
                    raise PackageError("The model can't be read.", package=self._files.name) from error
            return self._translator

    def length(self, sentence: str) -> int:
        """How many tokens a sentence has."""
        return len(self._vocabulary.encode(sentence))

    def translate(
        self,
        sentences: Sequence[str],
        *,
        prefix: str = "",
        beam: int = 4,
        best: int = 1,
        strict: bool = False,
    ) -> list[list[Hypothesis]]:
        """Up to ``best`` hypotheses for each sentence, best first.

        Args:
            sentences: at most LONGEST_INPUT tokens each.
            prefix: token of the target language, or empty.
            beam: hypotheses kept while decoding.
            best: hypotheses returned; at most ``beam``.
            strict: forbid that three tokens come again in the same order, where a loop was seen.

        Raises:
            PackageError, TranslationFailed.
        """
        if not sentences:
            return []
        tokens = [self._vocabulary.encode(sentence) for sentence in sentences]
        try:
            results = self.load().translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                beam_size=max(beam, best),
                num_hypotheses=best,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_input_length=0,
                max_decoding_length=2 * max(map(len, tokens)) + 16,
                length_penalty=1.0,
                no_repeat_ngram_size=3 if strict else 0,
                return_scores=True,
            )
        except RuntimeError as error:
            raise TranslationFailed from error
        return [
            [
                Hypothesis(self._read(hypothesis, prefix), score)
                for hypothesis, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def score(
        self, sentences: Sequence[str], translations: Sequence[str], *, prefix: str = ""
    ) -> list[float]:
        """The mean log-probability of each translation's tokens, given its sentence (0 is certain).

        Raises:
            PackageError, TranslationFailed.
        """
        opening = [prefix] if prefix else []
        try:
            results = self.load().score_batch(
                [self._vocabulary.encode(sentence) for sentence in sentences],
                [opening + self._vocabulary.encode(translation) for translation in translations],
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
            )
        except RuntimeError as error:
            raise TranslationFailed from error
        tokens = [result.log_probs[len(opening) :] for result in results]  # the prefix was given, not chosen
        return [sum(each) / max(1, len(each)) for each in tokens]

    def _read(self, tokens: list[str], prefix: str) -> str:
        text = self._vocabulary.decode([token for token in tokens if token != prefix])
        return text.removeprefix(prefix).strip()

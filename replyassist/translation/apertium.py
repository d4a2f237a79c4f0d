"""Apertium, where it is installed and asked for: rules between close languages, one pipeline a direction.

Only the directions that are fit for use. Apertium garbles telephone numbers, times, addresses and
placeholders: they go through it as made-up words. Dates are left to it, or they would not be adapted.
"""

from __future__ import annotations

import math
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from threading import Lock

from replyassist import languages
from replyassist.errors import PackageError, TranslationFailed
from replyassist.text.facts import find_facts
from replyassist.text.tokens import words
from replyassist.translation.engine import Hypothesis
from replyassist.translation.packages import Package
from replyassist.translation.protection import Masked, unmask
from replyassist.translation.sentence import VERBATIM

MODES = Path("/usr/share/apertium/modes")
SUFFIX = ".mode"
# Mode, source, target, their names, and BLEU as docs/decisions/packages.md has it.
DIRECTIONS = (
    ("nob-nno_e", "nb", "nn", "Norwegian Bokmål", "Norwegian Nynorsk", 77.2),
    ("nno-nob", "nn", "nb", "Norwegian Nynorsk", "Norwegian Bokmål", 71.5),
    ("dan-nob", "da", "nb", "Danish", "Norwegian Bokmål", 22.3),
    ("swe-nob", "sv", "nb", "Swedish", "Norwegian Bokmål", 20.3),
)
# Too many words come out wrong, or in Swedish, for a letter that is sent.
GIST = frozenset({"swe-nob"})
MASKED = VERBATIM | {"time"}
# From Swedish, it takes numbers for ordinals.
MASKED_TOO = {"sv": {"number"}}
# Code points of one sentence; the rules' time grows faster than the text.
LONGEST_SENTENCE = 4_000
# Bytes on their way at once: less than a pipe holds, so that writing never waits for reading.
ON_THE_WAY = 16_000
# Seconds for what is on its way, the start of the processes included.
PATIENCE = 30.0
# A blank at the end, or the first program waits for what follows the last word.
END = "[][\n]\0"
# What has a meaning in Apertium's stream, and the marks that it sets on words that it doesn't know.
RESERVED = re.compile(r"[\\\[\]{}^$/<>]")
MARKS = re.compile(r"[*#@~]+")
ARRIVED = re.compile(r"\\(.)|\[((?:[^\]\\]|\\.)*)\]|([*#@~])(?=\w)", re.DOTALL)


def find_directions() -> Iterator[Package]:
    """The directions that are installed on this machine; their ``files`` is the mode file."""
    if shutil.which("lt-proc"):
        for mode, source, target, source_name, target_name, bleu in DIRECTIONS:
            path = MODES / f"{mode}{SUFFIX}"
            if path.is_file():
                yield Package(
                    source, target, source_name, target_name, MODES, path, "", "apertium", False, bleu,
                    gist=mode in GIST,
                )  # fmt: skip


def is_direction(package: Package) -> bool:
    """Whether a direction is one of :func:`find_directions`."""
    return package.files.suffix == SUFFIX


class Apertium:
    """One direction, with the interface of :class:`~replyassist.translation.engine.TranslationEngine`."""

    def __init__(self, mode: Path, source: str) -> None:
        self._pipeline = Pipeline(mode)
        self._source = source

    def load(self) -> None:
        """Start the processes, at the first call.

        Raises:
            PackageError: the mode can't be read or started.
        """
        self._pipeline.start()

    def length(self, sentence: str) -> int:
        """Words, or pieces of twenty characters where there are more of them."""
        return max(len(sentence.split()), len(sentence) // 20)

    def translate(
        self,
        sentences: Sequence[str],
        *,
        prefix: str = "",
        beam: int = 4,
        best: int = 1,
        strict: bool = False,
    ) -> list[list[Hypothesis]]:
        """The one hypothesis for each sentence; its score is the logarithm of the share of words it knows.

        Args:
            sentences: at most LONGEST_SENTENCE code points each.
            prefix, beam, best, strict: without meaning for rules.

        Raises:
            PackageError, TranslationFailed.
        """
        if any(len(sentence) > LONGEST_SENTENCE for sentence in sentences):
            raise TranslationFailed("A sentence is too long for Apertium.")
        masked = [self._mask(sentence) for sentence in sentences]
        outputs = self._pipeline.send([_escaped(plan.text) for plan in masked])
        return [[_hypothesis(output, plan)] for output, plan in zip(outputs, masked, strict=True)]

    def close(self) -> None:
        """End the processes."""
        self._pipeline.close()

    def _mask(self, sentence: str) -> Masked:
        language = languages.find(self._source)
        names = (f"Xq{a}{b}z" for a, b in product(ascii_lowercase, repeat=2) if f"Xq{a}{b}z" not in sentence)
        parts, originals, position = [], [], 0
        for fact in find_facts(sentence, language):
            if fact.kind in MASKED | MASKED_TOO.get(self._source, set()):
                name = next(names)
                parts += [sentence[position : fact.span.start], name]
                originals.append((name, fact.span.of(sentence)))
                position = fact.span.end
        return Masked("".join([*parts, sentence[position:]]), tuple(originals))


class Pipeline:
    """The programs of a mode, which stay; each text ends in a null character, and so does its answer."""

    def __init__(self, mode: Path) -> None:
        self._mode = mode
        self._talking = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def start(self) -> None:
        """Start the programs unless they run."""
        with self._talking:
            self._running()

    def send(self, texts: Sequence[str]) -> list[str]:
        """The answers to texts, in order. Programs that died or got stuck are started anew, once.

        Raises:
            PackageError, TranslationFailed.
        """
        encoded = [(text.replace("\0", " ") + END).encode() for text in texts]
        answers: list[str] = []
        with self._talking:
            while len(answers) < len(encoded):
                batch = _batch(encoded, len(answers))
                try:
                    answers += self._exchange(batch)
                except OSError:
                    self._stop()
                    try:
                        answers += self._exchange(batch)
                    except OSError as error:
                        self._stop()
                        raise TranslationFailed("Apertium doesn't answer.") from error
        return answers

    def close(self) -> None:
        """End the programs."""
        with self._talking:
            self._stop()

    def _exchange(self, batch: Sequence[bytes]) -> list[str]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018 (both are pipes)
        process.stdin.write(b"".join(batch))
        process.stdin.flush()
        deadline, received = time.monotonic() + PATIENCE, b""
        while received.count(b"\0") < len(batch):
            if not select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            if not (part := os.read(process.stdout.fileno(), 1 << 16)):
                raise BrokenPipeError
            received += part
        return received.decode("utf-8", "replace").split("\0")[: len(batch)]

    def _running(self) -> subprocess.Popen[bytes]:
        # After a fork, two processes would share the pipes, and one would read the other's letters.
        if self._process is None or self._process.poll() is not None or self._owner != os.getpid():
            self._process, self._owner = _started(self._mode), os.getpid()
        return self._process

    def _stop(self) -> None:
        if self._process is not None and self._owner == os.getpid():
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None


def _started(mode: Path) -> subprocess.Popen[bytes]:
    try:
        command = _command(mode.read_text(encoding="utf-8"))
        return subprocess.Popen(  # noqa: S603 (the mode is part of the system's own installation)
            ["/bin/sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise PackageError("Apertium can't be started.", package=mode.stem) from error


def _command(mode: str) -> str:
    """The pipeline of a mode file, told to answer at null characters and to mark unknown words."""
    stages = []
    for stage in mode.strip().split("|"):
        program, *arguments = shlex.split(stage)
        given = ["-g" if argument == "$1" else argument for argument in arguments if argument != "$2"]
        stages.append(shlex.join([program, "-z", *given]))
    return " | ".join(stages)


def _batch(texts: Sequence[bytes], start: int) -> Sequence[bytes]:
    """As many texts from ``start`` on as may be on their way at once; one at least."""
    end, size = start + 1, len(texts[start])
    while end < len(texts) and size + len(texts[end]) <= ON_THE_WAY:
        size += len(texts[end])
        end += 1
    return texts[start:end]


def _escaped(sentence: str) -> str:
    """A sentence for Apertium's stream; signs that it uses as marks go through as blanks, which it copies."""
    return MARKS.sub(r"[\g<0>]", RESERVED.sub(r"\\\g<0>", sentence))


def _hypothesis(output: str, plan: Masked) -> Hypothesis:
    marks = 0

    def plain(match: re.Match[str]) -> str:
        nonlocal marks
        marks += match[3] is not None
        return match[1] or re.sub(r"\\(.)", r"\1", match[2] or "", flags=re.DOTALL)

    text = ARRIVED.sub(plain, output).strip()
    total = max(1, sum(1 for _ in words(text)))
    # Stand-ins are unknown to it, but not to us.
    unknown = max(0, marks - len(plan.originals))
    score = math.log(max(1, total - unknown) / (total + (unknown >= total)))
    return Hypothesis(unmask(text, plan.originals), score)

"""Hostile text ends: a pattern that backtracks would read it for minutes, a linear one for milliseconds."""

from __future__ import annotations

import time

import pytest

from replyassist import languages
from replyassist.text.facts import find_facts
from replyassist.text.sentences import split_sentences
from replyassist.text.tokens import tokenise

LENGTH = 100_000
# No measure of speed (benchmarks/ has those): quadratic work on LENGTH characters is hundreds of times slower
# than this on any machine, and linear work a hundred times faster.
GUARD_SECONDS = 30.0
HOSTILE = [
    "a",
    ".",
    "1",
    "1 ",
    "1.",
    "x.no.",
    "a\n",
    "\n",
    "a@",
    "{",
    "100 ",
    "- ",
    "kl. 12-",
    "§",
    "! 😀",
    "a. ",
    "(",
    " ",
    "A-",
    "a\t",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("function", [split_sentences, tokenise, find_facts])
def test_hostile_text_ends(function: object, piece: str) -> None:
    languages.load("nb")
    assert callable(function)
    start = time.process_time()
    list(function(piece * (LENGTH // len(piece))))
    assert time.process_time() - start < GUARD_SECONDS

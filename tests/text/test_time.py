"""Hostile text takes time in proportion to its length."""

from __future__ import annotations

import time

import pytest

from replyassist import languages
from replyassist.text.facts import find_facts
from replyassist.text.sentences import split_sentences
from replyassist.text.tokens import tokenise

SHORT, FACTOR = 2_000, 10
# Quadratic work would take FACTOR times longer than this allows for noise.
SLACK = 4
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


def measure(function: object, text: str) -> float:
    start = time.process_time()
    assert callable(function)
    list(function(text))
    return time.process_time() - start


@pytest.mark.parametrize("function", [split_sentences, tokenise, find_facts])
def test_linear(function: object) -> None:
    languages.load("nb")
    measure(function, "Vi ses 12. mars.")  # compiles and loads what is needed once
    for piece in HOSTILE:
        short = min(measure(function, piece * (SHORT // len(piece))) for _ in range(2))
        long = measure(function, piece * (SHORT * FACTOR // len(piece)))
        assert long < max(short, 0.002) * FACTOR * SLACK, piece

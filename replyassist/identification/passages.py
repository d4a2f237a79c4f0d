"""Find where the language changes within a message.

Each word is judged with its neighbours (five words, never across the end of a sentence), and a Viterbi pass
finds the sequence of languages that explains the words best when every change costs something: less at the
end of a sentence than within one, more between the Nordic languages, which a sentence may resemble by chance.
What it finds must then hold as a whole: a passage that is not sure of its language joins its neighbour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from replyassist.identification.weights import Floats, Weights, WordSums

REACH = 2
STRIDE = 2
LEAST_WORDS = 2
CHANGE_WITHIN = 7.0
CHANGE_BETWEEN = 3.0
NORDIC_FACTOR = 1.6
EVIDENCE = 0.7  # of a word's log probability: its neighbours count it again
FLOOR = -7.0
CANDIDATES = 8
SURE = 0.9
DOUBT, DOUBT_NORDIC = 0.5, 0.95
_LOG_DOUBT, _LOG_DOUBT_NORDIC = math.log(DOUBT), math.log(DOUBT_NORDIC)
NORDIC = 4  # tags 0-3


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``first`` up to, not including, ``end``, in one language (an index into the tags)."""

    first: int
    end: int
    tag: int


def windows(sentences: Sequence[int], stride: int = 1) -> tuple[list[int], list[int]]:
    """First and end of the words around each ``stride``-th word, within its sentence.

    Args:
        sentences: the word that each sentence begins with, ascending from 0, and the number of words at last.
    """
    firsts, ends = [], []
    for begin, end in pairwise(sentences):
        for middle in range(begin + -begin % stride, end, stride):
            firsts.append(max(middle - REACH, begin))
            ends.append(min(middle + REACH + 1, end))
    return firsts, ends


def is_doubtful(scores: Floats) -> bool:
    """Whether some window (all rows but the first) is likely in another language than the text (the first).

    Five words of one Nordic language are often likely in another: that takes more.
    """
    main, *best = scores.argmax(axis=1).tolist()
    others = [(row, tag) for row, tag in enumerate(best, 1) if tag != main]
    return any(
        scores[row, tag] > (_LOG_DOUBT_NORDIC if max(tag, main) < NORDIC else _LOG_DOUBT)
        for row, tag in others
    )


def find_passages(
    weights: Weights, sums: WordSums, around: Floats, sentences: Sequence[int], main: int
) -> list[Passage]:
    """The passages of a text, in order.

    Args:
        sums: of each word.
        around: log probabilities of the tags in the window of each word.
        sentences: as of ``windows``.
        main: tag of the text as a whole.
    """
    if sentences[-1] < 2 * LEAST_WORDS:
        return [Passage(0, sentences[-1], main)]
    among = _candidates(around, main)
    emissions = (np.maximum(around[:, among], FLOOR) * EVIDENCE).astype(np.float32)
    path = _best_path(emissions, frozenset(sentences), among)
    return _settle(weights, sums, [among[step] for step in path], main)


def _candidates(scores: Floats, main: int) -> list[int]:
    """The tags that are likeliest in some place, the main one among them."""
    peaks = np.exp(scores).mean(axis=0) + 0.2 * np.exp(scores).max(axis=0)
    order = np.argsort(-peaks)[:CANDIDATES].tolist()
    return order if main in order else [*order, main]


def _best_path(emissions: Floats, beginnings: frozenset[int], among: list[int]) -> list[int]:
    """Viterbi: for each word the index into ``among`` of its language, given which words begin a sentence."""
    nordic = np.array([tag < NORDIC for tag in among])
    change = np.where(nordic[:, None] & nordic[None, :], NORDIC_FACTOR, 1.0)
    np.fill_diagonal(change, 0.0)
    score, back = emissions[0], []
    for word, row in enumerate(emissions[1:], 1):
        arrive = score[:, None] - change * (CHANGE_BETWEEN if word in beginnings else CHANGE_WITHIN)
        back.append(arrive.argmax(axis=0))
        score = arrive.max(axis=0) + row
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _settle(weights: Weights, sums: WordSums, path: list[int], main: int) -> list[Passage]:
    """Passages of a path; those that are short or unsure take the language of the passage before them."""
    passages = _runs(path)
    while len(passages) > 1:
        starts = np.array([passage.first for passage in passages])
        ends = np.array([passage.end for passage in passages])
        scores = weights.log_probabilities(sums.over(starts, ends))
        sure = np.exp(scores[np.arange(len(passages)), [passage.tag for passage in passages]])
        sure[ends - starts < LEAST_WORDS] = 0.0
        weakest = int(sure.argmin())
        if sure[weakest] >= SURE:
            return passages
        neighbour = passages[weakest - 1] if weakest else passages[1]
        for word in range(passages[weakest].first, passages[weakest].end):
            path[word] = neighbour.tag
        passages = _runs(path)
    return [Passage(0, len(path), main)]


def _runs(path: list[int]) -> list[Passage]:
    """Runs of the same tag."""
    edges = [0, *(i for i in range(1, len(path)) if path[i] != path[i - 1]), len(path)]
    return [Passage(first, end, path[first]) for first, end in pairwise(edges)]

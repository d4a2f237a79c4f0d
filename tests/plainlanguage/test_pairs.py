"""The hard pairs of tests/pairs: the plain version wins by the score, also where LIX is misled."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from replyassist import languages
from replyassist.domain import Assessment, Score

Ask = Callable[..., Assessment]
PAIRS = Path(__file__).parents[1] / "pairs"
SHAPES = {"words", "longer", "syntax", "short", "list", "paragraph", "near"}
MOST_LOST = 2


def pairs_of(tag: str, part: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(PAIRS.joinpath(f"{tag}.toml").read_text("utf-8"))[part]
    return found


def value_of(ask: Ask, text: str, tag: str, measure: str = "score") -> float:
    assessment = ask(text, tag)
    found = {s.measure: s.value for s in (assessment.score, *assessment.scores) if isinstance(s, Score)}
    return found[measure]


@pytest.mark.parametrize("tag", languages.available())
def test_every_language_has_pairs_of_every_shape_and_a_holdout(tag: str) -> None:
    seen, holdout = pairs_of(tag, "seen"), pairs_of(tag, "holdout")
    assert {pair["shape"] for pair in seen} == {pair["shape"] for pair in holdout} == SHAPES
    texts = [pair[version] for pair in (*seen, *holdout) for version in ("today", "plain")]
    assert len(texts) == len(set(texts))
    assert len(holdout) * 2 <= len(seen) + 1
    assert sum(p["plain"].count(" ") > p["today"].count(" ") for p in seen) > len(seen) / 2


@pytest.mark.parametrize("tag", languages.available())
def test_the_plain_version_is_easier(ask: Ask, tag: str) -> None:
    pairs = pairs_of(tag, "seen")
    lost = [p for p in pairs if value_of(ask, p["plain"], tag) <= value_of(ask, p["today"], tag)]
    assert len(lost) <= MOST_LOST, lost


@pytest.mark.parametrize("tag", languages.available())
def test_the_score_wins_where_lix_is_misled(ask: Ask, tag: str) -> None:
    pairs = [
        pair
        for pair in pairs_of(tag, "seen")
        if value_of(ask, pair["plain"], tag, "lix") >= value_of(ask, pair["today"], tag, "lix")
    ]
    won = sum(value_of(ask, p["plain"], tag) > value_of(ask, p["today"], tag) for p in pairs)
    assert pairs
    assert won >= 0.5 * len(pairs)


@pytest.mark.parametrize("tag", languages.available())
def test_the_plain_version_of_a_published_kind_is_easier(ask: Ask, tag: str) -> None:
    pairs = tomllib.loads(PAIRS.joinpath("as-published", f"{tag}.toml").read_text("utf-8"))["seen"]
    lost = [p for p in pairs if value_of(ask, p["plain"], tag) <= value_of(ask, p["today"], tag)]
    assert len(lost) <= MOST_LOST, lost

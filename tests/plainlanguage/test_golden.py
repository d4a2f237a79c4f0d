"""Golden cases: what the safe suggestions make of a sentence, read by a person (tests/golden)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from replyassist.domain import Assessment

Ask = Callable[..., Assessment]
GOLDEN = Path(__file__).parents[1] / "golden"


def cases(kind: str) -> Iterator[object]:
    for file in sorted(GOLDEN.glob("??.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8")).get(kind, ())):
            yield pytest.param(file.stem, case, id=f"{file.stem}-{number}")


@pytest.mark.parametrize(("tag", "case"), [*cases("real"), *cases("synthetic")])
def test_a_sentence_becomes_plainer(
    simplify: Callable[[str, str], str], tag: str, case: dict[str, str]
) -> None:
    assert case["plain"] != case["text"]
    assert simplify(case["text"], tag) == case["plain"]


@pytest.mark.parametrize(("tag", "case"), cases("negative"))
def test_a_plain_sentence_is_left_in_peace(ask: Ask, tag: str, case: dict[str, str]) -> None:
    assert not [(f.rule, f.span.of(case["text"])) for f in ask(case["text"], tag).findings]


@pytest.mark.parametrize(("tag", "case"), cases("advice"))
def test_a_sentence_that_takes_a_person_to_split_has_no_button(
    ask: Ask, tag: str, case: dict[str, str]
) -> None:
    found = [f for f in ask(case["text"], tag).findings if f.kind == "sentence-length"]
    assert [f.suggestions for f in found] == [()]
    assert all(f.message for f in found)


@pytest.mark.xfail(reason="what we can't do yet", strict=True)
@pytest.mark.parametrize(("tag", "case"), cases("known-failure"))
def test_known_failures(simplify: Callable[[str, str], str], tag: str, case: dict[str, str]) -> None:
    assert simplify(case["text"], tag) == case["plain"]

"""What holds for any text: determinism, spans that tile, one answer whatever the encoding, bounded time."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist.identification import Identifier

SENTENCES = list(
    tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["plain"].values()
)
mixtures = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
    ),
    min_size=1,
    max_size=4,
).map("\n".join)


@given(text=mixtures)
@settings(max_examples=120, deadline=None)
def test_spans_tile_the_text_and_the_answer_stays(identifier: Identifier, text: str) -> None:
    if text.isspace() or not text:
        return
    found = identifier.identify(text)
    assert found == identifier.identify(text)
    assert 0.0 <= found.confidence <= 1.0
    if found.language is None:
        assert not found.spans
        assert found.confidence == 0.0
        return
    assert found.language in identifier.languages
    edges = [0, *(span.span.end for span in found.spans)]
    assert [span.span.start for span in found.spans] == edges[:-1]
    assert edges[-1] == len(text)
    assert all(len(span.span) for span in found.spans)


@pytest.mark.parametrize("text", SENTENCES)
def test_composed_and_decomposed_letters_are_the_same(identifier: Identifier, text: str) -> None:
    composed = identifier.identify(unicodedata.normalize("NFC", text))
    decomposed = identifier.identify(unicodedata.normalize("NFD", text))
    assert (composed.language, composed.confidence) == (
        decomposed.language,
        pytest.approx(decomposed.confidence, abs=0.02),
    )


@pytest.mark.parametrize(
    "change", [lambda t: t.replace(" ", "\r\n"), lambda t: f"😀 {t} 🙏🏽", lambda t: f"\u200f{t}\u200e"]
)
def test_line_breaks_emoji_and_direction_marks_change_nothing(identifier: Identifier, change) -> None:  # type: ignore[no-untyped-def]
    for text in SENTENCES:
        assert identifier.identify(change(text)).language == identifier.identify(text).language


@pytest.mark.parametrize("unit", ["x", "a.", "a@", "1 ", "<", "Å b\n1\n", "http://", "re: "])
def test_a_hundred_kilobytes_of_noise_end(identifier: Identifier, unit: str) -> None:
    """A hang guard, not a measure of speed: linear work takes milliseconds, backtracking takes minutes."""
    start = time.process_time()
    identifier.identify((unit * 100_000)[:100_000])
    assert time.process_time() - start < 30.0


def test_sixteen_first_calls_agree() -> None:
    """A fresh identifier asked by sixteen threads at once gives one answer."""
    fresh = Identifier.load()
    with ThreadPoolExecutor(16) as pool:
        for text in (SENTENCES[0], "\n".join(SENTENCES[:3])):
            assert len(set(pool.map(fresh.identify, [text] * 16))) == 1

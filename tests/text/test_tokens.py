"""Words, and what only looks like one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist import languages
from replyassist.text.tokens import plain_form, tokenise, words


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.span.of(text)) for token in tokenise(text, languages.load("nb"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e-post fra O'Brien", [("word", "e-post"), ("word", "fra"), ("word", "O'Brien")]),
        ("plan- og bygg", [("word", "plan"), ("word", "og"), ("word", "bygg")]),
        ("og/eller", [("word", "og"), ("word", "eller")]),
        ("jf. loven", [("abbreviation", "jf."), ("word", "loven")]),
        ("bl.a. du", [("abbreviation", "bl.a."), ("word", "du")]),
        ("1 450,50 kroner", [("number", "1 450,50"), ("word", "kroner")]),
        ("sak 2026/12345-6", [("word", "sak"), ("case-number", "2026/12345-6")]),
        ("post@bergen.kommune.no.", [("email", "post@bergen.kommune.no")]),
        ("se www.nav.no/sak, og", [("word", "se"), ("url", "www.nav.no/sak"), ("word", "og")]),
        ("bergen.kommune.no", [("url", "bergen.kommune.no")]),
        ("søk\u00adnad", [("word", "søk\u00adnad")]),
        ("नमस्ते दुनिया", [("word", "नमस्ते"), ("word", "दुनिया")]),
        ("😊 !? –", []),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_a_decomposed_word_is_one_word_with_the_same_plain_form() -> None:
    text = unicodedata.normalize("NFD", "Ærlige Åse får løn på Gävle")
    found = [plain_form(span.of(text)) for span in words(text)]
    assert found == ["Ærlige", "Åse", "får", "løn", "på", "Gävle"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_tokens_are_in_order_within_the_text_and_not_empty(text: str) -> None:
    position = 0
    for token in tokenise(text):
        assert position <= token.span.start < token.span.end <= len(text)
        position = token.span.end

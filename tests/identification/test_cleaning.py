"""What is blanked before a text is read, and that blanking moves nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.identification.cleaning import blank_noise, lower_shouting


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    cleaned = blank_noise(text)
    assert len(cleaned) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, cleaned, strict=True))
    assert len(lower_shouting(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Se https://www.example.no/sak?id=3 takk", "Se takk"),
        ("Skriv til kari@example.no i dag", "Skriv til i dag"),
        ("RE: FW: Søknaden min", "Søknaden min"),
        ("Takk for svar\n\nKari Nordmann\nStorgata 3\n+47 55 00 01 22", "Takk for svar"),
        ("Takk for svar\n\nSent from my iPhone", "Takk for svar"),
        ("Hei {navn}, saken er klar", "Hei , saken er klar"),
    ],
)
def test_noise_goes(text: str, left: str) -> None:
    assert " ".join(blank_noise(text).split()) == left


@pytest.mark.parametrize(
    "text", ["Kari Nordmann", "Jeg bor her.\n\nJeg flytter snart herfra.", "Resten er greit: takk"]
)
def test_words_stay(text: str) -> None:
    assert blank_noise(text) == text


def test_only_shouting_is_lowered() -> None:
    assert lower_shouting("HVORFOR SVARER IKKE NAV") == "hvorfor svarer ikke nav"
    assert lower_shouting("Jeg ringte NAV i dag") == "Jeg ringte NAV i dag"

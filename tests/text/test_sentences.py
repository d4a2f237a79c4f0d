"""Sentence boundaries in letters: golden cases per language, then what holds for every text."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist import languages
from replyassist.text.sentences import split_sentences

GOLDEN = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
CASES = [(tag, case) for tag, cases in GOLDEN.items() for case in cases]
PIECES = st.sampled_from(
    [
        "Vi",
        "du",
        "jf.",
        "bl.a.",
        "12.",
        "mars",
        "2026.",
        "§ 20-4",
        "kl.",
        "12.00",
        "Ring",
        "?",
        "!",
        "...",
        "«",
        "»",
        "(",
        ")",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "   ",
        " ",
        "- ",
        "1. ",
        "> ",
        "😀",
        "۔",
        "。",
        "ø",
        "A.",
        "@",
        "a.no",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def sentences(text: str, tag: str | None = "nb") -> list[str]:
    language = languages.load(tag) if tag else None
    return [span.of(text) for span in split_sentences(text, language)]


@pytest.mark.parametrize(("tag", "expected"), CASES, ids=[f"{tag}: {case[0][:40]}" for tag, case in CASES])
def test_golden(tag: str, expected: list[str]) -> None:
    text = " ".join(expected)
    assert sentences(text, None if tag == "other" else tag) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_letter_is_split_at_its_lines_but_not_inside_wrapped_paragraphs(newline: str) -> None:
    letter = [
        ["Avslag på søknad"],
        [
            "Vi har behandlet søknaden din om å bygge",
            "naust ved sjøen, og svaret er nei. Du får",
            "vite hvorfor her.",
        ],
        ["Vedlegg:"],
        ["- kart over eiendommen", "- tegning av naustet. Målestokk 1:100."],
        ["Gebyr\t17 400 kr"],
        ["Med vennlig hilsen", "Kari Nordmann", "rådgiver"],
    ]
    text = (newline * 2).join(newline.join(lines) for lines in letter)
    assert [" ".join(sentence.split()) for sentence in sentences(text)] == [
        "Avslag på søknad",
        "Vi har behandlet søknaden din om å bygge naust ved sjøen, og svaret er nei.",
        "Du får vite hvorfor her.",
        "Vedlegg:",
        "- kart over eiendommen",
        "- tegning av naustet.",
        "Målestokk 1:100.",
        "Gebyr",
        "17 400 kr",
        "Med vennlig hilsen",
        "Kari Nordmann",
        "rådgiver",
    ]


def test_a_date_that_wraps_to_the_next_line_stays_whole() -> None:
    text = (
        "Du må sende oss de papirene som mangler innen\n"
        "12. mars 2026, ellers kan vi ikke behandle\nsøknaden din."
    )
    assert len(sentences(text)) == 1


def test_cells_are_units_without_the_white_space_between_them() -> None:
    assert sentences("Gebyr \t  4 200 kr\u00a0\t\tSum    9") == ["Gebyr", "4 200 kr", "Sum", "9"]


def test_text_without_capitals_is_split() -> None:
    text = "hei, jeg har ikke fått svar. når kommer det? jeg har ventet bl.a. på dere i to uker."
    assert len(sentences(text)) == 3


def test_a_missing_space_after_a_full_stop_is_forgiven_but_addresses_stay_whole() -> None:
    assert sentences("Vi har mottatt klagen.Vi svarer snart.") == [
        "Vi har mottatt klagen.",
        "Vi svarer snart.",
    ]
    assert len(sentences("Skriv til Post@Bergen.Kommune.No om saken.")) == 1


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from([None, "nb", "en"]))
def test_spans_hold_everything_but_white_space_once_and_in_order(text: str, tag: str | None) -> None:
    language = languages.load(tag) if tag else None
    spans = split_sentences(text, language)
    assert spans == split_sentences(text, language)
    position = 0
    for span in spans:
        assert text[position : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip() != ""
        position = span.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("form", ["decomposed", "hard spaces"])
@pytest.mark.parametrize(("tag", "expected"), CASES, ids=[f"{tag}: {case[0][:40]}" for tag, case in CASES])
def test_other_code_points_for_the_same_letters_change_no_boundary(
    tag: str, expected: list[str], form: str
) -> None:
    text = " ".join(expected)
    text = unicodedata.normalize("NFD", text) if form == "decomposed" else text.replace(" ", "\u00a0")
    found = [
        unicodedata.normalize("NFC", each.replace("\u00a0", " "))
        for each in sentences(text, None if tag == "other" else tag)
    ]
    assert found == [unicodedata.normalize("NFC", each) for each in expected]


def test_marks_of_direction_belong_to_the_sentence_that_they_close() -> None:
    assert len(sentences("\u202bمرحبا. متى تبدأ المدرسة؟\u202c", None)) == 2


def test_a_writer_without_capitals_is_known_by_the_first_sentence_that_has_none() -> None:
    text = "I got your letter today. it says that i owe you money. is that right? please tell me what to do."
    assert len(sentences(text, "en")) == 4
    assert len(sentences("The rule (amend. by the council) applies. It is new.", "en")) == 2

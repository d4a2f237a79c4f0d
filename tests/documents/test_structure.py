"""The parts of plain-text letters in five languages, then what holds for every text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replyassist import languages
from replyassist.documents import find_structure

LETTERS = Path(__file__).parents[1] / "letters"
LETTER = """STORFJORD KOMMUNE
Plan og byggesak

Kari Nordmann
Fjellveien 12
9046 Oteren

Vår ref.: 2026/123
12. mars 2026

Avslag på søknad om naust

Hei Kari,

Vi har behandlet søknaden din, og svaret er nei.

Begrunnelse
Naustet ligger for nær sjøen. Derfor kan vi ikke si ja.

1. Send oss et nytt kart.
2. Be om et møte med oss.

Behandling      4 200 kroner
Tilsyn          1 100 kroner

Med vennlig hilsen
Ola Nordmann
rådgiver"""
KINDS = [
    "address",
    "address",
    "table",
    "address",
    "heading",
    "salutation",
    "paragraph",
    "heading",
    "paragraph",
    "list-item",
    "list-item",
    "table",
    "closing",
    "signature",
]
GREETINGS = {
    "nb": ("Hei Kari!", "Med vennlig hilsen"),
    "nn": ("Hei Kari!", "Med venleg helsing"),
    "sv": ("Hej Karin!", "Med vänlig hälsning"),
    "da": ("Kære Karen", "Med venlig hilsen"),
    "en": ("Dear Karen,", "Kind regards,"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("tag", ["nb", None])
def test_a_whole_letter(tag: str | None, newline: str) -> None:
    text = LETTER.replace("\n", newline)
    blocks = find_structure(text, languages.load(tag) if tag else None)
    assert [block.kind for block in blocks] == KINDS
    assert blocks[11].span.of(text).startswith("Behandling")
    assert blocks[-1].span.of(text) == f"Ola Nordmann{newline}rådgiver"


@pytest.mark.parametrize("tag", GREETINGS)
def test_greetings(tag: str) -> None:
    salutation, closing = GREETINGS[tag]
    text = f"{salutation}\n\nThe text itself goes on here, for one whole sentence.\n\n{closing}\nÅse Öberg 😊"
    kinds = [block.kind for block in find_structure(text, languages.load(tag))]
    assert kinds == ["salutation", "paragraph", "closing", "signature"]


def test_markdown_headings_leave_their_marker_out() -> None:
    text = "# Vedtak\n\nDu får plass fra høsten av.\n\n> Når får jeg svar?\n> Hilsen Per"
    blocks = find_structure(text)
    assert [(block.kind, block.span.of(text)[:6]) for block in blocks] == [
        ("heading", "Vedtak"),
        ("paragraph", "Du får"),
        ("quote", "> Når "),
    ]


@pytest.mark.parametrize(
    "path", sorted(LETTERS.glob("[!h]*/*/*.txt")), ids=lambda path: "/".join(path.parts[-3:])
)
def test_every_letter_of_the_corpus_has_running_text_and_an_end(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    kinds = [block.kind for block in find_structure(text, languages.load(path.parts[-3]))]
    assert kinds.count("paragraph") >= 3
    assert {"closing", "signature"} & set(kinds)
    assert kinds[-1] != "heading"


LAYOUTS = Path(__file__).with_name("layouts")
MARKS = {
    "A": "address", "T": "table", "H": "heading", "S": "salutation", "P": "paragraph", "L": "list-item",
    "C": "closing", "G": "signature", "Q": "quote",
}  # fmt: skip
LAID_OUT = [
    pytest.param(file.stem, letter, id=f"{file.stem}-{number}")
    for file in sorted(LAYOUTS.glob("*.txt"))
    for number, letter in enumerate(file.read_text("utf-8").split("=====\n"), start=1)
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("tag", "letter"), LAID_OUT)
def test_each_line_of_a_letter_is_read_as_what_it_is(tag: str, letter: str, newline: str, form: str) -> None:
    """Each line of a layout begins with the mark of its kind."""
    marks, bodies = zip(*(line.partition("|")[::2] for line in letter.splitlines()), strict=True)
    lines = [unicodedata.normalize(form, body) for body in bodies]
    blocks = find_structure(newline.join(lines), languages.load(tag))
    position = 0
    for mark, line in zip(marks, lines, strict=True):
        last = position + len(line) - 1
        if line:
            kinds = [block.kind for block in blocks if block.span.start <= last < block.span.end]
            assert (kinds, line) == ([MARKS[mark]], line)
        position += len(line) + len(newline)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(st.sampled_from(LETTER.split("\n")), max_size=20).map("\n".join)
    )
)
def test_blocks_lie_in_order_within_the_text(text: str) -> None:
    position = 0
    for block in find_structure(text):
        assert position <= block.span.start < block.span.end <= len(text)
        position = block.span.end

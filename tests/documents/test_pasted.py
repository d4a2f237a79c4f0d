"""Letters as they are pasted from a mail program or from Word: the writer's own running text is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from replyassist import languages
from replyassist.documents import find_structure
from replyassist.text.sentences import split_sentences

OWN = {
    "nb": "Hei Kari!\n\nDu får svar på søknaden innen 12. mai.\n\nVennlig hilsen\nOla Ås\nrådgiver",
    "nn": "Hei Kari!\n\nDu får svar på søknaden innan 12. mai.\n\nVenleg helsing\nOla Ås\nrådgjevar",
    "sv": "Bästa Åsa!\n\nDu får svar på din ansökan i maj.\n\nVänliga hälsningar\nEva Öst\nhandläggare",
    "da": "Kære Åse!\n\nDu får svar på din ansøgning i maj.\n\nVenlig hilsen\nBo Sø\nsagsbehandler",
    "en": "Dear Zoë,\n\nWe will answer your application by 12 May.\n\nKind regards,\nJo Bäck\ncase officer",
}
QUOTED = {
    "nb": "Fra: Kari Nes\nSendt: 4. mai 2026 10.12\nEmne: Plass\n\nHei, når får jeg svar? Jeg har ventet.",
    "nn": "> Hei, når får eg svar?\n> Eg har venta lenge no.\n>> Ei eldre melding.",
    "sv": "-----Ursprungligt meddelande-----\nFrån: Åsa\n\nHej, när får jag svar? Jag har väntat länge nu.",
    "da": "Den 4. maj 2026 kl. 10.12 skrev Åse Sø <aase@example.dk>:\nHvornår får jeg svar? Jeg har ventet.",
    "en": "On Mon, 4 May 2026 at 10:12, Zoë <zoe@example.org> wrote:\n> When do I get an answer?\n> I wait.",
}
FOOTERS = {
    "nb": "Storfjord kommune\nDenne meldingen kan inneholde opplysninger som er unntatt offentlighet.",
    "nn": "Storfjord kommune\nDenne meldinga kan innehalde opplysningar som er unnatekne offentlegheit.",
    "sv": "Storfjords kommun\nDet här meddelandet kan innehålla uppgifter som är sekretessbelagda.",
    "da": "Storfjord Kommune\nDenne besked kan indeholde oplysninger, som er fortrolige.",
    "en": "Storfjord Municipality\nThis message may hold information that is confidential.",
}
SHAPES: list[Callable[[str], str]] = [
    str,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: unicodedata.normalize("NFD", text),
]


def kinds(text: str, tag: str) -> list[str]:
    return [block.kind for block in find_structure(text, languages.load(tag))]


@pytest.mark.parametrize("shape", SHAPES, ids=["as typed", "CRLF", "decomposed"])
@pytest.mark.parametrize("tag", OWN)
def test_the_message_that_is_answered_is_a_quotation(tag: str, shape: Callable[[str], str]) -> None:
    own = ["salutation", "paragraph", "closing", "signature"]
    assert kinds(shape(OWN[tag]), tag) == own
    assert kinds(shape(f"{OWN[tag]}\n\n{QUOTED[tag]}\n"), tag) == [*own, "quote"]


@pytest.mark.parametrize("shape", SHAPES, ids=["as typed", "CRLF", "decomposed"])
@pytest.mark.parametrize("tag", OWN)
def test_what_stands_under_the_mark_of_a_signature_belongs_to_it(
    tag: str, shape: Callable[[str], str]
) -> None:
    text = shape(f"{OWN[tag]}\n-- \n{FOOTERS[tag]}\n\n{QUOTED[tag]}")
    blocks = find_structure(text, languages.load(tag))
    assert [block.kind for block in blocks][-2:] == ["signature", "quote"]
    assert shape(FOOTERS[tag]) in blocks[-2].span.of(text)
    assert "--" not in "".join(block.span.of(text) for block in blocks if block.kind == "paragraph")


@pytest.mark.parametrize("bullet", ["•\t", "\uf0b7\t", "-\t", "o\t", "1.\t", "• "])
def test_bullets_from_word_are_list_items_and_no_table(bullet: str) -> None:
    text = f"Du får plass.\n\nDette må du gjøre:\n{bullet}Svar oss nå.\n{bullet}Hent nøkkelen i dag.\n"
    assert kinds(text, "nb") == ["paragraph", "paragraph", "list-item", "list-item"]
    found = [span.of(text) for span in split_sentences(text, languages.load("nb"))]
    assert found[2:] == [f"{bullet}Svar oss nå.", f"{bullet}Hent nøkkelen i dag."]


def test_a_label_is_a_table_and_words_that_lead_in_are_none() -> None:
    text = "Du får plass.\n\nBeløp: 900 kroner\n\nHer er det du må betale:\n\nVann\t900 kr\n"
    assert kinds(text, "nb") == ["paragraph", "table", "paragraph", "table"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nb", "Før vi svarer, må du vise oss\n- hva du tjener\n- hva du eier"),
        ("nn", "Før vi svarar, må du vise oss\n- kva du tener\n- kva du eig"),
        ("sv", "Innan vi svarar måste du visa oss\n- vad du tjänar\n- vad du äger"),
        ("da", "Før vi svarer, skal du vise os\n- hvad du tjener\n- hvad du ejer"),
        ("en", "Before we answer, you must show us\n- what you earn\n- what you own"),
    ],
)
def test_a_sentence_that_its_list_ends_is_running_text(tag: str, text: str) -> None:
    assert kinds(text, tag) == ["paragraph", "list-item", "list-item"]


@pytest.mark.parametrize(
    "text", ["Ring oss på 00 38 07 50.", "Call us on 040-600 03 12.", "Ring 55 55 12 34!"]
)
def test_a_short_sentence_with_a_telephone_number_is_no_address(text: str) -> None:
    assert kinds(text, "nb") == ["paragraph"]


def test_a_numbered_heading_may_stand_right_above_its_text() -> None:
    text = (
        "1. Bakgrunn\nDu søkte om naust. Det ligger ved sjøen.\n\n2. Vurdering\nNaustet ligger for nær sjøen."
    )
    assert kinds(text, "nb") == ["heading", "paragraph"] * 2

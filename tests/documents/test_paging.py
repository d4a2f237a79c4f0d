"""Letters that were printed to PDF read as they were written, whatever paper did to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.documents import read
from replyassist.documents.paging import join_pages


def printed(*pages: list[tuple[int, int, str]]) -> bytes:
    """A PDF written by hand: on each page, lines at points from the left and from the bottom."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, lines in enumerate(pages):
        drawn = "".join(f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines).encode("cp1252")
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
            b"/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * n),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        ]
    data, table = b"%PDF-1.4\n", b""
    for number, item in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj%sendobj\n" % (number, item)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def column(x: int, *texts: str, top: int = 700) -> list[tuple[int, int, str]]:
    return [(x, top - 14 * n, text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("Vi behandler søk-", "naden din nå."), "Vi behandler søknaden din nå."),
        (("Me behandlar søkna-", "den slik vi kan."), "Me behandlar søknaden slik vi kan."),
        (("Vi handlägger ansö-", "kan om förskole-", "plats."), "Vi handlägger ansökan om förskoleplats."),
        (("Vi behandler ansøg-", "ningen om børne-", "have."), "Vi behandler ansøgningen om børnehave."),
        (("We are reading your appli-", "cation."), "We are reading your application."),
        (("Flyet går til Nord-", "Norge."), "Flyet går til Nord-Norge."),
        (("Send en e-", "post til oss."), "Send en e-post til oss."),
        (("Møt opp på NAV-", "kontoret."), "Møt opp på NAV-kontoret."),
        (("Det er en ikke-røyker.", "Du er ikke-", "røyker."), "Det er en ikke-røyker.\nDu er ikke-røyker."),
        (("Om barnehage-", "og skoleplass."), "Om barnehage- og skoleplass."),
        (("Om förskole-", "eller skolplats."), "Om förskole- eller skolplats."),
        (("I årene 2025-", "2026 og", "- en strek"), "I årene 2025-\n2026 og\n- en strek"),
    ],
)
def test_a_word_that_a_line_cuts_is_put_together(lines: tuple[str, ...], wanted: str) -> None:
    assert read(printed(column(50, *lines))).text == wanted


def test_columns_are_read_one_after_the_other() -> None:
    page = column(50, "Du har fått plass.", "Den er i Åsen.") + column(320, "Ring oss gjerne.", "Hilsen Ås")
    assert read(printed(page)).text == "Du har fått plass.\nDen er i Åsen.\nRing oss gjerne.\nHilsen Ås"


@pytest.mark.parametrize(
    "number", ["{} av 3", "Side {}", "{}", "- {} -", "Sida {} (3)", "sak 12/345 side {}/3"]
)
def test_running_heads_and_page_numbers_are_left_out(number: str) -> None:
    bodies = ["Du har fått plass. Den er i", "barnehagen på Åsen, og du kan", "begynne 3. mars 2026."]
    pages = [
        column(50, "Åsen kommune", top=780) + column(50, body) + column(300, number.format(n), top=20)
        for n, body in enumerate(bodies, start=1)
    ]
    assert read(printed(*pages)).text == "\n".join(["Åsen kommune", *bodies])


def test_a_letterhead_on_the_first_page_alone_stays_and_what_follows_is_read() -> None:
    pages = ["Kommunen\nVedtak\nDu får plass.", "Sak 7\nDu må svare.", "Sak 7\nHilsen oss"]
    assert join_pages(pages) == "Kommunen\nVedtak\nDu får plass.\n\nSak 7\nDu må svare.\n\nHilsen oss"


def test_figures_of_the_letter_are_no_page_numbers() -> None:
    pages = ["Gebyr 500 kr\nDu må betale.", "Gebyr 900 kr\nDu må betale mer."]
    assert join_pages(pages) == "\n\n".join(pages)


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        (["Vi har sagt", "ja."], "Vi har sagt\nja."),
        (["Vi har sagt barne-", "hage."], "Vi har sagt barnehage."),
        (["Vi har sagt ja.", "du kan klage."], "Vi har sagt ja.\n\ndu kan klage."),
        (["Vi har sagt ja", "Du kan klage."], "Vi har sagt ja\n\nDu kan klage."),
        (["Ett", "", " \n", "to"], "Ett\nto"),
        ([], ""),
    ],
)
def test_how_pages_meet(pages: list[str], wanted: str) -> None:
    assert join_pages(pages) == wanted


@given(st.lists(st.text(alphabet="ab -.1\n", max_size=40), max_size=5))
def test_no_word_is_lost_that_stands_once(pages: list[str]) -> None:
    marked = [f"start{chr(97 + n)} {page} end{chr(97 + n)}" for n, page in enumerate(pages)]
    joined = join_pages(marked)
    assert all(f"start{chr(97 + n)}" in joined and f"end{chr(97 + n)}" in joined for n in range(len(pages)))

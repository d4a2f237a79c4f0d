"""The real assistant, loaded once, and a small site in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyassist.assistant import ReplyAssistant

PLAIN = "Du har søkt om plass i barnehagen. Vi gir deg plass fra august. Svar oss innen tre uker.\n"
HARD = (
    "Vedtaket kan påklages til Statsforvalteren innen tre uker fra det tidspunkt underretning om vedtaket er "
    "kommet frem til vedkommende part. Vedrørende dokumentasjon må denne ettersendes snarest.\n"
)
WEB_PAGE = """<!doctype html>
<html lang="{lang}"><head><title>Startlån &amp; tilskudd</title></head><body>
<nav><ul><li><a href="/">Forsiden</a></li><li><a href="/skole">Skole og utdanning</a></li></ul></nav>
<main><h1>Søk om startlån</h1>
<p>Du kan få <b>startlån</b> hvis du ikke får lån i <a href="/bank">banken</a>.</p>
<h2>Slik søker du</h2>
<ul><li>Fyll ut skjemaet på nettsiden.</li><li>Send oss skattemeldingen din.</li></ul></main>
<footer><p>Kommunen har åpent hver dag fra åtte til tre.</p></footer></body></html>
"""


@pytest.fixture(scope="session")
def assistant() -> ReplyAssistant:
    """The assistant that ships."""
    return ReplyAssistant.load()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with pages that are easy, hard, double, foreign and broken."""
    folder = tmp_path / "site"
    (folder / "skole").mkdir(parents=True)
    (folder / "bygg").mkdir()
    (folder / "index.html").write_text(WEB_PAGE.format(lang="nb"), encoding="utf-8")
    (folder / "skole" / "plass.txt").write_text(PLAIN, encoding="utf-8")
    (folder / "skole" / "plass-igjen.md").write_text(PLAIN, encoding="utf-8")
    (folder / "bygg" / "vedtak.txt").write_text(HARD, encoding="utf-8")
    (folder / "bygg" / "wniosek.txt").write_text(
        "Dziękujemy za przesłanie wniosku. Prosimy o uzupełnienie dokumentów do końca miesiąca.\n",
        encoding="utf-8",
    )
    (folder / "bygg" / "tegning.pdf").write_bytes(b"%PDF-1.7 and then nothing that a reader could read")
    (folder / "bygg" / "bilde.png").write_bytes(b"\x89PNG")
    return folder

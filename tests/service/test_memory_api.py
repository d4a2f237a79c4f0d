"""The translation memory over HTTP: one segment at a time as JSON, all of them as TMX."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app
from replyassist.state.database import Database
from replyassist.state.memory import SegmentMemory
from replyassist.translation.tmx import read_tmx

TMX = "application/x-tmx+xml"
SEGMENT = {
    "text": "Du kan klage på vedtaket innen tre uker.",
    "translation": "You can appeal within three weeks.",
    "source": "nb",
    "target": "en",
    "written_by": "municipality",
}


@pytest.fixture
def office(mirrored: ReplyAssistant, tmp_path: Path) -> Any:
    settings = replace(mirrored.settings, database=f"sqlite:///{tmp_path / 'state.sqlite'}", memory=True)
    memory = SegmentMemory(Database(settings.database))
    return create_app(settings, replace(mirrored, settings=settings, memory=memory)).test_client()


def test_one_segment_from_its_review_to_its_end(office: Any) -> None:
    assert office.get("/api/v1/memory").get_json() == {"directions": []}
    kept = office.post("/api/v1/memory", json=SEGMENT)
    assert kept.status_code == 201
    address = kept.headers["Location"]
    segment = {name: SEGMENT[name] for name in ("source", "target", "text", "translation")}
    assert kept.get_json() == {"digest": address.rpartition("/")[2], **segment}
    assert office.get(address).get_json() == kept.get_json()
    counted = office.get("/api/v1/memory").get_json()
    assert counted == {"directions": [{"source": "nb", "target": "en", "segments": 1}]}
    newer = office.post("/api/v1/memory", json=SEGMENT | {"translation": "You have three weeks to appeal."})
    assert newer.headers["Location"] == address
    assert office.get(address).get_json()["translation"] == "You have three weeks to appeal."
    removed = office.delete(address)
    assert (removed.status_code, removed.data) == (204, b"")
    for response in (office.get(address), office.delete(address)):
        assert (response.status_code, response.get_json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"written_by": "citizen"}, 422, "citizen"),
        ({"text": "Kari Nordmann kan klage."}, 422, "name"),
        ({"translation": "Call 55 56 12 34."}, 422, "phone"),
        ({"text": "Klag\u0001"}, 422, "characters"),
        ({"written_by": "somebody"}, 400, None),
        ({"text": ""}, 400, None),
        ({"source": "no tag"}, 400, None),
        ({"text": "a" * 2_001}, 400, None),
        ({"note": "b"}, 400, None),
    ],
)
def test_what_must_not_be_kept_is_refused(office: Any, change: Any, status: int, reason: str | None) -> None:
    response = office.post("/api/v1/memory", json=SEGMENT | change)
    assert response.status_code == status
    assert response.get_json().get("reason") == reason
    assert office.get("/api/v1/memory").get_json() == {"directions": []}


def test_a_file_is_added_and_comes_back(office: Any) -> None:
    office.post("/api/v1/memory", json=SEGMENT)
    saved = office.get("/api/v1/memory.tmx", headers={"Accept": TMX})
    assert saved.mimetype == TMX
    assert "memory.tmx" in saved.headers["Content-Disposition"]
    (unit,) = read_tmx(BytesIO(saved.data))
    assert (unit.source, unit.target) == (SEGMENT["text"], SEGMENT["translation"])
    assert office.delete("/api/v1/memory").get_json() == {"forgotten": 1}
    named = (
        b'<tu srclang="nb"><tuv xml:lang="nb"><seg>Ring Kari Nordmann.</seg></tuv>'
        b'<tuv xml:lang="en"><seg>Call Kari Nordmann.</seg></tuv></tu>'
    )
    sent = saved.data.replace(b"</body>", named + b"</body>")
    response = office.post("/api/v1/memory.tmx", data=sent, content_type=TMX)
    assert response.get_json() == {"kept": 1, "refused": 1}
    assert office.get("/api/v1/memory.tmx").data == saved.data


def test_a_file_that_is_none_changes_nothing(office: Any) -> None:
    office.post("/api/v1/memory", json=SEGMENT)
    whole = office.get("/api/v1/memory.tmx").data
    many = b"".join(b'<tuv xml:lang="a%c"><seg>a</seg></tuv>' % (97 + i % 26) for i in range(61))
    deep = b"<hi>" * 5_000 + b"</hi>" * 5_000
    for data, media_type, status, code in (
        (whole, "application/json", 415, "unsupported-media-type"),
        (b"<html/>", TMX, 422, "unreadable-document"),
        (whole[:-20], TMX, 422, "unreadable-document"),
        (whole.replace(b"</body>", b"<tu>" + many + b"</tu></body>"), TMX, 422, "unreadable-document"),
        (whole.replace(b"<seg>", b"<seg>" + deep), TMX, 422, "unreadable-document"),
    ):
        response = office.post("/api/v1/memory.tmx", data=data, content_type=media_type)
        assert (response.status_code, response.get_json()["code"]) == (status, code)
    assert office.get("/api/v1/memory.tmx").data == whole


def test_a_kept_segment_is_used_for_the_same_words(office: Any) -> None:
    office.post("/api/v1/memory", json=SEGMENT)
    memory = office.application.extensions["replyassist"].assistant.memory
    ((offer,),) = memory.find([SEGMENT["text"]], "nb", "en")
    assert offer.target == SEGMENT["translation"]


def test_a_memory_that_is_off_says_so(client: Any) -> None:
    for response in (client.get("/api/v1/memory"), client.post("/api/v1/memory", json=SEGMENT)):
        assert response.status_code == 422
        assert response.get_json()["reason"] == "off"


def ask(client: Any, **fields: str) -> Any:
    """What the page sends when a sentence is saved."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    form = {"sentence": SEGMENT["text"], "wording": SEGMENT["translation"], "source": "nb", "into": "en"}
    return client.post("/desk/memory", data={"csrf_token": token[1] if token else ""} | form | fields)


def test_a_sentence_is_saved_from_the_page(office: Any) -> None:
    assert "Lagret" in ask(office).get_json()["saved"]
    (direction,) = office.get("/api/v1/memory").get_json()["directions"]
    assert direction == {"source": "nb", "target": "en", "segments": 1}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sentence": "Kari Nordmann kan klage."}, "(Navn)"),
        ({"wording": "Call 55 56 12 34."}, "(Telefonnummer)"),
        ({"wording": " "}, "husker vi ikke"),
        ({"into": "no tag"}, "husker vi ikke"),
        ({"csrf_token": "x"}, "for lenge"),
    ],
)
def test_the_page_says_why_nothing_is_saved(office: Any, fields: Any, words: str) -> None:
    assert words in ask(office, **fields).get_json()["problem"]
    assert office.get("/api/v1/memory").get_json() == {"directions": []}


def test_the_page_offers_it_where_the_house_remembers(office: Any, client: Any) -> None:
    for asked, offers in ((office, True), (client, False)):
        token = re.search(r'name="csrf_token" value="([^"]+)"', asked.get("/").text)
        form = {
            "csrf_token": token[1] if token else "",
            "draft": SEGMENT["text"],
            "language": "nb",
            "target": "en",
        }
        assert ('data-do="remember"' in asked.post("/", data=form).text) is offers
    assert "husker vi ikke" in ask(client).get_json()["problem"]

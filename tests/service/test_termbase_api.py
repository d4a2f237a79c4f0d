"""The termbase over HTTP: one concept at a time as JSON, all of them as CSV and TBX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app
from replyassist.translation.term_files import read_tbx

CONCEPT = {"words": {"nb": "barnehage", "en": "kindergarten", "ar": "روضة"}}
TBX = "application/x-tbx+xml"


@pytest.fixture
def office(mirrored: ReplyAssistant, tmp_path: Path) -> Any:
    settings = replace(mirrored.settings, database=f"sqlite:///{tmp_path / 'state.sqlite'}")
    return create_app(settings, replace(mirrored, settings=settings, terms=None)).test_client()


def test_one_concept_from_its_making_to_its_end(office: Any) -> None:
    assert office.get("/api/v1/terms").get_json() == {"terms": []}
    made = office.post("/api/v1/terms", json=CONCEPT)
    assert made.status_code == 201
    concept = made.get_json()
    assert concept["words"] == CONCEPT["words"]
    address = made.headers["Location"]
    assert office.get(address).get_json() == concept
    changed = office.put(address, json={"words": {"sv": "förskola"}})
    assert changed.get_json() == {"id": concept["id"], "words": {"sv": "förskola"}}
    assert office.get("/api/v1/terms").get_json() == {"terms": [changed.get_json()]}
    removed = office.delete(address)
    assert (removed.status_code, removed.data) == (204, b"")
    for response in (office.get(address), office.put(address, json=CONCEPT), office.delete(address)):
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"
        assert response.get_json()["code"] == "term-unknown"


@pytest.mark.parametrize(
    "body",
    [{}, {"words": {}}, {"words": {"nb": ""}}, {"words": {"nb": 1}}, {"words": {"not a tag": "a"}},
     {"words": {"nb": "a"}, "note": "b"}, {"words": {"nb": "a" * 501}}],
)  # fmt: skip
def test_what_is_no_concept_is_refused(office: Any, body: dict[str, Any]) -> None:
    response = office.post("/api/v1/terms", json=body)
    assert response.status_code == 400
    assert response.get_json()["code"] == "invalid-parameter"
    assert office.get("/api/v1/terms").get_json() == {"terms": []}


def test_a_file_replaces_all_and_comes_back(office: Any) -> None:
    office.post("/api/v1/terms", json={"words": {"nb": "gammelt"}})
    sent = "nb,en,ar\r\nbarnehage,kindergarten,روضة\r\nvei,road,\r\n".encode()
    stored = office.put("/api/v1/terms.csv", data=sent, content_type="text/csv")
    assert [concept["words"] for concept in stored.get_json()["terms"]] == [
        CONCEPT["words"], {"nb": "vei", "en": "road"}
    ]  # fmt: skip
    saved = office.get("/api/v1/terms.csv", headers={"Accept": "text/csv"})
    assert saved.content_type == "text/csv; charset=utf-8"
    assert "terms.csv" in saved.headers["Content-Disposition"]
    assert saved.text == "ar,en,nb\r\nروضة,kindergarten,barnehage\r\n,road,vei\r\n"
    exchanged = office.get("/api/v1/terms.tbx")
    assert exchanged.mimetype == TBX
    assert read_tbx(exchanged.data) == [CONCEPT["words"], {"nb": "vei", "en": "road"}]
    office.put("/api/v1/terms.csv", data=b"nb\n", content_type="text/csv")
    assert office.get("/api/v1/terms").get_json() == {"terms": []}
    office.put("/api/v1/terms.tbx", data=exchanged.data, content_type=TBX)
    assert len(office.get("/api/v1/terms").get_json()["terms"]) == 2


def test_what_is_no_file_of_that_kind_changes_nothing(office: Any) -> None:
    office.post("/api/v1/terms", json=CONCEPT)
    for path, data, media_type, status, code in (
        ("terms.csv", b"nb\na\n", "application/json", 415, "unsupported-media-type"),
        ("terms.csv", b"\xff", "text/csv", 422, "unreadable-document"),
        ("terms.tbx", b"<tbx>", TBX, 422, "unreadable-document"),
        ("terms.csv", b"no tag\na\n", "text/csv", 400, "invalid-parameter"),
        ("terms.csv", b"nb\n" + b"a\n" * 150_000, "text/csv", 413, "body-too-large"),
    ):
        response = office.put(f"/api/v1/{path}", data=data, content_type=media_type)
        assert (response.status_code, response.get_json()["code"]) == (status, code)
    assert office.get("/api/v1/terms.csv", headers={"Accept": "application/pdf"}).status_code == 406
    assert len(office.get("/api/v1/terms").get_json()["terms"]) == 1


def test_a_translation_uses_them_at_once(assistant: ReplyAssistant) -> None:
    client = create_app(assistant.settings, assistant).test_client()
    task = {"text": "Du har fått plass i Solbakken.", "source": "nb", "target": "en"}
    made = client.post("/api/v1/terms", json={"words": {"nb": "Solbakken", "en": "Sunny Hill School"}})
    try:
        assert "Sunny Hill School" in client.post("/api/v1/translations", json=task).get_json()["text"]
    finally:
        client.delete(made.headers["Location"])
    assert "Sunny Hill School" not in client.post("/api/v1/translations", json=task).get_json()["text"]

"""What keeps a server going: numbers to watch, answers that clients may keep, and a bounded queue."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from replyassist.service import create_app
from replyassist.service.capacity import TRANSLATIONS

WORK = {"source": "nb", "target": "en"}
SECRET = "Hemmelighet om Kari"


def numbers(client: Any) -> dict[tuple[str, str, str], float]:
    """(sample, route, status) -> value."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.mimetype == "text/plain"
    samples = [s for family in text_string_to_metric_families(response.text) for s in family.samples]
    assert {key for s in samples for key in s.labels} <= {"route", "status", "le"}
    return {(s.name, s.labels["route"], s.labels["status"]): s.value for s in samples}


def test_answers_are_counted_and_timed_by_route_and_status(mirrored: Any) -> None:
    client = create_app(mirrored.settings, mirrored).test_client()
    for text in (SECRET, SECRET, " "):
        client.post("/api/v1/translations", json={"text": text} | WORK)
    client.get(f"/{SECRET}", query_string={"q": SECRET})
    client.get("/api/v1/problems/not-found")
    found = numbers(client)
    name = "replyassist_http_requests_total"
    assert found[name, "/api/v1/translations", "200"] == 2
    assert found[name, "/api/v1/translations", "400"] == 1
    assert found[name, "/api/v1/problems/<code>", "200"] == 1
    assert found[name, "-", "404"] == 1
    assert found["replyassist_http_request_duration_seconds_count", "/api/v1/translations", "200"] == 2
    assert 0 < found["replyassist_http_request_duration_seconds_sum", "/api/v1/translations", "200"] < 60
    assert "Hemmelighet" not in client.get("/metrics").text


@pytest.mark.parametrize("path", ["languages", "profiles", "models", "openapi.json"])
def test_what_is_the_same_is_not_sent_again(client: Any, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(f"/api/v1/{path}", headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_letters_are_never_kept(client: Any) -> None:
    for path in ("/api/v1/translations", "/translate", "/api/v1/assessments"):
        response = client.post(path, json={"text": "Hei", "q": "Hei"} | WORK)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_a_crowd_of_translations_leaves_room_for_the_rest(
    app: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go = threading.Barrier(TRANSLATIONS + 1), threading.Event()
    translator = type(app.extensions["replyassist"].assistant.translator)
    original = translator.translate

    def slow(self: Any, *given: Any, **named: Any) -> Any:
        inside.wait(30)
        go.wait(30)
        return original(self, *given, **named)

    monkeypatch.setattr(translator, "translate", slow)
    statuses: list[int] = []

    def ask() -> None:
        answer = app.test_client().post("/api/v1/translations", json={"text": "Hei på deg"} | WORK)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=ask) for _ in range(TRANSLATIONS)]
    for thread in threads:
        thread.start()
    inside.wait(30)
    refused = [
        client.post("/api/v1/translations", json={"text": "Hei"} | WORK),
        client.post("/api/v1/translations/batch", json={"items": [{"text": "Hei"} | WORK]}),
        client.post("/api/v1/replies", json={"message": "Hello, when will you answer my letter?"}),
        client.post("/translate", json={"q": "Hei"} | WORK),
        client.post("/translate", json={"q": "<p>Hei</p>", "format": "html"} | WORK),
    ]
    read = client.post("/api/v1/assessments", json={"text": "Hei på deg.", "language": "nb"})
    go.set()
    for thread in threads:
        thread.join()
    assert [response.status_code for response in refused] == [503] * len(refused)
    assert all(response.headers["Retry-After"] for response in refused)
    assert refused[0].get_json()["code"] == "overloaded"
    assert list(refused[3].get_json()) == ["error"]
    assert read.status_code == 200
    assert statuses == [200] * TRANSLATIONS
    monkeypatch.undo()
    assert client.post("/translate", json={"q": "Hei"} | WORK).status_code == 200  # the places are given back

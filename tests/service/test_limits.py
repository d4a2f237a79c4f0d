"""What a request may be and how long it may take: told in the description, held to, and said item by item."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any

import pytest
from werkzeug.serving import make_server

from replyassist.service import create_app

LETTER = "Vi har mottatt søknaden din. Du får svar innen 3. mai 2027."
LETTERS = {
    "nb": LETTER,
    "nn": "Vi har fått søknaden din. Du får svar innan 3. mai 2027.",
    "sv": "Vi har fått din ansökan. Du får svar senast den 3 maj 2027.",
    "da": "Vi har fået din ansøgning. Du får svar senest den 3. maj 2027.",
    "en": "We have received your application. You will get an answer by 3 May 2027.",
}


def problem_of(response: Any) -> tuple[int, str]:
    assert response.content_type == "application/problem+json"
    return response.status_code, response.get_json()["code"]


@pytest.mark.parametrize("accept", ["text/html", "text/csv, application/xml;q=0.9", "application/json;q=0"])
def test_who_cannot_read_json_is_told(client: Any, accept: str) -> None:
    for response in (
        client.get("/api/v1/profiles", headers={"Accept": accept}),
        client.post("/api/v1/assessments", json={"text": LETTER}, headers={"Accept": accept}),
    ):
        assert problem_of(response) == (406, "not-acceptable")


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, */*;q=0.1", "application/problem+json", ""]
)
def test_who_can_read_json_gets_it(client: Any, accept: str) -> None:
    assert client.get("/api/v1/profiles", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    "named",
    [
        {"data": b"{}", "content_type": "application/json; charset=iso-8859-1"},
        {"data": gzip.compress(b"{}"), "content_type": "application/json",
         "headers": {"Content-Encoding": "gzip"}},
        {"data": b"text=Hei", "content_type": "application/x-www-form-urlencoded"},
        {"data": b"{}"},
    ],
)  # fmt: skip
def test_a_body_of_another_kind_is_refused(client: Any, named: dict[str, Any]) -> None:
    assert problem_of(client.post("/api/v1/identifications", **named)) == (415, "unsupported-media-type")


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_utf8_it_is(client: Any, letter: str) -> None:
    body = json.dumps({"text": letter}, ensure_ascii=False).encode()
    for kind in ("application/json", "application/json; charset=UTF-8"):
        response = client.post("/api/v1/translations", data=body, content_type=kind)
        assert problem_of(response) == (400, "invalid-parameter")  # read as far as the missing target
    response = client.post(
        "/api/v1/identifications", data=body, content_type="application/json; charset=utf8"
    )
    assert response.status_code == 200
    assert response.get_json()["spans"][-1]["span"]["end"] == len(letter)


def test_a_document_is_sent_as_a_form(client: Any) -> None:
    response = client.post("/api/v1/documents", data=b"Hei", content_type="text/plain")
    assert problem_of(response) == (415, "unsupported-media-type")


def test_the_description_tells_the_limits(app: Any, client: Any) -> None:
    spec = client.get("/api/v1/openapi.json").get_json()
    schemas = spec["components"]["schemas"]
    assert schemas["TextIn"]["properties"]["text"]["maxLength"] == 20_000
    assert schemas["BatchIn"]["properties"]["items"]["maxItems"] == 10
    assert [kind.get("maxLength") for kind in schemas["ReplyIn"]["properties"]["draft"]["anyOf"]] == [
        20_000,
        None,
    ]
    assert "20,000 characters" in spec["info"]["description"]
    texts = [
        (name, field)
        for name, schema in schemas.items()
        if name.endswith("In")
        for field in schema["properties"]
        if field in ("text", "message", "draft")
    ]
    assert len(texts) > 3


@pytest.mark.parametrize(
    "path", ["identifications", "assessments", "simplifications", "translations", "replies"]
)
def test_a_batch_that_is_out_of_time_says_so_of_each_item(mirrored: Any, path: str) -> None:
    settings = replace(mirrored.settings, batch_time_limit=0.0)
    client = create_app(settings, mirrored).test_client()
    items = [{"text": LETTER, "target": "en"} if path == "translations" else {"text": LETTER}] * 3
    response = client.post(f"/api/v1/{path}/batch", json={"items": items})
    assert response.status_code == 200
    outcomes = response.get_json()["items"]
    assert [(o["status"], o["error"]["code"]) for o in outcomes] == [(503, "time-limit-reached")] * 3


@pytest.mark.parametrize("path", ["assessments", "translations"])
def test_what_was_done_in_time_is_kept(mirrored: Any, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock strikes after the first letter; of the translations the first portion is done by then."""
    client = create_app(replace(mirrored.settings, batch_time_limit=60.0), mirrored).test_client()
    clock = {"time": 0.0}
    monkeypatch.setattr("time.monotonic", lambda: clock["time"])

    def then_late(call: Any) -> Any:
        def called(*given: Any, **named: Any) -> Any:
            answer = call(*given, **named)
            clock["time"] += 100.0
            return answer

        return called

    kind = type(mirrored.translator if path == "translations" else mirrored.assessor)
    name = "translate_many" if path == "translations" else "assess"
    monkeypatch.setattr(kind, name, then_late(getattr(kind, name)))
    letter = f"{LETTER} " * 150 if path == "translations" else LETTER
    item = (
        {"text": letter, "language": "nb"}
        if path == "assessments"
        else {"text": letter, "source": "nb", "target": "en"}
    )
    outcomes = client.post(f"/api/v1/{path}/batch", json={"items": [item] * 3}).get_json()["items"]
    assert [o["status"] for o in outcomes] == [200, 503, 503]
    assert outcomes[0]["result"]


def test_a_batch_of_as_many_as_are_allowed(mirrored: Any) -> None:
    """A thousand items, one of them wrong, none of them lost."""
    client = create_app(
        replace(mirrored.settings, batch_limit=1_000, body_limit=20_000_000), mirrored
    ).test_client()
    items: list[Any] = [{"text": letter} for letter in LETTERS.values()] * 200
    items[500] = {"text": "\N{ZERO WIDTH SPACE} \n"}
    items[501] = {"text": None}
    outcomes = client.post("/api/v1/identifications/batch", json={"items": items}).get_json()["items"]
    assert [o["result"]["language"] for o in outcomes[:5]] == list(LETTERS)
    assert [i for i, o in enumerate(outcomes) if o["status"] != 200 or o["result"]["language"] is None] == [
        500,
        501,
    ]
    assert client.post("/api/v1/identifications/batch", json={"items": [*items, 1]}).status_code == 413


@pytest.fixture
def address(mirrored: Any) -> Iterator[int]:
    """The port of a real server, that takes small bodies."""
    server = make_server("127.0.0.1", 0, create_app(mirrored.settings, mirrored), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()


def test_a_body_over_the_limit_is_refused_before_it_comes(address: int) -> None:
    """The client has sent nothing but the length that it means to send."""
    with socket.create_connection(("127.0.0.1", address), timeout=30) as client:
        client.sendall(
            b"POST /api/v1/assessments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 200001\r\n\r\n"
        )
        assert b" 413 " in client.recv(100)


@pytest.mark.parametrize(
    ("pieces", "status", "message"), [(1, 400, "exceeds text limit"), (8, 413, "Request body too large")]
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_without_a_length_is_read_to_the_limit(
    address: int, kind: str, pieces: int, status: int, message: str
) -> None:
    """A form that is over it must not be taken for the part that was read."""
    text = [b"Hei du. " * 2_000] * pieces
    ends = {"application/json": (b'{"q": "', b'"}')}.get(kind, (b"q=", b""))
    connection = HTTPConnection("127.0.0.1", address, timeout=30)
    body = iter([ends[0], *text, *text, ends[1]])
    connection.request("POST", "/detect", body, {"Content-Type": kind}, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == status
    assert message in json.loads(answer.read())["error"]

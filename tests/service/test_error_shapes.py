"""Every address has the error shape of its door, and no error or log holds what was sent."""

from __future__ import annotations

import json
import logging
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from replyassist.errors import ReplyassistError
from replyassist.service import security
from replyassist.service.errors import HTTP_CODES

SECRET = "Hemmelighet 12345 om Kari"
LIBRETRANSLATE = (
    "/translate",
    "/detect",
    "/languages",
    "/health",
    "/spec",
    "/frontend",
    "/suggest",
    "/translate_file",
    "/download_file",
)


def assert_problem(response: Any, status: int, code: str | None = None) -> None:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert problem["type"] == f"/api/v1/problems/{problem['code']}"
    assert problem["title"]
    assert problem["request_id"] == response.headers["X-Request-ID"]
    if code:
        assert problem["code"] == code


def every_rule(app: Any) -> list[Any]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_address_answers_a_wrong_method_in_the_shape_of_its_door(app: Any, client: Any) -> None:
    rules = every_rule(app)
    assert len(rules) > 30
    for rule in rules:
        path = re.sub(r"<[^>]+>", "x", re.sub(r"<int[^>]*>", "1", rule.rule))
        response = client.patch(path)
        assert response.status_code == 405, path
        assert "Allow" in response.headers, path
        if f"/{path.split('/')[1]}" in LIBRETRANSLATE:
            assert list(response.get_json()) == ["error"], path
        elif path.startswith("/v2/"):
            assert response.text.startswith("Error: "), path
            assert response.mimetype == "text/plain"
        else:
            assert_problem(response, 405, "method-not-allowed")


OF_FILES = {"/api/v1/documents", "/api/v1/documents/translations", "/api/v1/memory.tmx"}


def test_every_post_of_the_api_answers_bad_bodies_with_a_problem(app: Any, client: Any) -> None:
    paths = [r.rule for r in every_rule(app) if "POST" in r.methods and r.rule.startswith("/api/v1/")]
    jobs = [path for path in paths if path not in OF_FILES]
    assert len(jobs) == 13
    for path in jobs:
        assert_problem(client.post(path, data="a=b"), 415, "unsupported-media-type")
        for body, code in (
            (b"{", "invalid-json"),
            (b"[]", "invalid-json"),
            (b'{"text": NaN}', "invalid-json"),
            (b"[" * 100_000, "invalid-json"),
            (b'{"text": "\\ud800"}', "invalid-encoding"),
            (b'{"text": "a\\u0000"}', "invalid-encoding"),
            (b'{"text": "\xff"}', "invalid-encoding"),
            (b'{"no such key": 1}', "invalid-parameter"),
        ):
            assert_problem(client.post(path, data=body, content_type="application/json"), 400, code)


def kinds_of(error: type[ReplyassistError]) -> set[type[ReplyassistError]]:
    return {error}.union(*map(kinds_of, error.__subclasses__()))


def test_every_code_that_the_api_may_answer_is_documented(app: Any) -> None:
    text = (Path(__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")
    of_pages = {
        "document-missing", "address-not-allowed", "check-running", "crawl-failed",
    }  # fmt: skip
    codes = {kind.code for kind in kinds_of(ReplyassistError)} | set(HTTP_CODES.values())
    assert len(codes) > 30
    assert [code for code in sorted(codes - of_pages) if f"`{code}`" not in text] == []


@pytest.mark.parametrize(
    ("path", "accept"), [("/api/v1/nothing", "*/*"), ("/nothing", "application/json"), ("/nothing", "*/*")]
)
def test_an_unknown_address_is_a_problem(client: Any, path: str, accept: str) -> None:
    assert_problem(client.get(path, headers={"Accept": accept}), 404, "not-found")


def test_an_unknown_address_is_a_page_for_a_browser(client: Any) -> None:
    response = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "sv"})
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "Den här sidan finns inte" in response.text
    assert '<html lang="sv"' in response.text


def test_a_body_over_the_limit_is_refused_unread(client: Any) -> None:
    body = json.dumps({"text": "a" * 300_000})
    response = client.post("/api/v1/assessments", data=body, content_type="application/json")
    assert_problem(response, 413, "body-too-large")
    assert response.get_json()["limit"] == 200_000
    assert client.post("/translate", data=body, content_type="application/json").status_code == 413


def test_a_text_over_the_limit(client: Any) -> None:
    response = client.post("/api/v1/assessments", json={"text": "a " * 10_001})
    assert_problem(response, 413, "text-too-long")
    assert response.get_json()["limit"] == 20_000


def test_an_internal_error_tells_and_logs_nothing_of_the_text(
    app: Any, client: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: object, text: str) -> None:
        raise RuntimeError(f"cannot read {text}")

    monkeypatch.setattr(type(app.extensions["replyassist"].assistant), "identify", broken)
    with caplog.at_level(logging.DEBUG):
        response = client.post("/api/v1/identifications", json={"text": SECRET})
        other = client.post("/detect", json={"q": SECRET})
    assert_problem(response, 500, "internal-error")
    assert other.status_code == 500
    assert other.get_json() == {"error": "Internal error"}
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text + response.text + other.text


def test_no_door_logs_a_text(app: Any, client: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for path, body in (
            ("identifications", {"text": SECRET}),
            ("assessments", {"text": SECRET}),
            ("assessments", {"text": SECRET, "language": SECRET[:20]}),
            ("simplifications", {"text": SECRET, "language": "nb"}),
            ("translations", {"text": SECRET, "target": "en", "source": "nb"}),
            ("replies", {"message": SECRET, "draft": SECRET}),
        ):
            client.post(f"/api/v1/{path}", json=body)
        query = {"q": SECRET, "source": "nb", "target": "en"}
        client.post("/translate", query_string=query)
        client.get("/translate", query_string=query)
        client.get("/v2/check", query_string={"text": SECRET, "language": "nb"})
        client.post("/", data={"draft": SECRET})
        client.get(f"/{SECRET}")
    assert caplog.text.count("replyassist.service") >= 10
    assert "Hemmelighet" not in caplog.text
    assert "12345" not in caplog.text


def test_a_key_that_is_no_field_is_not_told(client: Any) -> None:
    keys = {SECRET: 1, "uiLanguage": "nb", **{f"{SECRET} {number}": 1 for number in range(100)}}
    for path, body in (("assessments", keys), ("assessments/batch", {"items": [keys]})):
        response = client.post(f"/api/v1/{path}", json=body)
        assert SECRET not in response.text
        assert len(response.text) < 2_000
        assert "uiLanguage" in response.text
    many = client.post("/api/v1/assessments", json={f"key{number}": 1 for number in range(5_000)})
    assert len(many.text) < 2_000


def test_every_code_of_a_problem_has_its_explanation(client: Any) -> None:
    for body in ({"text": ""}, {"text": "Hei.", "audience": "king"}, {"text": 1}):
        problem = client.post("/api/v1/assessments", json=body).get_json()
        explained = client.get(problem["type"])
        assert explained.status_code == 200
        assert explained.get_json()["code"] == problem["code"]
    assert_problem(client.get("/api/v1/problems/none"), 404)


def test_a_request_id_is_kept_when_it_is_one(client: Any) -> None:
    assert client.get("/livez", headers={"X-Request-ID": "case-1.2"}).headers["X-Request-ID"] == "case-1.2"
    assert client.get("/livez", headers={"X-Request-ID": "a b <x>"}).headers["X-Request-ID"] != "a b <x>"


def test_a_crowd_is_refused_early(app: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go = threading.Barrier(security.WAITING + 1), threading.Event()
    assistant = app.extensions["replyassist"].assistant

    def slow(self: object, text: str) -> Any:
        inside.wait(30)
        go.wait(30)
        return original(self, text)

    original = type(assistant).identify
    monkeypatch.setattr(type(assistant), "identify", slow)

    def ask() -> None:
        app.test_client().post("/api/v1/identifications", json={"text": "Hei på deg"})

    threads = [threading.Thread(target=ask) for _ in range(security.WAITING)]
    for thread in threads:
        thread.start()
    inside.wait(30)
    refused = client.post("/api/v1/identifications", json={"text": "Hei på deg"})
    alive = client.get("/livez")
    go.set()
    for thread in threads:
        thread.join()
    assert_problem(refused, 503, "overloaded")
    assert refused.headers["Retry-After"]
    assert alive.status_code == 200

"""Headers of every answer, the token of the form, and who may call from where."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/api/v1/languages", "/translate", "/v2/info", "/nothing", "/static/page.css"]
)
def test_every_answer_has_the_headers(client: Any, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "://" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_have_no_inline_script_or_style_and_no_foreign_host(client: Any, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    addresses = re.findall(r"(?:src|href|action)=\"([^\"]*)\"", page)
    assert addresses
    assert not [a for a in addresses if "//" in a]


def test_only_the_libretranslate_door_is_open_to_other_sites(client: Any) -> None:
    assert client.get("/languages").headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/translate", headers={"Origin": "https://elsewhere.example"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    for path in ("/", "/api/v1/languages", "/v2/languages"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_the_form_needs_its_token_and_loses_nothing_without_it(client: Any) -> None:
    response = client.post("/", data={"draft": "Hei, dette er utkastet.", "csrf_token": "wrong"})
    assert response.status_code == 400
    assert "Hei, dette er utkastet." in response.text
    assert 'role="alert"' in response.text


def test_a_cookie_is_no_use_to_scripts_or_other_sites(client: Any) -> None:
    cookie = client.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_health(client: Any) -> None:
    assert client.get("/livez").text == "ok\n"
    assert client.get("/readyz").status_code == 200


def test_ready_only_when_warm(app: Any, client: Any) -> None:
    ready = app.extensions["replyassist"].ready
    ready.clear()
    try:
        response = client.get("/readyz")
    finally:
        ready.set()
    assert response.status_code == 503
    assert response.headers["Retry-After"]

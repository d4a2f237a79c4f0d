"""Who may call what: open on this machine, keys elsewhere, at every route and in the words of every door."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.errors import ConfigurationError
from replyassist.service import create_app
from replyassist.service.access import FREE, find_scope
from replyassist.service.reach import is_reachable, require_key
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.memory import SegmentMemory
from replyassist.state.scopes import SCOPES

LETTER = "Hei! Du må sende inn søknaden på nytt."


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('state') / 'state.sqlite'}"


@pytest.fixture(scope="module")
def closed(mirrored: ReplyAssistant, url: str) -> Any:
    """An app that others than this machine's own reach."""
    settings = replace(mirrored.settings, host="0.0.0.0", database=url, origins=("https://intranet.example",))
    return create_app(settings, replace(mirrored, settings=settings))


@pytest.fixture
def visitor(closed: Any) -> Any:
    return closed.test_client()


@pytest.fixture(scope="module")
def make_key(url: str) -> Callable[..., str]:
    keyring, number = Keyring(Database(url)), iter(range(1000))
    return lambda *scopes, **limits: keyring.create(f"key {next(number)}", scopes or SCOPES, **limits)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic(secret: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'anybody:{secret}'.encode()).decode()}"}


def routes(app: Any) -> Iterator[tuple[Any, str, str]]:
    """Each route that does something, an address of it, and a method that it has."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule, re.sub(r"<[^>]+>", "x", re.sub(r"<int[^>]*>", "1", rule.rule)), method


def test_every_route_has_its_rule_of_access(closed: Any) -> None:
    scopes = {rule.rule: find_scope(rule) for rule, _, _ in routes(closed)}
    assert [rule for rule, scope in scopes.items() if scope is None] == []
    assert set(scopes.values()) <= {FREE, *SCOPES}
    assert len(scopes) > 30


def test_every_route_that_is_not_free_refuses_who_has_no_key(closed: Any, visitor: Any) -> None:
    refused = 0
    for rule, path, method in routes(closed):
        response = visitor.open(path, method=method, headers={"Accept": "application/json"})
        if find_scope(rule) == FREE:
            assert response.status_code not in (401, 403), path
            continue
        refused += 1
        if path.startswith(("/translate", "/detect", "/suggest")) and path != "/translated-document":
            assert response.status_code == 400
            expected = {"error": "Please contact the server operator to get an API key"}
            assert response.get_json() == expected, path
        elif path.startswith("/v2/"):
            assert (response.status_code, response.text) == (401, "Error: A key is needed"), path
        else:
            assert response.status_code == 401, path
            assert response.content_type == "application/problem+json"
            assert response.get_json()["code"] == "key-missing"
            assert "WWW-Authenticate" in response.headers
    assert refused > 15


def test_every_route_that_is_not_free_refuses_a_key_without_its_scope(
    closed: Any, visitor: Any, make_key: Callable[..., str]
) -> None:
    for rule, path, method in routes(closed):
        scope = find_scope(rule)
        if scope != FREE:
            secret = make_key(*(each for each in SCOPES if each != scope))
            response = visitor.open(path, method=method, headers=bearer(secret))
            assert response.status_code == 403, path


def test_a_route_that_nobody_thought_of_is_closed(closed: Any, make_key: Callable[..., str]) -> None:
    rule = next(closed.url_map.iter_rules("health.livez"))
    unknown = type(rule)("/new", endpoint="somewhere.new")
    assert find_scope(unknown) is None
    assert find_scope(rule) == FREE


def test_a_key_opens_what_its_scopes_say(visitor: Any, make_key: Callable[..., str]) -> None:
    secret = make_key("assess")
    for headers in (bearer(secret), basic(secret)):
        assert visitor.post("/api/v1/assessments", json={"text": LETTER}, headers=headers).status_code == 200
        refused = visitor.post("/api/v1/translations", json={"text": LETTER, "target": "en"}, headers=headers)
        assert refused.status_code == 403
        assert (refused.get_json()["code"], refused.get_json()["scope"]) == ("scope-missing", "translate")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Basic !!", "Digest a=b", "Bearer ra_æøå", ""])
def test_a_key_that_is_none_opens_nothing(visitor: Any, make_key: Callable[..., str], header: str) -> None:
    make_key()
    response = visitor.post(
        "/api/v1/assessments",
        json={"text": LETTER},
        headers={"Authorization": header.encode().decode("latin-1")},
    )
    assert response.status_code == 401
    assert response.get_json()["code"] in ("key-missing", "key-unknown")


def test_libretranslate_s_key(visitor: Any, make_key: Callable[..., str]) -> None:
    secret = make_key("translate", "identify")
    body = {"q": "Hei!", "source": "nb", "target": "en"}
    for key, status in ((secret, 200), ("wrong", 403), ("", 400), (7, 400)):
        sent = body | {"api_key": key}
        assert visitor.post("/translate", json=sent).status_code == status
        assert visitor.post("/translate", data=sent).status_code == (403 if key == 7 else status)
        assert visitor.post("/translate", query_string=sent).status_code == (403 if key == 7 else status)
    assert visitor.post("/detect", data={"q": "Hei!", "api_key": secret}).status_code == 200
    assert visitor.post("/detect", data={"q": "Hei!", "api_key": "x"}).get_json() == {
        "error": "Invalid API key"
    }
    broken = visitor.post("/translate", data=b"{", content_type="application/json")
    assert broken.status_code == 400
    assert [lang["code"] for lang in visitor.get("/languages").get_json()]
    told = visitor.get("/frontend/settings").get_json()
    assert (told["apiKeys"], told["keyRequired"]) == (True, True)


def test_languagetool_s_key(visitor: Any, make_key: Callable[..., str]) -> None:
    sent = {"text": LETTER, "language": "nb-NO", "username": "kari", "apiKey": make_key("assess")}
    assert visitor.post("/v2/check", data=sent).status_code == 200
    assert visitor.get("/v2/check", query_string=sent).status_code == 200
    wrong = visitor.post("/v2/check", data=sent | {"apiKey": "x"})
    assert (wrong.status_code, wrong.text) == (401, "Error: Unknown key")


def test_the_rate_is_held_in_the_words_of_each_door(visitor: Any, make_key: Callable[..., str]) -> None:
    secret = make_key("translate", "identify", "assess", rate=2)
    wait_for_a_young_minute()
    for _ in range(2):
        response = visitor.post("/api/v1/identifications", json={"text": LETTER}, headers=bearer(secret))
        assert response.status_code == 200
    refused = visitor.post("/api/v1/identifications", json={"text": LETTER}, headers=bearer(secret))
    assert refused.status_code == 429
    assert (refused.get_json()["code"], refused.get_json()["limit"]) == ("rate-reached", 2)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    body = {"q": "Hei!", "source": "nb", "target": "en", "api_key": secret}
    refused = visitor.post("/translate", json=body)
    assert (refused.status_code, refused.get_json()) == (429, {"error": "Slowdown: 2 per 1 minute"})
    assert int(refused.headers["Retry-After"]) >= 1
    refused = visitor.post("/v2/check", data={"text": LETTER, "language": "nb", "apiKey": secret})
    assert refused.status_code == 429


def test_the_quota_is_held(visitor: Any, make_key: Callable[..., str]) -> None:
    secret = make_key("translate", quota=1)
    body = {"q": "Hei!", "source": "nb", "target": "en", "api_key": secret}
    assert visitor.post("/translate", json=body).status_code == 200
    assert visitor.post("/translate", json=body).status_code == 403  # clients know it as a quota
    refused = visitor.post("/api/v1/translations", json={}, headers=bearer(secret))
    assert (refused.status_code, refused.get_json()["code"]) == (429, "quota-reached")


def test_a_batch_costs_the_quota_as_many_as_it_has_items(visitor: Any, make_key: Callable[..., str]) -> None:
    secret = make_key("identify", "translate", quota=6, rate=1_000)
    items = {"items": [{"text": LETTER}] * 3}
    for status in (200, 200, 429):
        answer = visitor.post("/api/v1/identifications/batch", json=items, headers=bearer(secret))
        assert answer.status_code == status
    secret = make_key("translate", quota=2)
    body = {"q": ["Hei!", "Takk!"], "source": "nb", "target": "en", "api_key": secret}
    assert visitor.post("/translate", json=body).status_code == 200
    assert visitor.post("/translate", json=body).status_code == 403


def wait_for_a_young_minute() -> None:
    """A minute that ends within the next seconds would begin the count anew."""
    if (left := 60 - time.time() % 60) < 5:
        time.sleep(left + 0.1)


def test_the_page_asks_for_a_key_as_a_password(visitor: Any, make_key: Callable[..., str]) -> None:
    response = visitor.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 401
    assert response.mimetype == "text/html"
    assert response.headers["WWW-Authenticate"].startswith("Basic ")
    assert visitor.get("/", headers=basic(make_key("pages"))).status_code == 200
    assert visitor.get("/api/v1/assessments").status_code == 405
    assert visitor.post("/api/v1/assessments").headers["WWW-Authenticate"].startswith("Bearer ")


def test_pages_may_be_open_while_the_api_is_not(mirrored: ReplyAssistant, url: str) -> None:
    settings = replace(mirrored.settings, host="0.0.0.0", database=url, open_pages=True)
    client = create_app(settings, replace(mirrored, settings=settings)).test_client()
    assert client.get("/").status_code == 200
    assert client.post("/api/v1/assessments", json={"text": LETTER}).status_code == 401


@pytest.mark.parametrize(
    ("scopes", "open_pages", "may"),
    [(("pages", "memory"), False, True), (("pages",), False, False), ((), True, False)],
)
def test_who_may_save_a_sentence_from_the_page(
    mirrored: ReplyAssistant, url: str, make_key: Callable[..., str], scopes: Any, open_pages: bool, may: bool
) -> None:
    settings = replace(mirrored.settings, host="0.0.0.0", database=url, open_pages=open_pages, memory=True)
    memory = SegmentMemory(Database(url))
    client = create_app(settings, replace(mirrored, settings=settings, memory=memory)).test_client()
    headers = basic(make_key(*scopes)) if scopes else {}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/", headers=headers).text)
    form = {"csrf_token": token[1] if token else "", "draft": LETTER, "language": "nb", "target": "en"}
    page = client.post("/", data=form, headers=headers)
    assert ('data-do="remember"' in page.text) is may
    sentence = {"sentence": "Du kan klage.", "wording": "You can appeal.", "source": "nb", "into": "en"}
    answer = client.post("/desk/memory", data=form | sentence, headers=headers)
    assert answer.status_code == (200 if may else 403 if scopes else 401)
    assert memory.clear() == int(may)


@pytest.mark.parametrize(
    ("change", "reachable"),
    [
        ({}, False), ({"host": "localhost"}, False), ({"host": "::1"}, False), ({"host": "127.8.9.1"}, False),
        ({"host": "0.0.0.0"}, True), ({"host": "::"}, True), ({"host": "10.0.0.1"}, True),
        ({"host": "example.org"}, True), ({"proxies": 1}, True),
    ],
)  # fmt: skip
def test_what_others_can_reach(mirrored: ReplyAssistant, change: dict[str, Any], reachable: bool) -> None:
    assert is_reachable(replace(mirrored.settings, **change)) is reachable


def test_open_is_open(mirrored: ReplyAssistant) -> None:
    settings = replace(mirrored.settings, host="0.0.0.0", proxies=1, open=True)
    client = create_app(settings, replace(mirrored, settings=settings)).test_client()
    response = client.post("/api/v1/assessments", json={"text": LETTER}, headers={"X-Forwarded-For": "::1"})
    assert response.status_code == 200
    assert client.get("/frontend/settings").get_json()["keyRequired"] is False


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_what_comes_through_an_unknown_proxy_needs_a_key(client: Any, header: str) -> None:
    assert client.post("/api/v1/assessments", json={"text": LETTER}).status_code == 200
    response = client.post("/api/v1/assessments", json={"text": LETTER}, headers={header: "127.0.0.1"})
    assert response.status_code == 401


def test_proxies_are_believed_as_far_as_the_settings_say(mirrored: ReplyAssistant, client: Any) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "svar.example"}
    settings = replace(mirrored.settings, proxies=1, open=True)
    proxied = create_app(settings, replace(mirrored, settings=settings)).test_client()
    assert "Secure" in proxied.get("/", headers=said).headers["Set-Cookie"]
    assert "Secure" not in client.get("/", headers=said).headers["Set-Cookie"]


def test_serving_others_needs_somebody_who_may_call(
    mirrored: ReplyAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    settings = replace(mirrored.settings, host="0.0.0.0", database=url)
    with pytest.raises(ConfigurationError, match="keys create"):
        require_key(settings)
    for change in ({"open": True}, {"open_pages": True}, {"host": "::1"}):
        require_key(replace(settings, **change))
    keyring = Keyring(Database(url))
    keyring.create("a")
    require_key(settings)
    keyring.revoke("a")
    with pytest.raises(ConfigurationError):
        require_key(settings)
    require_key(replace(settings, database="postgresql://nobody@/x?host=/nowhere"))  # it may come back


def test_other_sites_may_call_only_where_it_was_asked_for(
    visitor: Any, client: Any, make_key: Callable[..., str]
) -> None:
    origin = {"Origin": "https://intranet.example"}
    preflight = visitor.options("/api/v1/assessments", headers=origin)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "https://intranet.example"
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    answer = visitor.post(
        "/api/v1/assessments", json={"text": LETTER}, headers=origin | bearer(make_key("assess"))
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "https://intranet.example"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Origin" in answer.headers["Vary"]
    for other in ("https://intranet.example.evil", "null", "http://intranet.example"):
        response = visitor.get("/api/v1/languages", headers={"Origin": other})
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "Origin" in response.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in visitor.get("/", headers=origin).headers
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/languages", headers=origin).headers


def test_no_key_is_ever_logged(
    visitor: Any, make_key: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    secret = make_key("translate")
    with caplog.at_level("DEBUG"):
        visitor.post(
            "/translate", query_string={"q": "Hei", "source": "nb", "target": "en", "api_key": secret}
        )
        visitor.post("/api/v1/assessments", json={"text": LETTER}, headers=bearer(secret))
        visitor.post("/api/v1/assessments", json={"text": LETTER}, headers=bearer("ra_wrong"))
    assert len(caplog.records) >= 3
    for shown in (secret, "ra_wrong", "key 1"):
        assert shown not in caplog.text


def test_a_database_that_is_away_stops_only_who_needs_it(mirrored: ReplyAssistant) -> None:
    settings = replace(
        mirrored.settings, host="0.0.0.0", database="postgresql://nobody:hunter2@/x?host=/nowhere"
    )
    client = create_app(settings, replace(mirrored, settings=settings)).test_client()
    assert client.get("/readyz").status_code == 200
    assert client.get("/api/v1/languages").status_code == 200
    refused = client.post("/api/v1/assessments", json={"text": LETTER}, headers=bearer("ra_x"))
    assert (refused.status_code, refused.get_json()["code"]) == (503, "state-unavailable")
    assert refused.headers["Retry-After"]
    assert "hunter2" not in refused.text

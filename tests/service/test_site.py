"""The page for communications staff, by POST alone, over a small site on loopback."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app

PAGE = """<!doctype html><html lang="nb"><head><title>Barnehage</title></head><body><main><h1>Barnehage</h1>
<p>Vedtaket kan påklages innen tre uker i henhold til forvaltningsloven. Søknaden sendes til kommunen.</p>
<p>Du kan søke om plass i barnehagen hele året. Vi svarer deg innen fire uker.</p></main></body></html>"""
PATIENCE = 120.0  # seconds: the check is a process of its own, and the machine may be busy


class Site(BaseHTTPRequestHandler):
    """One page, and nothing else."""

    def do_GET(self) -> None:
        found = self.path == "/barnehage"
        body = PAGE.encode() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def client(assistant: ReplyAssistant, host: str) -> Any:
    settings = replace(assistant.settings, check_hosts=(host,), check_private=True, check_keep=600.0)
    return create_app(settings, replace(assistant, settings=settings)).test_client()


def token(client: Any) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def started(client: Any, **fields: Any) -> Any:
    return client.post("/site/", data={"csrf_token": token(client), **fields})


def test_a_page_is_checked_watched_and_reported_on(client: Any, host: str) -> None:
    assert host in client.get("/site/").text
    assert "/site/" in client.get("/").text
    answer = started(client, addresses=f"http://{host}/barnehage\nhttp://{host}/borte", audience="layperson")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    first = client.get(where).text
    assert '<meta http-equiv="refresh"' in first
    assert client.get(f"{where}/report.html").status_code == 404
    deadline = time.monotonic() + PATIENCE
    while 'data-state="running"' in (part := client.get(f"{where}?part=progress").text):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert "<html" not in part
    assert 'data-state="done"' in part
    assert "2 av 2 sider" in part
    report = client.get(f"{where}/report.html")
    assert "barnehage" in report.text
    policy = report.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[\w+/=]+'", policy)
    assert "unsafe" not in policy
    assert client.get(f"{where}/rows.csv").headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{where}/rows.jsonl").text.count("\n") == 2
    assert client.get(f"{where}/rows.html").status_code == 404
    client.post(f"{where}/end", data={"csrf_token": "wrong"})
    assert client.get(where).status_code == 200
    gone = client.post(f"{where}/end", data={"csrf_token": token(client)})
    assert gone.headers["Location"] == "/site/"
    assert client.get(where, headers={"Accept": "text/html"}).status_code == 404


@pytest.mark.parametrize(
    ("addresses", "message"),
    [
        ("https://elsewhere.example/", "Denne adressen kan du ikke sjekke herfra."),
        ("file:///etc/passwd", "Vi kan ikke bruke et av valgene."),
        ("", "Vi kan ikke bruke et av valgene."),
    ],
)
def test_what_cannot_be_checked_is_said_and_kept(client: Any, addresses: str, message: str) -> None:
    answer = started(client, addresses=addresses, follow="yes")
    assert answer.status_code >= 400
    assert message in unescape(answer.text)
    assert addresses in unescape(answer.text)
    assert 'name="follow" value="yes" checked' in answer.text


def test_the_addresses_may_come_as_a_list(client: Any, host: str) -> None:
    table = f"Tittel;Adresse\nBarnehage;http://{host}/barnehage\nAnnet;https://elsewhere.example/a\n"
    refused = started(client, list=(io.BytesIO(table.encode()), "sider.csv"))
    assert refused.status_code == 403
    assert "https://elsewhere.example/a" in refused.text  # which of them
    lines = f"http://{host}/barnehage\nhttp://{host}/borte\n".encode()
    answer = started(client, addresses=f"http://{host}/barnehage", list=(io.BytesIO(lines), "sider.txt"))
    assert answer.status_code == 303
    where = answer.headers["Location"]
    deadline = time.monotonic() + PATIENCE
    while 'data-state="running"' in (part := client.get(f"{where}?part=progress").text):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert "2 av 2 sider" in part
    client.post(f"{where}/end", data={"csrf_token": token(client)})


def test_the_form_needs_its_token(client: Any, host: str) -> None:
    answer = client.post("/site/", data={"csrf_token": "x", "addresses": f"http://{host}/barnehage"})
    assert answer.status_code == 400
    assert "Siden hadde stått åpen for lenge." in answer.text


def test_where_no_host_is_allowed_the_page_says_so_and_nothing_leads_there(assistant: ReplyAssistant) -> None:
    closed = create_app(assistant.settings, assistant).test_client()
    assert "Ingen nettsteder er åpne for sjekk her." in closed.get("/site/").text
    assert "/site/" not in closed.get("/").text
    assert started(closed, addresses="https://www.kommune.example/").status_code == 403

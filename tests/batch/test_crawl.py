"""Crawling a real server on loopback: links, sitemaps, and everything that goes wrong on the web."""

from __future__ import annotations

import fcntl
import gzip
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from replyassist.batch.crawl import DONE, INDEX, fetch, limit_reached
from replyassist.batch.options import CrawlLimits
from replyassist.batch.sources import Source

from .conftest import PLAIN

pytest.importorskip("scrapy")
LOCK = ".lock"

LIMITS = CrawlLimits(follow=True, delay=0, page_size=200_000, time_limit=1.0, allow_private=True)
LINKS = ("/skole/a", "/borte", "/hemmelig", "/flytt", "/ut", "/uten-slutt", "/stor", "/stil.css", "/brev.pdf",
         "http://169.254.169.254/x", "http://127.0.0.1:9/")  # fmt: skip
SITEMAP = '<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{1}</{0}>'


class Site(BaseHTTPRequestHandler):
    """A small site; ``asked`` counts the requests for each path."""

    asked: list[str] = []  # noqa: RUF012  # one for all requests, on purpose

    def do_GET(self) -> None:  # the standard library's name
        self.asked.append(self.path)
        home = f"http://{self.headers['Host']}"
        links = (
            "".join(f'<a href="{link}">her</a>' for link in LINKS)
            if self.path == "/"
            else '<a href="/">hjem</a>'
        )
        pages = {
            "/": f"<html lang=nb><nav>{links}</nav><main><p>{PLAIN}</p></main></html>",
            "/skole/a": f"<html lang=nb><nav>{links}</nav><main><p>{PLAIN}</p></main></html>",
            "/ny": f"<html lang=nb><main><p>{PLAIN}</p></main></html>",
            "/robots.txt": f"User-agent: *\nDisallow: /hemmelig\nSitemap: {home}/index.xml\n",
            "/index.xml": SITEMAP.format("sitemapindex", "".join(
                f"<sitemap><loc>{home}{path}</loc></sitemap>" for path in ("/kart.xml.gz", "/tom.xml"))),
            "/kart.xml.gz": SITEMAP.format("urlset", "".join(
                f"<url><loc>{home}{path}</loc></url>" for path in ("/skole/a", "/borte"))
                + "<url><loc>/bare/sti</loc></url><url><loc>http://[::1</loc></url><url></url>"),
            "/stor": "x" * 300_000,
            "/brev.pdf": "%PDF-1.7",
        }  # fmt: skip
        if self.path in {"/flytt", "/ut"}:
            target = "/ny" if self.path == "/flytt" else "http://169.254.169.254/latest"
            self._answer(b"", "text/html", 302, target)
        elif self.path == "/uten-slutt":
            self._drip()
        elif self.path in pages:
            body = pages[self.path].encode()
            kinds = {
                "xml": "application/xml",
                "pdf": "application/pdf",
                "txt": "text/plain",
                "gz": "application/gzip",
            }
            kind = kinds.get(self.path.rpartition(".")[2], "text/html; charset=utf-8")
            self._answer(gzip.compress(body) if self.path.endswith(".gz") else body, kind)
        else:
            self._answer(b"nei", "text/html", 404)

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output stays clean."""

    def _answer(self, body: bytes, kind: str, status: int = 200, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"<p>mer</p>")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:  # the client has had enough, as it should
            pass


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """The address of the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def outcomes(sources: Iterator[Source], home: str) -> dict[str, str]:
    """Path -> failure, or its section in brackets when the page came."""
    return {s.address.removeprefix(home): s.failure or f"[{s.section}]" for s in sources}


def test_a_site_is_followed_and_what_goes_wrong_is_a_page_with_its_reason(home: str, tmp_path: Path) -> None:
    found = outcomes(fetch([f"{home}/"], [], LIMITS, tmp_path), home)
    assert found == {
        "/": "[]", "/skole/a": "[skole]", "/ny": "[]", "/brev.pdf": "[]", "/borte": "http-404",
        "/hemmelig": "robots-txt", "/ut": "address-not-allowed", "/uten-slutt": "time-limit-reached",
        "/stor": "page-too-large",
    }  # fmt: skip
    assert "/hemmelig" not in Site.asked
    # A run that was stopped after the crawl had ended, and one that was stopped before: neither asks again.
    Site.asked.clear()
    assert outcomes(fetch([f"{home}/"], [], LIMITS, tmp_path), home) == found
    assert Site.asked == []
    (tmp_path / DONE).unlink()
    index = (tmp_path / INDEX).read_bytes()
    whole = index.splitlines(keepends=True)
    (tmp_path / INDEX).write_bytes(b"".join(whole[:4]) + whole[4][:9])
    assert outcomes(fetch([f"{home}/"], [], LIMITS, tmp_path), home) == found
    assert not {"/", "/skole/a", "/ny"} & set(Site.asked)


def test_what_leads_to_a_page_is_known(home: str, tmp_path: Path) -> None:
    sources = list(fetch([f"{home}/"], [], LIMITS, tmp_path))
    led = {s.address.removeprefix(home): s.linked_from.removeprefix(home) for s in sources}
    assert led["/"] == ""
    assert led["/borte"] in led
    assert led["/borte"] != ""
    assert led["/brev.pdf"] != ""


def test_the_pages_of_a_sitemap_index_are_found_from_robots_txt(home: str, tmp_path: Path) -> None:
    found = outcomes(fetch([], [f"{home}/robots.txt"], LIMITS, tmp_path), home)
    assert found["/skole/a"] == "[skole]"
    assert found["/borte"] == "http-404"
    assert found["/tom.xml"] == "http-404"
    assert found["/bare/sti"] == found["http://[::1"] == "address-not-allowed"
    led = {s.address.removeprefix(home): s.linked_from for s in fetch([], [], LIMITS, tmp_path)}
    assert led["/skole/a"] == f"{home}/kart.xml.gz"


def test_no_private_network_is_reached_by_number_or_by_name(home: str, tmp_path: Path) -> None:
    port = home.rpartition(":")[2]
    names = [f"http://{host}:{port}/" for host in ("127.0.0.1", "2130706433", "localhost")]
    Site.asked.clear()
    found = list(fetch(names, [], CrawlLimits(delay=0), tmp_path))
    assert {source.address: source.failure for source in found} == dict.fromkeys(names, "address-not-allowed")
    assert all(source.named for source in found)
    assert Site.asked == []


def test_what_is_no_address_is_a_page_that_failed(home: str, tmp_path: Path) -> None:
    found = outcomes(fetch(["http://[::1/", "http:///a", f"{home}/ny"], [], LIMITS, tmp_path), home)
    assert found == {
        "http://[::1/": "address-not-allowed", "http:///a": "address-not-allowed", "/ny": "[]",
    }  # fmt: skip


def test_a_page_whose_address_is_long_has_its_row(home: str, tmp_path: Path) -> None:
    path = f"/sok?omrade={'a' * 3000}"
    assert outcomes(fetch([home + path], [], LIMITS, tmp_path), home) == {path: "http-404"}


def test_a_crawl_stops_at_its_limit_of_pages(home: str, tmp_path: Path) -> None:
    limits = CrawlLimits(follow=True, pages=2, delay=0, allow_private=True, time_limit=1.0)
    assert len(list(fetch([f"{home}/"], [], limits, tmp_path))) == 2
    assert limit_reached(tmp_path) == "page-limit"


@pytest.mark.parametrize(
    ("start", "depth", "limit"), [("/skole/a", 1, "depth-limit"), ("/ny", 1, ""), ("/", 0, "")]
)
def test_a_crawl_that_left_links_for_their_depth_says_so(
    home: str, tmp_path: Path, start: str, depth: int, limit: str
) -> None:
    limits = replace(LIMITS, depth=depth)
    found = outcomes(fetch([f"{home}{start}"], [], limits, tmp_path), home)
    assert ("/borte" in found) == (start == "/")
    assert limit_reached(tmp_path) == limit


def test_a_crawler_that_outlived_its_run_is_waited_for(tmp_path: Path) -> None:
    with (tmp_path / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        sources = fetch(["http://127.0.0.1:9/"], [], LIMITS, tmp_path)
        line = json.dumps({"address": "http://a.example/", "named": True, "failure": "no-answer"})
        (tmp_path / INDEX).write_text(f"{line}\n", encoding="utf-8")
        assert next(sources).address == "http://a.example/"
        (tmp_path / DONE).touch()
    assert list(sources) == []

"""Checks that the web form starts: bounded, told of as they go, and gone when they should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from replyassist.batch.site_checks import PREFIX, Progress, SiteChecks
from replyassist.config import Settings
from replyassist.errors import AddressNotAllowed, CheckRunning, InvalidParameter

from .conftest import HARD, PLAIN

pytest.importorskip("scrapy")
PATIENCE = 300  # seconds: the checks give way to whatever else a busy machine does


class Site(BaseHTTPRequestHandler):
    """Three pages, and as many more as are asked for below ``/slow/``, each later than one would like."""

    def do_GET(self) -> None:  # the standard library's name
        path = self.path
        if path.startswith("/slow/"):
            time.sleep(0.2)
        number = int(path.rpartition("/")[2]) if path.startswith("/slow/") else 0
        bodies = {
            "/": f"<p>{PLAIN}</p><a href='/hard'>vedtak</a><a href='/gone'>borte</a>",
            "/hard": f"<p>{HARD}</p>",
        }
        body = bodies.get(path, f"<p>{PLAIN} {number}</p><a href='/slow/{number + 1}'>neste</a>")
        self.send_response(404 if path in {"/gone", "/robots.txt"} else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<html lang=nb><main>{body}</main></html>".encode())

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output stays clean."""


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where anything may be left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def settings(home: str) -> Settings:
    return Settings(check_hosts=(home.removeprefix("http://"),), check_private=True)


@pytest.fixture
def checks(settings: Settings, scratch: Path) -> Iterator[SiteChecks]:
    opened = SiteChecks(settings)
    yield opened
    opened.close()
    assert list(scratch.iterdir()) == []


def ended(checks: SiteChecks, key: str) -> Progress:
    """The progress of a check once it runs no more."""
    limit = time.monotonic() + PATIENCE
    while (progress := checks.progress(key)) and progress.state == "running":
        assert time.monotonic() < limit
        time.sleep(0.1)
    assert progress
    return progress


def wait_for_pages(checks: SiteChecks, key: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not (progress := checks.progress(key)) or not progress.done:
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_a_site_is_checked_and_its_report_read(checks: SiteChecks, home: str) -> None:
    key = checks.start([f"{home}/"], ui_language="nn", follow=True)
    assert checks.report(key) is None
    assert ended(checks, key) == Progress("done", 3, checked=2, duplicate=0, skipped=0, failed=1)
    report, rows = checks.report(key), checks.report(key, "jsonl")
    assert report is not None
    assert rows is not None
    assert '<html lang="nn">' in report.read_text(encoding="utf-8")
    assert "/hard" in rows.read_text(encoding="utf-8")
    assert checks.report(key, "run.json") is None
    checks.cancel(key)
    assert not report.parent.exists()
    assert checks.progress(key) is None


def test_one_check_at_a_time_and_it_can_be_cancelled(checks: SiteChecks, home: str, scratch: Path) -> None:
    key = checks.start([f"{home}/slow/0"], ui_language="nb", follow=True)
    with pytest.raises(CheckRunning):
        checks.start([f"{home}/"], ui_language="nb")
    wait_for_pages(checks, key)
    checks.cancel(key)
    checks.cancel(key)
    assert list(scratch.iterdir()) == []
    assert checks.progress(key) is None
    assert checks.start([f"{home}/hard"], ui_language="nb") != key


def test_a_check_that_takes_too_long_tells_what_it_has_and_its_report_is_kept_only_for_a_while(
    settings: Settings, home: str, scratch: Path
) -> None:
    checks = SiteChecks(replace(settings, check_time=8.0, check_keep=1.0))
    key = checks.start([f"{home}/slow/0"], ui_language="nb", follow=True)
    progress = ended(checks, key)
    # On a machine that needs the whole time to begin, the check is stopped instead.
    assert progress.state == "done" or progress.reason == "time-limit-reached"
    assert progress.done < 100
    limit = time.monotonic() + PATIENCE
    while checks.progress(key) or list(scratch.iterdir()):
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.mark.parametrize("address", ["http://elsewhere.example/", "http://127.0.0.1:9/", "http://[::1/"])
def test_only_the_hosts_of_the_settings_are_checked(checks: SiteChecks, home: str, address: str) -> None:
    with pytest.raises(AddressNotAllowed):
        checks.start([f"{home}/", address], ui_language="nb")


@pytest.mark.parametrize("addresses", [[], ["/etc/passwd"], ["file:///etc/passwd"], ["-"]])
def test_only_web_addresses_are_taken(checks: SiteChecks, addresses: list[str]) -> None:
    with pytest.raises(InvalidParameter):
        checks.start(addresses, ui_language="nb")


def test_private_networks_stay_closed_unless_the_operator_says_so(settings: Settings, home: str) -> None:
    checks = SiteChecks(replace(settings, check_private=False))
    assert checks.is_allowed
    with pytest.raises(AddressNotAllowed):
        checks.start([f"{home}/"], ui_language="nb")
    assert not SiteChecks(Settings()).is_allowed


SERVICE = """
import sys, time
from replyassist.batch.site_checks import SiteChecks
from replyassist.config import Settings
if __name__ == "__main__":
    checks = SiteChecks(Settings(check_hosts=(sys.argv[1],), check_private=True))
    key = checks.start([f"http://{sys.argv[1]}/slow/0"], ui_language="nb", follow=True)
    while not checks.progress(key).done:
        time.sleep(0.1)
    print("under way", flush=True)
    time.sleep(600)
"""


def test_nothing_outlives_a_service_that_is_killed(home: str, scratch: Path) -> None:
    program = scratch.parent / "service.py"
    program.write_text(SERVICE, encoding="utf-8")
    command = [sys.executable, str(program), home.removeprefix("http://")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "under way\n"
        (folder,) = scratch.glob(f"{PREFIX}*")
        service.send_signal(signal.SIGKILL)
    limit = time.monotonic() + PATIENCE
    while folder.exists():
        assert time.monotonic() < limit
        time.sleep(0.1)

"""Fetching packages from an index: a small one on this machine, and every way in which a real one fails."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from replyassist.config import Settings
from replyassist.errors import PackageError
from replyassist.translation import index, store
from replyassist.translation.argos import argos

Answer = Callable[[BaseHTTPRequestHandler], None]


class Index:
    """A web server on loopback whose answers a test chooses."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answers.get(self.path, lambda handler: handler.send_error(404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def gives(self, path: str, content: bytes, *, stated: int | None = None) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(content) if stated is None else stated))
            handler.end_headers()
            handler.wfile.write(content)

        self.answers[path] = answer
        return self.url + path.lstrip("/")

    def lists(self, *entries: dict[str, object]) -> None:
        self.gives("/index.json", json.dumps(entries).encode())

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    server = Index()
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(argos("settings"), "remote_package_index", server.url + "index.json")
    yield server
    server.close()


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("exported")
    for code in ("nb_en", "en_nb"):
        store.export(code, folder / code, Settings(packages=str(folder / "none")))
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(packages=str(tmp_path / "packages"))


def entry(code: str, *links: str, version: str = "1.0") -> dict[str, object]:
    source, target = code.split("_")
    return {"from_code": source, "to_code": target, "package_version": version, "links": links}


def reason(what: str, settings: Settings) -> object:
    with pytest.raises(PackageError) as raised:
        store.install(what, settings)
    assert [path.name for path in Path(settings.packages).iterdir()] == [store.LOCK]
    return raised.value.fields["reason"]


def test_a_direction_is_fetched_with_progress(remote, archives, settings):
    link = remote.gives("/nb_en", archives["nb_en"])
    remote.lists(entry("en_nb", remote.url + "none"), entry("nb_en", link))
    steps: list[tuple[int, int | None]] = []
    package = store.install("nb_en", settings, progress=lambda done, total: steps.append((done, total)))
    assert package.code == "translate-nb_en"
    size = len(archives["nb_en"])
    assert steps[-1] == (size, size)
    assert steps == sorted(steps)
    assert [found.intact for found in store.verify(settings) if found.folder == package.folder] == [True]


def test_a_language_is_both_its_directions(remote, archives, settings):
    remote.lists(*(entry(code, remote.gives(f"/{code}", content)) for code, content in archives.items()))
    assert [p.code for p in store.install_all("nb", settings)] == ["translate-en_nb", "translate-nb_en"]
    # English itself means the directions of the office's own language.
    assert [p.code for p in store.install_all("en", settings)] == ["translate-nb_en", "translate-en_nb"]


def test_half_a_language_is_none(remote, archives, settings):
    remote.lists(
        entry("nb_en", remote.gives("/nb_en", archives["nb_en"])), entry("en_nb", remote.url + "gone")
    )
    assert reason("nb", settings) == "download-failed"


def test_the_newest_version_and_the_first_link_that_answers(remote, archives, settings):
    link = remote.gives("/new", archives["nb_en"])
    old, new = entry("nb_en", remote.url + "old", version="1.9"), entry("nb_en", remote.url + "gone", link)
    remote.lists({**new, "package_version": "1.10"}, old)
    assert store.install("translate-nb_en", settings).code == "translate-nb_en"


@pytest.mark.parametrize("what", ["tlh", "nb_tlh", "so"])
def test_a_language_that_the_index_does_not_have(what, remote, settings):
    remote.lists(entry("nb_en", remote.url + "nb_en"))
    assert reason(what, settings) == "not-in-index"


def test_no_index_at_all(settings, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/index.json"
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(argos("settings"), "remote_package_index", url)
    assert reason("nb_en", settings) == "index-unreachable"


def test_a_firewall_that_swallows_everything(settings, monkeypatch):
    monkeypatch.setattr(index, "SILENCE", 0.2)
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/index.json"
        monkeypatch.setattr(argos("settings"), "remote_package_index", url)
        began = time.monotonic()
        assert reason("nb_en", settings) == "index-unreachable"
    assert time.monotonic() - began < 30


def test_an_index_that_trickles(remote, settings, monkeypatch):
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not remote.closing.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    remote.answers["/index.json"] = trickle
    monkeypatch.setattr(index, "INDEX_TIME", 0.3)
    began = time.monotonic()
    assert reason("nb_en", settings) == "index-unreachable"
    assert time.monotonic() - began < 30


def test_an_index_without_end(remote, settings, monkeypatch):
    remote.gives("/index.json", b"[" + b" " * 100_000 + b"]")
    monkeypatch.setattr(index, "LARGEST_INDEX", 10_000)
    assert reason("nb_en", settings) == "index-unreachable"


@pytest.mark.parametrize(
    "content", [b"<html>Log in to the network</html>", b"{}}", b"[1]", b"3", b"\xff\xfe\x00"]
)
def test_an_index_that_is_none(content, remote, settings):
    remote.gives("/index.json", content)
    assert reason("nb_en", settings) == "index-unreadable"


def test_a_download_that_breaks_off(remote, archives, settings):
    content = archives["nb_en"]
    remote.lists(entry("nb_en", remote.gives("/nb_en", content[:5_000], stated=len(content))))
    assert reason("nb_en", settings) == "download-failed"


def test_a_download_that_is_a_page(remote, settings):
    remote.lists(entry("nb_en", remote.gives("/nb_en", b"<html>Log in to the network</html>")))
    assert reason("nb_en", settings) == "damaged-archive"


def test_another_direction_than_was_asked_for(remote, archives, settings):
    remote.lists(entry("nb_pl", remote.gives("/nb_pl", archives["nb_en"])))
    assert reason("nb_pl", settings) == "not-a-package"


def test_links_that_are_no_web_addresses(remote, settings, tmp_path):
    (tmp_path / "secret").write_bytes(b"")
    remote.lists(entry("nb_en", (tmp_path / "secret").as_uri(), "ftp://127.0.0.1/nb_en"))
    assert reason("nb_en", settings) == "not-in-index"

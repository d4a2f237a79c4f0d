"""A server for the trial site: nginx where it is installed, and behind it what no file can do.

python -m batch.trial.server FOLDER [PORT]        (with tests/ on the path; Ctrl-C ends it)
"""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
REDIRECTS = {
    "/flyttet": "/ny.html", "/flyttet-langt": "/flyttet-litt", "/flyttet-litt": "/flyttet",
    "/ring/a": "/ring/b", "/ring/b": "/ring/a", "/ut": "http://169.254.169.254/latest/meta-data/",
}  # fmt: skip
STATUSES = {"/fjernet": 410, "/feil": 500}
PATIENCE = 20.0  # seconds that a page takes which comes too late
# A file is served with no charset of the server's own: the page says for itself.
CONFIGURATION = """
daemon off; user {user}; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; server_tokens off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
  types {{ text/html html; text/plain txt; application/xml xml; application/pdf pdf; image/png png; }}
  default_type application/octet-stream; charset off;
  server {{
    listen 127.0.0.1:{port}; root {root}; index index.html; absolute_redirect off;
    location / {{ try_files $uri $uri/index.html @behind; }}
    location = /bombe.gz {{ return 404; }}
    location = /bombe {{
      types {{}} default_type text/html; add_header Content-Encoding gzip; alias {root}/bombe.gz;
    }}
    location @behind {{ proxy_pass http://127.0.0.1:{behind}; proxy_buffering off; }}
  }}
}}
"""


class Behind(SimpleHTTPRequestHandler):
    """Files, and everything that goes wrong."""

    def do_GET(self) -> None:  # the standard library's name
        path = self.path
        if path in REDIRECTS:
            self.send_response(302 if path == "/flyttet" else 301)
            self.send_header("Location", REDIRECTS[path])
            self.end_headers()
        elif path in STATUSES:
            self.send_error(STATUSES[path])
        elif path == "/treg":
            time.sleep(PATIENCE)
        elif path == "/uten-slutt":
            self._drip()
        elif path == "/avbrutt":
            self._begin({"Content-Length": "100000"})
            self.wfile.write(b"<html><p>Her slutter")
        elif path == "/bombe":
            self._begin({"Content-Encoding": "gzip"})
            self.wfile.write((Path(self.directory) / "bombe.gz").read_bytes())
        elif path.startswith("/kalender/"):
            self._calendar(int(path.rpartition("/")[2]))
        else:
            super().do_GET()

    def guess_type(self, path: Any) -> str:
        """The type without a charset: the page says for itself."""
        return str(super().guess_type(path)).partition(";")[0]

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _begin(self, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in ({"Content-Type": "text/html"} | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self) -> None:
        self._begin({})
        limit = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < limit:
                self.wfile.write(b"<p>mer</p>")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:  # the client has had enough, as it should
            pass

    def _calendar(self, month: int) -> None:
        """A page for each month to come, without end."""
        text = f"<p>I måned {month} har vi møte hver tirsdag. Du er velkommen til å høre på.</p>"
        self._begin({"Content-Type": "text/html; charset=utf-8"})
        self.wfile.write(f"<html lang=nb><main>{text}<a href='{month + 1}'>Neste</a></main></html>".encode())


class Quiet(ThreadingHTTPServer):
    """A server that doesn't tell of clients who leave, and waits for none."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: clients leave in the middle of what has no end."""


@contextmanager
def serving(root: Path, port: int, *, nginx: bool = NGINX is not None) -> Iterator[str]:
    """The address of the site in ``root`` while it is served on a port of loopback."""
    behind_port = free_port() if nginx else port
    server = Quiet(("127.0.0.1", behind_port), lambda *a: Behind(*a, directory=str(root)))  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        if not nginx:
            yield f"http://127.0.0.1:{port}"
            return
        with _nginx(root, port, behind_port):
            yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _nginx(root: Path, port: int, behind: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="trial-nginx-") as folder:
        configuration = Path(folder, "nginx.conf")
        user = f"{getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name}"  # one that may read the site
        told = CONFIGURATION.format(folder=folder, root=root, port=port, behind=behind, user=user)
        configuration.write_text(told, encoding="utf-8")
        process = subprocess.Popen([str(NGINX), "-p", folder, "-c", str(configuration)])
        try:
            _wait(port)
            yield
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


def main() -> None:
    """Serve until interrupted or told to stop."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 8090
    with serving(Path(sys.argv[1]).resolve(), port) as home:
        print(home, "by nginx" if NGINX else "", flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()

"""The real server in its own processes: stopped in the middle of its work, killed, and kept waiting."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from replyassist.service.capacity import THREADS

RUN = "import sys; from replyassist.cli import main; sys.exit(main())"
PATIENCE = 120  # seconds; the machine may be busy
LETTERS = {
    "nb": "Vi har mottatt søknaden din om plass i barnehagen. 😀",
    "nn": "Vi har fått søknaden din om plass i barnehagen. 😀",
    "sv": "Vi har fått din ansökan om plats i förskolan. 😀",
    "da": "Vi har fået din ansøgning om plads i børnehaven. 😀",
    "en": "We have received your application for a place in the nursery. 😀",
}


class Served:
    """A server of its own, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-c", RUN, "serve", "--port", str(self.port)]
        environment = os.environ | {"XDG_STATE_HOME": str(folder)}
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stderr=log)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise TimeoutError(f"not ready; exit code {self.process.poll()}")

    @property
    def worker(self) -> int:
        """The process id of the one worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        [worker] = children.read_text().split()
        return int(worker)

    def send_raw(self, stack: ExitStack, data: bytes) -> socket.socket:
        """A connection on which these bytes were sent, whatever they are."""
        client = stack.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE))
        client.sendall(data)
        return client

    def send(self, stack: ExitStack, path: str, body: object, *, upto: int | None = None) -> socket.socket:
        """A connection on which a request, or its beginning, was sent."""
        data = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return self.send_raw(stack, (head.encode() + data)[:upto])


def receive(client: socket.socket) -> tuple[int, dict[str, object]]:
    """The status and the JSON of the answer."""
    answer = b""
    while part := client.recv(65536):
        answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests, since it takes its time to start; the one that stops it stands last."""
    server = Served(tmp_path_factory.mktemp("state"))
    yield server
    server.process.kill()
    server.process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="the worker is found by Linux's means")
def test_who_goes_silent_and_who_is_killed_hold_nobody_up(served: Served) -> None:
    body = {"text": LETTERS["nb"], "language": "nb"}
    with ExitStack() as stack:
        silent = [served.send(stack, "/api/v1/assessments", body, upto=40) for _ in range(THREADS + 1)]
        status, _ = receive(served.send(stack, "/api/v1/assessments", body))
        assert status == 200  # once the server had hung up on some of the others
        assert len(silent) > THREADS
    first = served.worker
    os.kill(first, signal.SIGKILL)
    served.wait_until_ready()
    assert served.worker != first
    with ExitStack() as stack:
        assert receive(served.send(stack, "/api/v1/assessments", body))[0] == 200


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"GET /?q=blaabaer\x00 HTTP/1.1\r\n\r\n", (400, "bad-request")),
        (b"GET / HTTP/1.1\r\nHost: x\r\nbla abaer: x\r\n\r\n", (400, "bad-request")),
        (b"GET /?q=" + b"blaabaer" * 1000 + b" HTTP/1.1\r\n\r\n", (414, "address-too-long")),
        (b"GET / HTTP/1.1\r\nX: " + b"blaabaer" * 9000 + b"\r\n\r\n", (431, "headers-too-large")),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: blaabaer\r\n\r\n", (417, "expectation-failed")),
        (b"POST /api/v1/replies HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
         b"Content-Type: application/json\r\n\r\nblaabaer\r\n", (400, "bad-request")),
    ],
)  # fmt: skip
def test_what_is_no_http_gets_an_error_of_ours(
    served: Served, request_: bytes, expected: tuple[int, str]
) -> None:
    with ExitStack() as stack:
        status, problem = receive(served.send_raw(stack, request_))
    assert (status, problem["code"]) == expected
    assert problem["request_id"]
    assert "blaabaer" not in str(problem)
    log = served.log.read_text(encoding="utf-8")
    assert str(problem["request_id"]) in log
    assert "blaabaer" not in log


@pytest.mark.skipif(sys.platform != "linux", reason="the worker is found and held still by Linux's means")
def test_a_stop_loses_nobody(served: Served) -> None:
    """While the worker is held still the kernel takes requests in; after the stop all are answered."""
    worker = served.worker
    with ExitStack() as stack:
        os.kill(worker, signal.SIGSTOP)
        bodies = [
            {"text": text, "source": tag, "target": "en"} for tag, text in LETTERS.items() if tag != "en"
        ]
        asked = [served.send(stack, "/api/v1/translations", body) for body in bodies]
        asked += [
            served.send(stack, "/api/v1/assessments", {"text": text, "language": tag})
            for tag, text in LETTERS.items()
        ]
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)  # until the stop waits for the worker
        os.kill(worker, signal.SIGCONT)
        answers = [receive(client) for client in asked]
        assert [status for status, _ in answers] == [200] * len(asked)
        assert all(translation["target"] == "en" for _, translation in answers[: len(bodies)])
    assert served.process.wait(PATIENCE) == 0
    with pytest.raises(ConnectionRefusedError), ExitStack() as stack:
        served.send(stack, "/api/v1/assessments", {})

"""The service under load: a real server, clients on the same machine, and what goes wrong in a real house.

    python benchmarks/load.py [--seconds 20] [--clients 1,8,32,128] [--memory 600] [--trouble]

Clients keep their connections, send one letter after the other and wait as long as `Retry-After` says when
they are refused. The peer is the same assistant called in this process, without a server: the ratio is what
HTTP, queue and JSON leave of its speed. `--memory` watches the worker's memory under eight clients;
`--trouble` kills workers, locks the database, fills its disk (as root) and lets slow clients hold
connections, and counts answers that are lost or differ from what the peer answers. Times are wall-clock,
clients and server share the machine: on a busy one they tell little.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "tests" / "letters"
RUN = "import sys; from replyassist.cli import main; sys.exit(main())"
READY = 180  # seconds to wait for the server
SILENCE = 1.0  # seconds between two bytes of a slow client
PATHS = {"assessments": "/api/v1/assessments", "translations": "/api/v1/translations"}
REFUSED, OK = 503, 200


@dataclass
class Tally:
    """What clients saw: seconds of each answer, and how often they were refused, cut off, told wrong."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    cut: int = 0
    wrong: int = 0

    def line(self, name: str, elapsed: float) -> str:
        """Answers a second and the percentiles of their times."""
        if len(self.seconds) < 2:
            return f"{name:<28} {len(self.seconds)} answers in {elapsed:.0f} s: too few to tell"
        cuts = quantiles(self.seconds, n=100, method="inclusive")
        p50, p95, p99 = (f"{cuts[n]:6.2f}" for n in (49, 94, 98))
        rate = len(self.seconds) / elapsed
        more = f"  refused {self.refused}, cut off {self.cut}, wrong {self.wrong}"
        return f"{name:<28} {rate:7.1f}/s  p50 {p50}  p95 {p95}  p99 {p99} s{more}"


class Client:
    """One client with one connection, made anew when it breaks."""

    def __init__(self, port: int, tally: Tally) -> None:
        self._port, self._tally = port, tally
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: bytes, expected: str) -> None:
        """Ask until there is an answer."""
        while True:
            began = time.monotonic()
            try:
                status, wait, answer = await self._exchange(path, body)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self._tally.cut += 1
                self.close()
                await asyncio.sleep(0.2)
                continue
            if status != REFUSED:
                self._tally.seconds.append(time.monotonic() - began)
                self._tally.wrong += status != OK or digest(path, json.loads(answer)) != expected
                return
            self._tally.refused += 1
            await asyncio.sleep(wait)

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, path: str, body: bytes) -> tuple[int, float, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(head(path, len(body)) + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:])}
        answer = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), float(headers.get("retry-after", 0)), answer


@dataclass
class Server:
    """The server's processes."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def worker(self) -> int | None:
        """The process id of the worker, when there is one."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(found[0]) if found else None

    def memory(self) -> float:
        """What the worker has in memory, in MB, what it shares with its parent included."""
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def head(path: str, length: int) -> bytes:
    """The head of a request."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def digest(path: str, answer: dict[str, Any]) -> str:
    """What two answers to the same letter must have in common."""
    if path == PATHS["translations"]:
        return str(answer["text"])
    return f"{answer['score']['value']:.6f} {[f['rule'] for f in answer['findings']]}"


@contextlib.contextmanager
def serving(state: str) -> Iterator[Server]:
    """A server with an empty state folder, ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", RUN, "serve", "--port", str(port)]
    environment = os.environ | {"REPLYASSIST_DATABASE": f"sqlite:///{state}/state.sqlite"}
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        server = Server(process, port)
        try:
            wait_until_ready(server)
            yield server
        finally:
            process.terminate()


def wait_until_ready(server: Server) -> None:
    """Wait for the models."""
    end = time.monotonic() + READY
    while time.monotonic() < end and server.process.poll() is None:
        with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{server.port}/readyz", timeout=5):
            return
        time.sleep(0.2)
    raise TimeoutError(f"not ready; exit code {server.process.poll()}")


def letters() -> list[tuple[str, str]]:
    """(language, letter) of each draft of the project's own corpus."""
    files = sorted(LETTERS.glob("*/*/today.txt"))
    return [(file.parts[-3], file.read_text()) for file in files if file.parts[-3] != "holdout"]


def measure_peer() -> tuple[dict[str, float], dict[str, list[tuple[bytes, str]]]]:
    """Letters a second without a server, one after the other; what to send and what must come back."""
    from replyassist.assistant import ReplyAssistant  # noqa: PLC0415 - --help must not wait for models
    from replyassist.domain import Draft, Score  # noqa: PLC0415

    assistant = ReplyAssistant.load()
    speeds, jobs = {}, {}
    for name, path in PATHS.items():
        work = []
        for tag, text in islice(letters(), 0, None, 1 if name == "assessments" else 4):
            if name == "assessments":
                body = {"text": text, "language": tag, "ui_language": "en"}
                found = assistant.assess(Draft(text, language=tag, audience=assistant.settings.audience))
                value = found.score.value if isinstance(found.score, Score) else 0.0
                expected = f"{value:.6f} {[f.rule for f in found.findings]}"
            else:
                body = {"text": text, "source": tag, "target": "nb" if tag == "en" else "en"}
                expected = assistant.translate(text, str(body["target"]), source=tag).text
            work.append((json.dumps(body).encode(), expected))
        began = time.monotonic()
        for body, _ in work:
            asked = json.loads(body)
            if name == "assessments":
                assistant.assess(Draft(asked["text"], language=asked["language"]))
            else:
                assistant.translate(asked["text"], asked["target"], source=asked["source"])
        speeds[name] = len(work) / (time.monotonic() - began)
        jobs[path] = work
    return speeds, jobs


async def run_load(
    port: int, path: str, work: list[tuple[bytes, str]], clients: int, seconds: float
) -> Tally:
    """That many clients for that long; each finishes the letter that it is at."""
    tally, letters_to_send, end = Tally(), cycle(work), time.monotonic() + seconds

    async def be_client() -> None:
        client = Client(port, tally)
        while time.monotonic() < end:
            body, expected = next(letters_to_send)
            await client.ask(path, body, expected)
        client.close()

    await asyncio.gather(*(be_client() for _ in range(clients)))
    return tally


async def with_trouble(
    server: Server, work: Any, seconds: float, trouble: Callable[[], Awaitable[None]]
) -> Tally:
    """Eight clients, and in their midst something that goes wrong."""
    load = asyncio.create_task(run_load(server.port, PATHS["assessments"], work, 8, seconds))
    await asyncio.sleep(seconds / 5)
    await trouble()
    return await load


def troubles(server: Server, folder: Path, seconds: float) -> dict[str, Callable[[], Awaitable[None]]]:
    """What goes wrong, by name."""

    async def kill_workers() -> None:
        for _ in range(3):
            if worker := server.worker:
                os.kill(worker, signal.SIGKILL)
            await asyncio.sleep(seconds / 5)

    async def lock_database() -> None:
        with contextlib.closing(sqlite3.connect(folder / "state.sqlite", timeout=1)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(seconds / 2)

    async def fill_disk() -> None:
        with contextlib.suppress(OSError), (folder / "full").open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        await asyncio.sleep(seconds / 2)
        (folder / "full").unlink()

    async def be_slow() -> None:
        slow = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(64)]
        for byte in islice(cycle(b"POST"), int(seconds / 2 / SILENCE)):
            for _, writer in slow:
                with contextlib.suppress(OSError):
                    writer.write(bytes([byte]))
            await asyncio.sleep(SILENCE)
        for _, writer in slow:
            writer.close()

    found = {"workers killed": kill_workers, "database locked": lock_database, "64 slow clients": be_slow}
    return found | ({"disk full": fill_disk} if os.path.ismount(folder) else {})


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A folder on a disk of one megabyte for root; for others a folder."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        is_small = (
            os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
        )
        try:
            yield Path(folder)
        finally:
            if is_small:
                subprocess.run(["umount", "--lazy", folder], check=False)


async def watch_memory(server: Server, work: Any, seconds: float) -> str:
    """The worker's memory a tenth of the way into the load and at its end."""
    load = asyncio.create_task(run_load(server.port, PATHS["assessments"], work, 8, seconds))
    await asyncio.sleep(seconds / 10)
    first = server.memory()
    tally = await load
    last = server.memory()
    return f"memory: {first:.0f} MB, {last:.0f} MB after {len(tally.seconds)} letters: x{last / first:.3f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", default="1,8,32,128")
    parser.add_argument("--memory", type=float, default=0, help="seconds to watch the memory for")
    parser.add_argument("--trouble", action="store_true")
    chosen = parser.parse_args()
    speeds, jobs = measure_peer()
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, {chosen.seconds:g} s each")
    with small_disk() as folder, serving(str(folder)) as server:
        for name, path in PATHS.items():
            print(f"{name}: peer {speeds[name]:.1f}/s, one after the other, without a server")
            for clients in map(int, chosen.clients.split(",")):
                began = time.monotonic()
                tally = asyncio.run(run_load(server.port, path, jobs[path], clients, chosen.seconds))
                elapsed = time.monotonic() - began
                ratio = len(tally.seconds) / elapsed / speeds[name]
                print(
                    tally.line(f"{clients:4d} clients", elapsed) + f"  x{ratio:.2f} of the peer", flush=True
                )
        work = jobs[PATHS["assessments"]]
        if chosen.memory:
            print(asyncio.run(watch_memory(server, work, chosen.memory)), flush=True)
        for name, trouble in troubles(server, folder, chosen.seconds).items() if chosen.trouble else ():
            began = time.monotonic()
            tally = asyncio.run(with_trouble(server, work, chosen.seconds, trouble))
            print(tally.line(name, time.monotonic() - began), flush=True)


if __name__ == "__main__":
    main()

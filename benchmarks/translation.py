"""Translation of the corpus' letters, beside LibreTranslate on the same package over the same protocol.

    python -m venv /tmp/lt && /tmp/lt/bin/pip install libretranslate
    python benchmarks/translation.py --libretranslate /tmp/lt/bin/python [--source nb] [--target en] [--alone]
    python benchmarks/translation.py --chrf ../shared/data/evaluation/domain

Each contestant is a server in a process of its own, asked through ``POST /translate`` by 1, 4 and 16 clients.
Printed are seconds and CPU seconds a letter, letters a second, and the most memory that its processes held
(proportional set size, sampled), with the ratios to LibreTranslate. CPU seconds are what a busy machine does
not distort. Beam 4 is LibreTranslate's setting and ours; beside it ours with the way back, as it ships, whose
readings a smaller machine may do without.

``--alone`` prints the memory of processes that translate and do nothing else, without any server.

``--chrf`` prints the quality (chrF) of each search on development sentences instead.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from replyassist.config import Settings, data_folder
from replyassist.translation import Translator
from replyassist.translation.store import export

HERE = Path(__file__).parent
LETTERS = HERE.parent / "tests" / "letters"
CLIENTS = (1, 4, 16)
# Beam and readings.
SEARCHES = {"beam 1": (1, 1), "beam 2": (2, 1), "beam 4": (4, 1), "as it ships": (4, Settings().readings)}
PATIENCE = 300  # seconds for a server to start on a busy machine
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running contestant."""

    def __init__(self, command: list[str], port: int, environment: dict[str, str]) -> None:
        self.address = f"http://127.0.0.1:{port}/translate"
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.peak = 0.0
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def ask(self, text: str, pair: tuple[str, str]) -> str:
        """A translation, over HTTP."""
        form = {"q": text, "source": pair[0], "target": pair[1], "format": "text"}
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(self.address, data, timeout=600) as answer:
            return answer.read().decode()

    def wait(self, text: str, pair: tuple[str, str]) -> None:
        """Wait for the first answer."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask(text, pair)
                return
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(1)

    def cpu(self) -> float:
        """CPU seconds of its processes so far."""
        total = 0
        for pid in self._family():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def stop(self) -> None:
        """End it."""
        self._done.set()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _family(self) -> list[int]:
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            children = Path(f"/proc/{pid}/task/{pid}/children")
            queue += map(int, children.read_text().split()) if children.exists() else []
        return found

    def _watch(self) -> None:
        while not self._done.wait(0.3):
            total = 0
            for pid in self._family():
                try:
                    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                except OSError:
                    continue
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            self.peak = max(self.peak, total / 1024)


@contextmanager
def running(name: str, pair: tuple[str, str], libretranslate: str) -> Iterator[Server]:
    """A server, ended afterwards."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        if name == "libretranslate":
            command = [
                libretranslate, str(HERE / "libretranslate_peer.py"), "--port", str(port), "--disable-web-ui",
            ]  # fmt: skip
            environment = _argos_home(Path(folder), pair)
        else:
            command = [str(Path(sys.executable).with_name("replyassist")), "serve", "--port", str(port)]
            # As LibreTranslate does, it reads what it is asked for and nothing before.
            beam, readings = SEARCHES[name]
            environment = {
                "REPLYASSIST_BEAM": str(beam), "REPLYASSIST_READINGS": str(readings), "REPLYASSIST_WARM": "",
                "XDG_STATE_HOME": folder,
            }  # fmt: skip
        server = Server(command, port, environment)
        try:
            yield server
        finally:
            server.stop()


def _argos_home(folder: Path, pair: tuple[str, str]) -> dict[str, str]:
    """The bundled package where argostranslate looks for packages, both ways: LibreTranslate wants pairs."""
    packages = folder / "packages"
    packages.mkdir()
    for source, target in (pair, pair[::-1]):
        file = folder / "package.argosmodel"
        export(f"translate-{source}_{target}", file, Settings())
        with zipfile.ZipFile(file) as archive:
            archive.extractall(packages)
        file.unlink()
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    return dict.fromkeys(names, str(folder)) | {"ARGOS_PACKAGES_DIR": str(packages)}


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def measure(server: Server, letters: list[str], pair: tuple[str, str]) -> dict[str, float]:
    """Latency, throughput and memory of a server."""
    server.wait(letters[0], pair)
    for letter in letters[:2]:
        server.ask(letter, pair)
    found: dict[str, float] = {}
    for clients in CLIENTS:
        work = letters * (1 if clients == 1 else 2)
        begin, cpu = time.perf_counter(), server.cpu()
        with ThreadPoolExecutor(clients) as pool:
            answers = list(pool.map(lambda letter: server.ask(letter, pair), work))
        seconds, cpu = time.perf_counter() - begin, server.cpu() - cpu
        assert all(answers)
        if clients == 1:
            found["seconds a letter"] = seconds / len(work)
        found[f"CPU s a letter, {clients} clients"] = cpu / len(work)
        found[f"letters/s, {clients} clients"] = len(work) / seconds
    found["peak MB"] = server.peak
    return found


def compare(libretranslate: str | None, pair: tuple[str, str], letters: list[str]) -> None:
    """Measure every contestant in turn and print the table with the ratios."""
    names = [*(["libretranslate"] if libretranslate else []), "as it ships", "beam 4"]
    results = {}
    for name in names:
        with running(name, pair, libretranslate or "") as server:
            results[name] = measure(server, letters, pair)
    print(f"{'-'.join(pair)}, {len(letters)} letters".ljust(28) + "".join(f"{name:>18}" for name in names))
    for row in results[names[0]]:
        line = f"{row:28}"
        for name in names:
            ratio = ""
            if libretranslate and name != "libretranslate":
                ratio = f" ({results[name][row] / results['libretranslate'][row]:.2f}x)"
            line += f"{results[name][row]:.3f}{ratio}".rjust(18)
        print(line)


def compare_alone(libretranslate: str | None, pair: tuple[str, str], letters: list[Path]) -> None:
    """Print the memory of a process that translates and does nothing else, ours and argostranslate's."""
    script = str(HERE / "translating_alone.py")
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        contestants = {"ours": (sys.executable, {})}
        if libretranslate:
            contestants["argos"] = (libretranslate, _argos_home(Path(folder), pair))
        for kind, (python, environment) in contestants.items():
            done = subprocess.run(
                [python, script, kind, *pair, *map(str, letters)],
                env={**os.environ, **environment}, capture_output=True, text=True, check=True,
            )  # fmt: skip
            print(f"{kind:6} translating alone: {done.stdout.strip()} MB")


def measure_quality(folder: Path, rows: int) -> None:
    """chrF of each search, over the first sentences of each set."""
    from sacrebleu.metrics import CHRF  # noqa: PLC0415  # no dependency of the program

    print(f"{'':44}" + "".join(f"{name:>13}" for name in SEARCHES))
    translators = [
        Translator.load(
            Settings(beam=beam, readings=readings, time_limit=3600.0), data_folder("models") / "translation"
        )
        for beam, readings in SEARCHES.values()
    ]
    for path in sorted(folder.glob("*/*.tsv")):
        pair = path.parent.name.split("-")
        for source, target in (pair, pair[::-1]):
            if target not in translators[0].targets().get(source, ()):
                continue
            lines = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()[:rows]]
            lines = lines if source == pair[0] else [line[::-1] for line in lines]
            scores = []
            for translator in translators:
                done = translator.translate_many([line[0] for line in lines], source, target)
                scores.append(CHRF().corpus_score([t.text for t in done], [[r for _, r in lines]]).score)
            print(f"{source}-{target} {path.stem:38}" + "".join(f"{score:13.1f}" for score in scores))


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libretranslate", help="the Python of an environment that has LibreTranslate")
    parser.add_argument("--source", default="nb")
    parser.add_argument("--target", default="en")
    parser.add_argument("--letters", type=int, default=8)
    parser.add_argument("--alone", action="store_true", help="the memory of translating and nothing else")
    parser.add_argument("--chrf", type=Path, help="folder of development sets, <pair>/<corpus>.tsv")
    parser.add_argument("--rows", type=int, default=100, help="sentences of each set for --chrf")
    arguments = parser.parse_args()
    if arguments.chrf:
        measure_quality(arguments.chrf, arguments.rows)
        return
    paths = sorted((LETTERS / arguments.source).glob("*/today.txt"))[: arguments.letters]
    if arguments.alone:
        compare_alone(arguments.libretranslate, (arguments.source, arguments.target), paths)
        return
    letters = [path.read_bytes().decode("utf-8") for path in paths]
    compare(arguments.libretranslate, (arguments.source, arguments.target), letters)


if __name__ == "__main__":
    main()

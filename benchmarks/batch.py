"""Checking a site against the plain loop of trafilatura and textstat over the same pages, in the same run.

    python benchmarks/batch.py [--pages 400] [--jobs 1 2] [--kill] [--memory 20000]

The site is that of tests/batch/trial, made from the project's own letters: in five languages, with menus,
footers, and a wrong lang attribute here and there. The plain loop gives a text and four numbers; ours gives
those numbers' kin, the language, and every finding with its place and replacement, so it is slower, and the
ratio says by how much. Both are commands that begin from nothing, and what they load is in their time.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from html import escape
from pathlib import Path

from replyassist.assistant import ReplyAssistant
from replyassist.batch.options import Options
from replyassist.batch.pages import read_page
from replyassist.batch.rows import Row
from replyassist.batch.run import run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from batch.trial.site import SECTIONS, make_site, page_of
from batch.trial.texts import LANGUAGES, paragraphs

HOME = "http://127.0.0.1"  # of links that nobody follows here
SMALL = 1  # paragraphs of a page where only their number counts
STEPS = 10  # times that memory is looked at
REPORTS = ("html", "csv", "sarif", "junit")
# The command, which then waits for the process that its workers came from: else their time would not be told.
COMMAND = (
    "import sys; from replyassist.cli import main; code = main();"
    "from multiprocessing.forkserver import _forkserver; _forkserver._stop(); sys.exit(code)"
)
PLAIN_LOOP = Path(__file__).with_name("plain_loop.py")


def timed(*command: object) -> tuple[float, float]:
    """Seconds that a command takes by the clock on the wall, and of processor time with all its processes."""
    start, used = time.perf_counter(), sum(os.times()[2:4])
    subprocess.run([sys.executable, *map(str, command)], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start, sum(os.times()[2:4]) - used


def check_site(site: Path, output: Path, jobs: int) -> None:
    """One run of ours, with every report."""
    options = Options(jobs=jobs, output=output, formats=REPORTS, quiet=True)
    run([str(site)], options, screen=io.StringIO())


def measure_killed(site: Path, folder: Path) -> bool:
    """Whether a run one of whose workers is killed on the way gives the bytes of one that was left alone."""
    check_site(site, folder / "left", 2)

    def kill_first_worker() -> None:
        rows = folder / "killed" / "pages.jsonl"
        while not rows.exists() or not rows.stat().st_size:
            time.sleep(0.05)
        os.kill(children()[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_first_worker)
    killer.start()
    check_site(site, folder / "killed", 2)
    killer.join()
    return (folder / "left/pages.jsonl").read_bytes() == (folder / "killed/pages.jsonl").read_bytes()


def measure_memory(folder: Path, pages: int) -> None:
    """Memory of a run and its workers as the pages go by; small pages, since only their number counts."""
    site, chance = folder / "many", random.Random(8)
    for number in range(pages):
        path = site / f"{number % 40:02d}" / f"{number:06d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        tag = LANGUAGES[number % len(LANGUAGES)]
        text = f"<h1>{number}</h1><p>{escape(paragraphs(chance, tag, 0.5, SMALL)[0])}</p>"
        path.write_text(page_of(tag, text), encoding="utf-8")
    done = 0

    def watch(row: Row, found: int) -> None:
        nonlocal done
        done += 1
        if done % (pages // STEPS) == 0:
            workers = [resident(child) for child in children()]
            told = ", ".join(f"{each:.0f}" for each in workers)
            print(f"after {done} pages: {resident(os.getpid()):.0f} MB, workers {told} MB", flush=True)

    options = Options(jobs=2, output=folder / "out-many", formats=REPORTS, quiet=True)
    run([str(site)], options, screen=io.StringIO(), watch=watch)


def children() -> list[int]:
    """The worker processes of this one: children of the one that they are forked from."""
    return [worker for child in _children(os.getpid()) for worker in _children(child)]


def _children(process: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False).stdout
    return [int(child) for child in told.split()]


def resident(process: int) -> float:
    """Memory that a process holds, in MB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kill", action="store_true", help="also a run whose worker is killed")
    parser.add_argument("--memory", type=int, metavar="PAGES", help="only memory, over so many small pages")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replyassist-bench-") as name:
        folder = Path(name)
        site = folder / "site"
        site.mkdir()
        if arguments.memory:
            measure_memory(folder, arguments.memory)
            return
        make_site(folder / "whole", arguments.pages, HOME)
        for section in SECTIONS:  # the articles and their lists; what goes wrong on the web is for the tests
            (folder / "whole" / section).rename(site / section)
        paths = sorted(site.rglob("*.html"))
        pages = len(paths)
        print(f"{pages} pages; load average {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores")

        assistant = ReplyAssistant.load()
        texts = [read_page(path.read_bytes(), filename=path.name, limit=100_000).draft for path in paths]
        for draft in texts[:20]:  # each language's data are read when it is first met
            assistant.assess(draft)
        start = time.process_time()
        for draft in texts:
            assistant.assess(draft)
        print(
            f"checking alone: {pages / (time.process_time() - start):.1f} pages per second of processor time"
        )

        rates = {}
        formats = [f"--format={name}" for name in REPORTS]
        for jobs in arguments.jobs:
            plain = timed(PLAIN_LOOP, site, jobs)
            told = ("check", site, "--output", folder / f"out-{jobs}", "--jobs", jobs, "--quiet", *formats)
            ours = timed("-c", COMMAND, *told)
            rates[jobs] = pages / ours[0]
            for clock, a, b in zip(("second", "second of processor time"), ours, plain, strict=True):
                said = f"ours {pages / a:.1f}, plain loop {pages / b:.1f}, ratio {b / a:.2f}"
                print(f"{jobs} process(es), pages per {clock}: {said}")
        first, *others = rates
        for jobs in others:
            print(f"{jobs} process(es) against {first}: {rates[jobs] / rates[first]:.2f} times the pages")
        if arguments.kill:
            print(f"killed worker, same bytes: {measure_killed(site, folder)}")


if __name__ == "__main__":
    main()

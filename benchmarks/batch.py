"""Checking a site against the plain loop of trafilatura and textstat over the same pages, in the same run.

    python benchmarks/batch.py [--pages 400] [--jobs 1 2]

The site is made from the project's own letters: in five languages, with menus, footers, and a wrong lang
attribute here and there. The plain loop gives a text and four numbers; ours gives those numbers' kin, the
language, and every finding with its place and replacement, so it is slower, and the ratio says by how much.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import escape
from multiprocessing import get_context
from pathlib import Path

import textstat
import trafilatura

from replyassist.assistant import ReplyAssistant
from replyassist.batch.options import Options
from replyassist.batch.pages import read_page
from replyassist.batch.run import run

LETTERS = Path(__file__).resolve().parents[1] / "tests" / "letters"
LANGUAGES = ("nb", "nn", "sv", "da", "en")
SECTIONS = ("school", "building", "health", "taxes", "about")
WRONG_LANG = 25  # one page in so many declares another language


def make_site(folder: Path, pages: int) -> None:
    """Write ``pages`` pages, no two alike, made of paragraphs of the letters in each language."""
    chance = random.Random(8)
    paragraphs = {
        tag: [
            part
            for path in sorted((LETTERS / tag).rglob("*.txt"))
            for part in path.read_text("utf-8").split("\n\n")
            if len(part) > 60 and part.endswith(".")
        ]
        for tag in LANGUAGES
    }
    menu = "".join(f'<li><a href="/{section}/">{section}</a></li>' for section in SECTIONS)
    for number in range(pages):
        tag = LANGUAGES[number % len(LANGUAGES)]
        lang = "de" if number % WRONG_LANG == 0 else tag
        body = "".join(f"<p>{escape(part)}</p>" for part in chance.sample(paragraphs[tag], 6))
        path = folder / SECTIONS[number % 7 % len(SECTIONS)] / f"{number:06d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'<!doctype html><html lang="{lang}"><head><title>{number}</title></head><body>'
            f"<nav><ul>{menu}</ul></nav>"
            f"<main><h1>Nr. {number}</h1>{body}</main><footer><p>{number}</p></footer></body></html>",
            encoding="utf-8",
        )


def check_plainly(path: Path) -> tuple[float, ...] | None:
    """The plain loop's work on a page, with measures that need no dictionary from the network."""
    text = trafilatura.extract(path.read_bytes())
    if not text:
        return None
    return (
        float(textstat.lix(text)),
        float(textstat.rix(text)),
        float(textstat.automated_readability_index(text)),
        float(textstat.words_per_sentence(text)),
    )


def loop_plainly(paths: Sequence[Path], jobs: int) -> None:
    """The plain loop over all pages, by one process or several."""
    if jobs == 1:
        for path in paths:
            check_plainly(path)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(check_plainly, paths, chunksize=16))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that ``work`` takes by the clock on the wall, and of processor time, its children's too."""
    start, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - start, sum(os.times()[:4]) - used


def check_site(site: Path, output: Path, jobs: int) -> None:
    """One run of ours, with every report."""
    options = Options(jobs=jobs, output=output, formats=("html", "csv", "sarif", "junit"), quiet=True)
    run([str(site)], options, screen=io.StringIO())


def measure_killed(site: Path, folder: Path) -> bool:
    """Whether a run one of whose workers is killed on the way gives the bytes of one that was left alone."""
    check_site(site, folder / "left", 2)

    def kill_first_worker() -> None:
        rows = folder / "killed" / "pages.jsonl"
        while not rows.exists() or not rows.stat().st_size:
            time.sleep(0.05)
        told = subprocess.run(
            ["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False
        ).stdout
        for child in map(int, told.split()):
            command = Path(f"/proc/{child}/cmdline")
            if command.exists() and b"spawn_main" in command.read_bytes():
                os.kill(child, signal.SIGKILL)
                return

    killer = threading.Thread(target=kill_first_worker)
    killer.start()
    check_site(site, folder / "killed", 2)
    killer.join()
    return (folder / "left/pages.jsonl").read_bytes() == (folder / "killed/pages.jsonl").read_bytes()


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kill", action="store_true", help="also a run whose worker is killed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replyassist-bench-") as name:
        folder = Path(name)
        site = folder / "site"
        make_site(site, arguments.pages)
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

        for jobs in arguments.jobs:
            plain = timed(lambda jobs=jobs: loop_plainly(paths, jobs))  # type: ignore[misc]
            ours = timed(lambda jobs=jobs: check_site(site, folder / f"out-{jobs}", jobs))  # type: ignore[misc]
            for clock, a, b in zip(("second", "second of processor time"), ours, plain, strict=True):
                told = f"ours {pages / a:.1f}, plain loop {pages / b:.1f}, ratio {b / a:.2f}"
                print(f"{jobs} process(es), pages per {clock}: {told}")
        print(f"memory of this process: {memory():.0f} MB at its most")
        if arguments.kill:
            print(f"killed worker, same bytes: {measure_killed(site, folder)}")


def memory() -> float:
    """Most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

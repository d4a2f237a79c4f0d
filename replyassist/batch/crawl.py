"""Getting pages from the web: Scrapy fetches in a process of its own, and its pages come here as they arrive.

They pass through a folder: a page's bytes in a file of its own, and a line in an index. So a crawl can be
ahead of the checking without filling memory, and a stopped run finds what it had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from replyassist.batch.options import CrawlLimits
from replyassist.batch.sources import Source, section_of
from replyassist.errors import ConfigurationError, CrawlFailed

CRAWL = "crawl"
INDEX = "index.jsonl"
DONE = "done"
PLAN = "plan.json"
PAUSE = 0.1  # seconds between two looks at the index


@dataclass(frozen=True, slots=True)
class Fetched:
    """A line of the index: a page that came, or why it did not.

    Attributes:
        file: name of the file with its bytes in the crawl's folder; empty when it did not come.
        failure: error code; empty when it came.
        linked_from: the page or sitemap that led to it first; empty when the user named it.
    """

    address: str
    named: bool
    file: str = ""
    media_type: str = ""
    charset: str = ""
    failure: str = ""
    linked_from: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the crawling process is told."""

    addresses: tuple[str, ...]
    sitemaps: tuple[str, ...]
    limits: CrawlLimits

    @classmethod
    def read(cls, folder: Path) -> Plan:
        """The plan that lies in a crawl's folder."""
        values = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        limits = values["limits"] | {"hosts": tuple(values["limits"]["hosts"])}
        return cls(tuple(values["addresses"]), tuple(values["sitemaps"]), CrawlLimits(**limits))


def fetch(
    addresses: Sequence[str], sitemaps: Sequence[str], limits: CrawlLimits, folder: Path
) -> Iterator[Source]:
    """The pages of the web that ``addresses`` and ``sitemaps`` lead to, as they come.

    Args:
        addresses: pages to begin with.
        sitemaps: addresses of sitemaps, sitemap indexes, or of a robots.txt that names some.
        limits: how far to go.
        folder: where the pages lie until the run is over; what a stopped run left there comes first.

    Raises:
        ConfigurationError: Scrapy is not installed.
        CrawlFailed
    """
    if find_spec("scrapy") is None:
        raise ConfigurationError("Install replyassist[site] to check pages of the web.")
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(tuple(addresses), tuple(sitemaps), limits)
    (folder / PLAN).write_text(json.dumps(asdict(plan)), encoding="utf-8")
    (folder / INDEX).touch()
    crawler = None
    if not (folder / DONE).exists():
        # It ends when its standard input does, and so doesn't outlive this process.
        command = [sys.executable, "-m", "replyassist.batch.spider", str(folder)]
        crawler = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
    try:
        yield from _follow(folder, crawler)
    finally:
        if crawler is not None and crawler.poll() is None:
            crawler.terminate()
            crawler.wait()
        if crawler is not None and crawler.stdin is not None:
            crawler.stdin.close()


def read_index(folder: Path) -> Iterator[Fetched]:
    """The pages that came already; a line that a stop left unfinished is cut off."""
    with (folder / INDEX).open("ab+") as file:
        file.seek(0)
        lines = [line for line in file if line.endswith(b"\n")]
        file.truncate(sum(map(len, lines)))
    return (Fetched(**json.loads(line)) for line in lines)


def limit_reached(folder: Path) -> str:
    """The limit that a crawl ended at: of pages, time or depth (``depth-limit``); empty when it saw all."""
    done = folder / DONE
    return done.read_text(encoding="utf-8") if done.exists() else ""


def _follow(folder: Path, crawler: subprocess.Popen[bytes] | None) -> Iterator[Source]:
    """The index's pages, as they are written, until the crawler ends."""
    with (folder / INDEX).open(encoding="utf-8") as index:
        held = ""
        while True:
            ended = (
                crawler is None or crawler.poll() is not None
            )  # asked first: what it wrote before it ended is read
            held += index.readline()
            if held.endswith("\n"):
                yield _source(Fetched(**json.loads(held)), folder)
                held = ""
            elif ended:
                break
            else:
                time.sleep(PAUSE)
    if not (folder / DONE).exists():
        raise CrawlFailed


def _source(fetched: Fetched, folder: Path) -> Source:
    return Source(
        fetched.address, folder / fetched.file if fetched.file else None, section_of(fetched.address),
        fetched.named, fetched.media_type, fetched.charset, is_web=True, failure=fetched.failure,
        linked_from=fetched.linked_from,
    )  # fmt: skip

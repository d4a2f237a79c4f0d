"""What a run is told: whom the pages are for, what fails them, how far a crawl may go, what to write."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from replyassist.batch.sources import is_address, path_of
from replyassist.domain import Severity

SEVERITIES: tuple[Severity, ...] = ("advice", "warning", "error")
# Report format -> name of its file; the others go to standard output alone.
REPORT_FILES = {
    "html": "report.html", "csv": "report.csv", "sarif": "report.sarif", "junit": "junit.xml",
    "jsonl": "pages.jsonl",
}  # fmt: skip
FORMATS = ("text", "github", *REPORT_FILES)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker must know to check a page.

    Attributes:
        audience: profile for pages that no pattern matches.
        audiences: pairs of a pattern over the address's path (``*`` matches ``/`` too) and a profile; the
            first that matches counts.
        language: BCP 47 tag of every page; None to identify each.
        ui_language: tag of the language that messages and reports are in.
        time_limit: seconds that a page may take.
    """

    audience: str = "layperson"
    audiences: tuple[tuple[str, str], ...] = ()
    language: str | None = None
    ui_language: str = "en"
    time_limit: float = 60.0

    def audience_of(self, address: str) -> str:
        """The profile for the page at ``address``."""
        path = path_of(address) if is_address(address) else address
        return next((name for pattern, name in self.audiences if fnmatchcase(path, pattern)), self.audience)


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How far, how fast and where to a crawl may go.

    Attributes:
        follow: whether links are followed; else only the addresses given and those of sitemaps are fetched.
        hosts: further hosts that may be visited, besides those of the addresses given.
        depth: links from a start page; 0 for no limit.
        pages: pages fetched at most.
        delay: seconds between two requests to a host, at least; it grows when the host answers slowly.
        page_size: bytes of a page at most.
        time_limit: seconds until a page must have arrived.
        whole_time: seconds after which the crawl ends with what has come; 0 for no limit.
        obey_robots: whether robots.txt is obeyed.
        allow_private: whether private, loopback and link-local addresses may be reached.
    """

    follow: bool = False
    hosts: tuple[str, ...] = ()
    depth: int = 10
    pages: int = 10_000
    delay: float = 0.25
    page_size: int = 20_000_000
    time_limit: float = 30.0
    obey_robots: bool = True
    allow_private: bool = False
    whole_time: float = 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """Everything a run is told.

    Attributes:
        sitemaps: addresses of sitemaps or sitemap indexes, whose pages are checked.
        jobs: worker processes on this machine; 1 checks in this process.
        scheduler: address of a Dask scheduler, ``tcp://host:port``; empty for this machine.
        output: folder for results and reports; None keeps nothing but what is printed.
        formats: names from FORMATS.
        fail_under: audience score (0-100) that every page must reach; None for none.
        fail_on: severity from which a new finding fails the run; None for none.
        baseline: file of what is known and doesn't fail the run; None for none.
        update_baseline: whether ``baseline`` is written anew after the run.
        restart: begin anew even where a stopped run could go on.
        quiet: no progress bar.
    """

    job: Job = field(default_factory=Job)
    crawl: CrawlLimits = field(default_factory=CrawlLimits)
    sitemaps: tuple[str, ...] = ()
    jobs: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    scheduler: str = ""
    output: Path | None = None
    formats: tuple[str, ...] = ("text",)
    fail_under: float | None = None
    fail_on: Severity | None = None
    baseline: Path | None = None
    update_baseline: bool = False
    restart: bool = False
    quiet: bool = False

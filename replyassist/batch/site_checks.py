"""Checks of web sites that are started from the service: few at a time, bounded, and gone soon after.

Each is a process of its own, so that it takes no time from those who write letters, can be stopped at any
moment and gives its memory back. Its rows and reports lie in a temporary folder that is removed when the
check is cancelled, some time after it is done, and at the latest with the service.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.context import SpawnProcess
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Literal, cast

from replyassist.assistant import ReplyAssistant
from replyassist.batch.gate import hosts_of, may_visit
from replyassist.batch.options import REPORT_FILES, CrawlLimits, Job, Options
from replyassist.batch.rows import STATUSES, Row
from replyassist.batch.run import run
from replyassist.batch.sources import is_address, is_sitemap
from replyassist.config import Settings
from replyassist.errors import AddressNotAllowed, CheckRunning, InvalidParameter, ReplyassistError

State = Literal["running", "done", "failed"]

MOST_RUNNING = 1
MOST_KEPT = 20  # checks whose reports are kept at a time; the oldest make room
FORMATS = ("html", "csv", "jsonl")
POLITENESS = 10  # added to the niceness of the process: letters come first
CRAWLING = 0.8  # of a check's time; then what has come is reported on
STOPPING = 10.0  # seconds that a process has to stop before it is killed
PREFIX = "replyassist-site-"
REASON = "reason"  # file with the error code of a check that broke off


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check has come.

    Attributes:
        found: pages that are known of; grows while links are followed.
        checked, duplicate, skipped, failed: pages done, by outcome.
        reason: error code of a check that failed; ``time-limit-reached`` when it took too long.
    """

    state: State
    found: int
    checked: int
    duplicate: int
    skipped: int
    failed: int
    reason: str = ""

    @property
    def done(self) -> int:
        """Pages done."""
        return self.checked + self.duplicate + self.skipped + self.failed


@dataclass(slots=True)
class _SiteCheck:
    """A check under way or done; ``counts`` is shared with its process: pages found, then by status."""

    folder: Path
    process: SpawnProcess
    counts: Any
    reason: str = ""
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def is_running(self) -> bool:
        return self.process.is_alive()


class SiteChecks:
    """The checks of one service; safe between threads. ``close`` ends them all."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is started or written before the first check."""
        self._settings = settings
        self._hosts = hosts_of((), settings.check_hosts)
        self._checks: dict[str, _SiteCheck] = {}
        self._lock = threading.Lock()

    @property
    def is_allowed(self) -> bool:
        """Whether the operator allows any host at all."""
        return bool(self._settings.check_hosts)

    def start(
        self, addresses: Sequence[str], *, ui_language: str, audience: str | None = None, follow: bool = False
    ) -> str:
        """Start a check; the key that it is asked for by, which can't be guessed.

        Args:
            addresses: web pages; sitemaps and robots.txt files (known by their names) stand for their pages.
            ui_language: tag of the language of the report.
            audience: profile; None for the one of the settings.
            follow: whether links of the pages are followed, within their hosts.

        Raises:
            InvalidParameter: there is no address, or something that is none.
            AddressNotAllowed: a host that the settings don't allow.
            CheckRunning: as many as may run do.
        """
        options = self._options(addresses, ui_language, audience, follow)
        names = tuple(address for address in addresses if not is_sitemap(address))
        with self._lock:
            if sum(check.is_running for check in self._checks.values()) >= MOST_RUNNING:
                raise CheckRunning
            while len(self._checks) >= MOST_KEPT:
                self._forget(next(iter(self._checks)))
            key = token_urlsafe(16)
            check = self._checks[key] = _begin(names, options, self._settings)
        threading.Thread(target=self._watch, args=(key, check), name="site-check", daemon=True).start()
        return key

    def progress(self, key: str) -> Progress | None:
        """How far a check has come; None when there is none, or no more."""
        check = self._checks.get(key)
        if check is None:
            return None
        found, checked, duplicate, skipped, failed = check.counts
        counts = {"checked": checked, "duplicate": duplicate, "skipped": skipped, "failed": failed}
        if check.is_running:
            return Progress("running", max(found, sum(counts.values())), **counts)
        reason = _reason_of(check)
        return Progress("failed" if reason else "done", found, **counts, reason=reason)

    def report(self, key: str, form: str = "html") -> Path | None:
        """The file of a finished check's report (``html``, ``csv`` or ``jsonl``); None when there is none."""
        check = self._checks.get(key)
        if check is None or check.is_running or form not in FORMATS:
            return None
        path = check.folder / REPORT_FILES[form]
        return path if path.exists() and not _reason_of(check) else None

    def cancel(self, key: str) -> None:
        """Stop a check, or give up its report; nothing of it is left. One that isn't there is no error."""
        with self._lock:
            self._forget(key)

    def close(self) -> None:
        """Stop and remove everything."""
        with self._lock:
            for key in list(self._checks):
                self._forget(key)

    def _options(
        self, addresses: Sequence[str], ui_language: str, audience: str | None, follow: bool
    ) -> Options:
        if not addresses:
            raise InvalidParameter("Name at least one web address.", parameter="addresses")
        if len(addresses) > self._settings.check_pages:
            raise InvalidParameter("There are too many addresses.", parameter="addresses")
        for address in addresses:
            if not is_address(address):
                raise InvalidParameter("This is no web address.", parameter="addresses", value=address)
            if not may_visit(address, self._hosts, allow_private=self._settings.check_private):
                raise AddressNotAllowed(
                    "The host of this address is not among those allowed.", address=address
                )
        return Options(
            job=Job(audience or self._settings.audience, ui_language=ui_language),
            crawl=CrawlLimits(
                follow, pages=self._settings.check_pages, allow_private=self._settings.check_private,
                whole_time=self._settings.check_time * CRAWLING,
            ),
            sitemaps=tuple(filter(is_sitemap, addresses)), jobs=1, formats=FORMATS, quiet=True,
        )  # fmt: skip

    def _watch(self, key: str, check: _SiteCheck) -> None:
        """Stop the check when its time is up, and remove what it leaves when that was kept long enough."""
        check.process.join(self._settings.check_time)
        if check.is_running:
            check.reason = "time-limit-reached"
            _stop(check.process)
        check.cancelled.wait(self._settings.check_keep)
        self.cancel(key)

    def _forget(self, key: str) -> None:
        check = self._checks.pop(key, None)
        if check is not None:
            check.cancelled.set()
            _stop(check.process)
            shutil.rmtree(check.folder, ignore_errors=True)


def _begin(names: tuple[str, ...], options: Options, settings: Settings) -> _SiteCheck:
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    context = multiprocessing.get_context("spawn")
    counts = context.RawArray(ctypes.c_longlong, 1 + len(STATUSES))
    process = context.Process(
        target=_check_site, args=(names, replace(options, output=folder), settings, counts)
    )
    process.start()
    return _SiteCheck(folder, process, counts)


def _check_site(names: tuple[str, ...], options: Options, settings: Settings, counts: Any) -> None:
    """What the process of a check does: a run, told of as it goes."""
    folder = cast(Path, options.output)
    os.nice(POLITENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the service decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=_leave_with_parent, daemon=True).start()

    def watch(row: Row, found: int) -> None:
        counts[0] = found
        counts[1 + STATUSES.index(row.status)] += 1

    try:
        run(names, options, ReplyAssistant.load(settings), watch=watch)
    except ReplyassistError as error:
        (folder / REASON).write_text(error.code, encoding="utf-8")
    finally:
        if not _parent_lives():
            shutil.rmtree(folder, ignore_errors=True)


def _leave_with_parent() -> None:
    """Stop when the service is gone, killed perhaps: nobody would ask for the report."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _parent_lives() -> bool:
    parent = multiprocessing.parent_process()
    return parent is None or parent.is_alive()


def _stop(process: SpawnProcess) -> None:
    process.terminate()
    process.join(STOPPING)
    if process.is_alive():
        process.kill()
        process.join()


def _reason_of(check: _SiteCheck) -> str:
    """Why a check that runs no more has no report; empty when it has one."""
    if check.reason:
        return check.reason
    path = check.folder / REASON
    if path.exists():
        return path.read_text(encoding="utf-8")
    return "internal-error" if check.process.exitcode else ""


def _remove_leftovers() -> None:
    """Remove the folders of services that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)

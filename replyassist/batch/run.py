"""One run: find the pages, check them, keep the rows, write the reports, and say whether it went well."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from replyassist.batch.baseline import Baseline
from replyassist.batch.crawl import CRAWL, fetch, limit_reached
from replyassist.batch.journal import Journal, Past, key_of
from replyassist.batch.options import REPORT_FILES, Options
from replyassist.batch.overview import Overview
from replyassist.batch.pool import check_in_order, open_cluster, open_local
from replyassist.batch.progress import Found, Watch, show, tell
from replyassist.batch.repetition import Repetition
from replyassist.batch.reports import Report, open_report
from replyassist.batch.rows import Row
from replyassist.batch.sources import Source, find_files, is_address
from replyassist.batch.verdict import fails
from replyassist.batch.worker import check_in_worker
from replyassist.config import Settings
from replyassist.errors import ConfigurationError, InvalidParameter, ReplyassistError

if TYPE_CHECKING:
    from replyassist.assistant import ReplyAssistant

# For fewer pages than this, other processes would take longer to start than they save.
FEW = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run went.

    Attributes:
        overview: what its rows say together.
        failing: pages that fail the run, by score or by a new finding.
        unread: pages that the user named and that could not be checked.
    """

    overview: Overview
    failing: int
    unread: int

    @property
    def exit_code(self) -> int:
        """0: all well. 1: a page fails. 2: a page asked for by name, or every page, wasn't checked."""
        if self.unread or not self.overview.statuses["checked"]:
            return 2
        return 1 if self.failing else 0


def run(
    names: Sequence[str],
    options: Options,
    assistant: ReplyAssistant | None = None,
    *,
    screen: IO[str] | None = None,
    watch: Watch | None = None,
) -> Summary:
    """Check every page that ``names`` stand for.

    Args:
        names: files, folders, globs and web addresses.
        options: everything else.
        assistant: does the checking in this process, and gives other processes their settings; None to load
            it, where it is needed, by the settings of the environment.
        screen: where reports without a folder are printed; None for standard output.
        watch: called with each row and the number of pages known of so far.

    Raises:
        InvalidParameter: the options contradict each other or name what is not there.
        ConfigurationError, PackageError: something that is needed is missing or broken.
    """
    _verify(names, options)
    with ExitStack() as stack:
        journal = None
        if options.output:
            journal = Journal(options.output, key_of(tuple(names), options), restart=options.restart)
            stack.callback(journal.close)
        folder = options.output or Path(stack.enter_context(TemporaryDirectory(prefix="replyassist-")))
        if not (journal and journal.resumed):
            shutil.rmtree(folder / CRAWL, ignore_errors=True)
        history = journal.history() if journal else ()
        formats = [name for name in options.formats if not (name == "jsonl" and journal)]  # the journal's own
        reports = [stack.enter_context(_report(name, options, screen or sys.stdout)) for name in formats]
        sources = stack.enter_context(closing(_sources(names, options, folder / CRAWL)))
        rows = stack.enter_context(closing(_rows(sources, options, assistant, journal)))
        found = Found(_files(names), folder / CRAWL)
        summary = _tell(_watched(rows, found, options, watch), options, reports)
        summary.overview.cut = limit_reached(folder / CRAWL)
        for report in reports:
            report.finish(summary.overview, history)
        if journal:
            journal.finish(Past.of(summary.overview))
            shutil.rmtree(folder / CRAWL, ignore_errors=True)
    return summary


def _verify(names: Sequence[str], options: Options) -> None:
    if not names and not options.sitemaps:
        raise InvalidParameter("Name at least one file, folder or address.", parameter="names")
    if options.jobs < 1:
        raise InvalidParameter("At least one job is needed.", parameter="jobs")
    if options.update_baseline and not options.baseline:
        raise InvalidParameter("Say which baseline to update.", parameter="baseline")


def _sources(names: Sequence[str], options: Options, crawl_folder: Path) -> Generator[Source]:
    yield from find_files(_files(names))
    addresses = tuple(name for name in names if is_address(name))
    if addresses or options.sitemaps:
        yield from fetch(addresses, options.sitemaps, options.crawl, crawl_folder)


def _files(names: Sequence[str]) -> list[str]:
    return [name for name in names if not is_address(name)]


def _rows(
    sources: Iterator[Source], options: Options, assistant: ReplyAssistant | None, journal: Journal | None
) -> Generator[Row]:
    """All rows in order: first those that a stopped run left, then new ones, which are kept at once."""
    repetition = Repetition()
    if journal and journal.resumed:
        for row in journal.rows():
            source = next(sources, None)
            if source is None or source.address != row.address:
                raise ConfigurationError("The pages are not those of the stopped run; use --restart.")
            repetition.add(row)
            yield row
    for row in map(repetition.mark, _fresh(sources, options, assistant)):
        if journal:
            journal.add(row)
        yield row


def _fresh(sources: Iterator[Source], options: Options, assistant: ReplyAssistant | None) -> Iterator[Row]:
    settings = assistant.settings if assistant else Settings.read()
    if options.scheduler:
        pool = open_cluster(partial(check_in_worker, settings, options.job), options.scheduler)
        yield from check_in_order(map(_with_content, sources), pool)
        return
    first = list(islice(sources, FEW)) if options.jobs > 1 else []
    if len(first) < FEW:
        yield from _check_here(chain(first, sources), options, assistant, settings)
        return
    pool = open_local(partial(check_in_worker, settings, options.job), options.jobs)
    yield from check_in_order(chain(first, sources), pool)


def _check_here(
    sources: Iterator[Source], options: Options, assistant: ReplyAssistant | None, settings: Settings
) -> Iterator[Row]:
    """The rows, by this process alone; only then does it need what knows of models."""
    from replyassist.assistant import ReplyAssistant  # noqa: PLC0415
    from replyassist.batch.checking import check_source  # noqa: PLC0415

    assistant = assistant or ReplyAssistant.load(settings)
    yield from (check_source(assistant, options.job, source) for source in sources)


def _with_content(source: Source) -> Source:
    """The source with its bytes, for a worker that may not see this machine's files."""
    from replyassist.batch.pages import read_bytes  # noqa: PLC0415  # the readers of documents are heavy

    if source.failure:
        return source
    try:
        return replace(source, content=read_bytes(source))
    except ReplyassistError as error:
        return replace(source, failure=error.code)
    except OSError:
        return replace(source, failure="cannot-be-read")


def _watched(rows: Iterable[Row], found: Found, options: Options, watch: Watch | None) -> Iterable[Row]:
    """The rows, told to whoever watches, and with a bar where there is a terminal to show it."""
    if watch:
        rows = tell(rows, found, watch)
    # Lines of text show the progress themselves.
    is_shown = sys.stderr.isatty() and not options.quiet and "text" not in options.formats
    return show(rows, found) if is_shown else rows


def _tell(rows: Iterable[Row], options: Options, reports: Sequence[Report]) -> Summary:
    """Pass each row to the reports as it comes, and count."""
    baseline = Baseline.read(options.baseline) if options.baseline else Baseline()
    renewed = Baseline()
    overview = Overview()
    failing = unread = 0
    for row in rows:
        if options.update_baseline:
            renewed.add(row)
        marked = baseline.mark(row)
        overview.add(marked)
        failing += fails(marked, options)
        unread += row.named and row.status in {"failed", "skipped"}
        for report in reports:
            report.add(marked)
    if options.update_baseline and options.baseline:
        renewed.write(options.baseline)
    return Summary(overview, failing, unread)


def _report(name: str, options: Options, screen: IO[str]) -> Report:
    if name not in REPORT_FILES or options.output is None:
        return open_report(name, screen, options, own=False)
    path = options.output / REPORT_FILES[name]
    return open_report(name, path.open("w", encoding="utf-8", newline=""), options, own=True)

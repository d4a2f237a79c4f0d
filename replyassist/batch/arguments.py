"""The arguments of ``replyassist check``, and the options that they stand for."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from replyassist.batch.options import FORMATS, SEVERITIES, CrawlLimits, Job, Options
from replyassist.batch.sources import is_address, is_pattern, read_list
from replyassist.config import Settings
from replyassist.errors import InvalidParameter

# How a letter is told that is checked alone; "json" is the API's form, which batches don't have.
LETTER_FORMATS = {"text", "json"}
UI_LANGUAGES = ("nb", "nn", "sv", "da", "en")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add everything that ``replyassist check`` understands to its parser."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="file, folder, glob or web address")
    parser.add_argument("--list", type=Path, metavar="FILE", help="a file with one such name a line")
    parser.add_argument("--sitemap", action="append", default=[], metavar="URL",
                        help="check the pages of a sitemap, a sitemap index or a robots.txt")  # fmt: skip
    parser.add_argument("--language", metavar="TAG", help="language of all pages; default: identify each")
    parser.add_argument("--audience", metavar="NAME", help="whom the pages are for; default: as configured")
    parser.add_argument("--audience-for", action="append", default=[], metavar="PATTERN=NAME",
                        help="another audience for some paths, such as '/firms/*=contractor'")  # fmt: skip
    parser.add_argument("--explain-in", choices=UI_LANGUAGES, metavar="LANGUAGE",
                        help="language of explanations and reports; default: as configured")  # fmt: skip
    _add_outcome(parser)
    _add_work(parser)
    _add_crawl(parser)


def _add_outcome(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("outcome")
    group.add_argument("--output", type=Path, metavar="FOLDER", help="keep results and reports here")
    group.add_argument("--format", action="append", choices=("json", *FORMATS), dest="formats",
                       help="report to write; may be repeated; default: text")  # fmt: skip
    group.add_argument(
        "--fail-under", type=float, metavar="SCORE", help="score (0-100) that every page must reach"
    )
    group.add_argument(
        "--fail-on", choices=SEVERITIES, help="fail on a new finding of this severity or a higher one"
    )
    group.add_argument("--baseline", type=Path, metavar="FILE", help="what is known and doesn't fail the run")
    group.add_argument("--update-baseline", action="store_true", help="write the baseline anew after the run")
    group.add_argument("--quiet", action="store_true", help="no progress bar")


def _add_work(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("work")
    group.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="worker processes; default: one for each core"
    )
    group.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786"
    )
    group.add_argument(
        "--page-time", type=float, default=60.0, metavar="SECONDS", help="time that a page may take"
    )
    group.add_argument("--restart", action="store_true", help="don't go on with a run that was stopped")


def _add_crawl(parser: argparse.ArgumentParser) -> None:
    limits = CrawlLimits()
    group = parser.add_argument_group("pages of the web")
    group.add_argument("--follow", action="store_true", help="follow links within the site")
    group.add_argument(
        "--allow-host", action="append", default=[], metavar="HOST", help="another host to visit"
    )
    group.add_argument(
        "--depth", type=int, default=limits.depth, help="links from the first page; 0: no limit"
    )
    group.add_argument("--pages", type=int, default=limits.pages, help="pages at most")
    group.add_argument(
        "--delay", type=float, default=limits.delay, metavar="SECONDS", help="between two requests"
    )
    group.add_argument(
        "--page-size", type=int, default=limits.page_size, metavar="BYTES", help="of a page at most"
    )
    group.add_argument("--fetch-time", type=float, default=limits.time_limit, metavar="SECONDS",
                       help="time until a page must have arrived")  # fmt: skip
    group.add_argument("--crawl-time", type=float, default=limits.whole_time, metavar="SECONDS",
                       help="time after which the crawl ends with what has come; 0: no limit")  # fmt: skip
    group.add_argument(
        "--ignore-robots", action="store_true", help="visit what robots.txt forbids: your own site only"
    )
    group.add_argument("--allow-private", action="store_true", help="visit addresses of private networks")


def speaking(arguments: argparse.Namespace, settings: Settings) -> str:
    """The language that whoever gave the arguments is spoken to in."""
    asked = getattr(arguments, "explain_in", None)
    return str(asked or (settings.language if settings.language in UI_LANGUAGES else "en"))


def read_arguments(arguments: argparse.Namespace, settings: Settings) -> tuple[tuple[str, ...], Options]:
    """The names and options that parsed arguments stand for; what they leave open is as in ``settings``.

    Raises:
        InvalidParameter: an argument can't be what it is.
    """
    if "json" in (arguments.formats or ()):
        raise InvalidParameter("Many pages are written as jsonl, not as json.", parameter="format")
    names = tuple(arguments.names)
    if arguments.list:
        try:
            names += read_list(arguments.list)
        except (OSError, UnicodeDecodeError):
            raise InvalidParameter("The list of names can't be read.", parameter="list") from None
    options = Options(
        job=Job(
            arguments.audience or settings.audience, tuple(map(_pair, arguments.audience_for)),
            arguments.language,
            speaking(arguments, settings),
            arguments.page_time,
        ),
        crawl=CrawlLimits(
            arguments.follow, tuple(arguments.allow_host), arguments.depth, arguments.pages, arguments.delay,
            arguments.page_size, arguments.fetch_time, not arguments.ignore_robots, arguments.allow_private,
            arguments.crawl_time,
        ),
        sitemaps=tuple(arguments.sitemap),
        jobs=arguments.jobs or len(os.sched_getaffinity(0)),
        scheduler=arguments.scheduler,
        output=arguments.output,
        formats=tuple(dict.fromkeys(arguments.formats or ("text",))),
        fail_under=arguments.fail_under,
        fail_on=arguments.fail_on,
        baseline=arguments.baseline,
        update_baseline=arguments.update_baseline,
        restart=arguments.restart,
        quiet=arguments.quiet,
    )  # fmt: skip
    return names, options


def is_batch(arguments: argparse.Namespace) -> bool:
    """Whether the arguments ask for more than a few letters, told one by one on the screen."""
    many = [name for name in arguments.names if is_address(name) or Path(name).is_dir() or is_pattern(name)]
    further = (
        arguments.list, arguments.sitemap, arguments.output, arguments.baseline, arguments.scheduler,
        arguments.fail_on, arguments.audience_for,
    )  # fmt: skip
    return bool(many) or any(further) or not set(arguments.formats or ()) <= LETTER_FORMATS


def _pair(told: str) -> tuple[str, str]:
    pattern, found, name = told.rpartition("=")
    if not found or not pattern or not name:
        raise InvalidParameter("Write an audience for a path as PATTERN=NAME.", parameter="audience-for")
    return pattern, name

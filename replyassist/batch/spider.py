"""The crawling process: Scrapy, with this house's limits. Started by crawl.py as a program of its own.

python -m replyassist.batch.spider FOLDER
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.dupefilters import RFPDupeFilter
from scrapy.exceptions import CloseSpider, DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import IGNORED_EXTENSIONS, LinkExtractor
from scrapy.resolver import CachingThreadedResolver
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.spiders import SitemapSpider
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding
from w3lib.url import canonicalize_url

from replyassist.batch.crawl import DONE, INDEX, Fetched, Plan, read_index
from replyassist.batch.gate import hosts_of, is_public, may_visit

LOCK = ".lock"
IGNORED = {
    "robots.txt": "robots-txt", "redirections": "redirect-loop", "DOWNLOAD_MAXSIZE": "page-too-large",
}  # fmt: skip
# What ends a crawl for good, and the limit that it means, if any; after anything else it can go on.
ENDS = {"finished": "", "page-limit": "page-limit", "closespider_timeout": "time-limit"}
USER_AGENT = "replyassist (plain-language check)"
DOCUMENTS = ("pdf", "docx", "odt")
MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/vnd.")


class NotAllowed(IgnoreRequest):
    """The address may not be visited."""


class Gate:
    """Downloader middleware that every request passes, those of redirects and robots.txt too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gate:
        """As Scrapy makes its parts."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises: NotAllowed."""
        spider = self._crawler.spider
        if not isinstance(spider, SiteSpider) or not spider.may_visit(request.url):
            raise NotAllowed


class SeenPages(RFPDupeFilter):
    """Scrapy's memory of what was asked for, which tells of redirects that lead back to where they came from.

    Any other redirect to a page that was asked for already is dropped without a word: the page has its row.
    """

    def log(self, request: Request, spider: Any) -> None:
        """Called with each request that is not made since it was made before."""
        if request.url in request.meta.get("redirect_urls", ()):
            spider.note_loop(request)


class GuardedResolver(CachingThreadedResolver):
    """Looks names up, and refuses those of private networks.

    The connection is made to the very address that was checked, so a name that means another one a moment
    later (DNS rebinding) gains nothing.
    """

    allow_private = False
    refused: ClassVar[set[str]] = set()  # names; Twisted keeps the reason of a failed look-up to itself

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """As Scrapy makes its parts."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """The IP address of a host."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not self.allow_private and not is_public(address):
            self.refused.add(name)
            raise DNSLookupError
        return address


class SiteSpider(SitemapSpider):
    """Fetches the pages of a plan and writes them into its folder."""

    name = "site"
    sitemap_rules = (("", "parse_page"),)

    def __init__(self, folder: Path, plan: Plan, **values: Any) -> None:
        super().__init__(**values)
        self._folder, self._plan, self._limits = folder, plan, plan.limits
        self._hosts = hosts_of((*plan.addresses, *plan.sitemaps), plan.limits.hosts)
        self._seen = {fetched.address for fetched in read_index(folder)}
        self._index = (folder / INDEX).open("a", encoding="utf-8")
        self._asked: set[str] = set()  # addresses in their canonical form: those that were asked for,
        self._beyond: set[str] = set()  # and those of links that lie deeper than was asked for
        self._links = LinkExtractor(deny_extensions=[e for e in IGNORED_EXTENSIONS if e not in DOCUMENTS])

    def may_visit(self, address: str) -> bool:
        """Whether the plan allows the address."""
        return may_visit(address, self._hosts, allow_private=self._limits.allow_private)

    async def start(self) -> AsyncIterator[Any]:
        """The addresses and sitemaps of the plan."""
        for address in self._plan.addresses:
            if self._is_possible(address, named=True):
                yield self._request(address, named=True)
        for address in self._plan.sitemaps:
            if self._is_possible(address, named=True):
                yield Request(address, self._parse_sitemap, errback=self.note_failure, meta={"named": True})

    def sitemap_filter(self, entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The entries of a sitemap that name an address."""
        yield from (entry for entry in entries if self._is_possible(entry.get("loc", ""), named=False))

    def parse_page(self, response: Response, **_: Any) -> Iterator[Request]:
        """Keep the page, and follow its links."""
        media_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        named = bool(response.meta.get("named"))
        self._asked.add(canonicalize_url(response.url))  # where a redirect led
        if named or not media_type or media_type.lower().startswith(MEDIA_TYPES):
            self._keep(response, media_type, named=named)
        if self._limits.follow and isinstance(response, HtmlResponse):
            links = [link.url for link in self._links.extract_links(response) if self.may_visit(link.url)]
            if 0 < self._limits.depth <= response.meta.get("depth", 0):
                self._beyond.update(map(canonicalize_url, links))
                return
            yield from (self._request(link, named=False, linked_from=response.url) for link in links)

    def note_failure(self, failure: Failure) -> None:
        """Write down why a page did not come, under the address that was asked for first."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        self._write_failure(request, reason_of(failure))

    def note_loop(self, request: Request) -> None:
        """Write down a page that leads back to itself."""
        self._write_failure(request, "redirect-loop")

    def closed(self, reason: str) -> None:
        """Say that all has come; after an interruption it hasn't."""
        self._index.close()
        if reason in ENDS:
            unseen = "depth-limit" if self._beyond - self._asked else ""
            (self._folder / DONE).write_text(ENDS[reason] or unseen, encoding="utf-8")

    def _parse_sitemap(self, response: Response) -> Iterator[Request]:
        """The sitemap's pages, or those of the sitemaps that an index names; each failure gets its line."""
        requests = list(super()._parse_sitemap(response) or ())
        if not requests:
            self._write(
                Fetched(response.url, bool(response.meta.get("named")), failure="unreadable-document")
            )
        self._asked.update(canonicalize_url(request.url) for request in requests)
        for request in requests:
            request.meta["linked_from"] = response.url
            yield request.replace(errback=self.note_failure)

    def _is_possible(self, address: str, *, named: bool) -> bool:
        """Whether an address is one that Scrapy can ask for at all; one that isn't gets its line."""
        try:
            Request(address)
        except ValueError:
            self._write(Fetched(address, named, failure="address-not-allowed"))
            return False
        return True

    def _request(self, address: str, *, named: bool, linked_from: str = "") -> Request:
        self._asked.add(canonicalize_url(address))
        meta = {"named": named, "linked_from": linked_from}
        return Request(address, self.parse_page, errback=self.note_failure, meta=meta)

    def _keep(self, response: Response, media_type: str, *, named: bool) -> None:
        if response.url in self._seen:
            return
        name = f"{len(self._seen):06d}"
        (self._folder / name).write_bytes(response.body)
        charset = http_content_type_encoding(media_type) or ""
        bare_type = media_type.partition(";")[0].strip().lower()
        linked_from = response.meta.get("linked_from", "")
        self._write(Fetched(response.url, named, name, bare_type, charset, linked_from=linked_from))

    def _write_failure(self, request: Request, reason: str) -> None:
        address = request.meta.get("redirect_urls", [request.url])[0]
        named, linked_from = bool(request.meta.get("named")), request.meta.get("linked_from", "")
        self._write(Fetched(address, named, failure=reason, linked_from=linked_from))

    def _write(self, fetched: Fetched) -> None:
        if fetched.address in self._seen:
            return
        if len(self._seen) >= self._limits.pages:
            raise CloseSpider("page-limit")
        self._seen.add(fetched.address)
        self._index.write(json.dumps(asdict(fetched), ensure_ascii=False) + "\n")
        self._index.flush()


def reason_of(failure: Failure) -> str:
    """The error code of what kept a page from coming."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"http-{error.response.status}"
    host = urlsplit(failure.request.url).hostname  # type: ignore[attr-defined]  # Scrapy puts it there
    if isinstance(error, NotAllowed) or host in GuardedResolver.refused:
        return "address-not-allowed"
    if isinstance(error, IgnoreRequest):  # Scrapy tells these apart by their texts alone
        return next((reason for text, reason in IGNORED.items() if text in str(error)), "no-answer")
    if isinstance(error, DownloadTimeoutError):
        return "time-limit-reached"
    return "page-too-large" if isinstance(error, DownloadCancelledError) else "no-answer"


def settings_of(plan: Plan, folder: Path) -> dict[str, Any]:
    """Scrapy's settings for a plan."""
    limits = plan.limits
    return {
        "USER_AGENT": USER_AGENT,
        "ROBOTSTXT_OBEY": limits.obey_robots,
        "DOWNLOAD_DELAY": limits.delay,
        "AUTOTHROTTLE_ENABLED": limits.delay > 0,
        "AUTOTHROTTLE_START_DELAY": limits.delay,
        "DEPTH_LIMIT": limits.depth,
        "URLLENGTH_LIMIT": 0,  # which leaves a page out without a word
        "CLOSESPIDER_TIMEOUT": limits.whole_time,
        "DOWNLOAD_MAXSIZE": limits.page_size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.time_limit,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        "ALLOW_PRIVATE": limits.allow_private,
        # Behind a proxy it is not this process that looks names up, so nothing could be guarded.
        "HTTPPROXY_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {Gate: 50},
        "DUPEFILTER_CLASS": SeenPages,
        # What came before a stop is taken from here: the crawl goes the same way and asks nothing twice.
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_DIR": str(folder.resolve() / "cache"),
        "HTTPCACHE_IGNORE_HTTP_CODES": list(range(400, 600)),
        "COOKIES_ENABLED": False,
        # No door into the crawl from outside.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
    }


def main() -> None:
    """Crawl by the plan in the folder that the first argument names, once no other process does."""
    folder = Path(sys.argv[1])
    with (folder / LOCK).open("w") as lock:
        # A crawler whose run was killed goes on by itself: it is waited for, and asks nothing twice.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / DONE).exists():
            crawl(folder)


def crawl(folder: Path) -> None:
    """Crawl by the plan in ``folder`` to the end, to a signal, or to the end of the run that started it."""
    plan = Plan.read(folder)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    process = CrawlerProcess(settings_of(plan, folder))
    process.crawl(SiteSpider, folder=folder, plan=plan)
    process.start()


def _leave_with_parent() -> None:
    """Stop when the other end of standard input is closed, as it is when the run is killed."""
    os.read(sys.stdin.fileno(), 1)  # past Python's buffer, whose lock would be held when the process ends
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()

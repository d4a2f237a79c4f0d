"""A real browser before a real server with the real house."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 60_000  # ms: a machine with two cores may be busy

Opening = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt install chromium); .ci/run installs it")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def opened(browser: Browser, address: str, locale: str) -> Iterator[Page]:
    """The page; at the end nothing may have gone wrong in it, or gone to another host."""
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((address, "data:")) else troubles.append(r.url))
    page.goto(address)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def page(browser: Browser, live: str) -> Iterator[Page]:
    """The page in bokmål."""
    with opened(browser, live, "nb-NO") as page:
        yield page


@pytest.fixture
def open_page(browser: Browser, live: str) -> Iterator[Opening]:
    """Opens a page in another language, or of another server."""
    with ExitStack() as pages:
        yield lambda locale, address=live: pages.enter_context(opened(browser, address, locale))

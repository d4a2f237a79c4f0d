"""The report before a real browser: accessible in light and dark, whole on a small screen, asking nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from replyassist.batch.journal import Past
from replyassist.batch.overview import Overview
from replyassist.batch.reports import open_report

from .test_reports import FINDING, HISTORY, OPTIONS, ROWS

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
PATIENCE = 60_000  # ms: a machine with two cores may be busy


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt install chromium); .ci/run installs it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every part that one can have, and addresses as long as the web has them."""
    path, overview = tmp_path_factory.mktemp("report") / "report.html", Overview()
    fault = replace(FINDING, rule="page.lang-wrong", kind="page-language")
    repeated = replace(FINDING, passage="ab", repeated=True)
    explained = replace(FINDING, rule="nb.term.klage", excerpt="klage", replacement="")
    rows = [
        *ROWS,
        *(
            replace(
                ROWS[0], address=f"https://kommune.example/{'undermappe/' * 12}{number}.html",
                score=float(number), findings=(FINDING, fault, explained, repeated),
            )
            for number in range(30)
        ),
    ]  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        made = open_report("html", file, OPTIONS, own=False)
        for row in rows:
            overview.add(row)
            made.add(row)
        overview.cut = "page-limit"
        second = Past("2026-02-05T08:00:00+00:00", 2, 0, 9, 53.0, {"brev": 47.0})
        made.finish(overview, (*HISTORY, second))
    return path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_the_report_is_accessible(browser: Browser, report: Path, scheme: str, width: int) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.locator("section").count() == 13  # each kind of part
    # Under its content security policy the page runs no script of its own; axe comes in through the browser.
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_report_is_printed_on_white_and_within_the_page(browser: Browser, report: Path) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 703, "height": 1032})  # A4 in its margins
    page.set_default_timeout(PATIENCE)
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    colours = "(style => [style.backgroundColor, style.color])(getComputedStyle(document.body))"
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(20, 33, 43)"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert not page.locator("details").first.is_visible()  # what is folded away is left on the screen
    page.close()

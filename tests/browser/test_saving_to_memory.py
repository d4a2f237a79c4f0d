"""A reviewer saves what a sentence should be, and the next letter has it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app

LETTER = "Hej!\n\nDu kan överklaga beslutet till kommunen.\n\nHandläggare Kari Nordmann svarar dig snart.\n"
RIGHT = "You can appeal against this decision to us."
SENTENCE = ".segment:has-text('överklaga')"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture
def remembering(assistant: ReplyAssistant, tmp_path: Path) -> Iterator[str]:
    """The address of a server that keeps reviewed sentences."""
    database = f"sqlite:///{tmp_path / 'state.sqlite'}"
    settings = replace(assistant.settings, database=database, memory=True)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def translate(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.fill("#draft", LETTER)
    page.select_option("[name=target]", "en")
    page.click("[data-do=translate]")
    page.locator(SENTENCE).wait_for()
    page.locator(".score").wait_for()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)  # what is being read is pale


@pytest.mark.parametrize("viewport", [None, TELEPHONE], ids=["desk", "telephone"])
def test_a_sentence_is_put_right_and_used_from_then_on(
    open_page: Callable[..., Page], remembering: str, viewport: dict[str, int] | None
) -> None:
    page = open_page("sv-SE", remembering)
    if viewport:
        page.set_viewport_size(viewport)
    translate(page)
    page.click(f"{SENTENCE} [data-do=remember]")
    area = page.locator(f"{SENTENCE} textarea")
    expect(area).to_be_focused()
    assert area.input_value() == page.inner_text(f"{SENTENCE} .target")
    assert "inte vem du är" in page.inner_text(f"{SENTENCE} .remembering")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    area.fill(RIGHT)
    page.click(f"{SENTENCE} [data-do=save-sentence]")
    expect(page.locator("#status")).to_have_text("Sparad i översättningsminnet")
    expect(page.locator(f"{SENTENCE} .target")).to_have_text(RIGHT)
    expect(page.locator(f"{SENTENCE} [data-do=tick]")).to_be_checked()
    with page.expect_download() as saved:
        page.click("button[formaction='/side-by-side'][value=html]")
    assert RIGHT in saved.value.path().read_text(encoding="utf-8")
    page.click("[data-do=translate]")
    expect(page.locator(SENTENCE)).to_contain_text("Från översättningsminnet")
    expect(page.locator(f"{SENTENCE} .target")).to_have_text(RIGHT)


def test_a_sentence_with_a_name_is_refused_and_says_so(
    open_page: Callable[..., Page], remembering: str
) -> None:
    page = open_page("sv-SE", remembering)
    translate(page)
    sentence = ".segment:has-text('Handläggare')"
    page.click(f"{sentence} [data-do=remember]")
    page.click(f"{sentence} [data-do=save-sentence]")
    expect(page.locator(f"{sentence} .outcome")).to_have_text(re.compile(r"Inte sparad\. .*\(Namn\)"))
    page.click(f"{sentence} .remembering [data-do=remember]")
    expect(page.locator(".remembering")).to_have_count(0)
    expect(page.locator(f"{sentence} [data-do=remember]")).to_be_focused()

"""Communications staff start a check, watch it and stop it; the report itself is tested in tests/service."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Opening
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def staffed(assistant: ReplyAssistant) -> Iterator[str]:
    """A server whose operator lets one host be checked: its own, which has no such page."""
    server = make_server("127.0.0.1", 0, None, threaded=True)
    host = f"127.0.0.1:{server.server_port}"
    settings = replace(assistant.settings, check_hosts=(host,), check_private=True)
    server.app = create_app(settings, replace(assistant, settings=settings))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{host}"
    server.shutdown()


def violations(page: Page) -> list[str]:
    run = {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": run}).response["violations"]
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]


def test_a_check_is_started_watched_and_stopped(open_page: Opening, staffed: str) -> None:
    page = open_page("da-DK", staffed)
    page.get_by_role("link", name="Tjek hjemmesider").click()
    assert violations(page) == []
    page.fill("#addresses", "https://elsewhere.example/")
    page.click("button.main")
    expect(page.locator(".problem")).to_contain_text("Denne adresse kan du ikke tjekke herfra.")
    assert page.input_value("#addresses") == "https://elsewhere.example/"
    page.fill("#addresses", f"{staffed}/borte")
    page.click("button.main")
    expect(page.locator("[data-state=running]")).to_have_text("Vi læser siderne")
    assert violations(page) == []
    with page.expect_response("**?part=progress") as told:
        pass
    assert told.value.ok
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    watched = page.url
    page.click("#check button")
    expect(page.locator("#addresses")).to_be_visible()
    page.goto(watched)
    expect(page.locator("h1")).to_have_text("Det gik ikke.")

"""The whole job in a real browser: a letter of refusal made plainer, a message read, the reply translated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

LETTER = (Path(__file__).parents[1] / "letters/nb/refused-dispensation/today.txt").read_text(encoding="utf-8")
MESSAGE = "Hello! When will I get an answer about my boathouse? I have waited since March."
OPEN_BUBBLE = """() => {
  const area = document.getElementById("draft");
  area.focus();
  area.setSelectionRange(area.value.indexOf("foreligger"), area.value.indexOf("foreligger"));
  area.click();
}"""
CONTRAST = "color-contrast"  # all that can differ in the dark
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def write(page: Page, text: str = LETTER) -> None:
    """Paste a draft, and wait until it is read."""
    page.fill("#draft", text)
    page.locator(".finding").first.wait_for()


def settled(page: Page) -> None:
    """Wait until no part of the page waits for the server."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def finding(page: Page, words: str) -> str:
    """The selector of the finding about those words, unfolded."""
    page.evaluate("document.querySelectorAll('details.rest').forEach(d => d.open = true)")
    return f".finding:has(q:text-is('{words}')) >> nth=0"


def marked(page: Page) -> list[str]:
    return page.locator(".marks mark").all_text_contents()


def test_a_letter_is_made_plainer_by_keyboard(page: Page) -> None:
    write(page)
    assert "i henhold til" in marked(page)
    score = int(page.inner_text(".score-number"))
    page.focus(finding(page, "i henhold til"))
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_have_value(re.compile("gebyr på 17 400 kroner etter gjeldende"))
    settled(page)
    assert "i henhold til" not in marked(page)
    page.focus(finding(page, "underretning"))
    page.keyboard.press("Delete")
    settled(page)
    assert "underretning" not in marked(page)
    assert "underretning" in page.input_value("#draft")
    page.keyboard.press("Control+z")
    settled(page)
    assert "underretning" in marked(page)
    page.keyboard.press("Control+z")
    settled(page)
    assert page.input_value("#draft") == LETTER
    assert int(page.inner_text(".score-number")) == score
    page.click("[data-do=accept-safe]")
    expect(page.locator("#draft")).not_to_have_value(LETTER)
    settled(page)
    assert int(page.inner_text(".score-number")) > score
    assert page.locator(".plot .before").count() > 0


def test_underlines_lie_under_their_words(page: Page) -> None:
    """The layer and the textarea break lines alike: else a line would stand under the wrong word."""
    write(page, "😀 Hei!\n\n" + LETTER)
    layer, area = page.locator(".marks").bounding_box(), page.locator("#draft").bounding_box()
    assert layer == area
    assert page.evaluate(
        "document.querySelector('#draft').scrollHeight <= document.querySelector('#draft').clientHeight + 1"
    )
    page.locator("#draft").press("Control+End")
    page.keyboard.type("\nHei igjen, vi viser til ovennevnte.")
    expect(page.locator(".marks")).to_contain_text("ovennevnte")
    settled(page)
    text = page.input_value("#draft")
    assert page.locator(".marks").text_content() == text + "\u200b"
    assert len(set(marked(page))) > 5


def test_the_reply_is_translated_and_must_be_read(page: Page) -> None:
    write(page)
    page.click("#message-card > summary")
    page.fill("#message", MESSAGE)
    expect(page.locator("#message-answer .found strong")).to_have_text("engelsk")
    expect(page.locator("#message-answer .translated")).not_to_be_empty()
    page.click("[data-do=translate]")
    page.locator(".segment").first.wait_for()
    badge = page.locator("#translation-answer .badge")
    label = badge.inner_text()
    page.click("[data-do=copy-translation]")
    expect(page.locator("#status")).to_have_class(re.compile("shown"))
    assert label in page.evaluate("navigator.clipboard.readText()")
    page.click("[data-do=tick-all]")
    expect(badge).to_have_class(re.compile("reviewed"))
    page.click("[data-do=copy-translation]")
    page.wait_for_timeout(200)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert label not in copied
    assert "<" not in copied
    page.click("[data-do=translate-back]")
    expect(page.locator(".segment .back").first).to_be_visible()
    settled(page)
    backs = page.locator(".segment .back .words").all_text_contents()
    assert len(backs) == page.locator(".segment").count()
    assert all(backs)
    expect(badge).to_have_class(re.compile("reviewed"))  # what was ticked off stays so
    page.locator("[data-do=tick]").first.uncheck()
    expect(badge).to_have_text(label)
    with page.expect_download() as saved:
        page.click("button[formaction='/side-by-side'][value=html]")
    html = saved.value.path().read_text(encoding="utf-8")
    assert label in html
    assert LETTER.splitlines()[0] in html
    page.click(".whole-file > summary")
    page.select_option("[name=target]", "en")
    page.set_input_files(
        "[name=document]", {"name": "brev.txt", "mimeType": "text/plain", "buffer": LETTER.encode()}
    )
    page.click("button[formaction='/translated-document']")
    with page.expect_download() as saved:
        page.click("#document-answer a[download]")
    assert saved.value.suggested_filename == "brev_en.txt"
    assert page.locator("#document-answer .check").count() > 0
    assert saved.value.path().read_text(encoding="utf-8").count("\n") == LETTER.count("\n")
    assert page.input_value("#draft") == LETTER


def test_a_draft_survives_a_reload_until_it_is_cleared(page: Page) -> None:
    write(page)
    settled(page)
    page.reload()
    page.locator(".finding").first.wait_for()
    assert page.input_value("#draft") == LETTER
    settled(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-do=clear]")
    page.locator(".welcome").wait_for()
    settled(page)
    assert page.input_value("#draft") == ""
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_a_lost_server_is_said_and_nothing_is_lost(page: Page) -> None:
    page.route("**/*", lambda route: route.abort())
    page.fill("#draft", LETTER)
    expect(page.locator("#connection")).to_contain_text("Tjeneren svarer ikke")
    assert page.input_value("#draft") == LETTER
    page.unroute("**/*")
    page.locator(".finding").first.wait_for()
    expect(page.locator("#connection")).to_contain_text("Tjeneren svarer igjen")


@pytest.fixture
def scriptless(browser: Browser, live: str) -> Iterator[Page]:
    """The page without script, with a draft in it."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(live)
    page.fill("#draft", LETTER)
    yield page
    context.close()


def test_the_form_works_without_script(scriptless: Page) -> None:
    page = scriptless
    page.click("noscript button, button.main >> nth=0")
    assert page.locator(".finding").count() > 5
    assert page.input_value("#draft") == LETTER
    page.locator("button.accept[name=accept]").first.click()
    assert page.input_value("#draft") != LETTER


def test_another_language_keeps_what_was_typed_without_script(scriptless: Page, live: str) -> None:
    page = scriptless
    assert not page.locator(".speak a").first.is_visible()
    page.click(".speak button[lang=da]")
    assert page.locator("html").get_attribute("lang") == "da"
    assert page.input_value("#draft") == LETTER
    page.goto(live)
    assert page.locator("html").get_attribute("lang") == "da"


def violations(page: Page, only: str = "") -> list[str]:
    """What axe finds against WCAG 2.2 AA, or against one of its rules."""
    run = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": run}).response["violations"]
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]


def test_the_page_is_accessible_in_light_and_dark(page: Page) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert violations(page) == []
    write(page)
    page.click("#message-card > summary")
    page.fill("#message", MESSAGE)
    page.locator("#message-answer .translated").wait_for()
    page.click("[data-do=translate]")
    page.locator(".segment").first.wait_for()
    settled(page)
    page.evaluate(OPEN_BUBBLE)
    page.locator("#bubble").wait_for()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, CONTRAST) == []


@pytest.mark.parametrize("path", ["site/", "docs", "nothing-here"])
def test_every_other_page_is_accessible(page: Page, live: str, path: str) -> None:
    page.goto(f"{live}/{path}")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    still = "e => getComputedStyle(e).transitionDuration === '0s'"
    moving = f"[...document.querySelectorAll('*')].filter(e => !({still})(e)).length"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


def test_small_screens_never_scroll_sideways(page: Page) -> None:
    write(page)
    for width, height in ((640, 450), (320, 640)):  # 1280 at 200 %, and a small telephone
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(OPEN_BUBBLE)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    score = page.locator(".score-number").inner_text()
    expect(page.locator("#glance")).to_contain_text(f"Nå {score} av 100")
    page.click("#glance")
    expect(page.locator("#score-title")).to_be_in_viewport()
    assert violations(page) == []


def test_a_message_is_read_in_the_language_of_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page("sv-SE")
    page.click("#message-card > summary")
    page.fill("#message", MESSAGE)
    expect(page.locator("#message-answer .translated")).to_have_attribute("lang", "sv")

"""Hands that are faster than the server, and keys pressed where nobody thought of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

LETTER = "Hei!\n\nI henhold til loven foreligger det ikke grunnlag. Vedtaket kan påklages innen tre uker.\n"
CHANGE = """(suggestion) => {
  document.querySelectorAll("details.rest").forEach((part) => (part.open = true));
  for (const card of document.querySelectorAll(".finding")) {
    if (card.querySelector("q")?.textContent === suggestion) card.querySelector(".accept").click();
  }
}"""


def write(page: Page, text: str = LETTER) -> None:
    """Paste a draft, and wait until it is read."""
    page.fill("#draft", text)
    page.locator(".finding").first.wait_for()
    settled(page)


def settled(page: Page) -> None:
    """Wait until no part of the page waits for the server."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_suggestions_accepted_before_the_answer_change_their_own_words(page: Page) -> None:
    write(page)
    page.route("**/*", lambda route: route.abort())
    page.locator("#draft").press("Control+Home")
    page.keyboard.type("Til deg. ")
    page.evaluate(CHANGE, "I henhold til")
    page.evaluate(CHANGE, "foreligger")
    text = page.input_value("#draft")
    assert re.fullmatch(r"Til deg\. Hei!\n\nEtter loven \w+ det ikke grunnlag\. Vedtaket kan .*\n", text)
    page.locator("#draft").press("Control+Home")
    page.fill("#draft", text.replace("påklages", "på-klages"))
    changed = page.input_value("#draft")
    page.evaluate(CHANGE, "påklages")  # words that are no longer there
    assert page.input_value("#draft") == changed


def test_a_draft_that_changes_while_it_is_translated_outdates_the_translation(page: Page) -> None:
    write(page)
    page.select_option("[name=target]", "en")
    page.click("[data-do=translate]")
    page.locator("#draft").press("Control+End")
    page.keyboard.type("Ring oss gjerne.")
    page.locator(".segment").first.wait_for()
    expect(page.locator("#outdated")).to_be_visible()

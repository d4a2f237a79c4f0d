"""The desk tells what a caseworker does with suggestions, and everybody can read the page of insights."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LETTER = (
    "Hei!\n\nI henhold til vedtaket avslås søknaden din om plass i barnehagen.\n\nMed vennlig hilsen\nKari"
)


def insights(page: Page, live: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(f"{live}/api/v1/insights").json()
    return answer


def judged(told: dict[str, Any]) -> tuple[int, int, int]:
    """How many suggestions were accepted and rejected, and how many letters are done."""
    rules, letters = told["rules"], told["letters"]
    return (
        sum(rule["accepted"] for rule in rules),
        sum(rule["rejected"] for rule in rules),
        sum(letter["done"] for letter in letters),
    )


def test_what_is_done_at_the_desk_is_counted_and_shown(page: Page, live: str) -> None:
    accepted, rejected, done = judged(insights(page, live))
    page.fill("#draft", LETTER)
    page.locator(".finding .accept").first.wait_for()
    with page.expect_response("**/feedback") as told:
        page.locator(".finding .accept").first.click()
    assert told.value.status == 204
    page.locator("#draft-answer:not([aria-busy])").wait_for()
    with page.expect_response("**/feedback"):
        page.locator(".finding:visible [data-do=reject]").first.click()
    page.locator("#draft-answer:not([aria-busy])").wait_for()
    with page.expect_response("**/feedback") as told, page.expect_response("**/desk/plan") as plan:
        page.click("[data-do=accept-safe]")
    assert told.value.status == 204
    safe = len(plan.value.json()["rules"])
    assert safe > 0
    page.locator("#draft-answer:not([aria-busy])").wait_for()
    with page.expect_response("**/feedback") as told:
        page.click("[data-do=copy-draft]")
    assert "Kari" not in (told.value.request.post_data or "")
    page.click("[data-do=copy-draft]")  # the same letter is counted once
    assert judged(insights(page, live)) == (accepted + 1 + safe, rejected + 1, done + 1)
    page.goto(f"{live}/insights")
    assert page.locator("tbody tr").count() >= 3
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_message_that_no_translation_reaches_is_counted_when_the_cursor_leaves_it(
    page: Page, live: str
) -> None:
    def told() -> tuple[int, int]:
        answer = insights(page, live)
        messages = {each["language"]: each["times"] for each in answer["messages"]}
        missing = {(pair["source"], pair["target"]): pair["times"] for pair in answer["refused"]}
        return messages.get("so", 0), missing.get(("so", "nb"), 0)

    messages, missing = told()
    page.locator("#message-card").evaluate("card => card.open = true")
    page.fill("#message", "Waxaan rabaa inaan codsado kaalmo lacageed, fadlan ii sheeg waxa aan sameynayo.")
    page.locator("#message-answer [data-language=so]").wait_for()
    with page.expect_response("**/feedback") as response:
        page.click("#draft")
    assert "Waxaan" not in (response.value.request.post_data or "")
    page.click("#message")
    page.click("#draft")  # the same message is counted once
    assert told() == (messages + 1, missing + 1)
    page.goto(f"{live}/insights?ui=nb")
    assert page.locator("#refused-title").count() == 1
    assert "somali" in page.locator("section", has=page.locator("#refused-title")).inner_text()

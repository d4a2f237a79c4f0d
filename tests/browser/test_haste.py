"""Hands that are faster than the server, and keys pressed where nobody thought of them."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_enter_on_a_tick_presses_no_button(page: Page) -> None:
    write(page)
    page.select_option("[name=target]", "en")
    page.click("[data-do=translate]")
    page.locator("[data-do=tick]").first.press("Enter")
    settled(page)
    assert page.input_value("#draft") == LETTER


def test_what_was_accepted_by_key_is_undone_by_key(page: Page) -> None:
    write(page)
    page.locator("[data-do=accept-safe]").press("Enter")
    expect(page.locator("#draft")).not_to_have_value(LETTER)
    settled(page)
    assert page.evaluate("document.activeElement.matches('.finding, #draft')")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_have_value(LETTER)


def test_a_click_on_what_was_just_locked_opens_nothing(page: Page) -> None:
    write(page)
    page.route("**/*", lambda route: route.abort())
    page.locator("#draft").press("Control+a")
    page.click("[data-do=lock]")
    page.evaluate("""() => {
      const area = document.getElementById("draft");
      area.setSelectionRange(area.value.indexOf("henhold"), area.value.indexOf("henhold"));
      area.click();
    }""")
    expect(page.locator("#bubble")).to_be_hidden()


def test_other_readers_are_not_compared_with(page: Page) -> None:
    letter = Path(__file__).parents[1] / "letters/nb/refused-dispensation/today.txt"
    write(page, letter.read_text(encoding="utf-8"))
    layperson = page.input_value("[name=before]")
    page.select_option("[name=audience]", "contractor")
    expect(page.locator(".score")).to_have_attribute("data-audience", "contractor")
    assert page.input_value("[name=before]") != layperson
    contractor = page.input_value("[name=before]")
    page.select_option("[name=language]", "nb")  # as was found
    settled(page)
    page.locator("[data-do=accept-safe]").click()
    expect(page.locator(".score .plot .before")).to_have_count(1)
    assert page.input_value("[name=before]") == contractor


def test_clearing_the_desk_clears_a_translated_file(page: Page) -> None:
    page.click(".whole-file > summary")
    page.select_option("[name=target]", "en")
    page.set_input_files(
        "[name=document]", {"name": "brev.txt", "mimeType": "text/plain", "buffer": LETTER.encode()}
    )
    page.click("button[formaction='/translated-document']")
    page.locator("#document-answer a[download]").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-do=clear]")
    expect(page.locator("#document-answer")).to_be_empty()
    assert page.input_value("[name=document]") == ""


def test_what_was_read_stays_read_when_a_file_can_not_be_saved(page: Page) -> None:
    write(page)
    page.select_option("[name=target]", "en")
    page.click("[data-do=translate]")
    page.click("[data-do=tick-all]")
    page.route("**/side-by-side", lambda route: route.abort())
    page.click("button[formaction='/side-by-side'][value=docx]")
    expect(page.locator("#connection")).to_be_visible()
    page.unroute("**/side-by-side")
    page.context.clear_cookies()  # the server has forgotten who we are
    with page.expect_download() as saved:
        page.click("button[formaction='/side-by-side'][value=docx]")
    assert saved.value.suggested_filename == "Svar på to språk.docx"
    assert page.locator("[data-do=tick]:checked").count() == page.locator("[data-do=tick]").count()


def test_a_letter_is_copied_where_pages_get_no_clipboard(page: Page) -> None:
    write(page)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    page.click("[data-do=copy-draft]")
    expect(page.locator("#status")).to_have_text("Kopiert")
    page.evaluate("delete navigator.clipboard")
    assert page.evaluate("navigator.clipboard.readText()") == LETTER


def test_a_character_that_nobody_sees_stops_nothing(page: Page) -> None:
    write(page, "Hei\0 du.\n\nI henhold til loven.")
    assert "I henhold til" in page.locator(".marks mark").all_text_contents()


def test_a_word_without_end_stays_within_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    write(page, f"{LETTER}\nSe https://www.example.no/{'a' * 150} og {'eiendomsskatte' * 10}kontoret.\n")
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == 360

"""The whole job of three caseworkers: a refusal in bokmål, a Swedish letter as a file, a reply in Arabic."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from arabic import pack_arabic
from conftest import Opening
from docx import Document
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.config import data_folder
from replyassist.service import create_app
from replyassist.translation import Translator

LETTERS = Path(__file__).parents[1] / "letters"
BOKMAAL = (LETTERS / "nb/refused-dispensation/today.txt").read_text(encoding="utf-8")
SWEDISH = (LETTERS / "sv/home-care/today.txt").read_text(encoding="utf-8")
SOMALI = "Waan lumiyay shaqadaydii, mana haysto lacag aan ku bixiyo kirada. Goorma ayaan jawaab heli doonaa?"
ARABIC = "السلام عليكم، متى سأحصل على رد بشأن طلبي؟ أرسلته في شهر مارس. أرجو إرسال الجواب بالبريد."
# Puts a file where a person would drop it.
DROP = """([selector, name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector(selector).dispatchEvent(event);
  }
}"""
CLICK_WORD = """(word) => {
  const area = document.getElementById("draft");
  area.focus();
  area.setSelectionRange(area.value.indexOf(word) + 1, area.value.indexOf(word) + 1);
  area.click();
}"""

SELECT = """([from, to]) => {
  const area = document.getElementById("draft");
  area.setSelectionRange(area.value.indexOf(from), area.value.indexOf(to));
}"""


def settled(page: Page) -> None:
    """Wait until no part of the page waits for the server."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def docx(text: str) -> list[int]:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return list(file.getvalue())


def test_a_refusal_in_bokmaal_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_be_focused()
    page.keyboard.insert_text(BOKMAAL)
    page.locator(".finding").first.wait_for()
    settled(page)
    expect(page.locator("[name=language] option").first).to_have_text("norsk bokmål (funnet)")
    page.evaluate("document.getElementById('draft').setSelectionRange(0, 0)")
    page.keyboard.press("F8")  # to the card of the first finding, wherever it lies
    card = page.locator(".finding:focus")
    words = card.locator("q").inner_text()
    assert BOKMAAL.index(words) < BOKMAAL.index("Det vises til")
    page.keyboard.press("Escape")
    expect(page.locator("#draft")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == words
    page.keyboard.press("F8")
    first = int(card.get_attribute("data-start") or 0)
    page.keyboard.press("F8")  # on to the next one in the text
    assert int(card.get_attribute("data-start") or 0) > first
    page.evaluate("document.getElementById('draft').focus()")
    page.keyboard.press("F8")
    page.keyboard.press("Delete")
    settled(page)
    expect(page.locator(".finding:focus")).to_have_count(1)  # on to the next card
    assert page.input_value("#draft") == BOKMAAL
    page.keyboard.press("Control+z")
    settled(page)
    page.keyboard.press("Control+Shift+z")
    settled(page)
    assert words in page.input_value("[name=rejected]")
    page.focus("[data-do=accept-safe]")
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).not_to_have_value(BOKMAAL)
    settled(page)
    plainer = page.input_value("#draft")
    expect(page.locator("#status")).to_contain_text(page.inner_text(".score-number"))
    page.focus("[data-do=copy-draft]")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == plainer


def test_a_swedish_letter_from_a_file_with_a_part_that_must_stay(open_page: Opening) -> None:
    page = open_page("sv-SE")
    page.evaluate(DROP, ["#draft", "beslut.docx", docx(SWEDISH)])
    expect(page.locator("[name=language] option").first).to_have_text("svenska (automatiskt)")
    settled(page)
    text = page.input_value("#draft")
    assert "Ansökan om hemtjänst inkom" in text
    page.evaluate(CLICK_WORD, "föreligga")
    bubble = page.locator("#bubble")
    expect(bubble).to_contain_text("föreligga")
    assert bubble.bounding_box()["x"] >= page.locator("#draft").bounding_box()["x"]  # type: ignore[index]
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    page.evaluate(SELECT, ["Avgift debiteras", "Avgiften"])
    page.click("[data-do=lock]")
    settled(page)
    start, end = page.evaluate("JSON.parse(document.querySelector('[name=locked]').value)[0]")
    locked = text[start:end]
    assert locked.startswith("Avgift debiteras")
    page.evaluate(CLICK_WORD, "föreligga")
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/")):
        bubble.locator(".accept").first.click()
    settled(page)
    assert "föreligga" not in page.input_value("#draft")
    page.click("[data-do=accept-safe]")
    settled(page)
    assert locked in page.input_value("#draft")
    expect(page.locator(".marks .lock")).to_have_text(locked)
    page.select_option("[name=audience]", "contractor")
    expect(page.locator(".score .found")).to_contain_text("fackfolk")
    page.evaluate(
        DROP, ["#message", "meddelande.txt", list("Hej! När får jag besked om min ansökan?".encode())]
    )
    page.evaluate("document.getElementById('message-card').open = true")
    expect(page.locator(".asked li")).to_contain_text("När får jag besked om min ansökan?")


@pytest.fixture(scope="module")
def with_arabic(assistant: ReplyAssistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that has a package for Arabic."""
    settings = pack_arabic(tmp_path_factory.mktemp("arabic"))
    translator = Translator.load(settings, data_folder("models") / "translation")
    house = replace(assistant, settings=settings, translator=translator)
    server = make_server("127.0.0.1", 0, create_app(settings, house), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_reply_in_arabic_is_read_before_it_loses_its_label(open_page: Opening, with_arabic: str) -> None:
    page = open_page("nb-NO", with_arabic)
    page.click("#message-card > summary")
    page.fill("#message", ARABIC)
    expect(page.locator("#message-answer .found strong")).to_have_text("arabisk")
    asked = page.locator(".asked li")
    expect(asked).to_have_count(2)
    assert asked.first.locator("p[lang=ar]").evaluate("p => getComputedStyle(p).direction") == "rtl"
    expect(page.locator("#message-answer .interpreter blockquote")).to_have_attribute("dir", "rtl")
    page.fill("#draft", BOKMAAL)
    page.locator(".finding").first.wait_for()
    page.click("[data-do=translate]")
    target = page.locator(".segment .target")
    expect(target.nth(5)).to_contain_text(re.compile("[ء-ي]"))
    assert target.nth(5).evaluate("p => getComputedStyle(p).direction") == "rtl"
    assert target.nth(5).evaluate("p => getComputedStyle(p).textAlign") in ("start", "right")
    badge = page.locator("#translation-answer .badge")
    expect(badge).to_have_attribute("lang", "ar")
    label = badge.inner_text()
    doubtful = page.locator(".segment.doubtful")
    assert 0 < doubtful.count() < page.locator(".segment").count()
    expect(doubtful.first.locator(".check").first).to_be_visible()
    page.check("[data-do=only-doubtful]")
    expect(page.locator(".segment.passed").first).to_be_hidden()
    page.uncheck("[data-do=only-doubtful]")
    page.locator("[data-do=tick]").first.check()
    expect(page.locator("#progress")).to_have_text(re.compile(r"^1 av \d+ er lest$"))
    expect(badge).to_have_text(label)
    page.check("[name=reviewed]")
    expect(badge).to_have_text("Maskinoversatt og lest av et menneske")
    page.emulate_media(media="print")
    expect(page.locator(".segments")).to_be_visible()
    for screen_only in (".masthead", "#draft", ".tick-off >> nth=0", ".translation .acts"):
        expect(page.locator(screen_only)).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("#draft").press("End")
    page.keyboard.type("!")
    expect(page.locator("#outdated")).to_contain_text("Oversett det på nytt")


def answer_to(page: Page, message: str, language: str) -> Locator:
    """What the page says when the reply to a message is to be translated into its language."""
    page.fill("#draft", BOKMAAL)
    page.click("#message-card > summary")
    page.fill("#message", message)
    expect(page.locator("#message-answer .found strong")).to_have_text(language)
    page.click("[data-do=translate]")
    return page.locator("#translation-answer")


def test_a_reply_in_arabic_is_told_to_be_rough_to_both(page: Page) -> None:
    answer = answer_to(page, ARABIC, "arabisk")
    expect(answer.locator(".notice").last).to_contain_text("Ikke send den som den er. Bruk tolk.")
    expect(page.locator("#message-answer .notice").last).to_contain_text("i tvil om hva innbyggeren mener?")
    expect(answer.locator(".badge")).to_have_attribute("lang", "ar")
    expect(answer.locator(".badge")).to_contain_text("تقريبية")


def test_where_somali_cannot_be_had_it_is_said_with_words_to_send(page: Page) -> None:
    answer = answer_to(page, SOMALI, "somali")
    expect(answer.locator(".problem")).to_contain_text("Her finnes ingen oversettelse mellom disse språkene.")
    expect(answer.locator(".interpreter")).to_contain_text("Dette kan du sende på somali:")
    expect(answer.locator("blockquote")).to_contain_text("turjumaan")
    expect(page.locator(".segment")).to_have_count(0)


def test_a_file_that_is_pasted_takes_the_place_of_the_draft(page: Page, live: str) -> None:
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "brev.txt", { type: "text/plain" }));
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.getElementById("draft").dispatchEvent(event);
        }""",
        "Vi svarar dig i morgon om bygglovet.\n",
    )
    expect(page.locator("#draft")).to_have_value(re.compile("om bygglovet"))

"""The pictures of the README, taken anew by ``make screenshots`` from a real server."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from conftest import ARGUMENTS
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.service import create_app

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/screenshots"
LARGEST = 150_000  # bytes of a picture
LETTERS = ROOT / "tests/letters"
ENGLISH = "Hello! When will I get an answer about my boathouse? I have waited since March. Please call me."
ARABIC = "السلام عليكم، متى سأحصل على رد بشأن طلبي؟ أرسلته في شهر مارس. أرجو إرسال الجواب بالبريد."


def write(page: Page, letter: str) -> None:
    """Paste a letter of the corpus, and wait until it is read."""
    page.fill("#draft", (LETTERS / letter / "today.txt").read_text(encoding="utf-8"))
    page.locator(".finding").first.wait_for()
    page.evaluate("document.activeElement.blur()")


def receive(page: Page, message: str) -> None:
    """Paste a citizen's message, and wait until it is read."""
    page.evaluate("document.getElementById('message-card').open = true")
    page.fill("#message", message)
    page.locator(".asked").wait_for()


def take_letter(page: Page) -> None:
    """A refusal in bokmål after the safe changes, with the card at a word."""
    write(page, "nb/refused-dispensation")
    page.click("[data-do=accept-safe]")
    page.locator(".plot .before").first.wait_for()
    page.evaluate(
        """() => {
          const area = document.getElementById("draft");
          const place = area.value.indexOf("dispenseres") + 2;
          area.focus();
          area.setSelectionRange(place, place);
          area.click();
          area.blur();
          document.getElementById("bubble").scrollIntoView({ block: "center" });
        }"""
    )
    page.wait_for_timeout(3500)  # until the status is gone


def take_translation(page: Page) -> None:
    """A message in English, what it asks for, and the reply beside its translation."""
    receive(page, ENGLISH)
    page.fill("#draft", (LETTERS / "nb/refused-dispensation/plain.txt").read_text(encoding="utf-8"))
    page.locator(".finding, .good").first.wait_for()
    page.click("[data-do=translate]")
    page.locator(".segment").first.wait_for()
    page.evaluate("document.querySelector('.translation-card').scrollIntoView()")


def take_swedish(page: Page) -> None:
    """A Swedish letter in the dark."""
    write(page, "sv/home-care")
    page.evaluate("window.scrollTo(0, 0)")


def take_arabic(page: Page) -> None:
    """A message in Arabic, for which no translation is bundled: it is said, with words to send."""
    receive(page, ARABIC)
    write(page, "nb/home-care")
    page.evaluate("window.scrollTo(0, 0)")


def take_telephone(page: Page) -> None:
    """The reading on a small screen."""
    write(page, "nb/water-fee")
    page.evaluate("document.querySelector('.reading').scrollIntoView()")


PICTURES: dict[str, tuple[str, str, tuple[int, int], Callable[[Page], None]]] = {
    "letter": ("nb-NO", "light", (1080, 560), take_letter),
    "translation": ("nb-NO", "light", (1080, 760), take_translation),
    "swedish-dark": ("sv-SE", "dark", (1080, 680), take_swedish),
    "arabic": ("nb-NO", "light", (1080, 560), take_arabic),
    "telephone": ("nb-NO", "light", (375, 720), take_telephone),
}


def main() -> int:
    """Take every picture; 1 when one is larger than it may be."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = Settings()
    app = create_app(settings, ReplyAssistant.load(settings))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    FOLDER.mkdir(exist_ok=True)
    too_large = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, (locale, scheme, (width, height), take) in PICTURES.items():
            context = browser.new_context(
                locale=locale, color_scheme=scheme, viewport={"width": width, "height": height}
            )  # type: ignore[arg-type]
            page = context.new_page()
            page.set_default_timeout(120_000)
            page.goto(f"http://127.0.0.1:{server.server_port}")
            take(page)
            page.locator("[aria-busy=true]").wait_for(state="detached")
            path = FOLDER / f"{name}.png"
            page.screenshot(path=path, animations="disabled")
            if path.stat().st_size > LARGEST:
                too_large.append(name)
            context.close()
        browser.close()
    server.shutdown()
    if too_large:
        print(f"too large: {', '.join(too_large)}", file=sys.stderr)
    return bool(too_large)


if __name__ == "__main__":
    sys.exit(main())

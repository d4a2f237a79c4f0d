"""A web page gives its main text with its structure; a letter gives all of its text, whatever its format."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import odfdo
import pytest

from replyassist.batch.pages import Page, read_page
from replyassist.errors import EmptyText, InvalidEncoding, TextTooLong

from .conftest import PLAIN, WEB_PAGE

LIMIT = 100_000


def read(markup: str | bytes, **values: object) -> Page:
    data = markup.encode() if isinstance(markup, str) else markup
    return read_page(data, limit=LIMIT, **{"filename": "page.html", **values})  # type: ignore[arg-type]


def blocks(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(page.draft.text)) for block in page.draft.blocks]


def test_the_main_text_keeps_headings_and_lists_and_loses_menu_and_footer() -> None:
    page = read(WEB_PAGE.format(lang="nb"))
    assert blocks(page) == [
        ("heading", "Søk om startlån"),
        ("paragraph", "Du kan få startlån hvis du ikke får lån i banken."),
        ("heading", "Slik søker du"),
        ("list-item", "Fyll ut skjemaet på nettsiden."),
        ("list-item", "Send oss skattemeldingen din."),
    ]
    assert page.is_web
    assert page.title == "Startlån & tilskudd"


def test_a_letter_saved_as_html_is_read_whole() -> None:
    page = read(
        "<html><body><p>Hei Kari</p><p>Du får plass fra august.</p><p>Hilsen kommunen</p></body></html>"
    )
    assert page.draft.text == "Hei Kari\n\nDu får plass fra august.\n\nHilsen kommunen"
    assert not page.is_web


@pytest.mark.parametrize(
    ("tag", "declared"),
    [('<html lang="nn">', "nn"), ("<html lang=sv-SE>", "sv-SE"), ("<HTML xml:lang='da'>", "da"),
     ("<html>", ""), ('<html data-lang="en" class="x">', "")],
)  # fmt: skip
def test_the_declared_language_is_that_of_the_html_element(tag: str, declared: str) -> None:
    assert read(f"<!doctype html>{tag}<body><p lang='de'>{PLAIN}</p></body></html>").declared == declared


def test_the_servers_charset_goes_before_the_pages_own() -> None:
    markup = f"<html><head><meta charset='utf-8'></head><body><p>{PLAIN}</p></body></html>"
    assert "søkt" in read(markup.encode("latin-1"), charset="iso-8859-1").draft.text
    assert "søkt" in read(markup.replace("utf-8", "iso-8859-1").encode("latin-1")).draft.text


@pytest.mark.parametrize(
    ("stored", "declared", "charset", "found"),
    [
        ("latin-1", "", "", "windows-1252"),
        ("latin-1", "utf-8", "", "windows-1252"),
        ("latin-1", "", "utf-8", "windows-1252"),
        ("utf-8", "iso-8859-1", "", "utf-8"),
        ("utf-8", "utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "", "", "utf-8"),
        ("utf-8", "utf-8", "", ""),
        ("utf-8", "", "UTF-8", ""),
        ("latin-1", "iso-8859-1", "", ""),
        ("utf-16", "", "", ""),
    ],
)
def test_a_page_that_says_the_wrong_charset_is_read_and_told_of(
    stored: str, declared: str, charset: str, found: str
) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    markup = f"<html><head>{meta}</head><body><p>{PLAIN}</p></body></html>"
    page = read(markup.encode(stored), charset=charset)
    assert "søkt" in page.draft.text
    assert page.encoding == found


def test_bytes_in_no_encoding_at_all_are_not_guessed_at() -> None:
    with pytest.raises(InvalidEncoding):
        read(b"<html><body><p>bl\x81b\xe6r</p></body></html>")


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<div class='main-menu'>{}</div>",
        '<div id="footer">{}</div>',
        "<ul class=breadcrumb>{}</ul>",
    ],
)
def test_what_a_web_site_has_around_its_text_is_known_by_tag_or_class(around: str) -> None:
    assert read(f"<html><body>{around.format('Hjem')}<p>{PLAIN}</p></body></html>".encode()).is_web
    assert not read(
        f"<html><body><div class='brev'><p>{PLAIN} Meny og nav.</p></div></body></html>".encode()
    ).is_web


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyText):
        read("<html><body><nav><a href='/'>Hjem</a></nav><main></main></body></html>")


def test_the_limit_holds_for_web_pages() -> None:
    with pytest.raises(TextTooLong):
        read_page(WEB_PAGE.format(lang="nb").encode(), filename="a.html", limit=20)


def test_lines_can_be_counted_only_in_plain_text() -> None:
    assert read(PLAIN, filename="a.txt").has_lines
    assert not read(WEB_PAGE).has_lines


def make_word(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph(PLAIN.strip())
    document.save(str(folder / "brev.docx"))
    return folder / "brev.docx"


def make_opendocument(folder: Path) -> Path:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Paragraph(PLAIN.strip()))
    document.save(str(folder / "brev.odt"))
    return folder / "brev.odt"


def make_mail(folder: Path) -> Path:
    buffer = io.BytesIO(f"Subject: Plass\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        f"Content-Transfer-Encoding: 8bit\r\n\r\n{PLAIN}".encode())  # fmt: skip
    (folder / "brev.eml").write_bytes(buffer.getvalue())
    return folder / "brev.eml"


@pytest.mark.parametrize("make", [make_word, make_opendocument, make_mail])
def test_documents_of_every_format_are_read(make: object, tmp_path: Path) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    page = read_page(path.read_bytes(), filename=path.name, limit=LIMIT)
    assert PLAIN.strip() in page.draft.text
    assert page.declared is None

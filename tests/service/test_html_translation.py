"""HTML: inline elements found again in the translation, and properties that hold for any source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.service.markup import translate_html

WORDS = {"the": "den", "red": "røde", "house": "huset", "see": "se", "page": "siden", "this": "denne"}


def to_norwegian(text: str) -> str:
    """A translator that knows some words and keeps the rest, letter case included."""
    return re.sub(r"[A-Za-z]+", lambda m: WORDS.get(m.group().lower(), m.group()), text)


def translate_page(source: str, translate: Callable[[str], str]) -> str:
    [page] = translate_html([source], lambda texts: [translate(text) for text in texts])
    return page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>See <a href='/p'>this <i>page</i></a>.</p>", "<p>se <a href='/p'>denne <i>siden</i></a>.</p>"),
        ("<b>The</b> <i>red</i> house", "<b>den</b> <i>røde</i> huset"),
        ("See <img src=a> <b>red</b>", "se <img src=a> <b>røde</b>"),
        ("<b><img src=a></b> the", "<b><img src=a></b> den"),
        ("<p>red <b>red</b></p>", "<p>røde <b>røde</b></p>"),
        ("the {1} <code>ls</code>", "den {1} <code>ls</code>"),
    ],
)
def test_inline_elements_keep_their_words(source: str, expected: str) -> None:
    assert translate_page(source, to_norwegian) == expected


def test_a_lost_placeholder_does_not_lose_the_element() -> None:
    def forgetful(text: str) -> str:
        return re.sub(r"\{\d+\}", "", text).replace("  ", " ")

    kept = '<span class="notranslate">Kari</span>'
    assert kept in translate_page(f"<p>Ask {kept} today</p>", forgetful)


def test_a_translator_that_writes_markup_writes_text() -> None:
    assert (
        translate_page("<p>hello</p>", lambda _: "<script>x</script>")
        == "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )


def test_all_blocks_of_all_pages_are_translated_together() -> None:
    """In one call, and a second one for the blocks whose elements were not found again."""
    calls: list[list[str]] = []

    def translate(texts: Sequence[str]) -> list[str]:
        calls.append(list(texts))
        return [to_norwegian(text) for text in texts]

    pages = ["<h1>The page</h1><p>red <b>red</b></p>", "", "<p>1 < 2</p>", "<p>See <i>this</i></p>"]
    assert translate_html(pages, translate) == [
        "<h1>den siden</h1><p>røde <b>røde</b></p>", "", "<p>1 &lt; 2</p>", "<p>se <i>denne</i></p>",
    ]  # fmt: skip
    assert calls == [["The page", "red red\n\nred", "See this\n\nthis"], ["red", "red"]]


class Shape(HTMLParser):
    """The tags and the text of a page, as a browser sees them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag}{sorted(attrs, key=str)}")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


PIECES = st.sampled_from(
    (
        *("<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", "<br>", "<img src=a>", "<code>", "</code>"),
        *("<span class=notranslate>", "</span>", "<!-- c -->", "house ", " red", "{1}"),
        *("&lt;b&gt;", "&amp;", "&nbsp;", "😀", "\r\n", "å"),
    )
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_tags_and_words_survive_a_translator_that_changes_nothing(source: str) -> None:
    before, after = Shape(source), Shape(translate_page(source, lambda text: text))
    assert after.tags == before.tags
    assert after.text.split() == before.text.split()


@given(st.text(max_size=60))
def test_any_text_is_safe_when_it_is_escaped(text: str) -> None:
    assert Shape(translate_page(escape(text), lambda t: t)).tags == []

"""HTML: inline elements found again in the translation, and properties that hold for any source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.documents.markup_writing import rewrite_html

WORDS = {"the": "den", "red": "røde", "house": "huset", "see": "se", "page": "siden", "this": "denne"}


def to_norwegian(text: str) -> str:
    """A translator that knows some words and keeps the rest, letter case included."""
    return re.sub(r"[A-Za-z]+", lambda m: WORDS.get(m.group().lower(), m.group()), text)


def translate_page(source: str, translate: Callable[[str], str]) -> str:
    [page] = rewrite_html([source], lambda texts: [translate(text) for text in texts])
    return page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>See <a href='/p'>this <i>page</i></a>.</p>", "<p>se <a href='/p'>denne <i>siden</i></a>.</p>"),
        ("<b>The</b> <i>red</i> house", "<b>den</b> <i>røde</i> huset"),
        ("See <img src=a> <b>red</b>", "se <img src=a> <b>røde</b>"),
        ("<b><img src=a></b> the", "<b><img src=a></b> den"),
        ("<p>red <b>red</b></p>", "<p>røde <b>røde</b></p>"),
        ("<p><b><i>The house</i></b></p>", "<p><b><i>den huset</i></b></p>"),
        ("<p>See<a id=x></a> the <o:p></o:p><b>house</b></p>",
         "<p>se<a id=x></a> den <o:p></o:p><b>huset</b></p>"),
        ("<p>The <b>house </b>red</p>", "<p>den <b>huset</b> røde</p>"),
        ("<pre>The house\n  red</pre>", "<pre>den huset\n  røde</pre>"),
        ("<p>12&nbsp;345 &eacute;</p><p>12&nbsp;345</p>", "<p>12\u00a0345 é</p><p>12&nbsp;345</p>"),
        ("<p translate=no>the<p>the", "<p translate=no>the<p>den"),
        ("<ul><li translate=no>the<li>red</ul>the", "<ul><li translate=no>the<li>røde</ul>den"),
        ("<ul><li translate=no>the</ul>the", "<ul><li translate=no>the</ul>den"),
        ("<title>The house</title><button title='the'>See</button>",
         "<title>den huset</title><button title='the'>se</button>"),
        ("the {1} <code>ls</code>", "den {1} <code>ls</code>"),
    ],
)  # fmt: skip
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
    assert rewrite_html(pages, translate) == [
        "<h1>den siden</h1><p>røde <b>røde</b></p>", "", "<p>1 &lt; 2</p>", "<p>se <i>denne</i></p>",
    ]  # fmt: skip
    assert calls == [["The page", "red red\n\nred", "See this\n\nthis"]]


def worded(**sentences: str) -> Callable[[Sequence[str]], list[str]]:
    """A translator that knows whole texts."""
    return lambda texts: [
        "\n\n".join(sentences.get(part.replace(" ", "_"), part) for part in text.split("\n\n"))
        for text in texts
    ]


@pytest.mark.parametrize(
    ("source", "known", "expected"),
    [
        # In another form when it stands alone: the most similar words.
        ("<b>avslag</b> på søknaden", {"avslag": "rejection", "avslag_på_søknaden": "a Rejected request"},
         "a <b>Rejected</b> request"),
        ("Frist <b>3. mai</b> her", {"3._mai": "May 3", "Frist_3._mai_her": "Due 3. mai here"},
         "Due <b>3. mai</b> here"),
        # Not found again: bold is lost rather than set on other words.
        ("Du <b>må</b> svare", {"må": "shall", "Du_må_svare": "You must reply"}, "<b></b>You must reply"),
        # A link never is: it takes the words between its neighbours.
        ("Du <a href=x>må</a> <b>svare</b>",
         {"må": "shall", "svare": "reply", "Du_må_svare": "You must reply"},
         "<a href=x>You must</a> <b>reply</b>"),
        # Nested, and one is lost: text by text.
        ("Du <a href=x>må <b>nå</b></a> svare", {
            "må_nå": "must now", "nå": "immediately", "Du_må_nå_svare": "You must now reply",
            "Du": "You", "må": "must", "svare": "reply"},
         "You <a href=x>must <b>immediately</b></a> reply"),
        # Part of a word in one language, a word in another.
        ("Du kan <b>ikkje</b> svare", {"ikkje": "not", "Du_kan_ikkje_svare": "You cannot reply"},
         "You <b>cannot</b> reply"),
        ("請<b>回覆</b>我", {"請回覆我": "请回复我们", "回覆": "回复"}, "请<b>回复</b>我们"),
        # Two of the same: the second stays the second.
        ("ja eller <b>ja</b>", {"ja": "yes", "ja_eller_ja": "yes or yes"}, "yes or <b>yes</b>"),
    ],
)  # fmt: skip
def test_where_an_inline_element_goes(source: str, known: dict[str, str], expected: str) -> None:
    assert rewrite_html([source], worded(**known)) == [expected]


@pytest.mark.parametrize(
    "mark", ['<b translate="no">Bydel</b>', '<i class="a notranslate">Bydel</i>', "<code>Bydel</code>"]
)
def test_what_is_not_to_be_translated_stays_in_its_sentence(mark: str) -> None:
    seen: list[str] = []

    def loud(texts: Sequence[str]) -> list[str]:
        seen.extend(texts)
        return [text.upper() for text in texts]

    assert rewrite_html([f"<p>Se {mark} nå</p>"], loud) == [f"<p>SE {mark} NÅ</p>"]
    assert seen == ["Se {1} nå"]


@pytest.mark.parametrize(
    ("opened", "wanted"),
    [
        ('<html lang="nb" class="a">', '<html class="a" lang="ar" dir="rtl">'),
        ("<HTML>", '<HTML lang="ar" dir="rtl">'),
        ("<html dir=ltr xml:lang='nb'>", '<html lang="ar" dir="rtl">'),
        ("<html translate=no lang=nb>", "<html translate=no lang=nb>"),
    ],
)
def test_a_document_says_what_language_it_is_in_now(opened: str, wanted: str) -> None:
    page = "<!doctype html><!-- <html> -->{}<body>12</body></html>"
    made = rewrite_html([page.format(opened)], lambda texts: texts, language="ar", direction="rtl")
    assert made == [page.format(wanted)]


def test_nothing_hostile_makes_it_ask_for_much_more_than_there_is() -> None:
    for page in (
        "<b>" * 3000 + "hus" + "</b>" * 3000,
        "hus <img>" * 3000,
        "<i translate=no>" * 3000 + "</b>" * 3000,
    ):
        asked: list[str] = []

        def change(texts: Sequence[str], asked: list[str] = asked) -> list[str]:
            asked.extend(texts)
            return list(texts)

        assert rewrite_html([page], change) == [page]
        assert sum(map(len, asked)) <= 3 * len(page)


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

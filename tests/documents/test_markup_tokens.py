"""Markup that is broken, or made to break, is read in time, and nothing that was written is lost."""

from __future__ import annotations

import time

import pytest

from replyassist.documents.markup import read_html
from replyassist.documents.markup_pieces import cut
from replyassist.documents.markup_writing import rewrite_html
from replyassist.errors import TextTooLong

LENGTH = 100_000
# As in tests/text/test_time.py: quadratic work takes minutes, linear work a fraction of a second.
GUARD_SECONDS = 30.0
HOSTILE = [
    "<", "<a ", "<a", "<a x=", "<a x='", "<a x=''", '<a x=">"', "<a =", "</", "</p", "</p ", "<!", "<!a",
    "<!--", "<!-- --", "<![", "<![x", "<![CDATA[", "<!doctype", "<?", "<script", "<script>", "<title>",
    "&#", "&a", "<b>", "<div>", "<i><div>", "<b>a", "<td>", "<br>",
]  # fmt: skip


@pytest.mark.parametrize("end", ["", ">", "'>", "-->"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_ends(piece: str, end: str) -> None:
    source = "<p>Hei</p>" + piece * (LENGTH // len(piece)) + end
    start = time.process_time()
    try:
        assert read_html(source, LENGTH).text.startswith("Hei")
    except TextTooLong:
        assert piece[:2] in {"<", "<a", "&#", "&a", "<b", "</", "<s"}  # what is no tag is text
    assert "".join(each.source for each in cut(source)) == source
    assert rewrite_html([source], list)[0].startswith("<p>Hei</p>")
    assert time.process_time() - start < GUARD_SECONDS


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Du får svar.<p class=", "Du får svar.<p class="),
        ('<p title="a > b">Du får svar.</p>', "Du får svar."),
        ("<p title=it's>Du får svar.</p>", "Du får svar."),
        ("<p>3 < 4 og 5 > 4</p>", "3 < 4 og 5 > 4"),
        ("Hei<!-- > --> du<!-- her står det mer", "Hei du"),
        ("<![if !supportLists]>1. <![endif]>Søknad", "1. Søknad"),
        ("<![x]>Søknad<![]>er", "Søknader"),
        ("Hei</>, du</ her>", "Hei, du"),
        ("<script>if (a < b) { '</p>' }</script>Hei", "Hei"),
        ("<br/>Hei<hr /></P >du", "Hei\n\ndu"),
    ],
)
def test_broken_markup_is_read_as_browsers_do(source: str, text: str) -> None:
    assert read_html(source, LENGTH).text == text

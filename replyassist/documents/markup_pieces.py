"""Cutting the source of an HTML document into text and markup, without a parser that would write it anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from replyassist.documents.markup import VOID
from replyassist.documents.markup_tokens import Tokenizer

Kind = Literal["text", "open", "close", "opaque", "break"]

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "label",
    "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
})  # fmt: skip
UNTRANSLATED = frozenset(
    {"code", "kbd", "math", "noscript", "samp", "script", "style", "svg", "template", "textarea", "var"}
)
OPAQUE = frozenset({"img", "input", "wbr"})  # stand within a sentence and have no text
# Elements whose end tag may be left out, and the elements that then end them; a paragraph ends at any block.
ENDED_BY = {
    "p": frozenset[str](), "li": frozenset({"li"}), "option": frozenset({"option", "optgroup"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "tr", "tbody", "tfoot"})),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
}  # fmt: skip
NESTING = ("ul", "ol", "dl", "table", "select")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the source: text or markup.

    Attributes:
        source: as it was written.
        name: of the element whose tag it is; of text, ``pre`` where white space counts.
        text: of text, what it says; empty for markup.
    """

    kind: Kind
    source: str
    name: str = ""
    text: str = ""


def cut(source: str) -> Iterator[Piece]:
    """The pieces of ``source``, which together are the source; neighbours that are both text, or both opaque
    (stand within a sentence and are not translated), are one."""
    events = [*_Reader(source).events, (len(source), "break", "", "")]
    begun, texts = 0, list[str]()
    for (start, kind, name, text), (end, following, *_) in pairwise(events):
        begun = begun if texts else start
        texts.append(text)
        if kind != following or kind not in {"text", "opaque"}:
            yield Piece(kind, source[begun:end], name, "".join(texts))
            texts.clear()


class _Reader(Tokenizer):
    """Notes what stands where."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._kept = ""  # the element that is open and not translated
        self._within: Counter[str] = Counter()  # elements open in it, itself too
        self._kept_kind: Kind = "opaque"
        self._preformatted = 0
        self.events: list[tuple[int, Kind, str, str]] = []  # offset, kind, name, text
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._kept and self._is_ended_by(tag):
            self._kept = ""
        if self._kept:
            self._within[tag] += tag not in VOID
            self._note(self._kept_kind)
        elif tag not in VOID and (tag in UNTRANSLATED or _is_marked(dict(attrs))):
            self._kept, self._within = tag, Counter([tag])
            self._kept_kind = "opaque" if _is_inline(tag) or tag in UNTRANSLATED else "break"
            self._note(self._kept_kind)
        else:
            self._preformatted += tag == "pre"
            self._note("open" if _is_inline(tag) else "opaque" if tag in OPAQUE else "break", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(
            self._kept_kind if self._kept else "opaque" if _is_inline(tag) | (tag in OPAQUE) else "break"
        )

    def handle_endtag(self, tag: str) -> None:
        # The end of what is around an element whose own end was left out.
        if self._kept in ENDED_BY and not self._within[tag]:
            self._kept = ""
        if self._kept:
            self._note(self._kept_kind)
            self._within[tag] -= self._within[tag] > 0
            if not self._within[self._kept]:
                self._kept = ""
            return
        self._preformatted -= tag == "pre" and self._preformatted > 0
        self._note("close" if _is_inline(tag) else "break", tag)

    def handle_data(self, data: str) -> None:
        if self._kept:
            self._note(self._kept_kind)
        else:
            self._note("text", "pre" if self._preformatted else "", data)

    def handle_comment(self, data: str) -> None:
        self._note(self._kept_kind if self._kept else "opaque")

    def handle_decl(self, decl: str) -> None:
        self._note("break")

    def handle_pi(self, data: str) -> None:
        self._note("break")

    def unknown_decl(self, data: str) -> None:
        self._note("break")

    def _is_ended_by(self, tag: str) -> bool:
        if self._kept == "p":
            return not _is_inline(tag) and tag not in UNTRANSLATED and tag not in VOID
        return tag in ENDED_BY.get(self._kept, ()) and not any(self._within[name] for name in NESTING)

    def _note(self, kind: Kind, name: str = "", text: str = "") -> None:
        line, column = self.getpos()
        self.events.append((self._lines[line - 1] + column, kind, name, text))


def _is_inline(tag: str) -> bool:
    """Whether it stands within a sentence; so do the elements of other vocabularies that Word writes."""
    return tag in INLINE or ":" in tag


def _is_marked(attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split()
    return "notranslate" in classes or (attributes.get("translate") or "").lower() == "no"

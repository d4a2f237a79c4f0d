"""Translating HTML that stays HTML: tags as they were, text escaped, what must not be translated left alone.

A block (what stands between two block tags) is one text, and all blocks are translated together. Inline
elements are found again in the translated block by their own translation, asked for in the same text; where
one can't be found, the block is translated text node by text node, so that a link is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import islice, pairwise
from typing import Literal

TranslateMany = Callable[[Sequence[str]], Sequence[str]]
Asking = Generator[list[str], Sequence[str], str]
"""Yields texts, is sent their translations, and returns what it made of them."""
Kind = Literal["text", "open", "close", "opaque", "break"]

INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "label",
        ),
        *("mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u"),
    )
)
UNTRANSLATED = frozenset(
    ("code", "kbd", "math", "noscript", "samp", "script", "style", "svg", "template", "textarea", "var")
)
OPAQUE = frozenset(["img", "input", "wbr"])  # stand within a sentence and have no text
VOID = OPAQUE | frozenset(
    ("area", "base", "br", "col", "embed", "hr", "link", "meta", "param", "source", "track")
)
BETWEEN = "\n\n"  # keeps a block and its inline elements apart in one call
SPACE = re.compile(r"[ \t\r\n\f]+")
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the source: text, unescaped, or markup as it was written."""

    kind: Kind
    value: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """An inline element of a block: indexes of its opening and closing piece, and its text."""

    first: int
    last: int
    text: str


def translate_html(sources: Sequence[str], translate: TranslateMany) -> list[str]:
    """Each of ``sources`` with its text translated and everything else as it was.

    Args:
        translate: translates plain texts, and keeps blank lines; called twice at most.
    """
    blocks: list[list[Asking | str]] = [[] for _ in sources]
    for source, parts in zip(sources, blocks, strict=True):
        block: list[Piece] = []
        for piece in (*_split(source), Piece("break", "")):
            if piece.kind == "break":
                parts.extend((_translate_block(block), piece.value))
                block = []
            else:
                block.append(piece)
    asking = [each for parts in blocks for each in parts if not isinstance(each, str)]
    answers = iter(_answer_all(asking, translate))
    return ["".join(e if isinstance(e, str) else next(answers) for e in parts) for parts in blocks]


def _answer_all(asking: Sequence[Asking], translate: TranslateMany) -> list[str]:
    """What each makes of the translations that it asks for; each round of questions is one call."""
    made = [""] * len(asking)
    answers: dict[int, Sequence[str] | None] = dict.fromkeys(range(len(asking)))
    while answers:
        questions: dict[int, list[str]] = {}
        for i, answer in answers.items():
            try:
                # A generator that has just begun can't be sent anything but None.
                questions[i] = next(asking[i]) if answer is None else asking[i].send(answer)
            except StopIteration as end:
                made[i] = end.value
        texts = [text for each in questions.values() for text in each]
        translated = iter(translate(texts) if texts else ())
        answers = {i: list(islice(translated, len(each))) for i, each in questions.items()}
    return made


def read_text(source: str) -> str:
    """The text of ``source`` that :func:`translate_html` translates, block by block."""
    pieces = (p.value if p.kind == "text" else "\n" if p.kind == "break" else "" for p in _split(source))
    return "".join(pieces)


class _Reader(HTMLParser):
    """Notes what stands where; the source itself is cut by place, so that nothing is written anew."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._kept: list[str] = []  # elements open inside one that is not translated
        self._kept_kind: Kind = "opaque"
        self.events: list[tuple[int, Kind, str, str]] = []  # offset, kind, tag, text
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._kept:
            self._kept += [tag] if tag not in VOID else []
            self._note(self._kept_kind)
        elif tag not in VOID and (tag in UNTRANSLATED or _is_marked(dict(attrs))):
            self._kept = [tag]
            self._kept_kind = "opaque" if tag in INLINE | UNTRANSLATED else "break"
            self._note(self._kept_kind)
        else:
            self._note("open" if tag in INLINE else "opaque" if tag in OPAQUE else "break", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inline = tag in INLINE or tag in OPAQUE
        self._note(self._kept_kind if self._kept else "opaque" if inline else "break")

    def handle_endtag(self, tag: str) -> None:
        if not self._kept:
            self._note("close" if tag in INLINE else "break", tag)
            return
        self._note(self._kept_kind)
        if tag in self._kept:
            while self._kept.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._note(self._kept_kind if self._kept else "text", text=data)

    def handle_comment(self, data: str) -> None:
        self._note(self._kept_kind if self._kept else "opaque")

    def handle_decl(self, decl: str) -> None:
        self._note("break")

    def handle_pi(self, data: str) -> None:
        self._note("break")

    def unknown_decl(self, data: str) -> None:
        self._note("break")

    def _note(self, kind: Kind, tag: str = "", text: str = "") -> None:
        line, column = self.getpos()
        self.events.append((self._lines[line - 1] + column, kind, tag, text))


def _is_marked(attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split()
    return "notranslate" in classes or (attributes.get("translate") or "").lower() == "no"


def _split(source: str) -> Iterator[Piece]:
    """The pieces of ``source``; neighbours that are both text, or both opaque, are one."""
    events = [*_Reader(source).events, (len(source), "break", "", "")]
    held: Piece | None = None
    for (start, kind, tag, text), (end, *_) in pairwise(events):
        piece = Piece(kind, text if kind == "text" else source[start:end], tag)
        if held and held.kind == piece.kind and piece.kind in ("text", "opaque"):
            held = Piece(held.kind, held.value + piece.value)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _translate_block(pieces: Sequence[Piece]) -> Asking:
    if not any(_has_words(piece) for piece in pieces):
        return "".join(_written(piece) for piece in pieces)
    whole = yield from _translate_whole(pieces)
    if whole is not None:
        return whole
    nodes = [piece.value.strip() for piece in pieces if _has_words(piece)]
    translated = iter((yield nodes))
    return "".join(
        _in_place(piece.value, next(translated)) if _has_words(piece) else _written(piece) for piece in pieces
    )


def _has_words(piece: Piece) -> bool:
    return piece.kind == "text" and bool(LETTER.search(piece.value))


def _in_place(text: str, translated: str) -> str:
    """The translation with the white space around the text that it stands for."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return escape(before + translated + after, quote=False)


def _translate_whole(pieces: Sequence[Piece]) -> Generator[list[str], Sequence[str], str | None]:
    """The block translated as one text, or None when its markup can't be placed in the translation."""
    tokens = _tokens(pieces)
    flat = "".join(p.value if p.kind == "text" else tokens.get(i, "") for i, p in enumerate(pieces))
    text = _collapse(flat)
    elements = _elements(pieces, tokens)
    if not text or elements is None:
        return None
    [answer] = yield [BETWEEN.join([text, *(e.text for e in elements)])]
    whole, *parts = answer.split(BETWEEN)
    if len(parts) != len(elements) or any(whole.count(token) != 1 for token in tokens.values()):
        return None
    places = _place(whole, elements, [part.strip() for part in parts])
    if places is None:
        return None
    marks = sorted([(at, i) for i, at in places] + [(whole.index(token), i) for i, token in tokens.items()])
    result: list[str] = []
    position = 0
    for at, i in marks:
        result += (escape(whole[position:at], quote=False), pieces[i].value)
        position = at + len(tokens.get(i, ""))
    result.append(escape(whole[position:], quote=False))
    before = flat[: len(flat) - len(flat.lstrip())]
    after = flat[len(flat.rstrip()) :]
    return before + "".join(result) + after


def _tokens(pieces: Sequence[Piece]) -> dict[int, str]:
    """A placeholder, which translation leaves alone, for each piece that has no text to translate."""
    text = "".join(p.value for p in pieces if p.kind == "text")
    opaque = [i for i, piece in enumerate(pieces) if piece.kind == "opaque"]
    free = (token for n in range(1, len(text) + len(opaque) + 2) if (token := f"{{{n}}}") not in text)
    return dict(zip(opaque, free, strict=False))


def _elements(pieces: Sequence[Piece], tokens: dict[int, str]) -> list[Element] | None:
    """The inline elements, outer before inner, or None when they are not well nested or have no text."""
    stack: list[int] = []
    found: list[Element] = []
    for i, piece in enumerate(pieces):
        if piece.kind == "open":
            stack.append(i)
        elif piece.kind == "close":
            if not stack or pieces[stack[-1]].name != piece.name:
                return None
            first = stack.pop()
            inner = (
                p.value if p.kind == "text" else tokens.get(n + first, "")
                for n, p in enumerate(pieces[first:i])
            )
            text = _collapse("".join(inner))
            if not text:
                return None
            found.append(Element(first, i, text))
    return None if stack else sorted(found, key=lambda element: element.first)


def _place(whole: str, elements: Sequence[Element], parts: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the tags of each element go in ``whole``, as (index of the piece, offset), or None.

    Elements keep their order and nesting; a part that is there twice, or not at all, has no place.
    """
    places: dict[int, int] = {}
    position = 0
    for element, part in zip(elements, parts, strict=True):
        outer = [e for e in elements if e.first < element.first and e.last > element.last]
        words = part.rstrip(".!?") if part and element.text[-1] not in ".!?" else part
        found = [m.start() for m in re.finditer(re.escape(words), whole, re.IGNORECASE)] if words else []
        if len(found) != 1 or found[0] < position:
            return None
        start, end = found[0], found[0] + len(words)
        if any(start < places[e.first] or end > places[e.last] for e in outer):
            return None
        closed = [e for e in elements if e.last < element.first]
        if any(start < places[e.last] for e in closed):
            return None
        places[element.first], places[element.last] = start, end
        position = start
    return sorted(places.items())


def _collapse(text: str) -> str:
    """``text`` on one line, as a browser shows it; no-break spaces stay."""
    return SPACE.sub(" ", text).strip(" ")


def _written(piece: Piece) -> str:
    return escape(piece.value, quote=False) if piece.kind == "text" else piece.value

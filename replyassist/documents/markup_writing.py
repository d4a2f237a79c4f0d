"""HTML with other words that stays HTML: tags, attributes and comments as they were, text escaped, what must
not be translated left alone.

A block (what stands between two block tags) is one text, and all blocks are changed together. Inline elements
are found again in the changed block by their own translation, asked for in the same text; where one that
needs its words can't be found, the block is changed text node by text node, so that a link is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from html import escape
from itertools import islice

from replyassist.documents.composing import collapse
from replyassist.documents.inline import placeholders
from replyassist.documents.markup_pieces import Piece, cut
from replyassist.documents.markup_placing import Element, place

Change = Callable[[Sequence[str]], Sequence[str]]
"""Called with all units of a document (of each part of an e-mail); gives as many back, in the same order."""

Asking = Generator[list[str], Sequence[str], str]
"""Yields texts, is sent their translations, and returns what it made of them."""

BETWEEN = "\n\n"  # keeps a block and its inline elements apart in one text
# More in one block are no letter's; and what is asked for besides a block is no longer than it twice over.
MOST_ELEMENTS = 100
MOST_BESIDES = 2
DECLARATION = re.compile(r"\s(?:xml:)?(?:lang|dir)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
ROOT_TAG = re.compile(r"(<html)\b([^>]*?)(/?>)", re.IGNORECASE)


def rewrite_html(
    sources: Sequence[str], change: Change, *, language: str = "", direction: str = "auto"
) -> list[str]:
    """Each of ``sources``, documents or parts of one, with its text changed and everything else as it was.

    What is code, or is marked ``translate="no"`` or with the class ``notranslate``, is left alone.

    Args:
        change: changes plain texts, and keeps blank lines and placeholders (``{1}``); called twice at most.
        language: BCP 47 tag of the new text, which an ``html`` element then declares; empty to leave it.
        direction: ``ltr``, ``rtl`` or ``auto``; declared likewise.
    """
    made: list[list[Asking | str]] = [[] for _ in sources]
    for source, parts in zip(sources, made, strict=True):
        block: list[Piece] = []
        for piece in (*cut(source), Piece("break", "")):
            if piece.kind != "break":
                block.append(piece)
                continue
            declares = language and piece.name == "html"
            tag = _declared(piece.source, language, direction) if declares else piece.source
            parts.extend((_change_block(block), tag))
            block = []
    asking = [each for parts in made for each in parts if not isinstance(each, str)]
    answers = iter(_answer_all(asking, change))
    return ["".join(e if isinstance(e, str) else next(answers) for e in parts) for parts in made]


def read_text(source: str) -> str:
    """The text of ``source`` that :func:`rewrite_html` changes, block by block."""
    return "".join("\n" if piece.kind == "break" else piece.text for piece in cut(source))


def _declared(tag: str, language: str, direction: str) -> str:
    """The start tag of an ``html`` element with its ``lang`` and ``dir`` set; an end tag as it is."""
    return ROOT_TAG.sub(
        lambda m: f'{m[1]}{DECLARATION.sub("", m[2])} lang="{language}" dir="{direction}"{m[3]}', tag
    )


def _answer_all(asking: Sequence[Asking], change: Change) -> list[str]:
    """What each makes of the texts that it asks for; each round of questions is one call."""
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
        changed = iter(change(texts) if texts else ())
        answers = {i: list(islice(changed, len(each))) for i, each in questions.items()}
    return made


def _change_block(pieces: Sequence[Piece]) -> Asking:
    if not any(_has_words(piece) for piece in pieces):
        return "".join(_written(piece) for piece in pieces)
    whole = yield from _change_whole(_simplified(pieces))
    if whole is not None:
        return whole
    changed = iter((yield [piece.text.strip() for piece in pieces if _has_words(piece)]))
    return "".join(
        _around(piece.text, escape(next(changed).strip(), quote=False))
        if _has_words(piece)
        else _written(piece)
        for piece in pieces
    )


def _has_words(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.text))


def _written(piece: Piece) -> str:
    """A piece as it was, but for a ``<`` in text that begins no tag."""
    return piece.source.replace("<", "&lt;") if piece.kind == "text" else piece.source


def _around(text: str, changed: str) -> str:
    """What was made of a text, with the white space that stood around it."""
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return escape(lead, quote=False) + changed + escape(trail, quote=False)


def _simplified(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with each inline element that holds no text (an anchor, a picture in bold) as one piece."""
    simple: list[Piece] = []
    for piece in pieces:
        start = len(simple) - 1
        if piece.kind == "close" and simple and simple[start].kind == "opaque":
            start -= 1
        if piece.kind == "close" and start >= 0 and _opens(simple[start], piece):
            empty = "".join(each.source for each in simple[start:]) + piece.source
            del simple[start:]
            _append_opaque(simple, empty)
        elif piece.kind == "opaque":
            _append_opaque(simple, piece.source)
        else:
            simple.append(piece)
    return simple


def _opens(opening: Piece, closing: Piece) -> bool:
    return opening.kind == "open" and opening.name == closing.name


def _append_opaque(pieces: list[Piece], source: str) -> None:
    before = pieces.pop().source if pieces and pieces[-1].kind == "opaque" else ""
    pieces.append(Piece("opaque", before + source))


def _change_whole(pieces: Sequence[Piece]) -> Generator[list[str], Sequence[str], str | None]:
    """The block changed as one text, or None when its markup can't be placed in the new one."""
    # What stands at the ends of a block needs no place in its sentence.
    head = 1 if pieces[0].kind == "opaque" else 0
    tail = len(pieces) - (1 if pieces[-1].kind == "opaque" else 0)
    edges = pieces[:head], pieces[tail:]
    pieces = pieces[head:tail]
    tokens = _tokens(pieces)
    flat = [p.text if p.kind == "text" else tokens.get(i, "") for i, p in enumerate(pieces)]
    keeps_lines = any(piece.name == "pre" for piece in pieces if piece.kind == "text")
    text = "".join(flat).strip() if keeps_lines else collapse("".join(flat)).strip(" ")
    elements = _elements(pieces, flat)
    if elements is None or len(elements) + len(tokens) > MOST_ELEMENTS:
        return None
    besides = [e for e in dict.fromkeys(e.text for e in elements) if e != text and any(map(str.isalpha, e))]
    if sum(map(len, besides)) > MOST_BESIDES * len(text):
        return None
    [answer] = yield [BETWEEN.join([text, *besides])]
    whole, *parts = answer.rsplit(BETWEEN, len(besides)) if besides else (answer,)
    if len(parts) != len(besides) or any(whole.count(token) != 1 for token in tokens.values()):
        return None
    whole = whole.strip() if text else whole
    wordings = dict(zip(besides, (part.strip() for part in parts), strict=True))
    places = place(text, whole, elements, wordings)
    if places is None or not _hold(elements, places, whole, tokens):
        return None
    marks = sorted((at, i) for i, at in (places | {i: whole.index(t) for i, t in tokens.items()}).items())
    made = _around("".join(flat), _marked(whole, marks, pieces, tokens))
    return "".join(p.source for p in edges[0]) + made + "".join(p.source for p in edges[1])


def _marked(
    whole: str, marks: Sequence[tuple[int, int]], pieces: Sequence[Piece], tokens: Mapping[int, str]
) -> str:
    """The new text with markup in it again: ``marks`` are offsets and indexes of pieces."""
    result: list[str] = []
    position = 0
    for at, i in marks:
        result += (escape(whole[position:at], quote=False), pieces[i].source)
        position = at + len(tokens.get(i, ""))
    return "".join([*result, escape(whole[position:], quote=False)])


def _hold(
    elements: Sequence[Element], places: Mapping[int, int], whole: str, tokens: Mapping[int, str]
) -> bool:
    """Whether each element holds the pieces without text that it held, and no tag cuts a placeholder."""
    stand = {i: whole.index(token) for i, token in tokens.items()}
    cuts = any(stand[i] < at < stand[i] + len(token) for i, token in tokens.items() for at in places.values())
    return not cuts and all(
        places[e.first] <= at <= places[e.last]
        for e in elements
        for i, at in stand.items()
        if e.first < i < e.last
    )


def _tokens(pieces: Sequence[Piece]) -> dict[int, str]:
    """A placeholder, which translation leaves alone, for each piece that has no text to change."""
    opaque = [i for i, piece in enumerate(pieces) if piece.kind == "opaque"]
    text = "\n".join(piece.text for piece in pieces)
    return dict(zip(opaque, placeholders(text, len(opaque)), strict=True))


def _elements(pieces: Sequence[Piece], flat: Sequence[str]) -> list[Element] | None:
    """The inline elements, outer before inner, or None when they are too many or not well nested."""
    if sum(piece.kind == "open" for piece in pieces) > MOST_ELEMENTS:
        return None
    stack: list[int] = []
    found: list[Element] = []
    for i, piece in enumerate(pieces):
        if piece.kind == "open":
            stack.append(i)
        elif piece.kind == "close":
            if not stack or pieces[stack[-1]].name != piece.name:
                return None
            first = stack.pop()
            inner = "".join(flat[first:i])
            text = collapse(inner).strip(" ")
            lead = "".join(flat[:first]) + inner[: len(inner) - len(inner.lstrip())]
            if not text:
                return None
            found.append(Element(first, i, piece.name, text, len(collapse(lead).lstrip(" "))))
    return None if stack else sorted(found, key=lambda element: element.first)

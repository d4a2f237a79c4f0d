"""A draft taken apart: blocks, sentences and words, in one pass and without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from replyassist.domain import Block, BlockKind, Draft, LeftOut, Span
from replyassist.languages import Language
from replyassist.plainlanguage.normalisation import NormalText, normalise
from replyassist.text.sentences import find_sentences
from replyassist.text.tokens import AROUND_WORDS, scan
from replyassist.text.vocabulary import abbreviations

RUNNING_TEXT = frozenset({"paragraph", "list-item"})
WRITTEN_BY_SENDER = RUNNING_TEXT | {"heading"}
SPELT = frozenset({"word", "abbreviation"})


class Word(NamedTuple):
    """A word as it stands; a tuple, since there are so many.

    Attributes:
        start, end: offsets into the normal text.
        form: lower case; empty for what is read but is no word (an address on the web, a number).
        gap: what stands between it and the word before it in its sentence, without white space.
        capital: whether it begins with a capital letter.
    """

    start: int
    end: int
    form: str
    gap: str
    capital: bool


class Sentence(NamedTuple):
    """A sentence, heading or list item: its words, and the block that it stands in."""

    start: int
    end: int
    words: tuple[Word, ...]
    kind: BlockKind
    block: int

    @property
    def is_running_text(self) -> bool:
        """Whether it counts in the score."""
        return self.kind in RUNNING_TEXT


@dataclass(frozen=True, slots=True)
class Analysis:
    """A draft taken apart. All offsets are into ``flat``.

    Attributes:
        normal: the draft in one shape, with the way back.
        flat: the normal text with line breaks as spaces, as long as it.
        sentences: what the sender wrote, in order; headings too, addresses and quotations not.
        running_text: the sentences that count in the score.
        blocks: all blocks.
        left_out: what takes no part in the score, with spans into the received text.
    """

    language: Language
    normal: NormalText
    flat: str
    sentences: tuple[Sentence, ...]
    running_text: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    locked: tuple[Span, ...]
    left_out: tuple[LeftOut, ...]


def analyse(draft: Draft, language: Language) -> Analysis:
    """Take a draft apart; its blocks are trusted where it has any, else every paragraph is running text."""
    normal = normalise(draft.text)
    given = _with_running_text(
        draft.blocks or tuple(Block("paragraph", span) for span in _paragraphs(draft.text))
    )
    blocks = given
    if normal.offsets is not None:
        blocks = tuple(Block(block.kind, normal.from_original(block.span)) for block in given)
    flat = normal.text.replace("\r", " ").replace("\n", " ")
    sentences = tuple(_sentences(normal.text, flat, blocks, language))
    return Analysis(
        language=language,
        normal=normal,
        flat=flat,
        sentences=sentences,
        running_text=tuple(sentence for sentence in sentences if sentence.is_running_text),
        blocks=blocks,
        locked=tuple(normal.from_original(span) for span in draft.locked),
        left_out=tuple(LeftOut(block.span, block.kind) for block in given if block.kind not in RUNNING_TEXT),
    )


def _with_running_text(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, headings as paragraphs where nothing else runs: a line alone is all that there is."""
    if any(block.kind in RUNNING_TEXT for block in blocks):
        return blocks
    return tuple(Block("paragraph", b.span) if b.kind == "heading" else b for b in blocks)


def find_words(flat: str, start: int, end: int, language: Language) -> tuple[Word, ...]:
    """The words and numbers of a stretch of text without line breaks.

    Most of what stands between two spaces is a word, perhaps with a comma after it, and no expression is
    needed to tell; the rest is scanned.
    """
    words: list[Word] = []
    known = abbreviations(language)
    make = tuple.__new__  # in half the time that a named tuple's own constructor takes
    previous = end  # where the word before ends; nothing stands before the first
    position = unread = start
    for piece in flat[start:end].split(" "):
        stop = position + len(piece)
        if piece.isalpha():
            form, first, last = piece, position, stop
        else:
            form = piece.strip(AROUND_WORDS)
            first = position + piece.find(form)
            last = first + len(form)
            if not form.isalpha() or (flat.startswith(".", last, stop) and form in known):
                position = stop + 1
                continue
        if unread < position:
            previous = _scan_words(words, flat, unread, position, previous, language)
        gap = "" if first == previous + 1 else flat[previous:first].strip()
        if form.islower():
            words.append(make(Word, (first, last, form, gap, False)))
        else:
            words.append(make(Word, (first, last, form.lower(), gap, form[0].isupper())))
        previous = last
        position = unread = stop + 1
    if unread < end:
        _scan_words(words, flat, unread, end, previous, language)
    return tuple(words)


def _scan_words(words: list[Word], flat: str, start: int, end: int, previous: int, language: Language) -> int:
    """Add the words of a stretch of any text to ``words``; gives back where the last one ends."""
    for kind, first, last in scan(flat, language, start, end):
        form = flat[first:last]
        gap = flat[previous:first].strip()
        words.append(Word(first, last, form.lower() if kind in SPELT else "", gap, form[0].isupper()))
        previous = last
    return previous


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for piece in re.split(r"(\n[ \t\r]*\n)", text):
        if piece.strip():
            stripped = piece.strip()
            first = start + piece.index(stripped)
            yield Span(first, first + len(stripped))
        start += len(piece)


def _sentences(text: str, flat: str, blocks: Iterable[Block], language: Language) -> Iterator[Sentence]:
    for number, block in enumerate(blocks):
        if block.kind not in WRITTEN_BY_SENDER:
            continue
        offset = block.span.start
        for first, last in find_sentences(text[offset : block.span.end], language):
            start, end = offset + first, offset + last
            yield Sentence(start, end, find_words(flat, start, end, language), block.kind, number)

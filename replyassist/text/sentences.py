"""Splitting a text into sentences by rule, in linear time: abbreviations, dates, ordinals end none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.lines import find_units
from replyassist.text.vocabulary import Abbreviations, abbreviations, months

# Marks that end a sentence, then whatever closes with it, marks of the direction of writing too; or a smiley.
# Nothing follows in the expression that could make it backtrack: a megabyte of full stops is read once. It
# begins with one set of characters, which is looked for seven times as fast as alternatives are.
MARKS = ".!?…‼⁇⁈⁉。！？｡।॥።፧؟۔။"
END = re.compile(
    rf"[{MARKS}:;](?:(?<![:;])[{MARKS}]*[\"'”“’‘»«›‹)\]}}*_\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
    r"|(?<=\s[:;])-?[)(](?=\s))"
)
# These need no white space after them.
SELF_SUFFICIENT = frozenset("。！？｡।॥።፧؟۔။")
OPENING = "([{<«»„“\"'‘’*_-–—/"
WORD = re.compile(r"[^\W_]+")
ALNUM = re.compile(r"[^\W_]")
CONSONANTS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]?[bcdfghjklmnpqrstvwxz]{1,4}\Z")
MOST_CONSONANTS = 5  # that CONSONANTS matches: a longer word can be no such abbreviation
INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]{1,2}\Z")
# What is numbered by letters: "case no. B-27", "form no. A12"; "A" and "I" alone are words too.
CODE = re.compile(r"(?:[A-Z]{1,4}\d+|[B-HJ-Z])\Z")
EMOTICON = re.compile(r"(?:[ \u00a0][:;]-?[)(](?!\S))+")
NUMBER = "nr."  # of which each kind is an abbreviation as well: "saksnr.", "ärendenr."
JOINT = re.compile(r"[/(\-–]")  # what stands after it may be an abbreviation of its own: "mnd/kr."
SPACES = " \u00a0"
GLUED_WORD = re.compile(r"[a-zæøåäöéü]{3}\Z")
# How far a decision looks back and ahead, in code points: it keeps the time linear.
REACH = 40
LAST_DAY = 31


def split_sentences(text: str, language: Language | None = None) -> list[Span]:
    """Split a text into sentences, headings, list items and cells.

    Args:
        text: plain text.
        language: gives abbreviations and function words; None for rules that hold in most languages.

    Returns:
        Spans in order, without white space at their ends. Everything else lies in exactly one of them.
    """
    return [Span(start, end) for start, end in find_sentences(text, language)]


def find_sentences(text: str, language: Language | None = None) -> Iterator[tuple[int, int]]:
    """What ``split_sentences`` gives, as start and end: for callers that read many texts."""
    known = abbreviations(language)
    for start, end in find_units(text):
        yield from _split(text, start, end, known)


def _split(text: str, start: int, end: int, known: Abbreviations) -> Iterator[tuple[int, int]]:
    """The sentences of a unit."""
    starts_lower = text[start].islower()
    for mark in END.finditer(text, start, end):
        first, last = mark.span()
        if last == end:
            break
        if first < start:
            continue
        stop, following = last, _skip_space(text, last, end)
        if following < end and not text[following].isalnum():
            stop = _after_emoji(text, last, end)
            following = _skip_space(text, stop, end)
        if following == end:
            break
        if _ends(_Mark(text, first, last, start, following, end), known, starts_lower):
            yield start, stop
            start = following
            starts_lower = starts_lower or text[start].islower()
    if start < end:
        yield start, end


class _Mark(NamedTuple):
    """A mark that may end a sentence, in its place; a tuple, since there are so many."""

    text: str
    start: int
    end: int
    sentence: int  # where the sentence begins that it may end
    following: int  # where the next character stands that is not white space
    limit: int  # where the unit ends

    @property
    def is_glued(self) -> bool:
        """Whether a sentence follows without the space that it should have ("mottatt.Vi svarer")."""
        token = self.text[max(0, self.start - REACH) : self.start].rpartition(" ")[2]
        ahead = self.text[self.following : self.following + 2]
        return (
            GLUED_WORD.search(token) is not None
            and len(ahead) == 2
            and ahead[0].isupper()
            and ahead[1].islower()
            and not any(sign in token for sign in "./@:\\_")
        )

    @property
    def is_full_stop(self) -> bool:
        """Whether it is a single full stop, with or without closing quotes and brackets."""
        return self.text[self.start] == "." and self.text[self.start + 1] not in ".!?…"

    @property
    def first(self) -> int | None:
        """Where the first letter or digit after it stands; None when there is none within reach."""
        if self.text[self.following].isalnum():
            return self.following
        found = ALNUM.search(self.text, self.following, min(self.limit, self.following + REACH))
        return found.start() if found else None


def _ends(mark: _Mark, known: Abbreviations, starts_lower: bool) -> bool:  # noqa: PLR0911  # one per case
    """Whether a mark ends its sentence.

    Args:
        known: the language's abbreviations.
        starts_lower: whether the writer begins sentences with small letters.
    """
    text, start, first = mark.text, mark.start, mark.first
    if text[mark.end - 1] in SELF_SUFFICIENT or text[start] in SELF_SUFFICIENT:
        return True
    if mark.end == mark.following and not mark.is_glued:
        return False
    if first is None:
        return mark.limit - mark.following > REACH
    back = text[max(mark.sentence, start - REACH) : start]
    words = back.rsplit(maxsplit=2)
    token = words.pop().lstrip(OPENING) if words and not back[-1].isspace() else ""
    if not token.isascii():
        token = unicodedata.normalize("NFC", token)
    if not token:
        # "(!)", "[...]" and a lone "..." are part of what is around them.
        return bool(back.strip()) and back[-1].isspace() and text[first].isupper()
    if text[first].islower():
        # Few abbreviations are longer than three letters; the known ones are asked for below.
        if not mark.is_full_stop:
            return starts_lower
        plain = len(token) > 3 and _stop_ends(token, "", "", False, known)
        is_word = token.isalpha() and token.islower() and mark.end == mark.start + 1
        return plain and (starts_lower or (is_word and back.rfind("(") <= back.rfind(")")))
    if not mark.is_full_stop:
        return True
    follower = WORD.match(text, first, min(mark.limit, first + REACH))
    alone = not words and mark.sentence + len(back) == start
    if follower and _are_initials(token, text, first, follower.end()):
        return False
    return _stop_ends(token, words[-1] if words else "", follower[0] if follower else "", alone, known)


def _are_initials(token: str, text: str, first: int, end: int) -> bool:
    """Whether two initials of a name meet, of which the second may look like a word: "K. I. Hansen"."""
    return len(token) == 1 == end - first and token.isupper() and text.startswith(".", end)


def _stop_ends(  # noqa: PLR0911  # one per case
    token: str, previous: str, follower: str, first: bool, known: Abbreviations
) -> bool:
    """Whether a full stop ends a sentence.

    Args:
        token: what stands before it, up to white space.
        previous: the word before that; empty at the start of the sentence.
        follower: the word after it, which doesn't begin with a small letter.
        first: whether the token is the first of its sentence.
        known: the language's abbreviations.
    """
    if token[-1].isdigit():
        return _number_ends(token, previous, follower, first)
    key = token.casefold() + "."
    counted = previous[-1:].isdigit()
    if counted and (key in known.units or CONSONANTS.match(token)) and not follower[:1].isdigit():
        return True
    is_letter = len(token) == 1 and previous and (counted or token.islower())  # "point a.", "Storgata 12 A."
    if key in known.ending or (is_letter and key not in known.inner):
        return not follower[:1].isdigit() and not CODE.match(follower)
    if follower[:1].isdigit() and token[0].isupper() and key.endswith(known.streets):
        return False
    is_word = token.isalpha()
    if key.endswith(NUMBER) or key in known.inner or (not is_word and JOINT.split(key)[-1] in known.inner):
        # "kom." and "min." are words too; a capitalised word that is no name shows that a sentence begins.
        plain = "." not in token and len(token) > 1 and not CONSONANTS.match(token)
        return plain and follower.casefold() in known.starters
    if is_word and len(token) > MOST_CONSONANTS:
        return True
    if len(token) == 1 or INITIALS.match(token) or CONSONANTS.match(token):
        return follower.casefold() in known.starters
    return True


def _number_ends(token: str, previous: str, follower: str, first: bool) -> bool:
    """Whether the full stop after a number ends a sentence: after an ordinal it doesn't."""
    if follower.casefold() in months():
        return False
    if len(token) <= 3 and (first or previous[-1:] in {":", ";"}):
        return False
    if follower.isdigit() and token.isdigit():
        return int(token) > LAST_DAY or int(follower) > LAST_DAY
    return True


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _after_emoji(text: str, position: int, end: int) -> int:
    """The end of the emoji that follow a mark: they belong to the sentence that they comment on."""
    if typed := EMOTICON.match(text, position, end):
        position = typed.end()
    found = position
    while position < end and (text[position] in SPACES or _is_emoji(text[position])):
        position += 1
        if text[position - 1] not in SPACES:
            found = position
    return found


def _is_emoji(character: str) -> bool:
    return character > "\u2189" and (
        unicodedata.category(character) in {"So", "Sk"} or character in "\ufe0f\u200d"
    )

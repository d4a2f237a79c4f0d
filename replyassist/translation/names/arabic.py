"""Names of people in Arabic, which has no capitals: told by a list, and by the words beside them.

arabic.tsv holds names with their commonest spelling in Latin letters. Those with a star are words too
("سعيد" is happy, or Said): they are names behind what introduces one, or beside a name without a star.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from replyassist.domain import Span
from replyassist.text.arabic import VOWELS
from replyassist.translation.names.beside import beside_names

ARABIC = "ar"
WORD = re.compile(rf"[\u0621-\u064a{VOWELS}]+")
# The vowel signs and the lengthening stroke, and letters that are often written without their signs: hamza
# where it opens a word, and the dots of the last letter.
UNREAD = re.compile(rf"[\u0640{VOWELS}]")
OPENING = re.compile(r"(?<!\w)(ال)?[أإآٱ]")
LAST = str.maketrans("ة", "ه")
WORD_TOO = "*"
# The sign of an accusative without an article: "أولًا" is firstly, not Ola.
ADVERB = "\u064b"
# And, for: written as one with the name that follows, where that has letters enough to be told by.
AND = "و"
PROCLITICS = AND + "ل"
SHORTEST_JOINED = 4


@dataclass(frozen=True, slots=True)
class ArabicName:
    """How a name is written in Latin letters, whether it is a family's, and whether it is a word too."""

    written: str
    family: bool
    word_too: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A listed name where it stands, which may be of several words."""

    span: Span
    name: ArabicName
    words: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Listed names that stand side by side, whether what stands before introduces one, and whether no word
    follows at once.
    """

    parts: list[_Part]
    introduced: bool
    closed: bool


def find_arabic_names(sentence: str) -> list[Span]:
    """Spans of the names of people in an Arabic sentence, without what is written as one with them.

    A name begins with a listed given name; behind what introduces one it may be a family's, or a word too.
    """
    found = []
    for run in _runs(sentence):
        whole = Span(run.parts[0].span.start, run.parts[-1].span.end)
        alone = whole.of(sentence) == sentence.strip()
        signature = (
            alone and len(run.parts) > 1 and (run.parts[-1].name.family or not _is_of_words(run.parts))
        )
        if parts := run.parts if signature or run.introduced else _certain(run):
            found.append(Span(parts[0].span.start, parts[-1].span.end))
    return found


def written_arabic(name: str) -> str:
    """A name in Latin letters, each part as it is listed."""
    return " ".join(part.name.written for run in _runs(name) for part in run.parts) or name


def plain(word: str) -> str:
    """A word as it is looked up: without signs that many leave out."""
    return OPENING.sub(r"\1ا", UNREAD.sub("", word)).translate(LAST)


def _certain(run: _Run) -> list[_Part]:
    """What of some listed names is one where nothing introduces it: no word opens or closes it."""
    parts = run.parts
    while parts and (parts[0].name.family or _is_of_words(parts[:2])):
        parts = parts[1:]
    # What follows a full name is part of it, and a word that closes a sentence is seldom more than that.
    sure = run.closed or sum(not part.name.word_too for part in parts) > 1
    while parts and parts[-1].name.word_too and not parts[-1].name.family and not sure:
        parts = parts[:-1]
    return parts


def _is_of_words(parts: Sequence[_Part]) -> bool:
    """Whether names are words too, all of them."""
    return all(part.name.word_too for part in parts)


def _runs(sentence: str) -> Iterator[_Run]:
    """Listed names that stand side by side."""
    words = [Span(*match.span()) for match in WORD.finditer(sentence)]
    # What parts each word from the one before.
    gaps = [sentence[before.end : word.start] for before, word in pairwise([Span(0, 0), *words])]
    at = named = 0
    while at < len(words):
        parts: list[_Part] = []
        end = at
        joined = 0 < named == at and gaps[at].isspace() and words[at].of(sentence).startswith(AND)
        while part := _part(sentence, words[end : end + 2], opens=not parts, joined=joined):
            parts.append(part)
            end += part.words
            if end == len(words) or not gaps[end].isspace():
                break
        if parts:
            before = words[at - 1].of(sentence) if at and gaps[at].strip() in {"", ":"} else ""
            old_man = parts[0].name.family and parts[0].name.word_too  # "the old man" behind a title
            introduced = joined or plain(before).removeprefix(AND) in _introducing()
            closed = end == len(words) or not gaps[end].isspace()
            yield _Run(parts, introduced and not old_man, closed)
            named = named if _is_of_words(parts) else end
        at = max(end, at + 1)


@cache
def _introducing() -> frozenset[str]:
    known = beside_names(ARABIC)
    return frozenset(map(plain, (*known.introduces, *known.titles, *known.kin)))


def _part(sentence: str, words: Sequence[Span], *, opens: bool, joined: bool) -> _Part | None:
    """The listed name that begins at a word: of two words, of one, or of one with what is joined to it."""
    for count in range(len(words), 0, -1):
        whole = Span(words[0].start, words[count - 1].end)
        written = whole.of(sentence)
        if ADVERB not in written and (name := _names().get(plain(written))):
            return _Part(whole, name, count)
    written = words[0].of(sentence) if words else ""
    name = _names().get(plain(written[1:])) if opens and written[:1] in PROCLITICS else None
    plainly = name and not name.family and not name.word_too and len(written) > SHORTEST_JOINED
    return _Part(Span(words[0].start + 1, words[0].end), name, 1) if name and (joined or plainly) else None


@cache
def _names() -> Mapping[str, ArabicName]:
    lines = files(__package__).joinpath("arabic.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        plain(row["name"]): ArabicName(
            row["written"], row["kind"].startswith("family"), row["kind"].endswith(WORD_TOO)
        )
        for row in rows
    }

"""Words of a translation that are none of its language: left in the source language, or made up.

Small models copy a word that they don't know, or spell one that isn't. Told by how often words are used, into
the languages that there are lists for: not into nynorsk, whose own words no list has.
"""

from __future__ import annotations

from collections.abc import Iterator

from replyassist.domain import Check, Span
from replyassist.text.tokens import words
from replyassist.translation.names.capitals import zipf
from replyassist.translation.protection import verbatim
from replyassist.translation.sentence import Direction, Sentence

LISTED = frozenset({"nb", "sv", "da", "en"})
# Their words are too much alike: what is rare in one may be usual in the other.
NEIGHBOURS = frozenset({"nb", "nn", "da"})
# The languages that one model writes, each with those whose words stray into it; and how often, at least,
# another uses a word that it has not (Zipf frequency).
WRITTEN_ALIKE = {"nb": ("sv", "da"), "sv": ("nb", "da"), "da": ("nb", "sv")}
SHORTEST_STRAY, THEIRS = 4, 3.0
# A shorter word that stands in both is often an abbreviation, a unit or a word of several languages.
SHORTEST = 5
# A word that stands in the source too is foreign under this Zipf frequency (30 uses in a billion words).
FOREIGN = 1.5
# Up to this length a word that nobody uses is none. English writes compounds as two words, so that none is
# too long; the Danish list is too short to tell.
LONGEST_LISTED = {"en": 100, "nb": 7, "sv": 7}
# Shorter than three letters, it may be any abbreviation. The lists hold many slips of four letters: an
# English word that short is used more often than this (300 uses in a billion words).
SHORTEST_MADE, SHORT, SLIP = 3, 4, 2.5


def check_words(sentence: Sentence, target: str, direction: Direction) -> Iterator[Check]:
    """The first word that was left untranslated, and the first that is none.

    Names, the municipality's words and what was kept on purpose don't count.
    """
    if direction.target not in LISTED or {direction.source, direction.target} <= NEIGHBOURS:
        return
    kept = " ".join([*(w for _, w in verbatim(sentence, direction)), *(t.wanted for t in sentence.terms)])
    known = {span.of(kept).casefold() for span in words(kept)}
    stated = dict(reversed([(span.of(sentence.text), span) for span in words(sentence.text)]))
    found: dict[str, Check] = {}
    for span in words(target):
        word = span.of(target)
        if not word.islower() or not word.isalpha() or word in known:
            continue
        if word not in stated and _is_made_up(word, direction.target):
            found.setdefault("unknown", Check("word", Span(0, len(sentence.text)), span, False, "unknown"))
        elif word in stated and len(word) >= SHORTEST and _zipf(word, direction.target) < FOREIGN:
            found.setdefault("untranslated", Check("word", stated[word], span, False, "untranslated"))
    yield from found.values()


def count_strays(text: str, target: str) -> int:
    """How many words of a translation are of a neighbour of its language alone: "permisjon" in Danish."""
    others = WRITTEN_ALIKE.get(target, ())
    found = [span.of(text) for span in words(text)] if others else []
    return sum(
        word.islower()
        and len(word) >= SHORTEST_STRAY
        and zipf(word, target) == 0
        and max(zipf(word, other) for other in others) >= THEIRS
        for word in found
    )


def _is_made_up(word: str, tag: str) -> bool:
    """Whether a word is none of a language, as far as its list tells."""
    if not SHORTEST_MADE <= len(word) <= LONGEST_LISTED.get(tag, 0):
        return False
    return _zipf(word, tag) <= (SLIP if tag == "en" and len(word) <= SHORT else 0)


def _zipf(word: str, tag: str) -> float:
    """Danish has a short list; what bokmål writes alike is Danish as well as can be told."""
    return max(zipf(word, tag), zipf(word, "nb")) if tag == "da" else zipf(word, tag)

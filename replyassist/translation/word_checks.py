"""Words of a translation that are none of its language: left in the source language, or made up.

Small models copy a word that they don't know, or spell one that isn't. Told by how often words are used, into
the languages that there are lists for: not into nynorsk, whose own words no list has.
"""

from __future__ import annotations

from collections.abc import Iterator

from replyassist.domain import Check, Span
from replyassist.text.tokens import words
from replyassist.translation.names import zipf
from replyassist.translation.protection import verbatim
from replyassist.translation.sentence import Direction, Sentence

LISTED = frozenset({"nb", "sv", "da", "en"})
# Their words are too much alike: what is rare in one may be usual in the other.
NEIGHBOURS = frozenset({"nb", "nn", "da"})
# A shorter word is often an abbreviation, a unit or a word of several languages.
SHORTEST = 5
# A word that stands in the source too is foreign under this Zipf frequency (30 uses in a billion words).
FOREIGN = 1.5
# Languages that write compounds as two words, so that a word nobody uses is no word.
OPEN_COMPOUNDS = frozenset({"en"})


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
        if len(word) < SHORTEST or not word.islower() or not word.isalpha() or word in known:
            continue
        frequency = _zipf(word, direction.target)
        if word in stated and frequency < FOREIGN:
            found.setdefault("untranslated", Check("word", stated[word], span, False, "untranslated"))
        elif frequency == 0 and direction.target in OPEN_COMPOUNDS:
            found.setdefault("unknown", Check("word", Span(0, len(sentence.text)), span, False, "unknown"))
    yield from found.values()


def _zipf(word: str, tag: str) -> float:
    """Danish has a short list; what bokmål writes alike is Danish as well as can be told."""
    return max(zipf(word, tag), zipf(word, "nb")) if tag == "da" else zipf(word, tag)

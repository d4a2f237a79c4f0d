"""What a message asks for: questions and requests, by marks and by words that open or carry them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from replyassist import languages
from replyassist.domain import Asked, Span, Translation
from replyassist.text.sentences import split_sentences

# Latin, Arabic, Ethiopic and full-width question marks, and what may close after one.
QUESTION_END = re.compile(r"[?؟፧？⁇‽][!?؟፧？\s\"'”“’‘»«)\]]*(?:\W*)\Z")
CLAUSE_END = re.compile(r"[,;:!–—]\s*|\s-\s")
LONGEST_GREETING = 3  # words: a question may follow "Hello again," but not the main clause of a sentence
UNMARKED = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ß": "ss"})


def find_asked(text: str, tag: str | None) -> tuple[Asked, ...]:
    """The sentences of ``text`` that ask for something, in order.

    Args:
        text: a citizen's message.
        tag: its language, whose words open a question or carry a request. Of a language without such words,
            and of None, question marks alone are known.
    """
    openings, requests = _words(tag)
    language = languages.find(tag)
    found: list[Asked] = []
    for span in split_sentences(text, language):
        sentence = _fold(span.of(text))
        if QUESTION_END.search(sentence) or (openings and any(map(openings.search, _starts(sentence)))):
            found.append(Asked(span, "question"))
        elif requests and requests.search(sentence):
            found.append(Asked(span, "request"))
    return tuple(found)


def find_all_asked(message: str, tag: str | None, translation: Translation | None) -> tuple[Asked, ...]:
    """What a message asks for; where little is known of its language, its translation is read as well.

    Args:
        message: as it was received.
        tag: its language.
        translation: of the message, if there is one.
    """
    asked = find_asked(message, tag)
    if translation is None or knows(tag):
        return asked
    pairs = [(segment.source, segment.target) for segment in translation.segments]
    return merge((*asked, *carry_back(find_asked(translation.text, translation.target), pairs)))


def knows(tag: str | None) -> bool:
    """Whether more than question marks is known of a language."""
    return any(_words(tag))


def _starts(sentence: str) -> Iterable[str]:
    """The sentence, and what follows a greeting that it opens with."""
    yield sentence
    if (end := CLAUSE_END.search(sentence)) and len(sentence[: end.start()].split()) <= LONGEST_GREETING:
        yield sentence[end.end() :]


@cache
def _words(tag: str | None) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What finds the words of a language that open questions, and those of requests."""
    known = tomllib.loads(files(__package__).joinpath("asking.toml").read_text(encoding="utf-8"))
    words = known.get(tag or "", {})
    return _expression(words.get("questions", []), r"\A{}\b"), _expression(
        words.get("requests", []), r"\b{}\b"
    )


def _expression(phrases: Iterable[str], frame: str) -> re.Pattern[str] | None:
    folded = sorted({re.escape(_fold(phrase)) for phrase in phrases}, key=len, reverse=True)
    return re.compile(frame.format(f"(?:{'|'.join(folded)})")) if folded else None


def _fold(text: str) -> str:
    """Without case and diacritics, since many write without them: "nar far jeg svar"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNMARKED))
    return "".join(c for c in apart if not unicodedata.combining(c))


def merge(found: Iterable[Asked]) -> tuple[Asked, ...]:
    """In order of place; of two about the same place, the first given stands."""
    kept: list[Asked] = []
    for each in found:
        if not any(each.span.overlaps(other.span) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda asked: asked.span))


def carry_back(asked: Iterable[Asked], pairs: Iterable[tuple[Span, Span]]) -> tuple[Asked, ...]:
    """What was found in a translation, at its place in the source; ``pairs`` are source and target spans."""
    places = list(pairs)
    return merge(
        Asked(source, each.kind) for each in asked for source, target in places if target.overlaps(each.span)
    )

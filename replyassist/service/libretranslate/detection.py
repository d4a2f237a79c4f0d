"""Finding the language of a text for clients that must have one: each text for itself, its neighbours heard
where it leaves doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from replyassist.domain import Candidate
from replyassist.service.runtime import runtime

LETTER = re.compile(r"[^\W\d_]")
UNTOLD = "und"  # BCP 47 for a text whose language can't be told
WORD = re.compile(r"\w+")
# A language found with more than this is not swapped for one that can be translated; a word or two tell less
# than they seem to.
SURE, SURE_OF_A_WORD = 0.5, 0.9
FEW_WORDS = 2


def find_candidates(text: str) -> list[Candidate]:
    """The languages that ``text`` may be in, best first; none for a text without a letter."""
    if not LETTER.search(text):
        return []
    found = runtime().assistant.identify(text)
    best = [Candidate(found.language, found.confidence)] if found.language else []
    return best + [c for c in found.candidates if c.language != found.language]


def is_sure(text: str, candidates: Sequence[Candidate]) -> bool:
    """Whether the first candidate can be taken without a second thought."""
    least = SURE_OF_A_WORD if len(WORD.findall(text)) <= FEW_WORDS else SURE
    return bool(candidates) and candidates[0].confidence > least


def choose_source(
    text: str, candidates: Sequence[Candidate], beside: Iterable[str], leads: Callable[[str], bool]
) -> Candidate:
    """The language to translate from.

    A doubtful text ("Hei", "OK") is in the language of the surer texts beside it, or in the likeliest that
    can be translated, or in the caseworkers' own: these clients know no answer that says "can't be told".

    Args:
        text: what is to be translated.
        candidates: what the text may be in, best first.
        beside: the languages of the surer texts of the request.
        leads: whether there is a way from a language to the one that is wanted.
    """
    if not candidates:
        return Candidate(UNTOLD, 0.0)
    if is_sure(text, candidates):
        return candidates[0]
    confidence = {each.language: each.confidence for each in candidates}
    wishes = (*beside, *confidence, runtime().settings.language)
    chosen = next(filter(leads, wishes), candidates[0].language)
    return Candidate(chosen, confidence.get(chosen, 0.0))

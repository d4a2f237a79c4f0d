"""Finding the language of a text for clients that must have one: no default, and each text for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from replyassist.assistant import LanguageSupport
from replyassist.domain import Candidate
from replyassist.service.house import house

LETTER = re.compile(r"[^\W\d_]")
UNTOLD = "und"  # BCP 47 for a text whose language can't be told
SURE = 0.5  # a language found with more than this is not swapped for one that can be translated


def find_candidates(text: str) -> list[Candidate]:
    """The languages that ``text`` may be in, best first; none for a text without a letter."""
    if not LETTER.search(text):
        return []
    found = house().assistant.identify(text)
    best = [Candidate(found.language, found.confidence)] if found.language else []
    return best + [c for c in found.candidates if c.language != found.language]


def choose_source(text: str, target: str, known: Mapping[str, LanguageSupport]) -> Candidate:
    """The language to translate from; a doubtful one yields to the next that leads to ``target``."""
    candidates = find_candidates(text)
    if not candidates:
        return Candidate(UNTOLD, 0.0)
    if candidates[0].confidence > SURE:
        return candidates[0]
    fitting = (
        c for c in candidates if c.language in known and target in {c.language, *known[c.language].targets}
    )
    return next(fitting, candidates[0])

"""Names of people in a sentence, told in the way of its language."""

from __future__ import annotations

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.translation.names.arabic import ARABIC, find_arabic_names
from replyassist.translation.names.capitals import find_capitalised
from replyassist.translation.names.declined import CASE_ENDINGS, find_declined


def find_names(sentence: str, tag: str, language: Language | None = None) -> list[Span]:
    """Spans of the names of people in a sentence of the language ``tag``, in order, without their titles.

    Args:
        sentence: on one line.
        tag: its language.
        language: what is known of it: what places are called that are no part of their names.
    """
    if tag == ARABIC:
        return find_arabic_names(sentence)
    if tag in CASE_ENDINGS:
        return find_declined(sentence, tag)
    return find_capitalised(sentence, tag, language)

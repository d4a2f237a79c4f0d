"""Capitals: models have hardly seen sentences in them, so they go through as other sentences do."""

from __future__ import annotations

from replyassist.languages import Language


def lowered(sentence: str) -> str:
    """A sentence in capitals as a model has seen sentences."""
    return sentence.capitalize() if _shouts(sentence) else sentence


def cased(source: str, target: str) -> str:
    """The translation in capitals when its source is."""
    return target.upper() if _shouts(source) else target


def opened_alike(source: str, target: str) -> str:
    """The translation with a capital where its source opens with one, whatever was put in there."""
    opens = source[:1].isupper() and target[:1].islower() and target[1:2] != target[1:2].upper()
    return target[0].upper() + target[1:] if opens else target


def continuing(text: str, before: str, language: Language | None) -> str:
    """What stands behind a comma of its line, with a small letter where its first word is no name.

    A greeting is read apart from its sentence, which the model then opens as one: "Hei, Når kommer svaret?".
    """
    if language is None or not before.rstrip(" \u00a0").endswith(",") or not text[1:2].isalpha():
        return text
    word = text.split(maxsplit=1)[0].rstrip(",.").lower()
    known = language.function_words | language.pronouns_reader | language.pronouns_sender
    return text[0].lower() + text[1:] if word in known else text


def _shouts(sentence: str) -> bool:
    letters = [c for c in sentence if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)

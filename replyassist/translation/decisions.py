"""That what a letter decides, and what can be done about it, is still told in its translation.

Small models make "Draft application" of "Avslag på søknad": no fact is lost, and nothing is turned round, but
the reader never learns that the answer is no.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from replyassist.domain import Check, Span
from replyassist.translation.polarity import find_denials
from replyassist.translation.sentence import Direction

REFUSAL = "refusal"
ANY_ENDING = "-"
# What stands before a word in an address: "www.kommune.example/klage" appeals nothing.
WITHIN_ADDRESS = "@./"
OPEN_COMPOUNDS = frozenset({"en"})


def check_decisions(source: str, target: str, direction: Direction) -> Iterator[Check]:
    """The words for a decision in the source that nothing in the target renders: a check that failed for each
    of the subjects of decisions.toml.
    """
    ours, theirs = direction.source_data, direction.target_data
    if ours is None or theirs is None:
        return
    for subject, says in _said(direction.source).items():
        stated, renders = says.search(source), _rendered(direction.target).get(subject)
        if stated is None or renders is None or renders.search(target):
            continue
        # "Avslås" may become "is not granted".
        if subject == REFUSAL and len(find_denials(target, theirs)) > len(find_denials(source, ours)):
            continue
        yield Check("decision", Span(*stated.span()), None, False, "lost")


@cache
def _said(tag: str) -> dict[str, re.Pattern[str]]:
    """Subject -> its words in a language, which a word begins with or is."""
    return {
        subject: re.compile(rf"(?<![{WITHIN_ADDRESS}]){_word_of(forms[tag]['says'])}", re.IGNORECASE)
        for subject, forms in _read().items()
        if tag in forms
    }


@cache
def _rendered(tag: str) -> dict[str, re.Pattern[str]]:
    """Subject -> its words in a language, in whatever compound."""
    opening = "" if tag in OPEN_COMPOUNDS else r"\w*"
    return {
        subject: re.compile(_word_of(forms[tag]["says"] + forms[tag]["renders"], opening), re.IGNORECASE)
        for subject, forms in _read().items()
        if tag in forms
    }


def _word_of(forms: Sequence[str], opening: str = "") -> str:
    """An expression for any of the forms; ``opening`` is what may stand before an open-ended one."""
    patterns = [
        rf"{opening}{re.escape(form.removesuffix(ANY_ENDING))}\w*"
        if form.endswith(ANY_ENDING)
        else re.escape(form)
        for form in forms
    ]
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


@cache
def _read() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = files(__package__).joinpath("decisions.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(text)
    return found

"""That a translation denies what its source denies, and decides as it decides.

Of the drafting languages much is known (language.toml), of those that citizens write in the words that deny
(polarity.toml). A language with neither isn't checked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from replyassist.domain import Check, Span
from replyassist.languages import Language
from replyassist.translation.sentence import Direction


def check_polarity(source: str, target: str, direction: Direction) -> Iterator[Check]:
    """Denials that were lost or added, and a refusal that became a grant or the other way round."""
    ours, theirs = direction.source_data, direction.target_data
    if ours is not None and theirs is not None:
        yield from _counted(source, target, ours, theirs)
        yield from _decision(source, target, ours, theirs)
    else:
        yield from _denied_at_all(source, target, direction)


def _denied_at_all(source: str, target: str, direction: Direction) -> Iterator[Check]:
    """That both sides deny or neither does. How often can't be compared: "nic nie rozumiem" denies twice."""
    ours, ours_implied = _denying(direction.source, direction.source_data)
    theirs, theirs_implied = _denying(direction.target, direction.target_data)
    if not ours or not theirs:
        return
    stated, arrived = _cues(source, ours), _cues(target, theirs)
    if stated and arrived:
        yield Check("negation", stated[0], arrived[0], True)
    elif stated and not _cues(target, theirs_implied):
        yield Check("negation", stated[-1], None, False, "lost")
    elif arrived and not _cues(source, ours_implied):
        yield Check("negation", None, arrived[-1], False, "added")


def _counted(source: str, target: str, ours: Language, theirs: Language) -> Iterator[Check]:
    """That as much is denied as in the source. "Fails to" denies too, so that it may become "does not"; but
    where both sides have such words, they make up for nothing.
    """
    stated, arrived = _cues(source, ours.negations), _cues(target, theirs.negations)
    implied = len(_cues(target, theirs.implied_negations)) - len(_cues(source, ours.implied_negations))
    more = len(arrived) - len(stated)
    # "Neither ... nor" is one or two elsewhere: where such words stand, one is as good as two.
    if (
        stated
        and arrived
        and (_cues(source, ours.joining_negations) or _cues(target, theirs.joining_negations))
    ):
        more = 0
    if more < -max(0, implied):
        yield Check("negation", stated[-1], None, False, "fewer" if arrived else "lost")
    elif more > max(0, -implied):
        yield Check("negation", None, arrived[-1], False, "more" if stated else "added")
    elif stated and arrived:
        yield Check("negation", stated[0], arrived[0], True)


def _decision(source: str, target: str, ours: Language, theirs: Language) -> Iterator[Check]:
    for stated, opposite in (("refused", "granted"), ("granted", "refused")):
        said = _cues(source, getattr(ours, stated))
        if said and not _cues(source, getattr(ours, opposite)):
            turned = _cues(target, getattr(theirs, opposite))
            kept = _cues(target, getattr(theirs, stated))
            if turned and not kept and not _cues(target, theirs.negations):
                yield Check("decision", said[0], turned[0], False, "inverted")


def _cues(text: str, forms: frozenset[str]) -> list[Span]:
    """Where words or phrases of ``forms`` stand; an English ``n't`` counts as its own word, and the ends of
    web addresses and abbreviations ("nav.no", "no. 5") as none.
    """
    if not forms:
        return []
    return [Span(*match.span()) for match in _expression(forms).finditer(text.replace("’", "'"))]


@cache
def _expression(forms: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    contracted = r"|(?<=\w)n't" if "not" in forms else ""
    return re.compile(
        rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))}{contracted})(?!\w|\.\s?[\w-]*\d)",
        re.IGNORECASE,
    )


def _denying(tag: str, language: Language | None) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a language that deny, and those that only imply it."""
    if language is not None:
        return language.negations, language.implied_negations
    known = _polarity().get(tag, {})
    return frozenset(known.get("negations", ())), frozenset(known.get("implied_negations", ()))


@cache
def _polarity() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("polarity.toml").read_text(encoding="utf-8")
    )
    return data

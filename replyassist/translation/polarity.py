"""That a translation denies what its source denies, and decides as it decides.

Of the drafting languages much is known (language.toml), of those that citizens write in the words that deny
(polarity.toml). A language with neither isn't checked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from replyassist import languages
from replyassist.domain import Check, Span
from replyassist.languages import Language
from replyassist.text import frequencies
from replyassist.text.arabic import SHORT_VOWELS, VOWELS
from replyassist.text.tokens import words
from replyassist.translation.sentence import Direction

# What is left of a word without its affix is one itself from this Zipf frequency and beyond this length on.
WORD, SHORTEST_DENIED = 3.0, 3
ARABIC = re.compile("[\u0621-\u064a]")


def check_polarity(source: str, target: str, direction: Direction) -> Iterator[Check]:
    """Denials that were lost or added, and a refusal that became a grant or the other way round."""
    ours, theirs = direction.source_data, direction.target_data
    if ours is not None and theirs is not None:
        yield from _counted(source, target, ours, theirs)
        yield from _decision(source, target, ours, theirs)
    else:
        yield from _denied_at_all(source, target, _denying(direction.source), _denying(direction.target))


@dataclass(frozen=True, slots=True)
class Denying:
    """The words of a language that deny, and those that may stand for a denial in another: polarity.toml."""

    negations: frozenset[str] = frozenset()
    idle_negations: frozenset[str] = frozenset()
    loose_negations: frozenset[str] = frozenset()
    implied_negations: frozenset[str] = frozenset()
    affixes: frozenset[str] = frozenset()


def _denied_at_all(source: str, target: str, ours: Denying, theirs: Denying) -> Iterator[Check]:
    """That both sides deny or neither does. How often can't be compared: "nic nie rozumiem" denies twice."""
    if not ours.negations or not theirs.negations:
        return
    stated, arrived = find_denials(source, ours), find_denials(target, theirs)
    if stated and arrived:
        yield Check("negation", stated[0], arrived[0], True)
    elif stated and not _may_deny(target, theirs):
        yield Check("negation", stated[-1], None, False, "lost")
    elif arrived and not _may_deny(source, ours):
        yield Check("negation", None, arrived[-1], False, "added")


def _may_deny(text: str, known: Denying) -> bool:
    """Whether a text without a denial may render one: "without notice" is "unannounced"."""
    idle = _cues(text, known.idle_negations)
    found = _cues(text, known.implied_negations | known.loose_negations)
    found += (span for span in words(text) if _is_affixed(span.of(text).casefold(), known.affixes))
    return any(not any(cue.overlaps(span) for span in idle) for cue in found)


def _is_affixed(word: str, affixes: frozenset[str]) -> bool:
    """Whether an English word is another one with an affix that denies."""
    for affix in affixes:
        prefix, _, ending = affix.partition("-")
        if not word.startswith(prefix) or not word.endswith(ending):
            continue
        denied = word.removeprefix(prefix) if prefix else word.removesuffix(ending)
        if len(denied) > SHORTEST_DENIED and frequencies.zipf(denied, "en") >= WORD:
            return True
    return False


def _counted(source: str, target: str, ours: Language, theirs: Language) -> Iterator[Check]:
    """That as much is denied as in the source. "Fails to" denies too, so that it may become "does not"; but
    where both sides have such words, they make up for nothing.
    """
    stated, arrived = find_denials(source, ours), find_denials(target, theirs)
    implied = _implied(target, theirs) - _implied(source, ours)
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


def _implied(text: str, known: Language) -> int:
    """How many words deny without a negation; what refuses does: "avslås" makes up for "refused"."""
    return len(_cues(text, known.implied_negations | known.refused))


def _decision(source: str, target: str, ours: Language, theirs: Language) -> Iterator[Check]:
    for stated, opposite in (("refused", "granted"), ("granted", "refused")):
        said = _cues(source, getattr(ours, stated))
        if said and not _cues(source, getattr(ours, opposite)):
            turned = _cues(target, getattr(theirs, opposite))
            kept = _cues(target, getattr(theirs, stated))
            if turned and not kept and not find_denials(target, theirs):
                yield Check("decision", said[0], turned[0], False, "inverted")


def find_denials(text: str, known: Language | Denying) -> list[Span]:
    """Where a text denies: "no later than" sets a limit."""
    loose = known.loose_negations if isinstance(known, Denying) else frozenset()
    idle = _cues(text, known.idle_negations | loose)
    return [cue for cue in _cues(text, known.negations) if not any(cue.overlaps(span) for span in idle)]


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
        rf"(?<![\w.])(?:{'|'.join(map(_form, longest_first))}{contracted})(?![\w{VOWELS}]|\.\s?[\w-]*\d)",
        re.IGNORECASE,
    )


def _form(form: str) -> str:
    """A form as an expression; Arabic is written with short vowels or without."""
    letters = "".join(
        f"{re.escape(letter)}[{SHORT_VOWELS}]*" if ARABIC.match(letter) else re.escape(letter)
        for letter in form.removesuffix("-")
    )
    return letters + (rf"[\w{VOWELS}]*" if form.endswith("-") else "")


@cache
def _denying(tag: str) -> Denying:
    """What polarity.toml knows of a language, beside what its folder under languages/ does."""
    text = files(__package__).joinpath("polarity.toml").read_text(encoding="utf-8")
    known = Denying(**{key: frozenset(words) for key, words in tomllib.loads(text).get(tag, {}).items()})
    language = languages.find(tag)
    if language is None:
        return known
    return replace(
        known,
        negations=known.negations | language.negations,
        idle_negations=known.idle_negations | language.idle_negations,
        implied_negations=known.implied_negations | language.implied_negations,
    )

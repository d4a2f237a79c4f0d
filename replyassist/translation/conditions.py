"""On what terms a letter says what it says: until when, from when, how much at most or at least, unless what,
and whether one must, may, may not or need not.

Small models lose a word of two letters without losing a fact: "senast tre veckor efter" becomes "three weeks
after", and the deadline of an appeal is gone.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from replyassist import languages
from replyassist.domain import Check, Span
from replyassist.text.arabic import VOWELS
from replyassist.text.vocabulary import month_names
from replyassist.translation.number_words import NumberWords
from replyassist.translation.sentence import Direction

ANY, OPEN, NEXT, IDLE, OPENING = "-", "…", "·", "idle", "opening"
# A time in numbers.
TIME = (
    r"(?:[0-2]?\d[.:][0-5]\d|[0-3]?\d[.](?:0?[1-9]|1[0-2])[.]|[0-3]?\d[/-]\d{1,2})(?:\d{2,4})?"
    r"|\d{4}-\d\d-\d\d|(?:19|20)\d\d"
)
NUMBER = r"\d[\d.,]*"
RANGE = re.compile(r"\d\.? ?[-–—] ?\d")
# Vowel marks count as part of an Arabic word.
WORD = rf"[\w{VOWELS}'-]+"
# How many words may stand within an open form, and between one and what it governs.
WITHIN, BEFORE = 3, {"time": 3, "number": 1}
# Letters that are written one for the other, code point for code point.
ALIKE = str.maketrans("’ʼ\u00a0أإآى", "'' اااي")
# Another clause begins, or there are two of a kind.
JOINING = frozenset({"og", "och", "and", "eller", "or", "men", "but", "samt"})

Stated = list[tuple[Span, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is the same of a term in every language.

    Attributes:
        kind: of its checks, ``limit`` or ``duty``.
        opposites: the terms that turn it round.
        governs: what an open form of it stands before, ``time`` or ``number``.
        lost: whether it must arrive, or only not be turned round.
        range: whether a range in numbers ("1.–30. June") states it.
    """

    kind: str
    opposites: frozenset[str]
    governs: str
    lost: bool
    range: bool

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Self:
        """From a table of conditions.toml, beside the forms in each language."""
        return cls(
            table["kind"], frozenset(table.get("opposites", ())), table.get("governs", "time"),
            table.get("lost", True), table.get("range", False),
        )  # fmt: skip


def check_conditions(source: str, target: str, direction: Direction) -> Iterator[Check]:
    """The terms of the source that the target doesn't state: a check that failed for the first of each.

    ``inverted`` where the target states the opposite, else ``lost``.
    """
    if {direction.source, direction.target} <= _read()["time"].keys():
        source, target = _plain(source), _plain(target)
        for kind in ("limit", "duty"):
            yield from _check_kind(kind, source, target, direction)


def _check_kind(kind: str, source: str, target: str, direction: Direction) -> Iterator[Check]:
    stated = find_stated(source, direction.source, kind)
    arrived = find_stated(target, direction.target, kind) if stated else []
    before, after = _count(stated), _count(arrived)
    failed: set[frozenset[str]] = set()
    for span, names in stated:
        if not names or names in failed:
            continue
        conditions = [_conditions()[name] for name in sorted(names)]
        opposites = {
            each for condition in conditions for each in condition.opposites if after[each] > before[each]
        }
        fewer = all(after[name] < before[name] for name in names)
        turned = next((there for there, found in arrived if found and found <= opposites), None)
        if turned and fewer:
            yield Check(kind, span, turned, False, "inverted")
        elif all(each.lost for each in conditions) and not any(
            _is_rendered(name, target, arrived, direction.target) for name in names
        ):
            yield Check(kind, span, None, False, "lost")
        else:
            continue
        failed.add(names)


def _count(stated: Stated) -> Counter[str]:
    """How often each term is stated."""
    return Counter(name for _, names in stated for name in names)


def find_stated(text: str, tag: str, kind: str) -> Stated:
    """Where a text states a term of a kind, and which: more than one where a form is ambiguous, none where it
    is idle.
    """
    expression, names = _says(tag, kind)
    return [(Span(*match.span()), names[str(match.lastgroup)]) for match in expression.finditer(_plain(text))]


def _is_rendered(name: str, text: str, stated: Stated, tag: str) -> bool:
    """Whether a text states a term in any way, be it in words that it isn't looked for in: but "until" is
    none in "not until".
    """
    if any(name in names for _, names in stated) or (_conditions()[name].range and RANGE.search(text)):
        return True
    found = [Span(*match.span()) for match in _renders(name, tag).finditer(text)]
    return any(not any(o.contains(span) and o != span for o, _ in stated) for span in found)


def _plain(text: str) -> str:
    return text.translate(ALIKE)


@cache
def _says(tag: str, kind: str) -> tuple[re.Pattern[str], Mapping[str, frozenset[str]]]:
    """An expression with a group for each form, the longest first, and the terms that each group states."""
    terms: dict[tuple[str, str], set[str]] = {(form, ""): set() for form in _read()[IDLE].get(tag, ())}
    for name, condition in _conditions().items():
        for form in _forms(name, tag, "says") if condition.kind == kind else ():
            governs = condition.governs if form.endswith((OPEN, NEXT)) else ""
            terms.setdefault((form, governs), set()).add(name)
    longest_first = sorted(terms, key=lambda each: len(each[0]), reverse=True)
    groups = [f"(?P<f{i}>{_pattern(form, tag, what)})" for i, (form, what) in enumerate(longest_first)]
    return _whole(groups), {f"f{i}": frozenset(terms[each]) for i, each in enumerate(longest_first)}


@cache
def _renders(name: str, tag: str) -> re.Pattern[str]:
    governs = _conditions()[name].governs
    return _whole([_pattern(form, tag, governs) for form in _forms(name, tag, "renders")])


def _forms(name: str, tag: str, key: str) -> Sequence[str]:
    found: Sequence[str] = _read()[name].get(tag, {}).get(key, ())
    return found


def _whole(patterns: Sequence[str]) -> re.Pattern[str]:
    """An expression for any of the patterns as words of their own; none at all match nothing."""
    return re.compile(rf"(?<![\w.@/-])(?:{'|'.join(patterns) or '(?!)'})(?![\w{VOWELS}])", re.IGNORECASE)


def _pattern(form: str, tag: str, governs: str) -> str:
    """A form as an expression."""
    words = form.removesuffix(OPEN).removesuffix(NEXT).split()
    gap = rf"(?:(?!(?:{_openers(tag)})\b){WORD} ){{0,{WITHIN}}}"
    written = " ".join(gap if word == OPEN else _word(word, tag) for word in words).replace(f"{gap} ", gap)
    language = languages.find(tag)
    if language and form in language.months:  # English "may", and "1 May"
        written = rf"(?<!\d ){written}(?! \d)"
    if form.endswith(NEXT):  # a day may stand before its month
        return written + rf"(?= (?:\d{{1,2}}(?:\.|-го)? )?(?:{_governed(governs, tag)})(?![\w{VOWELS}]))"
    if not form.endswith(OPEN):
        return written
    between = rf"(?:{WORD}[.,]? ){{0,{BEFORE[governs]}}}"
    return written + rf"(?= {between}(?:{_governed(governs, tag)})(?![\w{VOWELS}]))"


def _word(word: str, tag: str) -> str:
    if word == "n't":  # of "don't"
        return r"\w+n't"
    opening, ending = (
        rf"[\w{VOWELS}]*" if hyphen else "" for hyphen in (word.startswith(ANY), word.endswith(ANY))
    )
    letters = _plain(word.strip(ANY))
    if tag != "ar":
        return opening + re.escape(letters) + ending
    # "And" and "so" are written together with the word behind them.
    return rf"[وف]?{opening}" + "".join(f"{letter}[{VOWELS}]*" for letter in letters) + ending


@cache
def _governed(what: str, tag: str) -> str:
    """An expression for a time, or for a number, in a language."""
    language = languages.find(tag)
    times = [TIME, *(_word(word, tag) for word in _read()["time"][tag])]
    numbers = [NUMBER, *(_word(word, tag) for word in _read()["number"][tag])]
    if spelled := NumberWords.of(tag):
        numbers += map(_plain, spelled.values)
    if language:
        # English "may" is no month.
        times += [f"(?-i:{month.capitalize()})" if tag == "en" else month for month in language.months]
        times += language.weekdays
    else:
        times += [re.escape(_plain(month)) for month in month_names(tag)]
    return "|".join(numbers if what == "number" else times)


@cache
def _openers(tag: str) -> str:
    """The words that another clause begins with."""
    language = languages.find(tag)
    single = {word for word in language.subordinators if " " not in word} if language else set()
    return "|".join(sorted(map(re.escape, single | JOINING | set(_read()[OPENING].get(tag, ())))))


@cache
def _conditions() -> dict[str, Condition]:
    return {name: Condition.read(table) for name, table in _read().items() if "kind" in table}


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("conditions.toml").read_text(encoding="utf-8"))

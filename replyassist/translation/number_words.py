"""Small numbers in words: "innen tre uker" must not come out as "within four weeks"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.facts import Fact

# "One" is an article too; "et tre" is a tree, and "tre og betong" is wood.
FIRST, LAST = 2, 12
COUNTED = re.compile(r"[ \u00a0](?!(?:og|och|and|eller|or|i|oraz|lub|albo|та|й|або)\b)[^\W\d_A-ZÆØÅÄÖ]")
ARTICLES = r"(?<!\bet )(?<!\beit )(?<!\bett )(?<!\bdette )(?<!\b[aA]v )"
# Arabic writes "and", "in", "for" and "the" together with the word.
JOINED = {"ar": "(?!لست)[وف]?[بلك]?(?:ال(?!اثنين)|ل)?"}
DUAL = "ن"
APOSTROPHES = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language spells its small numbers.

    Attributes:
        written: the word for each, from ``FIRST`` on.
        expression: finds any form; the group ``more`` is a word that makes it part of a greater number.
        values: form -> value.
        renderings: for each, what else may stand for it in a translation.
    """

    written: tuple[str, ...]
    expression: re.Pattern[str]
    values: dict[str, str]
    renderings: tuple[re.Pattern[str], ...]

    @classmethod
    @cache
    def of(cls, tag: str) -> NumberWords | None:
        """The words of a language, or None where none are known."""
        data = _read()
        if tag not in data["words"]:
            return None
        forms = [words.split("|") for words in data["words"][tag]]
        values = {form: str(value) for value, same in enumerate(forms, start=FIRST) for form in same}
        longest_first = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
        more = rf"(?P<more>(?:{data['before'].get(tag, '(?!)')}) )?"
        expression = re.compile(
            rf"(?<![\w-]){more}{ARTICLES}{JOINED.get(tag, '')}(?P<word>{longest_first})(?!\w|-\d)"
            rf"(?![ \u00a0](?:{data['behind'][tag]})\b)",
            re.IGNORECASE,
        )
        renderings = (
            re.compile(rf"(?<!\w)(?:{others})(?!\w)", re.IGNORECASE) for others in data["renders"][tag]
        )
        return cls(tuple(same[0] for same in forms), expression, values, tuple(renderings))


def find_number_words(text: str, tag: str, *, counting: bool = False) -> Iterator[Fact]:
    """Numbers in words, as facts of the kind ``number``.

    Args:
        text: a sentence.
        tag: the language whose words they are; nothing is found where none are known.
        counting: only those before a word that they may count.
    """
    known = NumberWords.of(tag)
    if known is None:
        return
    for match in known.expression.finditer(text.translate(APOSTROPHES)):
        word = match["word"].casefold()
        counts = not counting or COUNTED.match(text, match.end()) or (tag in JOINED and word.endswith(DUAL))
        if counts and not match["more"]:
            yield Fact("number", Span(*match.span("word")), known.values[word])


def find_rendering(value: str, text: str, tag: str) -> Span | None:
    """Where a text says a small number in a way that is no number word: "twice", an ordinal, a dual."""
    known, place = NumberWords.of(tag), _place(value)
    if known is None or place is None:
        return None
    match = known.renderings[place].search(text.translate(APOSTROPHES))
    return Span(*match.span()) if match else None


def write_number_word(value: str, language: Language | None) -> str | None:
    """A number as a drafting language spells it, or None where it has no word for it; a language that bends
    its numbers by case gets digits.
    """
    known, place = NumberWords.of(language.tag) if language else None, _place(value)
    return known.written[place] if known and place is not None else None


def _place(value: str) -> int | None:
    """Where a number stands among those that have words, or None."""
    place = int(value) - FIRST if value.isdecimal() else -1
    return place if 0 <= place <= LAST - FIRST else None


@cache
def _read() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(files(__package__).joinpath("number_words.toml").read_text(encoding="utf-8"))

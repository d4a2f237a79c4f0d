"""Small numbers in words: "innen tre uker" must not come out as "within four weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.text.facts import Fact

# "One" is an article too; "et tre" is a tree, and "tre og betong" is wood.
FIRST = 2
COUNTED = re.compile(r"[ \u00a0](?!(?:og|och|and|eller|or)\b)[^\W\d_A-ZÆØÅÄÖ]")
ARTICLES = r"(?<!\bet )(?<!\beit )(?<!\bett )(?<!\bdette )(?<!\b[aA]v )"


def find_number_words(text: str, language: Language | None, *, counting: bool = False) -> Iterator[Fact]:
    """Numbers in words, as facts of the kind ``number``.

    Args:
        text: a sentence.
        language: whose words; nothing is found without it.
        counting: only those before a word that they may count.
    """
    if language is None or not language.number_words:
        return
    expression, values = _expression(language)
    for match in expression.finditer(text):
        if not counting or COUNTED.match(text, match.end()):
            yield Fact("number", Span(*match.span()), values[match[0].casefold()])


def write_number_word(value: str, language: Language | None) -> str | None:
    """A number as the language spells it, or None where it has no word for it."""
    words = language.number_words if language else ()
    place = int(value) - FIRST if value.isdecimal() else -1
    return words[place].split("|")[0] if 0 <= place < len(words) else None


@cache
def _expression(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    values = {
        word: str(value)
        for value, words in enumerate(language.number_words, start=FIRST)
        for word in words.split("|")
    }
    return re.compile(rf"(?<![\w-]){ARTICLES}(?:{'|'.join(values)})(?![\w-])", re.IGNORECASE), values

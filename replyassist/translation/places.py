"""Names of places of one word, told by what stands beside them: schools, homes, halls and streets.

Taken alone, a capital says too little: it may be an authority or a country, which are translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from replyassist.domain import Span
from replyassist.languages import Language
from replyassist.translation.names.capitals import CAPITALISED, COMMON, EVERYDAY, UNTOLD, opens, zipf

# "Solsvingen 9", "Skovkrogen 8 B": a street whatever its ending, where no sentence begins.
NUMBERED = re.compile(rf"(?<![\w-])(?P<name>{CAPITALISED}) \d{{1,3}}(?: ?[A-Z])?(?![\w%/:-]|[.,]\d| %)")
# "6800 Førde", "901 05 Umeå": a town behind its postcode, in an address.
POSTCODE = re.compile(rf"(?:(?<=, )|(?<=\A))(?:\d{{4}}|\d{{3}} \d\d) (?P<name>{CAPITALISED})")
# "Se Vedlegg 3": what is numbered beside streets has names this common, or commoner.
RARE = 3.0
# Words this common are no names even with a capital: "Deres barnehage".
POLITE = 5.0


def find_places(sentence: str, language: Language) -> list[Span]:
    """Spans of the names of places, without the words that say what they are."""
    if language.tag in UNTOLD or sentence.isupper():
        return []
    return sorted(set(_named(sentence, language)) | set(_streets(sentence, language)))


def _named(sentence: str, language: Language) -> Iterator[Span]:
    """ "Storlia skole", "the Storlia nursing home", "Förskolan Storlia"."""
    for pattern in _kinds(language):
        for match in pattern.finditer(sentence):
            span, name = Span(*match.span("name")), match["name"]
            if name.isupper() or name.casefold() in language.named_places:
                continue
            limit = COMMON if language.tag == "en" else EVERYDAY if opens(sentence, span.start) else POLITE
            if zipf(name, language.tag) < limit:
                yield span


def _streets(sentence: str, language: Language) -> Iterator[Span]:
    for match in _street(language).finditer(sentence):
        if match["number"] or not opens(sentence, match.start()):
            yield Span(*match.span("name"))
    for match in NUMBERED.finditer(sentence):
        name = match["name"]
        if not opens(sentence, match.start()) and not name.isupper() and zipf(name, language.tag) < RARE:
            yield Span(*match.span("name"))
    for match in POSTCODE.finditer(sentence):
        yield Span(*match.span("name"))


@cache
def _kinds(language: Language) -> tuple[re.Pattern[str], ...]:
    """A name before what it is the name of, and behind it."""
    if not language.named_places:
        return ()
    kinds = "|".join(sorted(map(re.escape, language.named_places), key=len, reverse=True))
    name = rf"(?<![\w-])(?P<name>{CAPITALISED})"
    compound = r"[^\W\d_A-ZÆØÅÄÖ]{0,20}"  # "ungdomsskole"
    return (
        re.compile(rf"{name}[ \u00a0]{compound}(?i:{kinds})(?!\w)"),
        re.compile(rf"(?<![\w-]){compound}(?i:{kinds})[ \u00a0](?P<name>{CAPITALISED})"),
    )


@cache
def _street(language: Language) -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, language.street_endings), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?P<name>[A-ZÆØÅÄÖ][\w’'-]{{2,}}(?:{endings})s?)(?!\w)(?P<number> \d)?")

"""Set phrases of letters: greetings, closings, headings, labels. A model that has seen whole sentences
mangles them; each language's folder has its own, under keys that all languages share. Those of languages that
letters are not drafted in stand in formulas.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from replyassist import languages
from replyassist.domain import Span
from replyassist.translation.assembling import as_one_line
from replyassist.translation.casing import cased, opened_alike
from replyassist.translation.names import write_name
from replyassist.translation.names.capitals import CYRILLIC, LATIN, run_of
from replyassist.translation.numerals import western
from replyassist.translation.protection import everything
from replyassist.translation.sentence import Direction, Sentence

LONGEST = 100
NAME, FULL_NAME = run_of(LATIN + CYRILLIC), run_of(LATIN + CYRILLIC, "1,5")
PLACE = re.compile(r"\{(full )?name\}")
# What may follow a phrase and stays: "Hei!", "Kind regards,". A question is one in every language.
CLOSING_MARKS = " .,:;!?،؟"
# Arabic writes its own comma and question mark.
ARABIC_MARKS = str.maketrans("،؟", ",?")
# A label, and what it is the label of: "Dato: 12. mars 2026", "Sak 2026/12345".
LABELLED = re.compile(r"(?P<label>[^\W\d_][^:\d]{0,40}?)(?P<sign>\s*:\s*|\s+(?=\S*\d))(?P<rest>.+)\Z")
# A greeting within a sentence: "Dzień dobry, straciłem pracę".
GREETED = re.compile(r"(?P<greeting>[^\W\d_][^,،.!?؟:\d\n]{1,30})[,،!]+\s+(?=\w)")
GREETINGS = frozenset({"hello", "good-day", "good-morning"})
# What needs no colon after its label: "to 12 March" is no label.
NUMBERED = frozenset({"case-number", "phone", "property"})
LETTER = re.compile(r"[^\W\d_]")


def write_formula(sentence: Sentence, direction: Direction) -> str | None:
    """What a set phrase is in the target language, or None when the sentence is none, or not one in both;
    what the municipality calls it comes first, and a word of the glossary last.

    A greeting keeps the name that it greets; a label keeps what it labels when that is nothing but facts and
    names, with dates as the target language writes them.
    """
    return (
        _lone_word(sentence, own=True) or _set_phrase(sentence, direction) or _lone_word(sentence, own=False)
    )


def _set_phrase(sentence: Sentence, direction: Direction) -> str | None:
    if len(sentence.text) > LONGEST:
        return None
    if phrase := _phrase(sentence.text, direction):
        return cased(sentence.text, phrase)
    if not LETTER.search(sentence.text):
        return western(sentence.text, direction)
    whole = Span(0, len(sentence.text))
    if not sentence.facts and _states_only(sentence, whole):  # a signature
        return _rest(sentence, whole, direction)
    # Facts are written anew only where it is known how both languages write them.
    known = direction.source_data is not None and direction.target_data is not None
    return _facts(sentence, direction) if known else None


def _facts(sentence: Sentence, direction: Direction) -> str | None:
    """A line that is nothing but facts and names, with or without a label before them."""
    whole = Span(0, len(sentence.text))
    if sentence.facts and _states_only(sentence, whole):  # a cell with an amount, a line with a date
        return _rest(sentence, whole, direction)
    labelled = LABELLED.match(sentence.text)
    if labelled is None:
        return None
    rest = Span(labelled.start("rest"), len(sentence.text))
    within = [fact for fact in sentence.facts if rest.contains(fact.span)]
    colon = ":" in labelled["sign"] or (len(within) == 1 and within[0].kind in NUMBERED)
    if colon and _states_only(sentence, rest) and (label := _phrase(labelled["label"], direction)):
        label = cased(labelled["label"], label.rstrip(" ."))  # "Vår ref.:"
        return label + labelled["sign"] + _rest(sentence, rest, direction)
    return None


def part_label(text: str, span: Span, direction: Direction) -> tuple[Span, ...]:
    """A segment in two where a label that is a set phrase opens it ("Avslag: du får ..."), else as it is.

    A model that reads the label in its sentence makes anything of it; those of the citizens' languages make
    it of greetings too.
    """
    ours, theirs = direction.source_data, direction.target_data
    if ours is None:
        return _part_greeting(text, span, direction)
    labelled = LABELLED.match(text, span.start, span.end)
    if theirs is None or labelled is None or ":" not in labelled["sign"]:
        return (span,)
    if _phrase(labelled["label"], direction) is None:
        return (span,)
    line = as_one_line(span.of(text))
    if write_formula(Sentence.read(line, direction), direction):  # it labels facts: all one phrase
        return (span,)
    colon = text.index(":", labelled.end("label")) + 1
    return Span(span.start, colon), Span(labelled.start("rest"), span.end)


def _part_greeting(text: str, span: Span, direction: Direction) -> tuple[Span, ...]:
    """A segment in two where a greeting opens it: "السلام عليكم، متى" was "The ladder is you, when"."""
    greeted = GREETED.match(text, span.start, span.end)
    whole, _ = _lookup(direction.source)
    if greeted is None or whole.get(_parted(greeted["greeting"])[0].casefold()) not in GREETINGS:
        return (span,)
    return Span(span.start, span.start + len(greeted[0].rstrip())), Span(greeted.end(), span.end)


def _lone_word(sentence: Sentence, *, own: bool) -> str | None:
    """What it is called where the sentence is nothing but a word: the municipality's, or the glossary's."""
    words, marks = _parted(sentence.text)
    for term in sentence.terms:
        if term.own is own and term.fits and term.span == Span(0, len(words)):
            return opened_alike(sentence.text, cased(words, term.wanted)) + marks
    return None


def _phrase(text: str, direction: Direction) -> str | None:
    """A phrase in the other language, with the marks that follow it."""
    words, marks = _parted(text)
    if direction.target != "ar":
        marks = marks.translate(ARABIC_MARKS)
    whole, named = _lookup(direction.source)
    theirs = formulas_of(direction.target)
    written = theirs.get(whole.get(words.casefold(), ""))
    if not written:
        for expression, key in named:
            if key in theirs and (match := expression.fullmatch(words)):
                name = write_name(match["name"], direction.source)
                return PLACE.sub(name, theirs[key][0]) + marks
        return None
    phrase, question = _parted(written[0])
    return _opened(words, phrase) + (question or marks.replace("?", ""))


def _parted(text: str) -> tuple[str, str]:
    """A phrase and the marks that close it."""
    words = " ".join(text.split())
    body = words.rstrip(CLOSING_MARKS)
    return body, words[len(body) :]


def _opened(source: str, phrase: str) -> str:
    """The phrase with a small first letter when the source has one: "saksbehandler" under a name."""
    return phrase[:1].lower() + phrase[1:] if source[:1].islower() else phrase


def _states_only(sentence: Sentence, rest: Span) -> bool:
    """Whether nothing of the rest is left beside facts and names."""
    left = list(rest.of(sentence.text))
    for span in [*(fact.span for fact in sentence.facts), *(name.span for name in sentence.names)]:
        for i in range(max(span.start, rest.start), min(span.end, rest.end)):
            left[i - rest.start] = " "
    return LETTER.search("".join(left)) is None


def _rest(sentence: Sentence, rest: Span, direction: Direction) -> str:
    parts, position = [], rest.start
    for span, wanted in sorted(everything(sentence, direction)):
        if rest.contains(span):
            parts += [sentence.text[position : span.start], wanted]
            position = span.end
    return "".join([*parts, sentence.text[position : rest.end]])


@cache
def formulas_of(tag: str) -> Mapping[str, tuple[str, ...]]:
    """The set phrases of a language; none where there are none."""
    if language := languages.find(tag):
        return language.formulas
    data = tomllib.loads(files(__package__).joinpath("formulas.toml").read_text(encoding="utf-8"))
    return {key: tuple(phrases) for key, phrases in data.get(tag, {}).items()}


@cache
def _lookup(tag: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The phrases of a language in lower case, and expressions for those with a name, with their keys."""
    whole: dict[str, str] = {}
    named: list[tuple[re.Pattern[str], str]] = []
    for key, phrases in formulas_of(tag).items():
        for phrase in phrases:
            if place := PLACE.search(phrase):
                before, after = phrase[: place.start()], phrase[place.end() :]
                name = FULL_NAME if place[1] else NAME
                pattern = f"(?i:{re.escape(before)})(?P<name>{name})(?i:{re.escape(after)})"
                named.append((re.compile(pattern), key))
                # "Dear Mr X" before "Dear X", who would be called Mr X.
                named.sort(key=lambda entry: -len(entry[0].pattern))
            else:
                whole.setdefault(_parted(phrase)[0].casefold(), key)
    return whole, named

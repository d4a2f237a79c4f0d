"""Keep from harm what must arrive as it is: addresses, numbers that are names, placeholders, people's names.

Each is replaced by a stand-in that the models copy, and put back afterwards. Where the checks see that one
did not arrive, the sentence is translated again in another way, and what still did not arrive is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel.numbers import format_decimal, get_group_symbol

from replyassist.domain import Check, Span
from replyassist.languages import Language
from replyassist.text.facts.fact import Fact, prepare
from replyassist.text.facts.quantities import plain_decimal, read_number
from replyassist.translation.acts import cited, with_act
from replyassist.translation.clock import COUNTS_TO_24
from replyassist.translation.dates import write_date
from replyassist.translation.number_words import write_number_word
from replyassist.translation.segmentation import SYMBOLS
from replyassist.translation.sentence import VERBATIM, Direction, Sentence

# Kinds that a language may write its own way, and that are copied when the model's own way went wrong.
COPIED_AT_NEED = frozenset({"time", "amount", "percentage", "number", "law"})
# Those of them whose digits each language groups in its own way.
QUANTITIES = frozenset({"amount", "percentage", "number"})
# Shapes of stand-ins. Of nine that were tried on the corpus with a half-trained model, these arrived most
# often: 96 to 100 % of numbers of three digits, 91 to 99 % of numbers in braces (years 89 to 100, capitals
# 84 to 97, names 48 to 94).
NUMBERS, BRACES = "{}", "{{{}}}"
PICTURES = re.compile(rf"(?:{SYMBOLS})+")
LAW = re.compile(r"(?:(?P<chapter>\d{1,2}):)?(?P<section>[\d-]+[a-z]?)(?:\((?P<part>\d+)\))?")
# "8.20 pm" means nothing to who counts to 24.
HALF = re.compile(r"[ap]\.? ?m\.?\Z", re.IGNORECASE)
# A number with a sign among its digits, as the source writes it.
SIGNED_NUMBER = re.compile(
    r"(?<!\w)\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<!\w)\d+[.,]\d+(?!\d)"
)
# English sets its article before a noun, where the Nordic languages have an ending: a word of the termbase
# brings it along, and what stands there already takes its place.
ARTICLE = "the "
DETERMINER = re.compile(
    r"\b(?i:the|an?|another|my|your|his|her|its|our|their|this|that|these|those|no|any|each|every|which|some|one)\s+"
    r"(?:(?:new|old|same|own|other|whole|first|next|last|local)\s+)?"
)
INDEFINITE = re.compile(r"\b([aA])n?(\s+)\Z")
SOUNDS_AS_VOWEL = re.compile(r"(?!eu|one|u(?:ni|s[eu]))[aeiou]|hour|heir|hono", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins, and what each stands for."""

    text: str
    originals: tuple[tuple[str, str], ...]


def mask(sentence: str, replacements: Sequence[tuple[Span, str]], shape: str = NUMBERS) -> Masked:
    """Put a stand-in, which the sentence doesn't hold already, in the place of each span.

    Args:
        sentence: what is to be translated.
        replacements: spans, and what shall stand in their place in the translation. Of two that overlap, the
            first one counts; those that no stand-in is left for stay as they are.
    """
    parts, originals, position = [], [], 0
    names = stand_ins(sentence, shape)
    for span, wanted in sorted(replacements, key=lambda r: r[0]):
        if span.start < position:
            continue
        if (name := next(names, None)) is None:  # the checks see to what goes through as it is
            break
        parts += [sentence[position : span.start], name]
        originals.append((name, wanted))
        position = span.end
    parts.append(sentence[position:])
    return Masked("".join(parts), tuple(originals))


def unmask(translated: str, originals: Sequence[tuple[str, str]]) -> str:
    """Put back what each stand-in stands for, as often as it arrived; the checks see when one did not."""
    for name, original in originals:
        standing = re.escape(name)
        if name.isdigit():  # "{2}b" of a class 2b has its own bounds
            standing = rf"(?<!\w){standing}(?!\w)"
        bare = original.removeprefix(ARTICLE)
        if bare[:1].isalpha():  # "your 317" for "the building permit", "a 317" for "easement"
            beside = rf"({DETERMINER.pattern}){standing}"
            translated = re.sub(beside, lambda match, o=bare: agreeing(match[1], o) + o, translated)  # type: ignore[misc]
        translated = re.sub(standing, lambda _, o=original: o, translated)  # type: ignore[misc]
    return translated


def agreeing(determiner: str, word: str) -> str:
    """An English determiner before a word: "an easement" where "a" stood, or the other way round."""
    return INDEFINITE.sub(rf"\1{'n' if SOUNDS_AS_VOWEL.match(word) else ''}\2", determiner)


def stand_ins(sentence: str, shape: str) -> Iterator[str]:
    """Stand-ins that the sentence doesn't hold."""
    # Every number of three digits, neighbours far from each other.
    numbers = (100 + (217 + 29 * i) % 900 for i in range(900)) if shape == NUMBERS else iter(range(1, 100))
    for number in numbers:
        if (name := shape.format(number)) not in sentence:
            yield name


def verbatim(sentence: Sentence, direction: Direction) -> list[tuple[Span, str]]:
    """What is the same in every language, each to be put back as it was.

    The name of an act of law stays with its paragraph unless both languages name it: a model makes up names
    of acts, and where the law of another country is read, its own name is what can be looked up (``cited``).
    """
    text, source = sentence.text, direction.source_data
    spans = [fact.span for fact in sentence.facts if fact.kind in VERBATIM]
    spans += [Span(*match.span()) for match in PICTURES.finditer(text)]
    kept = [(span, span.of(text)) for span in spans]
    if source and not direction.same_law:
        acts = (with_act(text, fact.span, source) for fact in sentence.facts if fact.kind == "law")
        kept += [(act, cited(act.of(text), direction)) for act in acts if act]
    return kept


def everything(sentence: Sentence, direction: Direction) -> list[tuple[Span, str]]:
    """All that a sentence states, names and words of the termbase included, as the target language writes it.

    Dates are written out anew, the rest is copied. Of two that overlap, the first counts.
    """
    text, found = sentence.text, verbatim(sentence, direction)
    for fact in sentence.facts:
        if fact.kind == "date":
            if date := write_date(fact.value, direction.target_data):
                found.append((fact.span, date))
        elif fact.kind == "law" and "en" in {direction.source, direction.target}:
            found.append((fact.span, write_law(fact.value, direction.target_data) or fact.span.of(text)))
        elif fact.kind in COPIED_AT_NEED:
            found.append((fact.span, _copied(fact, text, direction)))
    found += [(name.span, name.written) for name in sentence.names]
    found += [(term.span, term.wanted) for term in sentence.terms if term.fits]
    chosen: list[tuple[Span, str]] = []
    for span, wanted in found:
        if not any(span.overlaps(other) for other, _ in chosen):
            chosen.append((span, wanted))
    return chosen


def _copied(fact: Fact, text: str, direction: Direction) -> str:
    written = fact.span.of(text)
    if fact.kind == "number" and not _digits(written):
        return write_number_word(fact.value, direction.target_data) or fact.value
    return write_quantity(written, direction) if fact.kind in QUANTITIES else written


def write_law(value: str, language: Language | None) -> str | None:
    """A reference to law (``20-4``, ``9:31``, ``12(2)``) as the language writes it, or None.

    Between the Nordic languages none needs another form: each reads the others'.
    """
    match = LAW.fullmatch(value)
    if match is None or language is None or not language.law_forms:
        return None
    section, chaptered, part = language.law_forms
    written = (chaptered if match["chapter"] else section).format(**match.groupdict())
    return written + (part.format(part=match["part"]) if match["part"] else "")


def write_quantity(written: str, direction: Direction) -> str:
    """An amount, a percentage or a number with its digits grouped as the target language groups them."""
    ours, theirs = direction.source_data, direction.target_data
    if ours is None or theirs is None or _marks(ours) == _marks(theirs):
        return written
    return SIGNED_NUMBER.sub(lambda number: _regrouped(number[0], ours, theirs), written)


def _regrouped(number: str, ours: Language, theirs: Language) -> str:
    """ "8,820.50" as "8 820,50"; a number without any sign stays: it may be a year."""
    value = read_number(prepare(number), ours.decimal_mark)
    decimals = len(plain_decimal(value).partition(".")[2])
    if ours.decimal_mark in number:
        decimals = len(number.rpartition(ours.decimal_mark)[2])
    return str(format_decimal(value, f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=theirs.tag))


@cache
def _marks(language: Language) -> tuple[str, str]:
    """The signs that part decimals and groups of digits."""
    return language.decimal_mark, prepare(get_group_symbol(language.tag))


def repair(sentence: Sentence, target: str, checks: Sequence[Check], direction: Direction) -> str:
    """The translation with each number that came out changed written as the source has it, and with times of
    day as the target language counts them.

    Only kinds that are the same in both languages; dates and amounts are left for a person to see.
    """
    times = {fact.span: fact.value for fact in sentence.facts if fact.kind == "time"}
    for check in sorted(checks, key=lambda c: c.target or Span(0, 0), reverse=True):
        if check.source is None or check.target is None:
            continue
        written, there = check.target.of(target), None
        if check.kind in VERBATIM and check.detail == "changed":
            there = check.source.of(sentence.text)
        elif check.kind in QUANTITIES and check.detail == "changed":
            # Copied with the source's own signs: "DKK 2,184" is two crowns in Danish.
            same = _digits(written) == _digits(check.source.of(sentence.text)) != ""
            there = write_quantity(written, direction) if same else None
        elif (
            check.kind == "time"
            and check.passed
            and direction.target in COUNTS_TO_24
            and HALF.search(written)
        ):
            there = times[check.source].replace(":", ".")
        if there is not None:
            target = target[: check.target.start] + there + target[check.target.end :]
    return target


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())

"""What a sentence states against what its translation states: nothing lost, nothing added, nothing turned
round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from replyassist.domain import Check, Identification, Span
from replyassist.text.facts import Fact, find_facts
from replyassist.text.tokens import words
from replyassist.translation.conditions import check_conditions
from replyassist.translation.decisions import check_decisions
from replyassist.translation.names import CASE_ENDINGS, in_any_case
from replyassist.translation.number_words import find_number_words, find_rendering
from replyassist.translation.polarity import check_polarity
from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.word_checks import check_words

# A translation is between half and twice as long as its source, give or take a dozen characters; languages
# that write without vowels or in characters for words are shorter.
LONGEST, SHORTEST, SLACK = 2.2, 0.4, 12
DENSE = frozenset({"ar", "fa", "ps", "ur", "zh", "am", "ti", "th", "hi"})
LOOP = re.compile(r"(\b\w+(?:\W+\w+){0,5})(?:\W+\1\b){2,}")
COPIED_WORDS = 4
# What is another thing when it comes out as another kind; the others are told by their digits.
OF_ONE_KIND = frozenset({"amount", "law", "time", "percentage"})
# Endings of Nordic names whose s is no genitive's: Tjønnås, Blaxnäs, Aarhus, Lindfors, Lindroos, Voss.
OWN_S = re.compile(r"(?:ås|aas|næs|näs|hus|fors|roos|ss)\Z", re.IGNORECASE)
# Where the numbers in words of a language aren't read, its text may hold any of these without a digit.
COUNTED_IN_WORDS = 31
CLOCK = re.compile(r"(\d{1,2})[.:](\d\d)")
# A sentence of fewer words may be in several languages at once; a longer one surely is in another when the
# identifier is as sure as this, and finds the wanted one as unlikely.
TOLD_WORDS = 5
SURE, UNLIKELY = 0.9, 0.02
NEIGHBOURS = frozenset({"nb", "nn", "da"})


Identify = Callable[[str], Identification]


def check_segment(
    sentence: Sentence, target: str, direction: Direction, identify: Identify | None = None
) -> tuple[Check, ...]:
    """Every check of one segment; spans are into the sentence's text and ``target`` themselves.

    Args:
        sentence: what was translated.
        target: its translation.
        direction: from which language to which.
        identify: tells the language of a text; without it, that is not checked.
    """
    return (
        *check_stated(sentence, target, direction),
        *_terms(sentence, target),
        *check_polarity(sentence.text, target, direction),
        *check_decisions(sentence.text, target, direction),
        *check_conditions(sentence.text, target, direction),
        *_shape(sentence.text, target, direction),
        *check_words(sentence, target, direction),
        *(_language(target, direction, identify) if identify else ()),
    )


def check_stated(sentence: Sentence, target: str, direction: Direction) -> tuple[Check, ...]:
    """Those of them that compare facts and names; a set phrase says the rest in its own way."""
    return (*_facts(sentence, target, direction), *_names(sentence, target, direction))


def _facts(sentence: Sentence, target: str, direction: Direction) -> Iterator[Check]:
    found = find_facts(target, direction.target_data, crown=direction.crown)
    arrived = [_whole_address(fact, target) for fact in found]
    # A number may be in words on one side alone. Words not asked for add nothing: "both" is "de to".
    spelled = list(find_number_words(target, direction.target))
    missing = []
    for fact in sentence.facts:
        if match := next((a for a in arrived if same(fact, a) or _is_clock(fact, a, target)), None):
            arrived.remove(match)
            yield Check(fact.kind, fact.span, match.span, True)
        elif match := next((a for a in spelled if same(fact, a)), None):
            spelled.remove(match)
            yield Check(fact.kind, fact.span, match.span, True)
        elif fact.kind == "number" and (span := find_rendering(fact.value, target, direction.target)):
            yield Check(fact.kind, fact.span, span, True)
        else:
            missing.append(fact)
    for fact in missing:
        # The same kind with another value is what became of it; else it is not there.
        changed = next((a for a in (*arrived, *spelled) if a.kind == fact.kind), None)
        if changed:
            (arrived if changed in arrived else spelled).remove(changed)
        yield Check(
            fact.kind, fact.span, changed.span if changed else None, False, "changed" if changed else "lost"
        )
    for fact in arrived:
        if direction.source_data or not _may_be_in_words(fact):
            yield Check(fact.kind, None, fact.span, False, "added")


def _may_be_in_words(fact: Fact) -> bool:
    """Whether a number may come from a word: "the 12th century" is "XII wiek" or "القرن الثاني عشر"."""
    return fact.kind == "number" and fact.value.isdecimal() and int(fact.value) <= COUNTED_IN_WORDS


def _whole_address(fact: Fact, text: str) -> Fact:
    """A web address with what was garbled in front of it: "htps://www..." is not the address."""
    start = fact.span.start
    if fact.kind != "url" or text[start - 1 : start] not in {"/", ":"}:
        return fact
    while start and not text[start - 1].isspace():
        start -= 1
    whole = Span(start, fact.span.end)
    return Fact("url", whole, whole.of(text))


def same(stated: Fact, arrived: Fact) -> bool:
    """Whether two facts have one value; a number may be read as another kind when its digits are the same."""
    if stated.value == arrived.value and stated.kind == arrived.kind:
        return True
    if stated.kind == arrived.kind == "law":
        # "§ 12-13 tredje ledd" and "Section 12-13(3)": one may name the part of the paragraph in words.
        (paragraph, _, part), (other, _, other_part) = (
            stated.value.partition("("),
            arrived.value.partition("("),
        )
        return paragraph == other and "" in {part, other_part}
    if stated.kind == arrived.kind == "national-id":
        # Whether its day and check digits hold is asked in another language's way.
        return _digits(stated.value) == _digits(arrived.value)
    # "Section 7" that comes out as "part 7" points elsewhere, 350 kr is no 350, and 10.45 per cent no time.
    if stated.kind != arrived.kind and not OF_ONE_KIND & {stated.kind, arrived.kind}:
        return _digits(stated.value) == _digits(arrived.value) != ""
    return False


def _is_clock(stated: Fact, arrived: Fact, target: str) -> bool:
    """Whether a number is a time of day that lost its "kl."."""
    if stated.kind != "time":
        return False
    written = arrived.span.of(target)
    if written.isdecimal():  # the 9 of "9–15.30", of "between 9 and 12", of "at 9"
        written += ".00"
    clock = CLOCK.fullmatch(written)
    return clock is not None and stated.value == f"{int(clock[1]):02}:{clock[2]}"


def _digits(value: str) -> str:
    return "".join(c for c in value if c.isdigit())


def _names(sentence: Sentence, target: str, direction: Direction) -> Iterator[Check]:
    for stated in sentence.names:
        span, name = stated.span, stated.written
        bare = name[:-1].rstrip("'’") if name.endswith("s") else name  # either may be a genitive
        forms = rf"{re.escape(name)}(?:['’]s?)?"
        if not OWN_S.search(name):
            forms += rf"|{re.escape(bare)}(?:['’]?s)?"
        if direction.source in CASE_ENDINGS:
            forms += rf"|{in_any_case(span.of(sentence.text), direction.source)}(?:['’]s?)?"
        match = re.search(rf"(?<!\w)(?:{forms})(?![\w-])", target, re.IGNORECASE)
        found = Span(*match.span()) if match else None
        yield Check("name", span, found, found is not None, "" if found else "lost")


def _terms(sentence: Sentence, target: str) -> Iterator[Check]:
    for term in sentence.terms:
        found = term.find_in(target)
        # Where the termbase holds no form that fits, its word is a note: nothing could have enforced it.
        passed, detail = (
            found is not None or not term.fits,
            "" if found else "not-used" if term.fits else "note",
        )
        yield Check("term", term.span, found, passed, detail, term.wanted)


def _shape(source: str, target: str, direction: Direction) -> Iterator[Check]:
    whole_source, whole_target = Span(0, len(source)), Span(0, len(target))
    if not target.strip():
        yield Check("length", whole_source, None, False, "lost")
        return
    shortest = SHORTEST / 2 if direction.target in DENSE else SHORTEST
    longest = LONGEST * 2 if direction.source in DENSE else LONGEST
    if not len(source) * shortest - SLACK <= len(target) <= len(source) * longest + SLACK:
        detail = "too-short" if len(target) < len(source) else "too-long"
        yield Check("length", whole_source, whole_target, False, detail)
    if has_loop(target) and not has_loop(source):
        yield Check("repetition", whole_source, whole_target, False, "loop")
    copied = not {direction.source, direction.target} <= NEIGHBOURS and source.casefold() == target.casefold()
    if copied and sum(1 for _ in words(source)) >= COPIED_WORDS:
        yield Check("untranslated", whole_source, whole_target, False, "copied")


def _language(target: str, direction: Direction, identify: Identify) -> Iterator[Check]:
    """That the translation is in its language: told where it surely is in another."""
    if sum(1 for _ in words(target)) < TOLD_WORDS:
        return
    found = identify(target)
    likely = {candidate.language: candidate.confidence for candidate in found.candidates}
    other = found.language not in {None, direction.target} and found.confidence >= SURE
    if other and likely.get(direction.target, 0.0) < UNLIKELY:
        yield Check("language", None, Span(0, len(target)), False, "other-language")


def has_loop(text: str) -> bool:
    """Whether some words come three times in a row, or one word makes up most of a long sentence."""
    if LOOP.search(text):
        return True
    counted = Counter(span.of(text).casefold() for span in words(text))
    total = sum(counted.values())
    return total > 15 and counted.most_common(1)[0][1] > total / 3

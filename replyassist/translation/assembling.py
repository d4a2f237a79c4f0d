"""Attempts at sentences, chosen from and put back at their places in a letter, their checks with them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from replyassist import languages
from replyassist.domain import Check, Offer, Origin, Quality, Segment, Span, Translation
from replyassist.translation.casing import continuing
from replyassist.translation.notices import label_of
from replyassist.translation.packages import Package

# A letter with the marks that are written behind it: Hangul aside, what composes to one.
CLUSTER = re.compile(r"\s|[^\s\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
# What letters pasted from Word, chats and web pages hold and nobody sees there, and hyphens that no model has
# learned: all write nonsense for them. Joiners stay, since words of some languages are other without.
UNSEEN = [*map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
PLAIN: dict[int, str] = dict.fromkeys(UNSEEN, "") | dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
# Under this BLEU a direction gives the gist, no translation.
GIST_BLEU = 12.0
# Two legs score the product of what each scores, divided by this: 36 to 44 on FLORES dev, nine routes
# (docs/decisions/translation-models.md). A leg that scores more loses nothing.
LOSSLESS_BLEU = 38.0
# Under this confidence a segment is to be looked at: a sixth of them, by benchmarks/confidence.py. F1, which
# weighs finding the bad ones against troubling people with good ones, is level around it.
UNSURE = 0.65
# How likely, for each of its tokens, an alternative must be beside what was chosen.
LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Attempt:
    """One translation of a sentence.

    Attributes:
        text: the translation.
        score: mean log-probability of its tokens; 0 for what did not come from a model.
        checks: what was compared.
        origin: where it comes from.
        offers: reviewed translations of similar segments.
    """

    text: str
    score: float
    checks: tuple[Check, ...]
    origin: Origin = "model"
    offers: tuple[Offer, ...] = ()

    @property
    def failures(self) -> int:
        """How many checks did not pass."""
        return sum(not check.passed for check in self.checks)

    @property
    def harms(self) -> tuple[Check, ...]:
        """Those of them that another try may mend: a word that the model doesn't know it won't know then."""
        return tuple(check for check in self.checks if not check.passed and check.kind != "word")


def others_than(chosen: Attempt, readings: Sequence[Attempt]) -> list[Attempt]:
    """The readings that say something else than the chosen one, fail no more checks and are not much less
    likely; each once.
    """
    said, others, lowest = {chosen.text, ""}, [], chosen.score + math.log(LIKELY)
    for reading in readings:
        if reading.text not in said and reading.failures <= chosen.failures and reading.score >= lowest:
            said.add(reading.text)
            others.append(reading)
    return others


def as_one_line(sentence: str) -> str:
    """A wrapped sentence on one line, its letters composed, without what isn't seen: what models, names and
    phrases are written in.
    """
    return " ".join(_plain(sentence).split())


def assemble(
    text: str, spans: Sequence[Span], attempts: Sequence[Attempt], source: str, target: str,
    route: Sequence[Package],
) -> Translation:  # fmt: skip
    """The translation, everything between the segments as it was, and checks at their place in the letter."""
    parts: list[str] = []
    segments: list[Segment] = []
    position = length = 0
    language = languages.find(target)
    for span, attempt in zip(spans, attempts, strict=True):
        parts.append(between := text[position : span.start])
        before = "".join(parts[-2:])
        parts.append(continuing(attempt.text, before, language))
        start = length + len(between)
        length = start + len(attempt.text)
        position = span.end
        checks = tuple(_placed(check, span, text, start) for check in attempt.checks)
        confidence, there = round(math.exp(attempt.score), 4), Span(start, length)
        if attempt.origin == "model" and confidence < UNSURE:
            checks += (Check("confidence", span, there, False, "unsure"),)
        segments.append(Segment(span, there, checks, confidence, attempt.origin, attempt.offers))
    parts.append(text[position:])
    quality = quality_of(route)
    return Translation(
        "".join(parts), text, source, target, (source, *(package.target for package in route)),
        tuple(segments), quality, label_of(target, quality),
    )  # fmt: skip


def quality_of(route: Sequence[Package]) -> Quality:
    """What a route gives, by the BLEU of its packages; one that was not measured is taken to lose nothing."""
    kept = (min(1.0, package.bleu / LOSSLESS_BLEU) for package in route if package.bleu is not None)
    weak = any(package.gist for package in route) or math.prod(kept) * LOSSLESS_BLEU < GIST_BLEU
    return "gist" if weak else "translation"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text if text.isascii() else text.translate(PLAIN))


def _placed(check: Check, span: Span, text: str, target_start: int) -> Check:
    """A check's spans moved from the sentence into the letter."""
    source = _moved(check.source, span, text) if check.source else None
    target = (
        Span(target_start + check.target.start, target_start + check.target.end) if check.target else None
    )
    return replace(check, source=source, target=target)


def _moved(within: Span, span: Span, text: str) -> Span:
    """A span of the one-line sentence as a span of the text, which may have wider space and split letters."""
    raw = span.of(text)
    if as_one_line(raw) == raw:
        return Span(span.start + within.start, span.start + within.end)
    characters = _characters(raw)[within.start : within.end]
    if not characters:
        return Span(span.start, span.start)
    return Span(span.start + characters[0].start, span.start + characters[-1].end)


def _characters(raw: str) -> list[Span]:
    """Where each character of the one-line sentence stands in the sentence as it was written."""
    places: list[Span] = []
    spaced = True
    for match in CLUSTER.finditer(raw):
        if not match[0].isspace():
            places += [Span(*match.span())] * len(_plain(match[0]))
        elif not spaced:
            places.append(Span(*match.span()))
        spaced = match[0].isspace()
    return places

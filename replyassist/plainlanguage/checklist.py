"""Is the answer whole? The parts that a letter of each kind must have, and which of them are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from replyassist.domain import Severity
from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis
from replyassist.plainlanguage.rules.match import Match

ERROR, APOLOGY = "error-of-ours", "apology"  # what the letter tells of, and what it then must have
SUBJECT, REASON = "subject", "reason"
# Who says sorry for what was complained of has answered the complaint.
SUBSTITUTES = {("complaint-answer", "decision"): APOLOGY}
FEWEST_OF_A_REASON = 8  # words
LETTERHEAD = frozenset({"address", "table"})
LONGEST_SUBJECT = 110  # letters
HEADING_WEIGHT = 2  # a subject line says more about what a letter is than a sentence in its middle
# Any letter may ask for a paper or speak of more time in passing: it is of that kind when it says so twice
# or where it opens.
IN_PASSING = frozenset({"request-documents", "delay"})
OPENING = 4  # sentences and lines


@dataclass(frozen=True, slots=True, eq=False)
class LetterKind:
    """A kind of letter: the parts that it must have, with how grave it is when one is missing.

    ``precedence`` decides between kinds that the text speaks for equally.
    """

    name: str
    precedence: int
    required: Mapping[str, Severity]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The compiled expressions of a language for the kinds and the parts of letters."""

    language: Language
    kinds: tuple[LetterKind, ...]
    parts: Mapping[str, tuple[re.Pattern[str], ...]]
    cues: Mapping[str, tuple[re.Pattern[str], ...]]

    @classmethod
    def compile(cls, language: Language, kinds: tuple[LetterKind, ...]) -> Checklist:
        """Build the expressions of a language."""
        declared = language.letter_parts
        return cls(language, kinds, _compiled(declared.parts), _compiled(declared.kinds))

    def kind_of(self, analysis: Analysis) -> LetterKind | None:
        """The kind of letter that most of it speaks for, or None when nothing does."""
        units = list(_units(analysis))
        told = {}
        for kind in self.kinds:
            cues = self.cues.get(kind.name, ())
            votes = [weight if _any(cues, text) else 0 for text, weight in units]
            passing = kind.name in IN_PASSING and sum(votes) < HEADING_WEIGHT and not any(votes[:OPENING])
            told[kind] = 0 if passing else sum(votes)
        best = max(told, key=lambda kind: (told[kind], kind.precedence), default=None)
        return best if best is not None and told[best] else None

    def missing(self, analysis: Analysis, kind: LetterKind) -> Iterator[Match]:
        """A match for each part that a letter of the kind must have and that is not there.

        A part without expressions in the language is not asked for: nobody could satisfy it.
        """
        units = [text for text, _ in _units(analysis)]
        end = len(analysis.flat)
        required = dict(kind.required)
        if any(_any(self.parts.get(ERROR, ()), text) for text in units):
            required.setdefault(APOLOGY, "warning")
        for part, severity in required.items():
            expressions = self.parts.get(part, ())
            if substitute := SUBSTITUTES.get((kind.name, part)):
                expressions += self.parts.get(substitute, ())
            if part == SUBJECT and _opens_with_a_subject(analysis):
                continue  # whatever its words are
            if not expressions or any(_any(expressions, text) for text in units):
                continue
            if part != REASON or not self._explains(analysis):
                yield Match(
                    f"{self.language.tag}.missing.{part}", "missing-part", f"missing-{part}", severity,
                    "ISO 24495-1", end, end,
                )  # fmt: skip

    def _explains(self, analysis: Analysis) -> bool:
        """Whether a sentence is none of the other parts, and so tells of the case.

        One with a number or a date says what the letter answers, not why; a question says nothing.
        """
        others = tuple(e for part, several in self.parts.items() if part != REASON for e in several)
        return any(
            len(sentence.words) >= FEWEST_OF_A_REASON
            and all(word.form for word in sentence.words)
            and analysis.flat[sentence.end - 1] != "?"
            and not _any(others, analysis.flat[sentence.start : sentence.end])
            for sentence in analysis.running_text
        )


def _opens_with_a_subject(analysis: Analysis) -> bool:
    """Whether a heading, or a line of its own such as a question, stands before the greeting and the text."""
    if analysis.sentences and analysis.sentences[0].kind == "heading":
        return True
    opening = next((block for block in analysis.blocks if block.kind not in LETTERHEAD), None)
    if opening is None or opening is analysis.blocks[-1] or opening.kind != "paragraph":
        return False
    line = opening.span.of(analysis.normal.text)
    return "\n" not in line and len(line) <= LONGEST_SUBJECT


def _units(analysis: Analysis) -> Iterator[tuple[str, int]]:
    """Every sentence and every line outside sentences, with its weight in telling the kind."""
    for sentence in analysis.sentences:
        weight = HEADING_WEIGHT if sentence.kind == "heading" else 1
        yield analysis.flat[sentence.start : sentence.end], weight
    read = {sentence.block for sentence in analysis.sentences}
    for number, block in enumerate(analysis.blocks):
        if number not in read and block.kind != "quote":
            for line in analysis.normal.text[block.span.start : block.span.end].splitlines():
                yield line, 1


def _compiled(expressions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        name: tuple(re.compile(e, re.IGNORECASE) for e in several) for name, several in expressions.items()
    }


def _any(expressions: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(expression.search(text) for expression in expressions)

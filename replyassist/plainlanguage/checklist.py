"""Is the answer whole? The parts that a letter of each kind must have, and which of them are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from replyassist.domain import Severity
from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis, Sentence
from replyassist.plainlanguage.letter_kind import FINAL, OPENING, YES_OR_NO, KindTeller, lines_of, tokens_of
from replyassist.plainlanguage.rules.match import Match

ERROR, APOLOGY = "error-of-ours", "apology"  # what the letter tells of, and what it then must have
SUBJECT, REASON = "subject", "reason"
# Who says sorry for what was complained of has answered the complaint; what nobody can appeal has no day.
SUBSTITUTES = {
    ("complaint-answer", "decision"): (APOLOGY,),
    ("refusal", "deadline"): (FINAL,),
    ("partial-approval", "deadline"): (FINAL,),
    ("dismissal", "deadline"): (FINAL,),
}
FEWEST_OF_A_REASON = 8  # words
# A decision is said in so many ways that no list has them; a line with a word of getting, giving or not being
# able to says it, unless it tells how to complain, whom to ask or what to do.
DECISION = "decision"
DECIDING = frozenset({"grant", "refuse", "receive", "give", "inability", "upheld", "regret", "correct"})
BESIDE_THE_DECISION = ("complaint", "contact", "what-would-change", "action")
# So is what happens next: further down, what "we" do or what has a day says it, but for why and by when.
NEXT_STEP = "next-step"
BESIDE_THE_NEXT_STEP = ("complaint", "contact", "what-would-change", "reason", "deadline")
LETTERHEAD = frozenset({"address", "table"})
MOST_OF_A_SNIPPET = 2  # sentences of a text that is pasted to be tried, without a line of its own
LONGEST_SUBJECT = 110  # letters


@dataclass(frozen=True, slots=True, eq=False)
class LetterKind:
    """A kind of letter: the parts that it must have, with how grave it is when one is missing."""

    name: str
    required: Mapping[str, Severity]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What tells the kind of a letter in a language and the parts that it has."""

    language: Language
    kinds: Mapping[str, LetterKind]
    teller: KindTeller

    @classmethod
    def compile(cls, language: Language, kinds: tuple[LetterKind, ...]) -> Checklist:
        """Build the expressions of a language."""
        return cls(language, {kind.name: kind for kind in kinds}, KindTeller.load(language))

    def kind_of(self, analysis: Analysis) -> LetterKind | None:
        """The kind of letter that its words speak for; None when they speak for none, or it is no letter."""
        if len(analysis.blocks) <= 1 and len(analysis.sentences) <= MOST_OF_A_SNIPPET:
            return None  # somebody tries a sentence: six missing parts would hide what is said of it
        told = self.teller.tell(analysis)
        return self.kinds.get(told) if told else None

    def missing(self, analysis: Analysis, kind: LetterKind) -> Iterator[Match]:
        """A match for each part that a letter of the kind must have and that is not there.

        A part without expressions in the language is not asked for: nobody could satisfy it.
        """
        units = list(lines_of(analysis))
        end = len(analysis.flat)
        required = dict(kind.required)
        cues = self.teller.cues
        if any(cues.say(text, ERROR) for text in units):
            required.setdefault(APOLOGY, "warning")
        for part, severity in required.items():
            told_by = [part, *SUBSTITUTES.get((kind.name, part), ())]
            if part == SUBJECT and _opens_with_a_subject(analysis):
                continue  # whatever its words are
            if not any(map(cues.parts.get, told_by)) or any(cues.say(text, *told_by) for text in units):
                continue
            if not self._is_said_otherwise(part, analysis):
                yield Match(
                    f"{self.language.tag}.missing.{part}", "missing-part", f"missing-{part}", severity,
                    "ISO 24495-1", end, end,
                )  # fmt: skip

    def _is_said_otherwise(self, part: str, analysis: Analysis) -> bool:
        """Whether a sentence says a part in words that no expression has."""
        if part == REASON:
            return self._explains(analysis)
        if part == DECISION:
            lines = self._beside(BESIDE_THE_DECISION, analysis.sentences, analysis)
            return any(DECIDING & self.teller.cues.fields(tokens_of(line)) for line in lines)
        if part == NEXT_STEP:
            told = self.language.pronouns_sender | {*self.language.months, *self.language.weekdays}
            lines = self._beside(BESIDE_THE_NEXT_STEP, analysis.sentences[OPENING:], analysis)
            return any(not told.isdisjoint(tokens_of(line)) for line in lines)
        return False

    def _beside(
        self, parts: tuple[str, ...], sentences: Iterable[Sentence], analysis: Analysis
    ) -> Iterator[str]:
        """The sentences that say none of these parts."""
        texts = (analysis.flat[sentence.start : sentence.end] for sentence in sentences)
        return (text for text in texts if not self.teller.cues.say(text, *parts))

    def _explains(self, analysis: Analysis) -> bool:
        """Whether a sentence is none of the other parts, and so tells of the case.

        One with a number or a date says what the letter answers, not why; a question says nothing.
        """
        others = self.teller.cues.parts.keys() - {REASON, *YES_OR_NO}
        return any(
            len(sentence.words) >= FEWEST_OF_A_REASON
            and all(word.form for word in sentence.words)
            and analysis.flat[sentence.end - 1] != "?"
            and not self.teller.cues.say(analysis.flat[sentence.start : sentence.end], *others)
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

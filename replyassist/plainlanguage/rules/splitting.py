"""Where a long sentence can be made two: with a button between two main clauses, else as advice.

A split is *sure* when nothing before it can reach over it (no "that", no "if", no "both") and what follows
can stand alone: a subject and its finite verb, or an adverb, the verb and a subject in the form of one. The
words that tell clauses apart are parameters of the language's ``sentence-length`` rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from replyassist.languages import Language, RuleEntry
from replyassist.plainlanguage.analysis import Sentence, Word
from replyassist.plainlanguage.rules.match import Change
from replyassist.plainlanguage.tagging import Tag

SHORTEST_PART = 5  # words; a shorter half is better off where it is
SUBJECT_REACH = 7  # words of a subject before its verb
SHOWN = 3  # words of the place to split that the advice shows
NO_TAG = Tag("", {})
IN_A_SUBJECT = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PRON"})
MAY_OPEN = IN_A_SUBJECT | {"ADV"}
NAMES = frozenset({"NOUN", "PROPN", "PRON"})
BINDING_NOTHING = frozenset({"ADP", "NOUN", "PART", "DET"})  # what a subordinator may be besides
OPENING, CLOSING = '([«“”"„»:', ')]»”"“«'


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of a language that join clauses or begin them.

    Attributes:
        joining: join two main clauses; those in ``kept`` open the second sentence, the others go.
        pairing: the first halves of "both ... and": what follows belongs to them.
        subjects: pronouns that are only ever a subject.
        relatives: open a clause that describes a noun and ends before the next main clause.
        binding: open a clause whose reach no list of words tells; question words do in an indirect question.
        contents: of those, the words that open what somebody says or sees: no sentence can begin there.
        bare: whether main clauses may be joined without a comma.
    """

    joining: frozenset[str]
    kept: frozenset[str]
    pairing: frozenset[str]
    subjects: frozenset[str]
    relatives: frozenset[str]
    binding: frozenset[str]
    contents: frozenset[str]
    bare: bool

    @classmethod
    def of(cls, rule: RuleEntry, language: Language) -> ClauseWords:
        """The words as the rule declares them; a rule without them offers no split."""

        def words(name: str) -> frozenset[str]:
            return frozenset(rule.words(name))

        relatives = words("relatives")
        return cls(
            joining=words("joining"), kept=words("kept"), pairing=words("pairing"),
            subjects=words("subjects"), relatives=relatives,
            binding=(language.subordinators | words("questions")) - relatives, contents=words("contents"),
            bare=bool(rule.parameters.get("bare", False)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """A place to split: before word ``number``; with a change when it is sure."""

    number: int
    change: Change | None


def find_splits(sentence: Sentence, cues: ClauseWords, flat: str, tags: dict[int, Tag]) -> tuple[Split, ...]:
    """Places to split a sentence, the sure ones first, then those that leave halves of one length."""
    words = sentence.words
    places = (cues.binding | cues.relatives) - cues.contents
    splits = []
    for number in range(SHORTEST_PART, len(words) - SHORTEST_PART):
        joined, gap = words[number].form in cues.joining, words[number].gap
        if gap == ";" or (joined and (gap == "," or (cues.bare and not gap))):
            change = _change(sentence, number, cues, flat, tags)
            if change or (gap and _holds_verb(words[number + 1 :], tags)):
                splits.append(Split(number, change))
        elif gap == "," and words[number].form in places:
            splits.append(Split(number, None))
    return tuple(sorted(splits, key=lambda s: (s.change is None, abs(2 * s.number - len(words)))))


def _holds_verb(words: Sequence[Word], tags: dict[int, Tag]) -> bool:
    """Whether what follows a joint is a clause and no name or noun: not "section 8 of, and schedule 3 to, the
    act"."""
    return not tags or any(_is_finite(tags.get(word.start, NO_TAG)) for word, _ in _until_gap(words))


def show_place(sentence: Sentence, number: int, flat: str) -> str:
    """The first words of the second half, as they stand."""
    words = sentence.words[number : number + SHOWN]
    return flat[words[0].start : words[-1].end]


def _change(
    sentence: Sentence, number: int, cues: ClauseWords, flat: str, tags: dict[int, Tag]
) -> Change | None:
    """The full stop and capital that make two sentences, or None where that is not sure."""
    words = sentence.words
    joins = words[number].form in cues.joining
    second = number + 1 if joins else number
    if not flat[: sentence.end].endswith(".") or not _stands_alone(words[:number], cues, tags):
        return None
    pronoun_only = joins and not words[number].gap
    if not _opens_clause(words[second:], cues, tags, pronoun_only=pronoun_only):
        return None
    first = words[number] if joins and words[number].form in cues.kept else words[second]
    return Change(words[number - 1].end, first.start + 1, f". {flat[first.start].upper()}")


def _stands_alone(words: Sequence[Word], cues: ClauseWords, tags: dict[int, Tag]) -> bool:
    """Whether these words are a whole sentence that reaches no further."""
    gaps = "".join(word.gap for word in words)
    if any(mark in gaps for mark in OPENING + CLOSING):
        return False
    if _is_finite(tags.get(words[0].start, NO_TAG)):  # "Have you moved, ..." may set a condition for all
        return False
    if any(word.form in cues.pairing or _binds(word, cues, tags) for word in words):
        return False
    return any(_is_finite(tags.get(word.start, NO_TAG)) for word in words)


def _binds(word: Word, cues: ClauseWords, tags: dict[int, Tag]) -> bool:
    """Whether a word opens a dependent clause; "before the summer" opens none."""
    return word.form in cues.binding and tags.get(word.start, NO_TAG).pos not in BINDING_NOTHING


def _opens_clause(
    words: Sequence[Word], cues: ClauseWords, tags: dict[int, Tag], *, pronoun_only: bool
) -> bool:
    """Whether a main clause begins here: subject and verb, or something else, the verb and then a subject."""
    if not _has_even_marks(words):
        return False
    if words[0].form in cues.subjects:
        return _is_finite(tags.get(words[1].start, NO_TAG)) and not words[1].gap
    if pronoun_only or words[0].form in cues.binding | cues.relatives:
        return False
    opening, verb, after = _up_to_verb(words[: SUBJECT_REACH + 1], tags)
    if verb is None or any(word.form in cues.subjects | cues.relatives for word in opening):
        return False  # two subjects before the verb: a relative clause without its pronoun
    kinds = [tags.get(word.start, NO_TAG).pos for word in opening]
    if after is not None and after.form in cues.subjects:
        return kinds[0] in MAY_OPEN and IN_A_SUBJECT.issuperset(kinds[1:])
    is_subject = kinds[0] != "ADP" and not NAMES.isdisjoint(kinds) and IN_A_SUBJECT.issuperset(kinds)
    return is_subject and _is_sure_verb(tags[verb.start])


def _up_to_verb(words: Sequence[Word], tags: dict[int, Tag]) -> tuple[list[Word], Word | None, Word | None]:
    """The words before the first finite verb, that verb, and the word after it, all up to punctuation."""
    opening: list[Word] = []
    for word, after in _until_gap(words):
        if opening and _is_finite(tags.get(word.start, NO_TAG)):
            return opening, word, after
        opening.append(word)
    return opening, None, None


def _until_gap(words: Sequence[Word]) -> Iterator[tuple[Word, Word | None]]:
    """Each word and the one after it, up to the first punctuation."""
    for number, word in enumerate(words):
        if number and word.gap:
            return
        after = words[number + 1] if number + 1 < len(words) else None
        yield word, after if after is not None and not after.gap else None


def _has_even_marks(words: Iterable[Word]) -> bool:
    gaps = "".join(word.gap for word in words)
    return gaps.count("(") == gaps.count(")") and gaps.count("«") == gaps.count("»")


def _is_finite(tag: Tag) -> bool:
    return tag.pos in {"VERB", "AUX"} and tag.features.get("VerbForm") == "Fin" and (
        tag.features.get("Mood") != "Imp"
    )  # fmt: skip


def _is_sure_verb(tag: Tag) -> bool:
    """Whether it can't be a participle that the tagger took for a past tense."""
    return tag.pos == "AUX" or tag.features.get("Tense") == "Pres"

"""Passives: the -s forms of the Nordic languages, and "be" or "become" with a participle.

A passive is told by the tagger where there is one. Without it only the sure cases count: an -s form after a
modal verb, and a participle-like word after an auxiliary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Analysis, Sentence, Word
from replyassist.plainlanguage.tagging import Tag

PARTICIPLE_REACH = 3  # words between the auxiliary and its participle
AGENT_REACH = 5  # words between the verb and "by somebody"
SHORTEST_VERB = 4
NO_TAG = Tag("", {})


@dataclass(frozen=True, slots=True)
class Passive:
    """A passive verb, ``[start, end)``; ``hides_actor`` when nothing says who acts."""

    start: int
    end: int
    hides_actor: bool


def find_passives(analysis: Analysis, tags: dict[int, Tag]) -> Iterator[Passive]:
    """The passives of the running text, in order; none in a language whose rules don't have the kind."""
    language = analysis.language
    rule = next((rule for rule in language.rules if rule.kind == "passive"), None)
    if rule is None:
        return
    endings, nouns = rule.words("endings"), rule.words("noun_endings")
    present = str(rule.parameters.get("present_participle", ""))
    states = frozenset(rule.words("states"))
    for sentence in analysis.running_text:
        words = sentence.words
        for number, word in enumerate(words):
            last = None
            if _is_auxiliary(word, language):
                last = _participle(words, number, present, language, tags)
            if last is not None and words[last].form in states:  # "is situated", "ble kjent med"
                continue
            if last is None and _is_s_passive(sentence, number, endings, nouns, language, tags):
                last = number
            if last is not None:
                after = words[last + 1 : last + 1 + AGENT_REACH]
                named = any(other.form == rule.parameters.get("agent") for other in after)
                yield Passive(word.start, words[last].end, hides_actor=not named)


def _is_auxiliary(word: Word, language: Language) -> bool:
    return word.form in language.passive_auxiliaries


def _participle(
    words: tuple[Word, ...], auxiliary: int, present: str, language: Language, tags: dict[int, Tag]
) -> int | None:
    """Index of the participle that an auxiliary makes passive."""
    for number in range(auxiliary + 1, min(auxiliary + 2 + PARTICIPLE_REACH, len(words))):
        word = words[number]
        tag = tags.get(word.start)
        if word.gap or _is_auxiliary(word, language):
            return None
        if tag is None:
            if (
                not tags
                and word.form.endswith(("t", "d", "dd", "a", "en", "ed"))
                and len(word.form) > SHORTEST_VERB
            ):
                return number
            continue
        if auxiliary == 0 and number == 1:
            continue  # "Is the knee worse, ...": the subject, whatever the tagger takes it for
        if _is_participle(tag) and _describes_a_noun(words, number, tags):
            return None
        if (_is_participle(tag) and not _is_present(word, present)) or (
            number == auxiliary + 1 and _is_misread(word, tag) and _follows_subject(words, auxiliary, tags)
        ):
            return number
        if tag.pos not in {"ADV", "PART", "PRON", "NOUN", "DET", "AUX"}:
            return None
    return None


def _is_participle(tag: Tag) -> bool:
    is_part = tag.features.get("VerbForm") == "Part" and tag.features.get("Tense") != "Pres"
    return tag.pos in {"VERB", "ADJ"} and is_part


def _describes_a_noun(words: tuple[Word, ...], number: int, tags: dict[int, Tag]) -> bool:
    """Whether a participle stands between an article and a noun: "is the registered owner"."""
    before, *after = words[number - 1 : number + 2]
    is_article = tags.get(before.start, NO_TAG).pos == "DET"
    return is_article and any(tags.get(word.start, NO_TAG).pos == "NOUN" for word in after[1:])


def _is_present(word: Word, ending: str) -> bool:
    """Whether it is a present participle, where the tagger can't tell: "was left lying"."""
    return bool(ending) and word.form.endswith(ending)


def _is_misread(word: Word, tag: Tag) -> bool:
    """Whether it is a participle that looks like a definite noun: only a subject follows "become" at once."""
    return (
        tag.pos == "NOUN" and tag.features.get("Definite") == "Def" and word.form.endswith(("et", "en", "t"))
    )


def _follows_subject(words: tuple[Word, ...], auxiliary: int, tags: dict[int, Tag]) -> bool:
    """Whether the subject may stand before the auxiliary: in "then was the case ..." it stands after it."""
    if not auxiliary or words[auxiliary].gap:
        return False
    return tags.get(words[auxiliary - 1].start, NO_TAG).pos in {"NOUN", "PROPN", "PRON", "AUX", "PART"}


def _is_s_passive(
    sentence: Sentence, number: int, endings: tuple[str, ...], nouns: tuple[str, ...],
    language: Language, tags: dict[int, Tag],
) -> bool:  # fmt: skip
    word = sentence.words[number]
    if not word.form.endswith(endings) or word.form.endswith(nouns) or len(word.form) < SHORTEST_VERB:
        return False
    if word.form in language.s_passive_exceptions or word.form in language.function_words:
        return False
    tag = tags.get(word.start)
    if tag is None:
        return number > 0 and sentence.words[number - 1].form in language.modal_verbs
    return (
        tag.pos == "VERB" and tag.features.get("VerbForm") in {"Fin", "Inf", "Sup"} and _sounds_passive(tag)
    )


def _sounds_passive(tag: Tag) -> bool:
    return tag.features.get("Voice", "Pass") == "Pass" and tag.features.get("Mood") != "Imp"

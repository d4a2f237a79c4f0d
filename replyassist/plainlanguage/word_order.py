"""Where the words around a verb stand in the way of its replacement: no table of forms can tell.

"We await now your answer" is no "we wait for now your answer", and what "is obliged to" governs may go on
after an "and". Where that may be so, there is only advice.
"""

from __future__ import annotations

from itertools import pairwise

from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Word
from replyassist.plainlanguage.rules.lexicon import Form, Hit
from replyassist.plainlanguage.tagging import Tag

PRESENT, PAST, PARTICIPLE, PASSIVE_INFINITIVE, PASSIVE_PRESENT, GERUND = 1, 2, 3, 4, 5, 7
FINITE = frozenset({PRESENT, PAST, PASSIVE_PRESENT})
PASSIVE = frozenset({PASSIVE_INFINITIVE, PASSIVE_PRESENT})
OPENS_A_NOUN_PHRASE = frozenset({"DET", "NOUN", "PROPN"})
EMBEDDED_REACH = 6  # words between an article and the participle that its noun follows
NO_TAG = Tag("", {})


def stands_in_the_way(hit: Hit, form: Form, plain: str, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether words can't simply be replaced by ``plain`` where they stand."""
    if form.term is not None and form.term.pos == "fixed":  # "on condition that you pay and that you stay"
        return hit.first != hit.last and _goes_on(hit, plain, tags)
    if form.term is None or form.term.pos != "verb":
        return False
    if hit.first != hit.last:
        return _goes_on(hit, plain, tags) or (form.slot == PAST and _follows_article(hit, language, tags))
    if form.slot in {PAST, PARTICIPLE} and _is_attributive(hit, form.slot, language, tags):
        return True
    if form.slot in {PAST, GERUND} and _follows_article(hit, language, tags):  # "den tidligere fremsendte"
        return True
    return " " in plain and (
        _has_pronoun(hit, tags)
        or (form.slot in PASSIVE and _has_its_subject_after(hit, tags))
        or (form.slot in FINITE and _would_be_split(hit, language, tags))
    )


def _has_its_subject_after(hit: Hit, tags: dict[int, Tag]) -> bool:
    """Whether a noun follows a passive, which it then is about: "der iværksættes en undersøgelse" is no "der
    sættes i gang en undersøgelse"."""
    after = hit.sentence.words[hit.last + 1 : hit.last + 3]
    if not after or after[0].gap or tags.get(after[0].start, NO_TAG).pos not in OPENS_A_NOUN_PHRASE:
        return False
    return all(word.form for word in after[1:])  # "iværksættes den 3. maj": a day


def _has_pronoun(hit: Hit, tags: dict[int, Tag]) -> bool:
    """Whether a pronoun follows, which stands inside the plain wording: "speed it up", not "speed up it"."""
    after = hit.sentence.words[hit.last + 1 : hit.last + 2]
    features = [tags.get(word.start, NO_TAG).features for word in after if not word.gap]
    return any(each.get("PronType") == "Prs" and each.get("Poss") != "Yes" for each in features)


def _goes_on(hit: Hit, plain: str, tags: dict[int, Tag]) -> bool:
    """Whether the last word, which the plain wording lacks, comes again: "has a duty to pay and to tell"."""
    words, last = hit.sentence.words, hit.sentence.words[hit.last].form
    if plain.rsplit(maxsplit=1)[-1] == last:
        return False
    return any(
        words[number].form == last
        and any(tags.get(word.start, NO_TAG).pos == "CCONJ" for word in words[number - 2 : number])
        for number in range(hit.last + 2, len(words))
    )


def _follows_article(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether what looks like a past tense describes its own noun: "the given permission"."""
    before = hit.sentence.words[max(0, hit.first - 2) : hit.first]
    if len(before) > 1 and tags.get(before[1].start, NO_TAG).pos not in {"ADJ", "ADV"}:
        before = before[1:]
    if any(_is_article(word, language, tags) for word in before):
        return True
    return _ends_an_embedded_phrase(hit, language, tags)


def _ends_an_embedded_phrase(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether what looks like a past tense ends a phrase between an article and its noun: "de af dig anførte
    udgifter", where the article may be tagged as the pronoun that is written alike.
    """
    after = hit.sentence.words[hit.last + 1 : hit.last + 2]
    if not any(not word.gap and tags.get(word.start, NO_TAG).pos in {"NOUN", "ADJ"} for word in after):
        return False
    words = hit.sentence.words[max(0, hit.first - EMBEDDED_REACH) : hit.first]
    return any(
        not other.gap
        and tags.get(other.start, NO_TAG).pos == "ADP"
        and (_is_article(word, language, tags) or tags.get(word.start, NO_TAG).pos == "PRON")
        for word, other in pairwise(words)
    )


def _is_article(word: Word, language: Language, tags: dict[int, Tag]) -> bool:
    return tags.get(word.start, NO_TAG).pos == "DET" or any(
        word.form in column for column in language.articles.values()
    )


def _is_attributive(hit: Hit, slot: int, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a participle stands before a noun as an adjective does: nobody says "the sent letter"."""
    words = hit.sentence.words
    if hit.last + 1 == len(words) or words[hit.last + 1].gap:
        return False
    if tags.get(words[hit.last + 1].start, NO_TAG).pos not in {"NOUN", "ADJ"}:
        return False
    if hit.first == 0:  # "Anvendt praksis", but "Anvendte kommunen den?"
        return slot == PARTICIPLE
    if words[hit.first].gap:
        return False
    before = [tags.get(word.start, NO_TAG).pos for word in words[: hit.first]]
    if before[-1] == "CCONJ":  # "quick and assisted sales"
        before.pop()
        return before[-1:] == ["ADJ"]
    # No finite verb follows an adjective or a preposition.
    return before[-1] in {"ADJ", "ADP", "NUM"} or _is_article(words[hit.first - 1], language, tags)


def _would_be_split(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a subject or an adverb follows a finite verb and belongs inside the plain wording.

    A subject follows where something else opens the clause, or nothing does, as in a question.
    """
    words = hit.sentence.words
    if hit.first == 0 or words[hit.first].gap:
        return True
    opening = next(number for number in range(hit.first - 1, -1, -1) if number == 0 or words[number].gap)
    if words[opening].form and tags.get(words[opening].start, NO_TAG).pos == "CCONJ":
        opening = min(opening + 1, hit.first - 1)
    before = words[hit.first - 1]
    asks = "Int" in tags.get(before.start, NO_TAG).features.get("PronType", "")
    if asks and before.form not in language.subordinators:
        return True
    if tags.get(words[opening].start, NO_TAG).pos in {"ADP", "ADV"}:
        return True
    if tags.get(before.start, NO_TAG).pos == "ADV" and before.form not in language.negations:
        return True
    return hit.last + 1 < len(words) and _may_come_between(words[hit.last + 1], language, tags)


def _may_come_between(word: Word, language: Language, tags: dict[int, Tag]) -> bool:
    if word.gap:
        return False
    own = language.negations | language.pronouns_reader | language.pronouns_sender
    return word.form in own or tags.get(word.start, NO_TAG).pos in {"ADV", "PART"}

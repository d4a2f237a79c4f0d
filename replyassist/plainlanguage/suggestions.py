"""A plain word in the form of the word that it replaces, or nothing where the form can't be told.

A replacement is *safe* when applying it unseen leaves a grammatical sentence. Where two forms are possible
both are offered, for a person to choose; where the words around it would have to change too, there is only
advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from replyassist.domain import Term
from replyassist.languages import Language
from replyassist.plainlanguage.analysis import Word
from replyassist.plainlanguage.rules.lexicon import Form, Hit
from replyassist.plainlanguage.rules.match import Change
from replyassist.plainlanguage.tagging import Tag
from replyassist.plainlanguage.word_order import FINITE, PASSIVE_PRESENT, stands_in_the_way
from replyassist.text.capitals import match_capitals

SINGULAR_INDEFINITE, SINGULAR_DEFINITE, PLURAL_INDEFINITE, PLURAL_DEFINITE = range(4)
SINGULAR = frozenset({SINGULAR_INDEFINITE, SINGULAR_DEFINITE})
INFINITIVE, PARTICIPLE, PASSIVE_INFINITIVE, IMPERATIVE = 0, 3, 4, 6
AUXILIARY_REACH = 4  # words between an auxiliary and its verb
MODAL_REACH = 8  # subject and adverbs come between where something else opens the sentence
NO_TAG = Tag("", {})
# How each slot shows in the features of Universal Dependencies; what a tag doesn't say decides nothing.
SLOT_FEATURES: dict[str, tuple[dict[str, str], ...]] = {
    "noun": (
        {"Number": "Sing", "Definite": "Ind"},
        {"Number": "Sing", "Definite": "Def"},
        {"Number": "Plur", "Definite": "Ind"},
        {"Number": "Plur", "Definite": "Def"},
    ),
    "verb": (
        {"VerbForm": "Inf"},
        {"VerbForm": "Fin", "Tense": "Pres"},
        {"VerbForm": "Fin", "Tense": "Past"},
        {"VerbForm": "Part|Sup"},
        {"VerbForm": "Inf", "Voice": "Pass"},
        {"VerbForm": "Fin", "Tense": "Pres", "Voice": "Pass"},
        {"Mood": "Imp"},
        {"VerbForm": "Ger|Part"},
    ),
    "adj": (
        {"Number": "Sing"},
        {"Gender": "Neut", "Number": "Sing"},
        {"Number": "Plur"},
        {"Degree": "Cmp"},
        {"Degree": "Sup"},
    ),
    "fixed": ({},),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Alternatives for a hit, best first, and whether the first may be applied unseen."""

    changes: tuple[Change, ...] = ()
    is_safe: bool = False


def propose(
    hit: Hit, forms: tuple[Form, ...], language: Language, flat: str, tags: dict[int, Tag]
) -> Proposal:
    """What to say instead of a term.

    Args:
        hit: where it stands.
        forms: the forms of the term that are written so.
        tags: by the offset of the word.
    """
    words = hit.sentence.words
    before = words[: hit.first]
    agreeing = [form for form in forms if _agrees(form, before, language)] or list(forms)
    if _follows_auxiliary(
        before, tags
    ):  # "has kept", "must be kept": a finite form may be written the same way
        agreeing = [form for form in agreeing if not _is_verb_form(form, FINITE)] or agreeing
    elif "past-like-participle" in language.grammar and _holds_its_object(hit, tags):
        agreeing = [form for form in agreeing if not _is_verb_form(form, frozenset({PARTICIPLE}))] or agreeing
    agreeing = [form for form in agreeing if _may_command(form, hit, language, tags)] or agreeing
    agreeing = [form for form in agreeing if _fits_its_verb(form, hit, language, tags)] or agreeing
    ranked = sorted(agreeing, key=lambda form: -_likeness(form, tags.get(words[hit.first].start)))
    if not _plain_form(ranked[0]):  # the likeliest form has no plain one: "the acquired rights"
        return Proposal()
    ranked = [form for form in ranked if _plain_form(form)]
    changes: list[Change] = []
    for form in ranked:
        change = _change(hit, form, language, flat, tags)
        if change is None:  # one reading would break the agreement: a person must write it
            return Proposal()
        if change not in changes:
            changes.append(change)
    if _takes_a_person(hit, ranked, language, tags):
        return Proposal()
    # Of "broke" and "broken" only the likelier is worth a button, and a person looks at it.
    offered = changes[:1] if "past-like-participle" in language.grammar else changes
    return Proposal(tuple(offered), is_safe=len(changes) == 1)


def _takes_a_person(hit: Hit, ranked: list[Form], language: Language, tags: dict[int, Tag]) -> bool:
    """Whether the words around a term stand in the way of its plain word, though its form is known."""
    likeliest = ranked[0]
    return (
        any(_stands_alone(hit, form, language, tags) for form in ranked)
        or _describes(hit, likeliest, tags)
        or any(_follows_article(hit, form, language, tags) for form in ranked)
        or (
            "infinitive-like-plural-participle" in language.grammar
            and _tells_a_state(hit, likeliest, language, tags)
        )
        or (not language.compound_joints and _heads_a_compound(hit, likeliest, tags))
        or ("participle-after-noun" in language.grammar and _ends_its_noun(hit, likeliest, tags))
    )


def _tells_a_state(hit: Hit, form: Form, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether what is written as an infinitive or a past tense is a participle in the plural, which most
    plain words write otherwise: "handlingarna är översända", "arbetena är påbörjade".
    """
    if hit.first == 0 or hit.first != hit.last or not _is_verb_form(form, FINITE | {INFINITIVE}):
        return False
    before, word = hit.sentence.words[hit.first - 1 : hit.first + 1]
    tag = tags.get(word.start, NO_TAG)
    if tag.pos == "ADJ" and tag.features.get("VerbForm") == "Part":
        return True
    is_copula = tags.get(before.start, NO_TAG).pos == "AUX" and before.form not in language.modal_verbs
    return form.slot == INFINITIVE and is_copula  # no infinitive follows it, whatever the tag


def _may_command(form: Form, hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a form fits its place: an imperative opens its clause and follows no modal verb ("vil derfor
    foreta"), an infinitive opens no sentence.
    """
    if not _is_verb_form(form, frozenset({INFINITIVE, IMPERATIVE})):
        return True
    if hit.first == 0:
        return form.slot == IMPERATIVE
    before = hit.sentence.words[hit.first - 1]
    joins = tags.get(before.start, NO_TAG).pos in {"CCONJ", "ADV"}
    if form.slot == INFINITIVE:
        return True
    return (bool(hit.sentence.words[hit.first].gap) or joins) and not _is_governed(hit, language, tags)


def _fits_its_verb(form: Form, hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether an -s passive fits its place: "kan tillämpas" is "användas", "de tillämpas" "används"."""
    if not _is_verb_form(form, frozenset({PASSIVE_INFINITIVE, PASSIVE_PRESENT})):
        return True
    return (form.slot == PASSIVE_INFINITIVE) == _is_governed(hit, language, tags)


def _is_governed(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a modal verb of the same clause or an infinitive marker stands before a verb."""
    words = hit.sentence.words[max(0, hit.first - MODAL_REACH) : hit.first + 1]
    for after, word in zip(reversed(words), reversed(words[:-1]), strict=False):
        if after.gap:
            return False
        if word.form in language.modal_verbs:
            return True
        if tags.get(word.start, NO_TAG).pos == "PART" and word.form not in language.negations:
            return word.end + 1 == hit.start  # the marker, which may be written as a subordinator is
        if word.form in language.subordinators:
            return False
    return False


def _is_verb_form(form: Form, slots: frozenset[int]) -> bool:
    return form.term is not None and form.term.pos == "verb" and form.slot in slots


def _holds_its_object(hit: Hit, tags: dict[int, Tag]) -> bool:
    """Whether a term ends with the object of its verb, so that no participle of it describes a noun: "the
    decision acquired legal force".
    """
    return hit.first < hit.last and tags.get(hit.sentence.words[hit.last].start, NO_TAG).pos == "NOUN"


def _follows_auxiliary(before: tuple[Word, ...], tags: dict[int, Tag]) -> bool:
    """Whether an auxiliary of the same clause stands shortly before."""
    for word in reversed(before[-AUXILIARY_REACH:]):
        pos = tags.get(word.start, NO_TAG).pos
        if pos == "AUX":
            return True
        if pos in {"VERB", "SCONJ", "CCONJ"}:
            return False
    return False


def _describes(hit: Hit, form: Form, tags: dict[int, Tag]) -> bool:
    """Whether a participle may describe the noun after it, where several words can't stand: "the submitted
    form" is not "the handed in form".
    """
    single = hit.first == hit.last and " " in _plain_form(form)
    after = hit.sentence.words[hit.last + 1 : hit.last + 2]
    noun = any(
        not word.gap and tags.get(word.start, NO_TAG).pos in {"NOUN", "PROPN", "ADJ"} for word in after
    )
    return (
        single
        and noun  # none follows a Swedish supine that lacks its "has"
        and _is_verb_form(form, frozenset({PARTICIPLE}))
        and not _follows_auxiliary(hit.sentence.words[: hit.first], tags)
    )


def _follows_article(hit: Hit, form: Form, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether what looks like an infinitive stands after an article: then it is a participle that describes a
    noun, as in Nynorsk "den innsende klaga"."""
    if "infinitive-like-participle" not in language.grammar:
        return False
    if hit.first == 0 or not _is_verb_form(form, frozenset({INFINITIVE})):
        return False
    before = hit.sentence.words[hit.first - 1]
    is_article = (
        any(before.form in column for column in language.articles.values())
        or tags.get(before.start, NO_TAG).pos == "DET"  # "dei oversende dokumenta"
    )
    return is_article and not _is_governed(hit, language, tags)  # "kan det föranleda ...": a subject


def _heads_a_compound(hit: Hit, form: Form, tags: dict[int, Tag]) -> bool:
    """Whether a noun is the first part of a compound written apart, such as "assistance programme" or "make
    payment arrangements".
    """
    after = hit.sentence.words[hit.last + 1 : hit.last + 2]
    last = tags.get(hit.sentence.words[hit.last].start, NO_TAG)
    is_noun = form.term is not None and (
        form.term.pos == "noun" or (form.term.pos == "verb" and hit.first < hit.last and last.pos == "NOUN")
    )
    return is_noun and any(
        not word.gap and tags.get(word.start, NO_TAG).pos in {"NOUN", "PROPN"} for word in after
    )


def _ends_its_noun(hit: Hit, form: Form, tags: dict[int, Tag]) -> bool:
    """Whether a participle stands bare after its noun, where a verb of a strong form looks like the
    sentence's own: "the proof submitted had expired" is not "the proof sent had expired".
    """
    if hit.first == 0 or hit.first != hit.last or not _is_verb_form(form, FINITE | {PARTICIPLE}):
        return False
    before, word = hit.sentence.words[hit.first - 1 : hit.first + 1]
    if word.gap or tags.get(before.start, NO_TAG).pos not in {"NOUN", "PROPN"}:
        return False
    after = hit.sentence.words[hit.last + 1 : hit.last + 2]
    following = tags.get(after[0].start, NO_TAG) if after and not after[0].gap else NO_TAG
    if form.slot == PARTICIPLE:
        return not _plain_form(form).endswith("ed") and following.pos not in {"ADP", "ADV", "PART"}
    return following.features.get("VerbForm") == "Fin"  # "the documents obtained show", tagged as a past


def _stands_alone(hit: Hit, form: Form, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a participle of several words has no subject of its own: then its object can't follow a plain
    verb.

    "After having made a review of the case" and "there has been made a review of the case" keep their noun.
    """
    if not _is_verb_form(form, frozenset({PARTICIPLE})) or hit.first == hit.last:
        return False
    words = hit.sentence.words[: hit.first]
    before = words[-2:]
    if not before or tags.get(before[-1].start, NO_TAG).pos == "ADP":
        return True
    if "recipient-as-subject" in language.grammar and _is_given_something(hit, language, tags):
        return True
    far = max(0, len(words) - AUXILIARY_REACH)
    for number in range(far, len(words)):  # "it was at the meeting given an account of"
        if words[number].form in language.passive_auxiliaries:
            before += words[max(0, number - 1) : number + 2]
    known = language.pronouns_reader | language.pronouns_sender
    kinds = [(word, tags.get(word.start, NO_TAG)) for word in before]
    return any(
        tag.pos == "PRON" and word.form not in known and tag.features.get("Case") != "Nom"
        for word, tag in kinds
    )


def _is_given_something(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether somebody gets what a verb and its noun say: "were given an explanation of" is not "were
    explained".
    """
    before = hit.sentence.words[max(0, hit.first - 2) : hit.first]
    is_passive = any(word.form in language.passive_auxiliaries for word in before)
    last = tags.get(hit.sentence.words[hit.last].start, NO_TAG)
    return hit.last - hit.first > 1 and is_passive and last.pos == "ADP"


def _plain_form(form: Form) -> str:
    term = form.term
    if term is None or form.slot >= len(term.plain_forms):
        return ""
    plain = term.plain_forms[form.slot].split("/")[0].strip()
    if form.is_genitive and plain:
        # A genitive of several words, or of one in -s, is said with a preposition, which no table knows.
        return "" if " " in plain or plain.endswith(("s", "x", "z")) else f"{plain}s"
    return plain


def _agrees(form: Form, before: tuple[Word, ...], language: Language) -> bool:
    """Whether the article before a noun allows its number."""
    if form.term is None or form.term.pos != "noun" or not before:
        return True
    article = before[-1].form
    singular = {word for column in language.articles.values() for word in column}
    if article in singular:
        return form.slot in SINGULAR
    return True


def _likeness(form: Form, tag: Tag | None) -> int:
    """How many features of the tag speak for the form's slot, less those that speak against it."""
    if tag is None or form.term is None:
        return 0
    likeness = 0
    for name, value in SLOT_FEATURES[form.term.pos][form.slot].items():
        if name in tag.features:
            likeness += 1 if tag.features[name] in value.split("|") else -1
        elif name == "Voice":
            likeness -= 1
    return likeness


def _change(hit: Hit, form: Form, language: Language, flat: str, tags: dict[int, Tag]) -> Change | None:
    """The change for one reading, articles included; None when the words around it stand in the way."""
    plain = _plain_form(form)
    words = hit.sentence.words
    start, end, lead = hit.start, words[hit.last].end + len(form.tail), ""
    term = form.term
    if stands_in_the_way(hit, form, plain, language, tags):
        return None
    if term is not None and term.pos == "noun" and term.plain_gender and form.slot in SINGULAR:
        agreement = _agreement(hit, form, term, language, tags)
        if agreement is None:
            return None
        start, lead = agreement.start, agreement.lead
    elif "article-by-sound" in language.grammar and hit.first and words[hit.first - 1].form in {"a", "an"}:
        fitting = indefinite_article(plain)
        if fitting != words[hit.first - 1].form:
            start, lead = words[hit.first - 1].start, f"{fitting} "
    return Change(start, end, match_capitals(lead + plain, flat[start:end]))


def indefinite_article(word: str) -> str:
    """``a`` or ``an``, by the letter, but for the long u and the silent h."""
    lower = word.lower()
    if lower.startswith(("uni", "use", "usu", "eu", "one")):
        return "a"
    return "an" if lower.startswith(("a", "e", "i", "o", "u", "hour", "honest", "heir")) else "a"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where a replacement begins once the article before it agrees, and what goes before the noun."""

    start: int
    lead: str = ""


def _agreement(
    hit: Hit, form: Form, term: Term, language: Language, tags: dict[int, Tag]
) -> Agreement | None:
    """How the words before a singular noun come to agree with its replacement, or None if more would."""
    words, columns = hit.sentence.words, language.articles
    alone = Agreement(hit.start)
    changes = term.gender != term.plain_gender
    if changes and not _share_adjectives(term) and _has_agreeing_words(hit, language, tags):
        return None
    if hit.first == 0 or words[hit.first].gap:
        return alone
    before = words[hit.first - 1]
    article = _matching_article(before.form, term.plain_gender, columns)
    if article is not None:
        return alone if article == before.form else _with_article(hit, article, term.plain_gender, columns)
    if not _may_agree(before, language, tags):
        return alone
    if hit.first >= 2 and not before.gap and (form.slot == SINGULAR_DEFINITE or _share_adjectives(term)):
        # "det nye vedtaket", "ein ny avgjerd": the adjective is the same in both genders, the article is not
        first = words[hit.first - 2]
        article = _matching_article(first.form, term.plain_gender, columns)
        if article is not None:
            return alone if article == first.form else Agreement(first.start, f"{article} {before.form} ")
    return None if changes and not _share_adjectives(term) else alone


def _with_article(hit: Hit, article: str, gender: str, columns: dict[str, tuple[str, ...]]) -> Agreement:
    """The article in its new gender, and an indefinite one before it: "ett sådant", "en sådan"."""
    before = hit.sentence.words[max(0, hit.first - 2) : hit.first]
    if len(before) > 1 and not before[1].gap and before[0].form in {column[0] for column in columns.values()}:
        return Agreement(before[0].start, f"{columns[gender][0]} {article} ")
    return Agreement(before[-1].start, f"{article} ")


def _matching_article(word: str, gender: str, columns: dict[str, tuple[str, ...]]) -> str | None:
    """What an article or pronoun is in a gender; None for another word."""
    wanted = columns.get(gender, ())
    if word in wanted:
        return word
    for column in columns.values():
        if word in column[: len(wanted)]:
            return wanted[column.index(word)]
    return None


def _share_adjectives(term: Term) -> bool:
    """Whether both genders take the same adjectives: Norwegian masculine and feminine do."""
    return term.gender == term.plain_gender or {term.gender, term.plain_gender} <= {"m", "f"}


def _may_agree(word: Word, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether the word before a noun may be an adjective or the like."""
    tag = tags.get(word.start)
    if tag is None or tag.pos == "ADV":  # an adjective in the neuter looks like an adverb
        return word.form not in language.function_words
    return tag.pos in {"ADJ", "DET", "NUM"} or tag.features.get("VerbForm") == "Part"


def _has_agreeing_words(hit: Hit, language: Language, tags: dict[int, Tag]) -> bool:
    """Whether a possessive or predicate after the noun would have to change along."""
    after = hit.sentence.words[hit.last + 1 :]
    if (
        after
        and any(after[0].form in column for column in language.articles.values())
        and (not after[0].gap or after[0].form in language.subordinators)  # "a report, which is"
    ):
        return True
    return _has_apposition(after, tags) or _has_predicate(after, tags)


def _has_apposition(after: tuple[Word, ...], tags: dict[int, Tag]) -> bool:
    """Whether a participle after a comma tells more of the noun: "a letter, signed by". The tagger may take
    it for a noun.
    """
    if len(after) < 2 or after[0].gap != ",":
        return False
    tag, following = (tags.get(word.start, NO_TAG) for word in after[:2])
    is_noun_alike = tag.pos == "NOUN" and following.pos == "ADP"
    return tag.pos == "ADJ" or tag.features.get("VerbForm") == "Part" or is_noun_alike


def _has_predicate(after: tuple[Word, ...], tags: dict[int, Tag]) -> bool:
    """Whether an adjective or participle after the noun may have to agree with it."""
    for number, word in enumerate(after[:5]):
        tag = tags.get(word.start)
        if tag is None or tag.pos == "AUX":
            later = [(other.form, tags.get(other.start, NO_TAG)) for other in after[number : number + 5]]
            return tag is None or any(
                # a predicate in the neuter looks like an adverb: "ska vara skriftligt"
                each.pos == "ADJ"
                or each.features.get("VerbForm") == "Part"
                or (each.pos == "ADV" and before.pos == "AUX" and form.endswith("t"))
                for (_, before), (form, each) in pairwise(later)
            )
        if word.gap or tag.pos in {"SCONJ", "CCONJ"}:
            return False
        if tag.pos == "VERB":  # "is thought to be bigger" has one, "shows" has none
            rest = [tags.get(other.start, NO_TAG) for other in after[number + 1 : number + 5]]
            copula = next((place for place, each in enumerate(rest) if each.pos == "AUX"), len(rest))
            return any(each.pos == "ADJ" for each in rest[copula + 1 :])
    return False

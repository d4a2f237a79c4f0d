"""An explanation put beside a term that has to stay: in brackets after it, or as a sentence of its own.

A noun in the singular takes its explanation in brackets wherever nothing that follows belongs to it more
closely. A sentence after the one that it stands in ("«Vedtak» betyr: ...") is grammatical in any form.
"""

from __future__ import annotations

from replyassist.domain import Term
from replyassist.languages import Language
from replyassist.plainlanguage.rules.lexicon import Form, Hit
from replyassist.plainlanguage.rules.match import Change
from replyassist.plainlanguage.tagging import Tag

LONGEST_IN_BRACKETS = 12  # words; a longer explanation is easier to read as a sentence
FIRST_PLURAL = 2  # the slot of a noun's plural
NO_TAG = Tag("", {})
# A pronoun may open a relative clause ("the decision you got"), a particle an infinitive ("a right to").
BELONGS_TO_A_NOUN = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "ADP", "PRON", "PART", "X"})
QUOTATION = frozenset("«»“”\"„‟'()[]")


def offer_explanations(
    hit: Hit, form: Form, language: Language, flat: str, tags: dict[int, Tag]
) -> tuple[Change, ...]:
    """The ways in which a term can be explained where it stands, the one that reads best first.

    There are none in headings, in brackets and quotations, and for a language without a sentence for it.
    """
    term = form.term
    if term is None or not hit.sentence.is_running_text or _is_quoted(hit, flat):
        return ()
    definition = term.definition.rstrip(".")
    ways = []
    found = flat[hit.start : hit.end]
    if _takes_brackets(hit, form, language, tags) and not found.isupper():
        ways.append(Change(hit.start, hit.end, f"{found} ({definition})"))
    end = hit.sentence.end
    if language.explanation and flat[:end].endswith(".") and end > hit.end:
        sentence = language.explanation.format(term=_capitalised(_name(form, found)), definition=definition)
        ways.append(Change(end - 1, end, f". {sentence}"))
    if ways and len(definition.split()) > LONGEST_IN_BRACKETS:
        ways.reverse()
    return tuple(ways)


def is_explained_in_a_sentence(term: Term, language: Language, flat: str) -> bool:
    """Whether the text has the sentence that explains a term, by any of its names."""
    opening = language.explanation.partition("{definition}")[0]
    names = {term.lemma, *filter(None, term.forms[0].split("/"))}
    return bool(opening) and any(opening.format(term=_capitalised(name)) in flat for name in names)


def _name(form: Form, found: str) -> str:
    """What a term is called where it stands: "practical assistance" is not explained as "home help"."""
    assert form.term is not None
    names, several = form.term.forms[0].split("/"), form.term.forms[form.slot].split("/")
    if len(names) != len(several) or found.lower() not in several:
        return form.term.lemma
    return names[several.index(found.lower())] or form.term.lemma


def _capitalised(name: str) -> str:
    return name[0].upper() + name[1:]


def _is_quoted(hit: Hit, flat: str) -> bool:
    """Whether the term stands in brackets or quotation marks, or a bracket follows it."""
    before, after = flat[hit.sentence.start : hit.start], flat[hit.end : hit.end + 2].lstrip()
    return before.count("(") > before.count(")") or not QUOTATION.isdisjoint(before[-1:] + after[:1])


def _takes_brackets(hit: Hit, form: Form, language: Language, tags: dict[int, Tag]) -> bool:
    # A definition tells of one: "the notices (the letter that ...)" don't agree.
    if form.term is None or form.term.pos != "noun" or form.is_genitive or form.slot >= FIRST_PLURAL:
        return False
    if tags.get(hit.sentence.words[hit.last].start, NO_TAG).features.get("Number") == "Plur":
        return False  # "inkomna anbud": both numbers are written alike
    following = hit.sentence.words[hit.last + 1 : hit.last + 2]
    if not following:
        return True
    gap, word = following[0].gap, following[0]
    if gap:
        return gap[0] in ",.:;"
    if not word.form or word.form in language.subordinators:  # "the inspection that we made"
        return False
    pos = tags.get(word.start, NO_TAG).pos
    return pos not in BELONGS_TO_A_NOUN or word.form in language.negations

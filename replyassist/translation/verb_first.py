"""Conditions that open with their verb, for models that lose them.

"Fastholdes afgørelsen, sendes den videre" was "The decision is upheld, it is sent on", and nothing that the
checks look for told of a condition. A model that gets "Hvis fastholdes afgørelsen" reads it right, though
nobody writes so; behind a pronoun the verb is moved too: "Får du avslag" is "Hvis du får avslag".
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from replyassist.languages import Language
from replyassist.translation.names.capitals import zipf
from replyassist.translation.sentence import Direction

# What the present and the passive have behind the infinitive.
PRESENT = ("r", "s")
# A word this rare (Zipf frequency) is no infinitive that a letter would use: "tornadoe" of "tornadoer".
USED = 2.0
# A shorter sentence with no comma may be a heading: "Har du spørsmål".
FEWEST_WORDS = 5
SHORTEST_NOUN = 4
WORD = re.compile(r"[\w-]+")
CLAUSE = re.compile(r",\s+(?:så\s+|da\s+|då\s+)?(\w+)")


@dataclass(frozen=True, slots=True)
class VerbFirst:
    """What the conditions of a language that open with their verb are made of; verb_first.toml says more."""

    opened_by: str
    subjects: tuple[str, ...]
    determiners: tuple[str, ...]
    owners: tuple[str, ...]
    definite: tuple[str, ...]
    between: tuple[str, ...]
    infinitive: tuple[str, ...]
    verbs: tuple[str, ...]

    def is_verb(self, word: str, language: Language) -> bool:
        """Whether a word in lower case is a verb in the present, or one of the commonest in the past."""
        if word in self.verbs:
            return True
        stem = word[:-1]
        return (
            word.endswith(PRESENT)
            and stem.endswith(self.infinitive)
            and word not in language.function_words
            and word not in language.subordinators
            and zipf(stem, language.tag) >= USED
        )

    def is_subject(self, word: str) -> bool:
        """Whether a word opens a subject that is no pronoun."""
        return word in self.owners or (len(word) >= SHORTEST_NOUN and word.endswith(self.definite))


def with_if(sentence: str, direction: Direction) -> str:
    """A sentence with the word for *if* before a condition that opens with its verb; any other as it is.

    Between the two forms of Norwegian it stays: neither needs another.
    """
    language, grammar = direction.source_data, _grammar().get(direction.source)
    if grammar is None or language is None or direction.same_law:
        return sentence
    words = list(islice(WORD.finditer(sentence), FEWEST_WORDS))
    if len(words) < FEWEST_WORDS or sentence.rstrip()[-1] in "?!":
        return sentence
    verb, subject = words[0], words[1]
    adjoined = verb.start() == 0 and subject.start() == verb.end() + 1
    if not adjoined or not verb[0][0].isupper() or not grammar.is_verb(verb[0].casefold(), language):
        return sentence
    clauses = (clause[1].casefold() for clause in CLAUSE.finditer(sentence))
    followed = any(grammar.is_verb(opening, language) for opening in clauses)
    opened, lowered = grammar.opened_by.capitalize(), verb[0].lower()
    if subject[0] in grammar.subjects and (followed or subject[0] not in grammar.determiners):
        end = words[2 if words[2][0] in grammar.between else 1].end()
        return f"{opened} {sentence[subject.start() : end]} {lowered}{sentence[end:]}"
    if followed and grammar.is_subject(subject[0]):
        return f"{opened} {lowered}{sentence[verb.end() :]}"
    return sentence


@cache
def _grammar() -> dict[str, VerbFirst]:
    data = tomllib.loads(files(__package__).joinpath("verb_first.toml").read_text(encoding="utf-8"))
    return {
        tag: VerbFirst(each.pop("opened_by"), **{key: tuple(listed) for key, listed in each.items()})
        for tag, each in data.items()
    }

"""Articles and adjectives in the gender of their noun, where a model wrote them in another.

"Min bostadsbidrag har stoppats" has nothing wrong in it that a check looks for, and no Swede would write it:
a small model chooses the article before the noun, and one that writes four Nordic languages confuses their
genders. Which gender a noun has is learnt from text that people wrote (models/genders).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, takewhile

from replyassist.config import data_folder
from replyassist.languages import Language
from replyassist.text.capitals import match_capitals

# Words in the gender of the noun behind them, by their forms in the first column of the language's articles.
# Norwegian has its possessives behind the noun; the Swedish "er" is "you" too.
INDEFINITE = {"sv": ("en", "ingen"), "da": ("en",), "nb": ("en",), "nn": ("ein",)}
POSSESSIVE = {"sv": ("min", "din", "sin", "vår"), "da": ("min", "din", "sin", "vor")}
DEMONSTRATIVE = ("den",)
# How adjectives end after "den" and "det". A verb in the past, with "det" for its subject, ends otherwise;
# "det hele natten" is no phrase.
WEAK = {
    "sv": re.compile(r".+(?:a|are|aste)"),
    "da": re.compile(r"(?!hele|selve|længe).+[^dt]e"),
    "nb": re.compile(r"(?!hele|selve|lenge|ganske|gjerne).+[^dt]e"),
    "nn": re.compile(r"(?!heile|sjølve|lenge|ganske|gjerne).+[^dt]e"),
}
# After them the noun has its own article in all but Danish: "det nya huset", "det nye hus".
BARE_NOUN = ("da",)
# "For det tredje" goes with no noun, "20 min samtal" has no article.
NO_ARTICLE = re.compile(r"\b[Ff][oö]r\s+de[nt]\Z|\d\s+\w+\Z")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")
# A compound has the gender of its last part, which is kept apart: "-kort", since "kort" is no noun alone.
SHORTEST_LAST, SHORTEST_FIRST = 4, 4
LAST_PART = "-"
ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True)
class Genders:
    """What is known of the words of a language, in lower case.

    ``nouns``: a noun, or ``-`` and the last part of compounds -> its genders, the likeliest first,
    as ``Language.articles`` calls them; ``definite``: the same with the article at its end -> without;
    ``neuter``: an adjective -> its neuter, which may be the same; ``common``: the other way round.
    """

    nouns: Mapping[str, str]
    definite: Mapping[str, str]
    neuter: Mapping[str, str]
    common: Mapping[str, str]

    def of(self, word: str) -> str:
        """The genders of a noun without article; empty for what isn't known as one."""
        return next((self.nouns[last] for _, last in _parts(word) if last in self.nouns), "")

    def bare(self, word: str) -> str:
        """A noun without its article; empty for what isn't known as one that has it."""
        if self.of(word):
            return ""
        found = ((first, self.definite[last]) for first, last in _parts(word) if last in self.definite)
        return next((first + last.removeprefix(LAST_PART) for first, last in found), "")

    def adjective(self, word: str, gender: str) -> str:
        """An adjective as it stands before an indefinite noun; empty for what isn't known as one."""
        there, back = (self.neuter, self.common) if gender == "n" else (self.common, self.neuter)
        return there.get(word, word if word in back else "")


@cache
def load_genders(tag: str) -> Genders | None:
    """What is known of the words of a language, None where nothing is."""
    path = data_folder("models") / "genders" / f"{tag}.tsv.gz"
    if not path.exists():
        return None
    nouns: dict[str, str] = {}
    definite: dict[str, str] = {}
    neuter: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, genders, forms = line.rstrip("\n").split("\t")
            if genders == ADJECTIVE:
                neuter[word] = forms
            else:
                nouns[word] = genders
                definite |= dict.fromkeys(forms.split(), word)
    return Genders(nouns, definite, neuter, {form: word for word, form in neuter.items()})


def agreed(text: str, language: Language | None) -> str:
    """A translated sentence with each article, and the adjective behind it, in the gender of its noun."""
    genders = load_genders(language.tag) if language else None
    if language is None or genders is None:
        return text
    matches = [*WORD.finditer(text)]
    words = [match[0] for match in matches]
    articles = _forms(
        language, (*DEMONSTRATIVE, *INDEFINITE[language.tag], *POSSESSIVE.get(language.tag, ()))
    )
    for at, match in enumerate(matches):
        if match[0].casefold() not in articles or NO_ARTICLE.search(text, 0, match.end()):
            continue
        behind = takewhile(lambda pair: _joined(text, *pair), pairwise(matches[at : at + 3]))
        end = at + 1 + len([*behind])
        words[at:end] = _corrected(words[at:end], language, genders)
    ends = [0, *(match.end() for match in matches)]
    gaps = (text[end : match.start()] for end, match in zip(ends, matches, strict=False))
    return "".join(chain.from_iterable(zip(gaps, words, strict=True))) + text[ends[-1] :]


def _joined(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a word follows another in the same phrase; what has a capital is a name."""
    return text[word.end() : following.start()] == " " and following[0].islower()


def _corrected(words: Sequence[str], language: Language, genders: Genders) -> Sequence[str]:
    """An article and up to two words behind it, as they are in the gender of their noun."""
    article, first, second = (*words, "", "")[:3]
    tag, form = language.tag, article.casefold()
    if form in _forms(language, DEMONSTRATIVE):
        noun = second if tag in BARE_NOUN else genders.bare(second)
        no_adjective = first in language.function_words or first in language.modal_verbs or genders.of(first)
        if WEAK[tag].fullmatch(first) and not no_adjective:
            return [_in_gender(article, genders.of(noun), language), *words[1:]]
        return words
    indefinite = form in _forms(language, INDEFINITE[tag])
    if not indefinite and (noun := genders.bare(first)):
        return [_in_gender(article, genders.of(noun), language), noun, *words[2:]]
    gender, further = genders.of(first), genders.of(second)
    if gender:
        right = _in_gender(article, further or gender, language) == article  # "en feil gebyr"
        return words if right else [_in_gender(article, gender, language), *words[1:]]
    written, adjective = _in_gender(article, further, language), genders.adjective(first, further[:1])
    # An adverb looks like a neuter: "en onormalt hög".
    if not (indefinite and further and adjective) or (written == article and further != "n"):
        return words
    return [written, adjective, second]


def _in_gender(article: str, genders: str, language: Language) -> str:
    """An article in one of these genders, as it is where it has one of them, or where there are none."""
    form = article.casefold()
    columns = language.articles
    if not genders or any(form in columns[gender] for gender in genders):
        return article
    index = next(column.index(form) for column in columns.values() if form in column)
    return match_capitals(columns[genders[0]][index], article)


@cache
def _forms(language: Language, articles: tuple[str, ...]) -> frozenset[str]:
    """The articles in every gender."""
    first, *_ = columns = [*language.articles.values()]
    return frozenset(column[first.index(article)] for article in articles for column in columns)


def _parts(word: str) -> Iterator[tuple[str, str]]:
    """A word whole, and what its last part may be behind what comes first, the longest first."""
    yield "", word
    for at in range(SHORTEST_FIRST, len(word) - SHORTEST_LAST + 1):
        yield word[:at], LAST_PART + word[at:]

"""Which words may stand for a word in another language, as parallel text shows it.

A small model that does not know a word writes another: "läckte" (leaked) became "waited", with every fact in
its place. A lexicon of word beginnings, learnt from human translations (models/lexicons), knows for some
thousand words what nearly every translation of them holds: one that holds none of it is worth a look.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from replyassist.config import data_folder
from replyassist.domain import Check, Span
from replyassist.text.stems import WORD, stem
from replyassist.translation.legal_basis import find_bases
from replyassist.translation.protection import verbatim
from replyassist.translation.sentence import Direction, Sentence
from replyassist.translation.wordings import find_wordings


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``wordings``: a stem -> the stems that stand for it in the other language, blanks between them."""

    source: str
    target: str
    wordings: Mapping[str, str]

    def unmatched(self, text: str, translation: str) -> Iterator[Span]:
        """The words of a sentence that nothing in its translation stands for, as far as they are known."""
        written = {stem(word, self.target) for word in WORD.findall(translation)}
        for word in WORD.finditer(text):
            if word.start() and word[0].istitle():
                continue  # a name
            wordings = self.wordings.get(stem(word[0], self.source))
            if wordings and written.isdisjoint(wordings.split()):
                yield Span(*word.span())


@cache
def load_lexicon(source: str, target: str) -> Lexicon | None:
    """The lexicon of a direction, None where there is none."""
    path = data_folder("models") / "lexicons" / f"{source}-{target}.tsv.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return Lexicon(source, target, dict(rows))


def check_rendered(sentence: Sentence, target: str, direction: Direction) -> Iterator[Check]:
    """Each word of a sentence that nothing in its translation stands for.

    Names, facts, the municipality's words and what is copied are checked apart; what the models got in other
    words is not looked for.
    """
    if lexicon := load_lexicon(direction.source, direction.target):
        copied = [span for span, _ in verbatim(sentence, direction)]
        acts = [span.of(sentence.text) for span in copied]
        reworded = [Span(*b.span()) for b in find_bases(sentence.text, acts, direction.source)]
        reworded += find_wordings(sentence.text, direction)
        stated = [*(fact.span for fact in sentence.facts), *(term.span for term in sentence.terms)]
        apart = [*copied, *reworded, *stated, *(name.span for name in sentence.names)]
        for span in lexicon.unmatched(sentence.text, target):
            if not any(span.overlaps(other) for other in apart):
                yield Check("word", span, None, False, "unmatched")

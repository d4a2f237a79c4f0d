"""Sentence boundaries on the treebanks' test parts, beside spaCy's sentencizer in the same run.

    .venv/bin/python benchmarks/sentences.py [FOLDER with <tag>_test.spacy]

Each treebank document is put back into running text (sentences joined by single spaces) and split
again. Recall is over the sentences whose gold text ends as sentences do; precision counts only
those inside a gold sentence as wrong. The last sentence of a document is left out: its end is
given. Also printed: F1 without a language, and milliseconds of processor time for a thousand words.

English is web text: most of its missed boundaries stand before a small letter, where the writer used no
capitals. A full stop after a whole word ends a sentence there too, and once a writer has begun one without a
capital, question and exclamation marks do. Before that they don't: in Swedish and Danish a small letter after
"?" goes on with the sentence that quotes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from replyassist import languages
from replyassist.text.sentences import split_sentences

FOLDER = Path("../shared/data/treebanks")
TAGS = ("nb", "nn", "sv", "da", "en")
TITLES = ("replyassist", "no language", "sentencizer", "ms/1000 words", "sentencizer")
CLOSING = "\"'”“’»«)] "
FINAL = (".", "!", "?", "…")
Splitter = Callable[[str], Iterable[int]]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(f"{'':4}" + "".join(f"{title:>14}" for title in TITLES))
    for tag in TAGS:
        peer = spacy.blank("nb" if tag == "nn" else tag)  # spaCy has no nynorsk
        peer.add_pipe("sentencizer")
        peer.max_length = 10_000_000
        language = languages.load(tag)
        docs = list(DocBin().from_disk(folder / f"{tag}_test.spacy").get_docs(peer.vocab))
        gold = [_document(doc) for doc in docs]
        splitters: list[Splitter] = [
            lambda text, language=language: [s.end for s in split_sentences(text, language)],
            lambda text: [span.end for span in split_sentences(text)],
            lambda text, peer=peer: [span.end_char for span in peer(text).sents],
        ]
        (ours, our_time), (generic, _), (theirs, their_time) = (_measure(split, gold) for split in splitters)
        print(f"{tag:4}{ours:14.4f}{generic:14.4f}{theirs:14.4f}{our_time:14.2f}{their_time:14.2f}")


def _document(doc: Doc) -> tuple[str, list[tuple[int, bool]]]:
    """The text, and for each gold sentence but the last, where it ends and whether that shows."""
    text, ends = "", []
    for sentence in _sentences(doc):
        text += (" " if text else "") + sentence
        ends.append((len(text), sentence.rstrip(CLOSING).endswith(FINAL)))
    return text, ends[:-1]


def _sentences(doc: Doc) -> Iterator[str]:
    return (sentence.text.strip() for sentence in doc.sents)


def _measure(split: Splitter, gold: list[tuple[str, list[tuple[int, bool]]]]) -> tuple[float, float]:
    """F1 of the boundaries, and milliseconds for a thousand words."""
    split("Rom 12. Mars er kald. Ha det.")  # what is loaded at the first call is not what is measured
    right = missed = wrong = words = 0
    start = time.process_time()
    found = [set(split(text)) for text, _ in gold]
    elapsed = time.process_time() - start
    for (text, ends), boundaries in zip(gold, found, strict=True):
        shown = {end for end, is_shown in ends if is_shown}
        inner = boundaries - {len(text)}
        right += len(inner & shown)
        missed += len(shown - inner)
        wrong += len(inner - {end for end, _ in ends})
        words += len(text.split())
    return 2 * right / (2 * right + missed + wrong), elapsed * 1e6 / words


if __name__ == "__main__":
    main()

"""Step 6b: the other side of text that stands in one language alone, made by a model of our own.

    python -m models.training.translation.backtranslate SHARED_DATA WORK PACKAGES [--sentences 60000]
    python -m models.training.translation.backtranslate SHARED_DATA WORK PACKAGES --languages pl uk ar

Writes WORK/clean/back-<language>-en.tsv for a Nordic language: a sentence that a person wrote, and the
model's English for it, which only the model out of English reads. For a citizens' language it writes
WORK/clean/synthetic-<language>-en.tsv: the English of the Nordic pairs, and what the model makes of it, which
only the model into English reads. What either learns to write is human (Sennrich et al. 2016).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import sentencepiece
import spacy
import zstandard
from spacy.tokens import DocBin

from models.training.translation.clean import evaluation_keys, normalised, plain, refused
from models.training.translation.vocabulary import corpus_weights
from replyassist import languages
from replyassist.text.sentences import split_sentences

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
EUROPARL = "europarl-v7"
# Public-sector text (none in Danish), or Parliament; the treebanks' training parts: news and everyday prose.
PUBLIC, NEWS = "back-translated", "back-translated-news"
CITIZENS = {"pl", "uk", "ar"}
# Pairs whose English is read for a citizens' language.
ENGLISH_OF = ("nb-en", "sv-en", "da-en")
CHUNK = 2_000
LENGTHS = range(20, 261)


def english(work: Path, *, everyday: bool) -> Iterator[str]:
    """The English beside the Nordic languages: Europarl's, or what the recipe weighs higher (no software)."""
    weights = corpus_weights()
    for pair in ENGLISH_OF:
        with (work / "clean" / f"{pair}.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                _, sentence, corpus = line.rstrip("\n").split("\t")
                weight = weights.get(corpus, weights["default"])
                if weight > weights[EUROPARL] if everyday else corpus == EUROPARL:
                    yield sentence


def government(data: Path, tag: str) -> Iterator[str]:
    """Sentences of public-sector text."""
    path = data / "text" / f"government.{tag}.txt.zst"
    if not path.exists():
        return
    language = languages.load(tag)
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            paragraph = plain(line)
            for span in split_sentences(paragraph, language):
                yield paragraph[span.start : span.end]


def treebank(data: Path, tag: str) -> Iterator[str]:
    """Sentences of a treebank's training part."""
    documents = DocBin().from_disk(data / "treebanks" / f"{tag}_train.spacy")
    for document in documents.get_docs(spacy.blank(tag).vocab):
        # A document without boundaries is one sentence.
        for part in document.sents if document.has_annotation("SENT_START") else (document,):
            yield plain(part.text)


def fit(given: Iterator[str], held_out: set[str], count: int) -> list[str]:
    """``count`` different sentences of a letter's length, drawn by the seed, none in an evaluation set."""
    by_key = {normalised(sentence): sentence for sentence in given if len(sentence) in LENGTHS}
    kept = [sentence for key, sentence in by_key.items() if key not in held_out]
    random.Random(RECIPE["seed"]).shuffle(kept)
    return kept[:count]


def texts(data: Path, work: Path, tag: str) -> dict[str, Iterator[str]]:
    """Corpus -> sentences to be turned: the language's own, or English for a citizens' language."""
    if tag in CITIZENS:
        return {NEWS: english(work, everyday=True), PUBLIC: english(work, everyday=False)}
    return {NEWS: treebank(data, tag), PUBLIC: government(data, tag)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--sentences", type=int, default=60_000, help="most of a language and a kind of text")
    parser.add_argument("--languages", nargs="+", default=["nb", "nn", "sv", "da"])
    arguments = parser.parse_args()
    held_out = evaluation_keys(arguments.data / "evaluation")
    for tag in arguments.languages:
        into = tag in CITIZENS
        path = arguments.packages / (f"en_{tag}" if into else f"{tag}_en") / "metadata.json"
        metadata = json.loads(path.read_text(encoding="utf-8"))
        files = arguments.packages / metadata["shared_model"]
        prefix = [metadata["target_prefix"]] if into else []
        translator = ctranslate2.Translator(str(files / "model"), compute_type="int8", intra_threads=1)
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(files / "sentencepiece.model"))
        given = [
            (line, corpus)
            for corpus, sentences in texts(arguments.data, arguments.work, tag).items()
            for line in fit(sentences, held_out, arguments.sentences)
        ]
        # The names tell ``mix.sources`` which side is human.
        name = f"{'synthetic' if into else 'back'}-{tag}-en.tsv"
        with (arguments.work / "clean" / name).open("w", encoding="utf-8") as out:
            for start in range(0, len(given), CHUNK):
                part = given[start : start + CHUNK]
                results = translator.translate_batch(
                    [pieces.encode(line, out_type=str)[:250] for line, _ in part],
                    target_prefix=[prefix] * len(part),
                    beam_size=1, max_batch_size=2048, batch_type="tokens",
                )  # fmt: skip
                for (line, corpus), result in zip(part, results, strict=True):
                    made = pieces.decode(result.hypotheses[0][len(prefix) :])
                    if refused(line, made, RECIPE["clean"]) is None:
                        out.write("\t".join((made, line, corpus) if into else (line, made, corpus)) + "\n")
        print(tag, len(given), flush=True)


if __name__ == "__main__":
    main()

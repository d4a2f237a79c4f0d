"""Step 6b: English for Norwegian and Swedish public-sector text, made by the model into English.

    python -m models.training.translation.backtranslate SHARED_DATA WORK PACKAGES [--sentences 60000]

Writes WORK/clean/back-<language>-en.tsv: a sentence that a person wrote, and the model's English for it. Only
the model out of English reads them, so that what it learns to write is human (Sennrich et al. 2016).
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
import zstandard

from models.training.translation.clean import evaluation_keys, normalised, plain, refused
from replyassist import languages
from replyassist.text.sentences import split_sentences

RECIPE = tomllib.loads(Path(__file__).with_name("recipe.toml").read_text())
CORPUS = "back-translated"
CHUNK = 2_000
LENGTHS = range(20, 261)


def sentences(path: Path, tag: str, held_out: set[str]) -> Iterator[str]:
    """Each different sentence of a file, none of them in an evaluation set."""
    seen: set[str] = set()
    language = languages.load(tag)
    with path.open("rb") as raw:
        stream = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            paragraph = plain(line)
            for span in split_sentences(paragraph, language):
                sentence = paragraph[span.start : span.end]
                key = normalised(sentence)
                if len(sentence) in LENGTHS and key not in seen and key not in held_out:
                    seen.add(key)
                    yield sentence


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--sentences", type=int, default=60_000, help="most of a language")
    arguments = parser.parse_args()
    held_out = evaluation_keys(arguments.data / "evaluation")
    for tag in ("nn", "sv", "nb"):
        path = arguments.packages / f"{tag}_en" / "metadata.json"
        metadata = json.loads(path.read_text(encoding="utf-8"))
        files = arguments.packages / metadata["shared_model"]
        translator = ctranslate2.Translator(str(files / "model"), compute_type="int8", intra_threads=1)
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(files / "sentencepiece.model"))
        given = list(sentences(arguments.data / "text" / f"government.{tag}.txt.zst", tag, held_out))
        random.Random(RECIPE["seed"]).shuffle(given)
        given = given[: arguments.sentences]
        with (arguments.work / "clean" / f"back-{tag}-en.tsv").open("w", encoding="utf-8") as out:
            for start in range(0, len(given), CHUNK):
                part = given[start : start + CHUNK]
                results = translator.translate_batch(
                    [pieces.encode(line, out_type=str)[:250] for line in part],
                    beam_size=1, max_batch_size=2048, batch_type="tokens",
                )  # fmt: skip
                for line, result in zip(part, results, strict=True):
                    english = pieces.decode(result.hypotheses[0])
                    if refused(line, english, RECIPE["clean"]) is None:
                        out.write("\t".join((line, english, CORPUS)) + "\n")
        print(tag, len(given), flush=True)


if __name__ == "__main__":
    main()

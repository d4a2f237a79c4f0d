"""Step 8: BLEU and chrF of packages on the development sets, with sacreBLEU's signatures.

    python -m models.training.translation.evaluate SHARED_DATA PACKAGES [--beam 4] [--own WORK] [--write]

Prints a table; ``--write`` puts each direction's BLEU on FLORES dev (on the letters where FLORES has no such
language) into its metadata, where the translator reads whether it may be offered as a translation. ``--own``
adds the sentences of our own that ``fill`` kept from training, one set for sentences and one for terms.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece


def sets(
    evaluation: Path, own: Path | None, source: str, target: str
) -> Iterator[tuple[str, list[str], list[str]]]:
    """Name, sources and references of each development set of a direction."""
    flores = evaluation / "flores-dev"
    if (flores / f"{source}.txt").exists() and (flores / f"{target}.txt").exists():
        sides = [(flores / f"{tag}.txt").read_text(encoding="utf-8").splitlines() for tag in (source, target)]
        yield "flores-dev", *sides
    for pair, swap in ((f"{source}-{target}", False), (f"{target}-{source}", True)):
        for path in sorted((evaluation / "domain" / pair).glob("*.tsv")):
            rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()]
            left, right = [row[0] for row in rows], [row[1] for row in rows]
            yield path.stem, *((right, left) if swap else (left, right))
        if own and (path := own / "held-out" / f"own-{pair}.tsv").exists():
            rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
            for name, of_terms in (("own-sentences", False), ("own-terms", True)):
                chosen = [row for row in rows if (row[2] == "own-terms") is of_terms]
                left, right = [row[0] for row in chosen], [row[1] for row in chosen]
                yield name, *((right, left) if swap else (left, right))


def translate(
    translator: ctranslate2.Translator,
    pieces: sentencepiece.SentencePieceProcessor,
    lines: list[str],
    prefix: str,
    beam: int,
) -> list[str]:
    """The best hypothesis for each line."""
    tokens = [pieces.encode(line, out_type=str)[:250] for line in lines]
    results = translator.translate_batch(
        tokens, target_prefix=[[prefix]] * len(tokens) if prefix else None, beam_size=beam,
        max_batch_size=2048, batch_type="tokens", length_penalty=1.0, max_decoding_length=300,
    )  # fmt: skip
    return [pieces.decode([t for t in r.hypotheses[0] if t != prefix]) for r in results]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("packages", type=Path)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--own", type=Path, metavar="WORK")
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    any_scored = False
    for path in sorted(arguments.packages.glob("*/metadata.json")):
        metadata = json.loads(path.read_text(encoding="utf-8"))
        source, target = metadata["from_code"], metadata["to_code"]
        if arguments.only and arguments.only not in f"{source}-{target}":
            continue
        files = path.parent.parent / metadata["shared_model"]
        translator = ctranslate2.Translator(
            str(files / "model"), compute_type="int8", intra_threads=arguments.threads
        )
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(files / "sentencepiece.model"))
        scores = {}
        for name, sources, references in sets(arguments.data / "evaluation", arguments.own, source, target):
            limit = arguments.limit
            made = translate(translator, pieces, sources[:limit], metadata["target_prefix"], arguments.beam)
            scores[name] = bleu.corpus_score(made, [references[:limit]]).score
            found = chrf.corpus_score(made, [references[:limit]]).score
            row = f"| {source}-{target} | {name} | {len(made)} | {scores[name]:.1f} | {found:.1f} |"
            print(row, flush=True)
        any_scored = any_scored or bool(scores)
        # Our own text is like what was learned from: it says nothing of whether a translation may be offered.
        others = {name: score for name, score in scores.items() if not name.startswith("own-")}
        if arguments.write and others:
            first = others.get("flores-dev", sum(others.values()) / len(others))
            metadata["bleu"] = round(first, 1)
            path.write_text(json.dumps(metadata, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if any_scored:
        print(bleu.get_signature(), chrf.get_signature(), sep="\n")


if __name__ == "__main__":
    main()

"""Train the small spaCy pipelines under models/spacy/ from the treebanks, one language after the other.

    python models/training/spacy/train.py --treebanks ../shared/data/treebanks [TAG ...]

Each pipeline is scored on the test part of its treebank, and what it reaches is written into its card.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from spacy.training import Example

HERE = Path(__file__).parent
PIPELINES = HERE.parents[1] / "spacy"
TREEBANKS = {
    "nb": "Norwegian Dependency Treebank (CC0) with NorNE; UD Norwegian-Bokmaal (CC BY-SA 4.0)",
    "nn": "Norwegian Dependency Treebank (CC0) with NorNE; UD Norwegian-Nynorsk (CC BY-SA 4.0)",
    "sv": "UD Swedish-Talbanken and Swedish-PUD (CC BY-SA 4.0)",
    "da": "Copenhagen Dependency Treebank; UD Danish-DDT (CC BY-SA 4.0)",
    "en": "UD English-EWT (CC BY-SA 4.0) and the freely licensed genres of GUM",
}


def measure(pipeline: Path, treebanks: Path, tag: str) -> dict[str, float]:
    """Accuracy (0-1) of parts of speech and of morphology on the test part, with gold tokens."""
    nlp = spacy.load(pipeline)
    gold = DocBin().from_disk(treebanks / f"{tag}_test.spacy").get_docs(nlp.vocab)
    examples = []
    for doc in gold:
        spaces = [bool(token.whitespace_) for token in doc]
        examples.append(Example(nlp(Doc(doc.vocab, [token.text for token in doc], spaces)), doc))
    scores = nlp.evaluate(examples)
    return {name: scores[name] for name in ("pos_acc", "morph_acc")}


def write_card(folder: Path, tag: str, scores: dict[str, float], seconds: float) -> None:
    """The README of a pipeline: what it is, from what, how good, under which licence."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    folder.joinpath("README.md").write_text(
        f"""# {tag}: a small spaCy pipeline

Parts of speech and morphology (Universal Dependencies), for the rules that tell a verb from a noun.

| | |
|---|---|
| trained from | {TREEBANKS[tag]} |
| parts of speech, treebank test part | {scores["pos_acc"]:.1%} |
| morphology, treebank test part | {scores["morph_acc"]:.1%} |
| size | {size:.1f} MB |
| training | {seconds / 60:.0f} minutes on one shared CPU core, spaCy {spacy.__version__} |
| made by | models/training/spacy/train.py |
| licence | CC BY-SA 4.0, as its treebank; attribution: the authors of the treebank above |
""",
        encoding="utf-8",
    )


def make(treebanks: Path, tag: str) -> None:
    """Train, measure and put in place the pipeline of one language."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        paths = {f"paths.{part}": str(treebanks / f"{tag}_{part}.spacy") for part in ("train", "dev")}
        train(HERE / "config.cfg", Path(scratch), overrides={**paths, "nlp.lang": tag})
        seconds = time.monotonic() - started
        best = Path(scratch) / "model-best"
        nlp = spacy.load(best)
        nlp.meta |= {"name": f"replyassist_{tag}", "license": "CC BY-SA 4.0"}
        nlp.meta["sources"] = [{"name": TREEBANKS[tag]}]
        for path in paths:  # where the corpora stood on this machine is nobody's business
            nlp.config["paths"][path.removeprefix("paths.")] = None
        shutil.rmtree(PIPELINES / tag, ignore_errors=True)
        nlp.to_disk(PIPELINES / tag)
    write_card(PIPELINES / tag, tag, measure(PIPELINES / tag, treebanks, tag), seconds)


def main() -> None:
    """Make the pipelines of the languages named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("tags", nargs="*", default=list(TREEBANKS))
    arguments = parser.parse_args()
    for tag in arguments.tags:
        make(arguments.treebanks, tag)


if __name__ == "__main__":
    main()

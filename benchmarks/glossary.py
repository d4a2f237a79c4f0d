"""What the glossary that came along does: words of public letters that are lost without it and with it.

    python -m benchmarks.glossary ../shared/data/evaluation [--rows 60] [--own WORK]

Of the letters, forms and pages of public bodies in the development sets (and of our own sentences that were
kept from training) the rows with a word of the glossary are translated without it and with it. Printed are
the words, how many of them have no accepted rendering in the translation, before and after, and in what
people wrote (what would be flagged there although it is right), and chrF and BLEU before and after.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from models.training.translation.evaluate import sets
from replyassist.config import Settings, data_folder
from replyassist.translation import Translator
from replyassist.translation.termbase import Termbase, TermUse

DRAFTED = ("nb", "nn", "sv", "da")
PUBLIC = (
    "evaka-municipal-ecec", "giellalt-gov", "helsinki-city", "nav-fyllut-forms", "nav-pensjonsbrev-letters",
)  # fmt: skip
PATIENCE = 3600.0


def read_sets(evaluation: Path, own: Path | None) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Name, tags, sources and references of the public bodies' sets and our own that have English on one
    side, both ways round.
    """
    for tag in DRAFTED:
        for source, target in ((tag, "en"), ("en", tag)):
            for name, sources, references in sets(evaluation, own, source, target):
                if name in PUBLIC or name.startswith("own-"):
                    yield name, source, target, sources, references


def count_missed(uses: Sequence[Sequence[TermUse]], translations: Sequence[str]) -> int:
    """How many words have no accepted rendering."""
    return sum(
        use.find_in(text) is None for text, words in zip(translations, uses, strict=True) for use in words
    )


def main() -> None:
    """Measure every set and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--rows", type=int, default=60, help="of each set")
    parser.add_argument("--own", type=Path, help="the folder that `fill` wrote our own sentences into")
    arguments = parser.parse_args()
    packages = data_folder("models") / "translation"
    without, with_it = (
        Translator.load(Settings(glossary=glossary, time_limit=PATIENCE), packages)
        for glossary in (False, True)
    )
    glossary, scores = Termbase.bundled(), (CHRF(), BLEU())
    total = [0, 0, 0, 0]
    for name, source, target, sources, wanted in read_sets(arguments.evaluation, arguments.own):
        found = [
            (text, reference, uses)
            for text, reference in zip(sources, wanted, strict=True)
            if (uses := [use for use in glossary.terms_in(text, source, target) if use.fits])
        ][: arguments.rows]
        if not found:
            continue
        texts, references, uses = map(list, zip(*found, strict=True))
        made = [
            [translation.text for translation in translator.translate_many(texts, source, target)]
            for translator in (without, with_it)
        ]
        counts = [sum(map(len, uses)), *(count_missed(uses, each) for each in (*made, references))]
        total = [before + more for before, more in zip(total, counts, strict=True)]
        gains = "  ".join(
            " -> ".join(f"{score.corpus_score(each, [references]).score:.1f}" for each in made)
            for score in scores
        )
        print(
            f"{name:26} {source}-{target}  words {counts[0]:4}  lost {counts[1]:3} -> {counts[2]:3}"
            f"  by people {counts[3]:3}  chrF, BLEU {gains}",
            flush=True,
        )
    print(f"all: words {total[0]}, lost {total[1]} -> {total[2]}, by people {total[3]}")


if __name__ == "__main__":
    main()

"""Make the word frequencies under models/frequencies/ from running text.

    python models/training/frequencies/count.py --data ../shared/data

Nynorsk has no table of its own in wordfreq, which silently answers with bokmål's: it is counted here, from
its treebank (news, blogs, parliament) and from public-sector text, the treebank twice over, so that an
office's favourite words don't pass for everyday ones. Danish has 29,000 words in wordfreq, none rarer than
Zipf 3: the rarer ones are added from parallel text, below that limit. Words seen once are left out: half of
them are misspelt, and a table of words seen often can hold nobody's secret.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
import wordfreq
from spacy.tokens import DocBin

FREQUENCIES = Path(__file__).parents[2] / "frequencies"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TREEBANK_WEIGHT = 2
WORDFREQ_FLOOR = 3.0  # Zipf of the rarest words in wordfreq's Danish list
DANISH_LINES = 400_000


def lines(file: Path, column: int = 0) -> Iterator[str]:
    """One column of a zstd-compressed file of tab-separated lines."""
    command = ["zstd", "-dc", "--long=27", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield line.rstrip("\n").split("\t")[column]


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands there; capitalised words inside a sentence are names and left out."""
    counts: Counter[str] = Counter()
    for text in texts:
        for number, word in enumerate(WORD.findall(text)):
            if number == 0 or word.islower():
                counts[word.lower()] += 1
    return counts


def treebank(file: Path) -> Iterator[str]:
    """The raw text of a treebank's documents, sentence by sentence."""
    for doc in DocBin().from_disk(file).get_docs(spacy.blank("xx").vocab):
        starts = [token.i for token in doc if token.is_sent_start] or [0]
        for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
            yield doc[start:end].text


def zipf(counts: Counter[str], at_least: int) -> dict[str, float]:
    """Zipf values (log10 of occurrences per billion words) of the words that were seen often enough."""
    total = sum(counts.values())
    return {word: math.log10(n / total * 1e9) for word, n in counts.items() if n >= at_least}


def nynorsk(data: Path) -> dict[str, float]:
    """Zipf values from general and public-sector text."""
    general = count(treebank(data / "treebanks/nn_train.spacy"))
    counts = (
        count(lines(data / "text/government.nn.txt.zst"))
        + count(lines(data / "parallel/nb-nn.tsv.zst", column=1))
        + count(lines(data / "parallel/nn-en.tsv.zst"))
    )
    seen_twice = {word for word, n in (general + counts).items() if n >= 2}
    for word, n in general.items():
        counts[word] += TREEBANK_WEIGHT * n
    return {word: value for word, value in zipf(counts, at_least=2).items() if word in seen_twice}


def danish(data: Path) -> dict[str, float]:
    """Zipf values of words that wordfreq doesn't have, under its floor."""
    known = wordfreq.get_frequency_dict("da")
    spread = (line for number, line in enumerate(lines(data / "parallel/da-en.tsv.zst")) if number % 2 == 0)
    counts = count(line for _, line in zip(range(DANISH_LINES), spread, strict=False))
    return {
        word: min(WORDFREQ_FLOOR - 0.01, value)
        for word, value in zipf(counts, at_least=3).items()
        if word not in known
    }


def write(table: dict[str, float], file: Path) -> None:
    """One line per Zipf value in hundredths: the value, a tab, its words; commonest first."""
    buckets: defaultdict[int, list[str]] = defaultdict(list)
    for word, value in table.items():
        buckets[round(value * 100)].append(word)
    content = "".join(f"{v}\t{' '.join(sorted(buckets[v]))}\n" for v in sorted(buckets, reverse=True))
    file.write_bytes(gzip.compress(content.encode(), mtime=0))
    print(f"{file.name}: {len(table)} words, {file.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Make both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    FREQUENCIES.mkdir(exist_ok=True)
    write(nynorsk(data), FREQUENCIES / "nn.txt.gz")
    write(danish(data), FREQUENCIES / "da.txt.gz")


if __name__ == "__main__":
    main()

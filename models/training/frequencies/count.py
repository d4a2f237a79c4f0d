"""Make the word frequencies under models/frequencies/ from running text.

    python models/training/frequencies/count.py --data ../shared/data

Nynorsk has no table of its own in wordfreq, which silently answers with bokmål's: it is counted here, from
its treebank (news, blogs, parliament) and from public-sector text, the treebank twice over, so that an
office's favourite words don't pass for everyday ones. Danish has 29,000 words in wordfreq, none rarer than
Zipf 3: the rarer ones are added from parallel text, below that limit. Words seen once are left out: half of
them are misspelt, and a table of words seen often can hold nobody's secret.

The tables of office words (<tag>.office.txt.gz) say how much commoner a word is where offices write than
elsewhere: the logarithm (base 10) of the ratio, -1 to 1. Offices' text is that of Norwegian and Swedish
ministries, counties and the Sami Parliament; for Danish and English, the European Parliament's. Nynorsk has
so little text of both kinds that its words take the value of the bokmål word that they are translated by.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import spacy
import wordfreq
from spacy.tokens import DocBin

from replyassist import languages
from replyassist.plainlanguage.frequency import read_frequencies

FREQUENCIES = Path(__file__).parents[2] / "frequencies"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TREEBANK_WEIGHT = 2
WORDFREQ_FLOOR = 3.0  # Zipf of the rarest words in wordfreq's Danish list
DANISH_LINES = 400_000
PARLIAMENT_LINES = 60_000
BOKMAL_LINES = 150_000  # of 500,000: beyond them, only names are added
SEEN_BY_OFFICES = 5  # times, for a ratio that means something
UNSEEN_ELSEWHERE = 2.5  # Zipf of a word that the table of everyday words lacks
FAINTEST, STRONGEST = 0.2, 1.0  # ratios under the one say nothing; over the other, they tell subjects apart
LONGEST_SENTENCE = 25  # words; in longer ones chance pairs too many words
ENOUGH_TOGETHER = 0.3  # Dice coefficient from which two words are held to be translations


def rows(file: Path) -> Iterator[str]:
    """The lines of a zstd-compressed file."""
    command = ["zstd", "-dc", "--long=27", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield line.rstrip("\n")


def lines(file: Path, column: int = 0) -> Iterator[str]:
    """One column of a zstd-compressed file of tab-separated lines."""
    return (line.split("\t")[column] for line in rows(file))


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


def office_words(texts: Iterable[str], everyday: Mapping[str, float]) -> dict[str, float]:
    """How much commoner words are in offices' texts than elsewhere; none whose ratio is faint."""
    counts = count(texts)
    total = sum(counts.values())
    ratios = {
        word: math.log10(n / total * 1e9) - everyday.get(word, UNSEEN_ELSEWHERE)
        for word, n in counts.items()
        if n >= SEEN_BY_OFFICES
    }
    bounded = {word: max(-STRONGEST, min(STRONGEST, ratio)) for word, ratio in ratios.items()}
    return {word: round(ratio, 1) for word, ratio in bounded.items() if abs(ratio) >= FAINTEST}


def partners(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For words of the second language, the word of the first that stands most often where they stand."""
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first_seen: Counter[str] = Counter()
    second_seen: Counter[str] = Counter()
    for pair in pairs:
        first, second = ({word.lower() for word in WORD.findall(text)} for text in pair)
        if len(first) > LONGEST_SENTENCE:
            continue
        first_seen.update(first)
        second_seen.update(second)
        for word in second - first:
            together[word].update(first - second)

    def dice(word: str, other: str) -> float:
        return 2 * together[word][other] / (second_seen[word] + first_seen[other])

    best = {
        word: max(seen, key=lambda other, w=word: dice(w, other)) for word, seen in together.items() if seen
    }
    return {w: o for w, o in best.items() if second_seen[w] > 2 and dice(w, o) >= ENOUGH_TOGETHER}


def all_office_words(data: Path) -> dict[str, dict[str, float]]:
    """The office words of every language."""
    everyday = {
        tag: table.values
        for tag in languages.available()
        if (table := read_frequencies(languages.load(tag), FREQUENCIES.parent))
    }
    parliament = data / "parallel/da-en.tsv.zst"
    debates = [line.split("\t")[:2] for line in rows(parliament) if line.endswith("europarl-v7")]
    texts = {
        "nb": islice(lines(data / "text/government.nb.txt.zst"), BOKMAL_LINES),
        "nn": lines(data / "text/government.nn.txt.zst"),
        "sv": lines(data / "text/government.sv.txt.zst"),
        "da": (danish for danish, _ in debates[:PARLIAMENT_LINES]),
        "en": (english for _, english in debates[:PARLIAMENT_LINES]),
    }
    found = {tag: office_words(text, everyday[tag]) for tag, text in texts.items()}
    pairs = (line.split("\t") for line in rows(data / "parallel/nb-nn.tsv.zst"))
    translated = partners((bokmal, nynorsk) for bokmal, nynorsk, *_ in pairs)
    known = everyday["nn"]
    found["nn"] |= {word: value for word, value in found["nb"].items() if word in known}
    found["nn"] |= {word: found["nb"][other] for word, other in translated.items() if other in found["nb"]}
    return found


def write(table: dict[str, float], file: Path) -> None:
    """One line per value in hundredths: the value, a tab, its words; highest first."""
    buckets: defaultdict[int, list[str]] = defaultdict(list)
    for word, value in table.items():
        buckets[round(value * 100)].append(word)
    content = "".join(f"{v}\t{' '.join(sorted(buckets[v]))}\n" for v in sorted(buckets, reverse=True))
    file.write_bytes(gzip.compress(content.encode(), mtime=0))
    print(f"{file.name}: {len(table)} words, {file.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Make all tables; those of office words need the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    FREQUENCIES.mkdir(exist_ok=True)
    write(nynorsk(data), FREQUENCIES / "nn.txt.gz")
    write(danish(data), FREQUENCIES / "da.txt.gz")
    for tag, table in all_office_words(data).items():
        write(table, FREQUENCIES / f"{tag}.office.txt.gz")


if __name__ == "__main__":
    main()

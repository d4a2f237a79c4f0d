"""How often words are used, from wordfreq's lists, in a tenth of the memory that its dictionaries take.

A list of 320,000 words takes 34 MB as a dictionary, and wordfreq never lets go of one. To be looked up, words
need not be kept: a hash of 54 bits tells them from all others.
"""

from __future__ import annotations

import gzip
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import chain
from math import log10
from pathlib import Path

import msgpack
import wordfreq
from wordfreq.tokens import lossy_tokenize

from replyassist.errors import ConfigurationError

# wordfreq rounds to centibels, of which its rarest words have 900: ten bits.
RANKS = 0x3FF
WORDS = 2**64 - 1 - RANKS
NEVER = 0.0


def read_words(tag: str) -> Iterator[tuple[float, list[str]]]:
    """The words of a language by falling Zipf value (log10 of uses in a billion words); nothing is kept.

    The format is wordfreq's own (``read_cBpack``, which reads all at once): a header, then the words of each
    centibel.
    """
    with gzip.open(wordfreq.available_languages()[tag]) as file:
        unpacker = msgpack.Unpacker(file, raw=False)
        count = unpacker.read_array_header()
        if unpacker.unpack() != {"format": "cB", "version": 1}:
            raise ConfigurationError("The word lists of wordfreq have another format.")
        for rank in range(count - 1):
            yield 9 - rank / 100, unpacker.unpack()


def read_table(file: Path) -> dict[str, float]:
    """Word -> Zipf value, from a table of models/training/frequencies; empty where there is none."""
    values: dict[str, float] = {}
    if file.is_file():
        for line in gzip.decompress(file.read_bytes()).decode().splitlines():
            hundredths, _, words = line.partition("\t")
            values |= dict.fromkeys(words.split(), int(hundredths) / 100)
    return values


def zipf(word: str, tag: str) -> float:
    """Zipf value of a word, 0 for one that wordfreq does not know, or that holds digits.

    A word with a hyphen or an apostrophe is as common as its parts together, as wordfreq counts them:
    1/f = 1/f1 + 1/f2.

    Args:
        word: composed letters (NFC).
        tag: a language that wordfreq has.
    """
    if word.isalpha():
        return _look_up(word.casefold(), tag)
    parts = [_look_up(part, tag) for part in lossy_tokenize(word, tag)]
    if not parts or NEVER in parts:
        return NEVER
    return round(-log10(sum(10**-part for part in parts)), 2)


def _look_up(word: str, tag: str) -> float:
    table, wanted = _table(tag), hash(word) & WORDS
    place = bisect_left(table, wanted)
    if place < len(table) and table[place] & WORDS == wanted:
        return 9 - (table[place] & RANKS) / 100
    return NEVER


@cache
def _table(tag: str) -> array[int]:
    """For each word its hash and, in the ten last bits, its rank; sorted."""
    entries = chain.from_iterable(
        [hash(word) & WORDS | min(round(900 - 100 * value), RANKS) for word in same]
        for value, same in read_words(tag)
    )
    return array("Q", sorted(entries))

"""From text to the character n-grams and words that its language is told by, all places at once with numpy.

Two readings of the same text:

* ``read_letters``: lower-case letters of the Basic Multilingual Plane, all else a space; n-grams of 1-5 code
  points, words and pairs of words, each hashed to 32 bits. What the project's own weights are for.
* ``read_bytes``: UTF-8 as it stands. At each byte the longest known n-gram that ends there: what the
  automaton of py3langid finds one byte at a time, and what its weights are for.

Each feature remembers the place that it ends at, so that the score of any part of a text is a sum over its
places.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Places = NDArray[np.intp]

LONGEST_LETTERS = 5
LONGEST_BYTES = 6
WORD, PAIR, KINDS = LONGEST_LETTERS, LONGEST_LETTERS + 1, LONGEST_LETTERS + 2
_TABLE_BITS = 21
_SPACE = 32
_MIX = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: spreads neighbouring numbers over all bits
_MIXER = np.uint64(_MIX)
_COMMA = ord(",")
_STEP = np.uint64(0x100000001B3)
_WORD = np.uint64(0xD6E8FEB86659FD93)
_PAIR = np.uint64(0xA5A3564E27F8863B)
_LONGEST_WORD = 64
_BYTE_FACTORS = np.array([1 << 8 * (LONGEST_BYTES - 1 - place) for place in range(LONGEST_BYTES)], np.uint64)
_BYTE_MASKS = np.array([(1 << 8 * n) - 1 for n in range(1, LONGEST_BYTES + 1)], np.uint64)
_BYTE_LENGTHS = np.array([n << 48 for n in range(1, LONGEST_BYTES + 1)], np.uint64)
_NO_HASHES = np.empty(0, np.uint32)
_NO_PLACES = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class LetterReading:
    """Hashed features of letters.

    Attributes:
        hashes: one number a feature, shape (n,).
        places: index of the character of the text that each feature ends at, ascending, shape (n,).
        ends: index of the letter that each feature ends at, among letters and single spaces, shape (n,).
        cells: ``ends`` times the number of kinds of features, plus the kind, shape (n,).
        spaces: indexes of the spaces around words among letters and single spaces, shape (words + 1,).
        firsts: the place of the first letter of each word, shape (words,).
        points, folded: each character of the text, and its lower-case letter or a space.
    """

    hashes: Hashes
    places: Places
    ends: Places
    cells: Places
    spaces: Places
    firsts: Places
    points: NDArray[np.uint32]
    folded: NDArray[np.uint64]

    def plain_words(self) -> PlainWords:
        """The words that are no names, the n-grams within each, and the pairs that they make."""
        if not len(self.firsts):
            return PlainWords(
                _NO_HASHES, _NO_PLACES, _NO_HASHES, _NO_PLACES, _NO_HASHES, _NO_PLACES
            )  # fmt: skip
        kinds = self.cells - self.ends * KINDS
        words = np.arange(len(self.firsts)).repeat(self.spaces[1:] - self.spaces[:-1])
        words = words.take(self.ends - 1, mode="clip")
        # An n-gram is within its word when it reaches back to the space before it at most.
        within = kinds <= self.ends - self.spaces.take(words)
        within &= (kinds < WORD) & (self.ends > 0)
        whole, paired = kinds == WORD, kinds == PAIR
        names = _names(self.firsts, self.points, self.folded)
        if names.any():
            plain = ~names.take(words)
            within &= plain
            whole &= plain
            paired &= plain
            paired &= ~names.take(words - 1)
        grams = within.nonzero()[0]
        in_word = words.take(grams)
        change = np.ones(len(grams), np.bool_)
        np.not_equal(in_word[1:], in_word[:-1], out=change[1:])
        return PlainWords(
            self.hashes.take(grams), change.nonzero()[0],
            self.hashes[whole], self.places[whole], self.hashes[paired], self.places[paired],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words of a text that are no names: what nb, nn, sv and da are told apart by.

    Attributes:
        grams: hashes of the n-grams within the words, those of a word beside each other, shape (g,).
        firsts: index of the first n-gram of each word, shape (w,).
        words, word_places: hash of each word and where it ends, shape (w,).
        pairs, pair_places: hash of each pair of neighbours among them and where it ends, shape (p,).
    """

    grams: Hashes
    firsts: Places
    words: Hashes
    word_places: Places
    pairs: Hashes
    pair_places: Places


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of ``text``, shape (len(text),); UnicodeEncodeError for lone surrogates."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def read_letters(text: str) -> LetterReading:
    """The hashed n-grams, words and pairs of words of ``text``; none when it has no letter."""
    points = code_points(text)
    padded = np.full(len(points) + 2, _SPACE, np.uint64)
    padded[1:-1] = _letters_table().take(points, mode="clip")
    is_letter = padded != _SPACE
    kept = (is_letter[1:] | is_letter[:-1]).nonzero()[0]  # letters, and one space after a word
    if not len(kept):
        none = _NO_PLACES
        return LetterReading(_NO_HASHES, none, none, none, none, none, points, padded[1:-1])
    letters = np.empty(len(kept) + 1, np.uint64)
    letters[0] = _SPACE
    letters[1:] = padded[1:].take(kept)
    places = np.empty(len(letters), np.intp)
    places[0] = kept[0]
    np.minimum(kept, len(points) - 1, out=places[1:])
    spaces = (letters == _SPACE).nonzero()[0]
    hashes, cells = _hash_letters(letters, spaces)
    ends = cells // KINDS
    firsts = places.take(spaces[:-1] + 1)
    return LetterReading(hashes, places.take(ends), ends, cells, spaces, firsts, points, padded[1:-1])


def _hash_letters(letters: NDArray[np.uint64], spaces: Places) -> tuple[Hashes, Places]:
    """Features of letters between spaces, and the cell (place, kind) that each stands in."""
    size = len(letters)
    # One row a place: its n-grams, then the word and the pair of words that end there. 0 is none.
    table = np.zeros((size, KINDS), dtype=np.uint64)
    factors, offsets = _gram_factors()
    np.matmul(_windows(letters, LONGEST_LETTERS), factors, out=table[:, :LONGEST_LETTERS])
    table[:, :LONGEST_LETTERS] += offsets
    for n in range(min(LONGEST_LETTERS - 1, size)):
        table[n, n + 1 : LONGEST_LETTERS] = 0  # these would begin before the text
    before, after = spaces[:-1], spaces[1:]
    in_word = np.arange(size - 1) - before.repeat(after - before)
    words = np.add.reduceat(letters[1:] * _powers().take(in_word, mode="clip"), before)
    table[after - 1, WORD] = words * _WORD
    table[after[1:] - 1, PAIR] = (words[:-1] * _STEP + words[1:]) * _PAIR
    flat = table.ravel()
    filled = flat.nonzero()[0]
    mixed = flat.take(filled) * _MIXER >> np.uint64(32)
    return mixed.astype(np.uint32), filled


def _windows(values: NDArray[np.uint64], width: int) -> NDArray[np.uint64]:
    """For each place the values of the ``width`` places that end there; 0 before the first."""
    padded = np.zeros(len(values) + width - 1, np.uint64)
    padded[width - 1 :] = values
    return np.ndarray((len(values), width), np.uint64, padded, strides=(8, 8))  # overlapping rows, no copy


def _names(first: Places, points: NDArray[np.uint32], folded: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """For each word whether it is capitalised after a word or a comma: in Nordic languages a name.

    Where most words are capitalised, capitals tell nothing, and no word is taken for a name.

    Args:
        first: the place of the first letter of each word.
        folded: the lower-case letter, or a space, for each of ``points``.
    """
    name: NDArray[np.bool_] = points.take(first) != folded.take(first)
    name[0] = False
    if name.any():
        earlier = first - 2  # of the word that is first in the text this may be -1 or -2: it is no name
        before = points.take(earlier, mode="wrap")
        goes_on = (folded.take(earlier, mode="wrap") != _SPACE) | (before == _COMMA)
        name &= goes_on & (points.take(first - 1, mode="wrap") == _SPACE)
        if 2 * np.count_nonzero(name) > len(name):
            name[:] = False
    return name


class KnownGrams:
    """A set of byte n-grams, each known by its place in a sorted array of numbers as of ``gram_number``.

    Most n-grams of a text are not in the set. A table of their hashes says so at once; only the others are
    searched for.
    """

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self.numbers = numbers
        self._table = np.zeros(1 << _TABLE_BITS, dtype=np.bool_)
        self._table[self._slots(numbers)] = True

    @staticmethod
    def _slots(numbers: NDArray[np.uint64]) -> Places:
        return (numbers * _MIXER >> np.uint64(64 - _TABLE_BITS)).view(np.int64)

    def find(self, numbers: NDArray[np.uint64]) -> tuple[Places, Places]:
        """Which of the numbers are in the set (indexes), and their places in it."""
        maybe = self._table.take(self._slots(numbers)).nonzero()[0]
        wanted = numbers.take(maybe)
        found = self.numbers.searchsorted(wanted)
        hits = self.numbers.take(found, mode="clip") == wanted
        return maybe[hits], found[hits]


def read_bytes(data: NDArray[np.uint8], known: KnownGrams) -> tuple[Places, Places]:
    """The byte n-grams of ``data`` that are ``known``, the longest that ends at each byte.

    Returns:
        Places in ``known``, and for each the index of the byte that it ends at, ascending.
    """
    # The last bytes at each place as one number; the n-grams that end there are its lowest bytes. What would
    # begin before the text begins with NUL: no known n-gram does.
    last = _windows(data.astype(np.uint64), LONGEST_BYTES) @ _BYTE_FACTORS
    numbers = last[:, None] & _BYTE_MASKS
    numbers |= _BYTE_LENGTHS
    hits, found = known.find(numbers.ravel())
    longest = np.full(len(data), -1, dtype=np.intp)
    longest[hits // LONGEST_BYTES] = found  # ascending, so that a longer n-gram overwrites a shorter one
    ends = (longest >= 0).nonzero()[0]
    return longest.take(ends), ends


def gram_number(gram: bytes) -> int:
    """The number that stands for a byte n-gram: its length above 48 bits of its bytes."""
    return len(gram) << 48 | int.from_bytes(gram, "big")


@cache
def _letters_table() -> NDArray[np.uint32]:
    """Code point -> its lower-case letter, or a space for what is no letter; 65536 is all beyond the BMP."""
    table = np.full(0x10001, _SPACE, dtype=np.uint32)
    for point in range(0x10000):
        char = chr(point)
        if unicodedata.category(char)[0] in "LM":
            table[point] = ord(char.lower()[0])
    for char in "'’ʼ":
        table[ord(char)] = ord("'")
    return table


@cache
def _powers() -> NDArray[np.uint64]:
    """Powers of an odd number modulo 2**64, one for each place in a word."""
    return np.array([pow(_MIX, place, 2**64) for place in range(_LONGEST_WORD)], dtype=np.uint64)


@cache
def _gram_factors() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """What turns the last letters into hashes of their n-grams: factors (letters, n-grams) and what to add.

    An n-gram's hash is that of the n-1-gram one place before it times the step, plus the last letter and
    a number that depends on n.
    """
    factors = np.zeros((LONGEST_LETTERS, LONGEST_LETTERS), np.uint64)
    offsets = [0]
    for n in range(LONGEST_LETTERS):
        for back in range(n + 1):
            factors[LONGEST_LETTERS - 1 - back, n] = pow(int(_STEP), back, 2**64)
        offsets.append((offsets[-1] * int(_STEP) + ((n + 1) << 24)) % 2**64)
    return factors, np.array(offsets[:-1], np.uint64)


def warm_up() -> None:
    """Build the tables now, so that no first message, nor two at once, has to wait for them."""
    _letters_table()
    _powers()
    _gram_factors()

"""From text to the character n-grams and words that its language is told by, all places at once with numpy.

Two readings of the same text:

* ``read_letters``: lower-case letters of the Basic Multilingual Plane, all else a space; n-grams of 1-5 code
  points, words and pairs of words, each hashed to 32 bits. What the project's own weights are for.
* ``read_bytes``: UTF-8 as it stands. At each byte the longest known n-gram that ends there: what the
  automaton of py3langid finds one byte at a time, and what its weights are for.

Each feature remembers the character that it ends at, so that the score of any part of a text is a sum over
its characters.
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
_TABLE_BITS = 21
_SPACE = 32
_MIX = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: spreads neighbouring numbers over all bits
_STEP = np.uint64(0x100000001B3)
_WORD = np.uint64(0xD6E8FEB86659FD93)
_PAIR = np.uint64(0xA5A3564E27F8863B)
_LONGEST_WORD = 64
_NO_HASHES = np.empty(0, np.uint32)
_NO_PLACES = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class LetterReading:
    """Hashed features of letters.

    Attributes:
        hashes: one number a feature, shape (n,).
        places: index of the character of the text that each feature ends at, ascending, shape (n,).
        in_name: whether each feature ends in a capitalised word that doesn't begin a sentence, shape (n,).
    """

    hashes: Hashes
    places: Places
    in_name: NDArray[np.bool_]


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of ``text``, shape (len(text),); UnicodeEncodeError for lone surrogates."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def read_letters(text: str) -> LetterReading:
    """The hashed n-grams, words and pairs of words of ``text``; none when it has no letter."""
    points = np.minimum(code_points(text), 0x10000)
    folded = _letters_table()[points]
    is_letter = folded != _SPACE
    if not is_letter.any():
        return LetterReading(_NO_HASHES, _NO_PLACES, np.empty(0, np.bool_))
    keep = is_letter.copy()
    keep[1:] |= is_letter[:-1]  # one space after a word
    places = np.flatnonzero(keep)
    letters = np.empty(len(places) + 2, np.uint64)
    letters[0] = letters[-1] = _SPACE
    letters[1:-1] = folded[places]
    if not is_letter[-1]:
        letters = letters[:-1]
    else:
        places = np.append(places, len(points) - 1)
    places = np.concatenate([_NO_PLACES, [places[0]], places])
    hashes, ends = _hash_letters(letters)
    return LetterReading(hashes, places[ends], _in_names(letters, places, points)[ends])


def _hash_letters(letters: NDArray[np.uint64]) -> tuple[Hashes, Places]:
    """Features of letters between spaces, and the index into ``letters`` that each ends at."""
    size = len(letters)
    # One row a place: its n-grams, then the word and the pair of words that end there. 0 is none.
    table = np.zeros((size, LONGEST_LETTERS + 2), dtype=np.uint64)
    table[:, 0] = letters
    for n in range(1, LONGEST_LETTERS):
        # An n-gram's hash is that of the n-1-gram one place before it, times the step, plus the last letter.
        table[n:, n] = table[n - 1 : -1, n - 1] * _STEP + (letters[n:] + np.uint64(n << 24))
    spaces = np.flatnonzero(letters == _SPACE)
    starts, ends = spaces[:-1] + 1, spaces[1:] - 1
    words = np.add.reduceat(letters * _powers()[_place_in_word(size, starts)], starts)
    table[ends, LONGEST_LETTERS] = words * _WORD
    table[ends[1:], LONGEST_LETTERS + 1] = (words[:-1] * _STEP + words[1:]) * _PAIR
    flat = table.ravel()
    filled = np.flatnonzero(flat)
    mixed = flat[filled] * np.uint64(_MIX) >> np.uint64(32)
    return mixed.astype(np.uint32), filled // (LONGEST_LETTERS + 2)


def _place_in_word(size: int, starts: Places) -> Places:
    """For each place the number of letters since its word began, capped."""
    origin = np.zeros(size, dtype=np.intp)
    origin[starts] = starts
    return np.minimum(np.arange(size) - np.maximum.accumulate(origin), _LONGEST_WORD - 1)


def _in_names(letters: NDArray[np.uint64], places: Places, points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """For each letter whether its word is capitalised after a word or a comma: in Nordic languages a name.

    Where most words are capitalised, capitals tell nothing, and no word is taken for a name.
    """
    spaces = np.flatnonzero(letters == _SPACE)
    first = places[spaces[:-1] + 1]
    folded = _letters_table()
    before = points[np.maximum(first - 2, 0)]
    goes_on = (folded[before] != _SPACE) | (before == ord(","))
    name = (points[first] != folded[points[first]]) & goes_on & (points[first - 1] == _SPACE) & (first > 1)
    if 2 * np.count_nonzero(name) > len(name):
        name[:] = False
    return np.append(np.repeat(name, np.diff(spaces)), [False])


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
    def _slots(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
        slots: NDArray[np.uint64] = numbers * np.uint64(_MIX) >> np.uint64(64 - _TABLE_BITS)
        return slots

    def find(self, numbers: NDArray[np.uint64]) -> tuple[Places, Places]:
        """Which of the numbers are in the set (indexes), and their places in it."""
        maybe = np.flatnonzero(self._table[self._slots(numbers)])
        wanted = numbers[maybe]
        found = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        hits = self.numbers[found] == wanted
        return maybe[hits], found[hits]


def read_bytes(text: str, known: KnownGrams) -> tuple[Places, Places]:
    """The byte n-grams of ``text`` that are ``known``, the longest that ends at each byte.

    A run of white space counts as one space.

    Returns:
        Places in ``known``, and for each the index of the character of ``text`` that it ends at, ascending.
    """
    points = code_points(text)
    blank = (points == _SPACE) | (points == ord("\n")) | (points == ord("\r")) | (points == ord("\t"))
    keep = ~blank
    keep[1:] |= ~blank[:-1]
    places = np.flatnonzero(keep)
    kept = np.where(blank, np.uint32(_SPACE), points)[places]
    if not len(kept):
        return _NO_PLACES, _NO_PLACES
    encoded = kept.astype("<u4").tobytes().decode("utf-32-le").encode()
    data = np.frombuffer(encoded, np.uint8).astype(np.uint64)
    widths = 1 + (kept > 0x7F).astype(np.intp) + (kept > 0x7FF) + (kept > 0xFFFF)
    size = len(data)
    numbers = np.zeros((LONGEST_BYTES, size), dtype=np.uint64)
    rolling = data
    for n in range(1, LONGEST_BYTES + 1):
        numbers[n - 1, n - 1 :] = rolling | np.uint64(n << 48)
        rolling = (rolling[:-1] << np.uint64(8)) | data[n:]
    hits, found = known.find(numbers.ravel())
    longest = np.full(size, -1, dtype=np.intp)
    longest[hits % size] = found  # hits are ascending, so that a longer n-gram overwrites a shorter one
    ends = np.flatnonzero(longest >= 0)
    return longest[ends], np.repeat(places, widths)[ends]


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


def warm_up() -> None:
    """Build the tables now, so that no first message, nor two at once, has to wait for them."""
    _letters_table()
    _powers()

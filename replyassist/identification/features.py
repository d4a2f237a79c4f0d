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
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Places = NDArray[np.intp]

LONGEST_LETTERS = 5
LONGEST_BYTES = 6
_TABLE_BITS = 20
_SPACE = 32
_MIX = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: spreads neighbouring numbers over all bits
_MIXER = np.uint64(_MIX)
_COMMA = ord(",")
_STEP = np.uint64(0x100000001B3)
_WORD = np.uint64(0xD6E8FEB86659FD93)
_PAIR = np.uint64(0xA5A3564E27F8863B)
_LONGEST_WORD = 64
_ENDING = 3  # letters of the end of a word that tell its form, such as -ene, -ane and -arna
_GRAM_OFFSETS = np.arange(LONGEST_LETTERS, dtype=np.uint64)[:, None] << np.uint64(24)
_BYTE_MASKS = np.array([[(1 << 8 * n) - 1] for n in range(1, LONGEST_BYTES + 1)], np.uint64)
_BYTE_LENGTHS = np.array([[n << 48] for n in range(1, LONGEST_BYTES + 1)], np.uint64)
_NO_NUMBER = np.uint64(2**64 - 1)
_NO_HASHES = np.empty(0, np.uint32)
_NO_PLACES = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class LetterReading:
    """Hashed features of letters, kind by kind: n-grams of one letter, of two, ..., words, pairs of words.

    Attributes:
        hashes: one number a feature, shape (n,).
        places: index of the character of the text that each feature ends at, ascending in each kind, (n,).
        kinds: where each kind begins in ``hashes``, and their number at last, shape (kinds + 1,).
        spaces: indexes of the spaces around words among letters and single spaces, shape (words + 1,).
        names: for each word whether it is capitalised after a word or a comma: in most languages a name.
    """

    hashes: Hashes
    places: Places
    kinds: list[int]
    spaces: Places
    names: NDArray[np.bool_]

    def plain_words(self) -> PlainWords:
        """The words that are no names, how each ends, and which of them follow on one another."""
        *begin, word, pair, _ = self.kinds
        words, places = self.hashes[word:pair], self.places[word:pair]
        last = self.spaces[1:] - _ENDING
        endings = self.hashes.take(begin[_ENDING] + last, mode="clip")
        short = self.spaces[1:] - self.spaces[:-1] <= _ENDING
        endings[short] = words[short]
        plain = ~self.names
        follows = plain.copy()
        follows[:1] = False
        follows[1:] &= plain[:-1]
        if not plain.all():
            words, endings, places, follows = words[plain], endings[plain], places[plain], follows[plain]
        return PlainWords(words, endings, places, follows, plain.nonzero()[0])

    def grams_within(self, chosen: Places) -> tuple[Hashes, Places]:
        """The n-grams within some words (ascending), and the index of the first n-gram of each."""
        starts = self.spaces.take(chosen)
        sizes = self.spaces.take(chosen + 1) - starts
        ends = sizes.cumsum()
        # How many letters each place (but the space before it) is behind that space: an n-gram is within the
        # word when it reaches back to that space at most.
        behind = np.arange(1, ends[-1] + 1 if len(ends) else 1) - (ends - sizes).repeat(sizes)
        places = behind + starts.repeat(sizes)
        place, kind = (behind[:, None] >= np.arange(LONGEST_LETTERS)).nonzero()
        grams = self.hashes.take(np.array(self.kinds).take(kind) + places.take(place) - kind)
        return grams, place.searchsorted(ends - sizes)


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words of a text that are no names: what nb, nn, sv and da are told apart by.

    Attributes:
        words: hash of each word, shape (w,).
        endings: hash of its last three letters, of the word itself when it has no more, (w,).
        places: index of the character of the text that it ends at, ascending, (w,).
        follows: whether the word before it in the text is none of the names either, (w,).
        numbers: its number among all words of the text, (w,).
    """

    words: Hashes
    endings: Hashes
    places: Places
    follows: NDArray[np.bool_]
    numbers: Places

    def neighbours(self) -> tuple[Hashes, Places]:
        """Hashes of every two neighbours: as words, first as its ending, second as its ending, (3, p).

        Returns:
            Them, and the numbers of the second words among ``words``, shape (p,).
        """
        second = self.follows.nonzero()[0]
        first = second - 1
        words, endings = self.words.astype(np.uint64), self.endings.astype(np.uint64)
        before = np.array([words.take(first), endings.take(first), words.take(first)])
        after = np.array([words.take(second), words.take(second), endings.take(second)])
        pairs = before << np.uint64(32)
        pairs |= after
        pairs *= _PAIR
        pairs ^= pairs >> np.uint64(29)
        pairs *= _MIXER
        pairs >>= np.uint64(32)
        return pairs.astype(np.uint32), second


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of ``text``, shape (len(text),); UnicodeEncodeError for lone surrogates."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def read_letters(text: str) -> LetterReading:
    """The hashed n-grams, words and pairs of words of ``text``; none when it has no letter."""
    points = code_points(f" {text} ")
    folded = _letters_table().take(points, mode="clip")
    is_letter = folded != _SPACE
    kept = is_letter.copy()
    kept[1:] |= is_letter[:-1]  # one space after a word
    if not kept.any():
        none, nothing = _NO_PLACES, [0] * (LONGEST_LETTERS + 3)
        return LetterReading(_NO_HASHES, none, nothing, none, np.empty(0, np.bool_))
    kept[0] = True  # and one before the first
    places = kept.nonzero()[0]
    letters = folded.take(places)
    places -= 1
    places[0], places[-1] = 0, min(places[-1], len(text) - 1)
    spaces = (letters == _SPACE).nonzero()[0]
    features = [*_gram_numbers(letters), *_word_numbers(letters, spaces)]
    hashes = np.concatenate(features)
    hashes *= _MIXER
    hashes >>= np.uint64(32)
    ends = places.take(spaces[1:] - 1)
    in_order = np.concatenate([*(places[n:] for n in range(LONGEST_LETTERS)), ends, ends[1:]])
    kinds = [0, *accumulate(map(len, features))]
    names = _names(places.take(spaces[:-1] + 1) + 1, points, folded)
    return LetterReading(hashes.astype(np.uint32), in_order, kinds, spaces, names)


def _gram_numbers(letters: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    """The n-grams of one letter, of two and so on as numbers, each kind in the order of the text.

    An n-gram's number is that of the n-1-gram one place before it times the step, plus the last letter and
    something that depends on n.
    """
    added = letters + _GRAM_OFFSETS
    grams = [added[0]]
    for n in range(1, LONGEST_LETTERS):
        longer = grams[-1][:-1] * _STEP
        longer += added[n, n:]
        grams.append(longer)
    return grams


def _word_numbers(letters: NDArray[np.uint64], spaces: Places) -> tuple[NDArray[np.uint64], ...]:
    """The words between spaces, and the pairs of neighbours among them, as numbers."""
    before = spaces[:-1]
    in_word = np.arange(len(letters) - 1) - before.repeat(spaces[1:] - before)
    words = np.add.reduceat(letters[1:] * _powers().take(in_word, mode="clip"), before)
    return words * _WORD, (words[:-1] * _STEP + words[1:]) * _PAIR


def _names(first: Places, points: NDArray[np.uint32], folded: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """For each word whether it is a name, as ``LetterReading.names`` says.

    Where most words are capitalised, capitals tell nothing, and no word is taken for a name.

    Args:
        first: index of the first letter of each word among ``points``, of which the first is a space.
        folded: the lower-case letter, or a space, for each of ``points``.
    """
    name: NDArray[np.bool_] = points.take(first) != folded.take(first)
    name[:1] = False
    if name.any():
        earlier = first - 2  # of the word that is first in the text this may be -1: it is no name
        before = points.take(earlier, mode="wrap")
        goes_on = (folded.take(earlier, mode="wrap") != _SPACE) | (before == _COMMA)
        name &= goes_on & (points.take(first - 1) == _SPACE)
        if 2 * np.count_nonzero(name) > len(name):
            name[:] = False
    return name


class KnownGrams:
    """A set of byte n-grams, each known by its place in a sorted array of numbers as of ``gram_number``.

    A table by their hashes gives the place of an n-gram at once, and that most n-grams of a text are not in
    the set. Of those that share a slot one has it; the others are searched for in a short list.
    """

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self.numbers = numbers
        self._table = np.full(1 << _TABLE_BITS, -1, np.int32)
        slots, order = self._slots(numbers), np.arange(len(numbers), dtype=np.int32)
        self._table[slots] = order
        # A number that no n-gram has stands last, so that every search ends within the list.
        self._crowded = np.append((self._table[slots] != order).nonzero()[0], -1)
        self._crowded_numbers = np.append(numbers[self._crowded[:-1]], _NO_NUMBER)

    @staticmethod
    def _slots(numbers: NDArray[np.uint64]) -> Places:
        return (numbers * _MIXER >> np.uint64(64 - _TABLE_BITS)).view(np.int64)

    def find(self, numbers: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The place in the set of each of the numbers, -1 for what is not in it."""
        found = self._table.take(self._slots(numbers))
        other = self.numbers.take(found, mode="wrap") != numbers
        other &= found >= 0
        others = other.nonzero()
        wanted = numbers[others]
        place = self._crowded_numbers.searchsorted(wanted)
        known = self._crowded_numbers.take(place) == wanted
        found[others] = np.where(known, self._crowded.take(place), -1)
        return found


def read_bytes(data: bytes, known: KnownGrams) -> tuple[Places, Places]:
    """The byte n-grams of ``data`` that are ``known``, the longest that ends at each byte.

    Returns:
        Places in ``known``, and for each the index of the byte that it ends at, ascending.
    """
    # The last eight bytes at each place as one number; the n-grams that end there are its lowest bytes. What
    # would begin before the text begins with NUL: no known n-gram does.
    last = np.ndarray(len(data), ">u8", bytes(7) + data, strides=(1,)).astype(np.uint64)
    numbers = last & _BYTE_MASKS
    numbers |= _BYTE_LENGTHS
    longest = known.find(numbers).max(axis=0)  # a longer n-gram has a greater number, so a later place
    ends = (longest >= 0).nonzero()[0]
    return longest.take(ends), ends


def gram_number(gram: bytes) -> int:
    """The number that stands for a byte n-gram: its length above 48 bits of its bytes."""
    return len(gram) << 48 | int.from_bytes(gram, "big")


@cache
def _letters_table() -> NDArray[np.uint64]:
    """Code point -> its lower-case letter, or a space for what is no letter; 65536 is all beyond the BMP."""
    table = np.full(0x10001, _SPACE, dtype=np.uint64)
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

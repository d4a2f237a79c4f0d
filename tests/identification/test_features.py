"""The two readings of a text, against the same thing done one place at a time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from replyassist.config import data_folder
from replyassist.identification.features import KnownGrams, gram_number, read_bytes, read_letters
from replyassist.identification.weights import NAME_SHARE, Weights, WordSums

GRAMS = [b"a", b"ab", b"abc", b" a", "æ".encode(), "bæ".encode(), b"c a", "世".encode()]
KNOWN = KnownGrams(np.array(sorted(gram_number(gram) for gram in GRAMS), dtype=np.uint64))


@given(st.text(alphabet="abcæ世 ", max_size=40))
def test_bytes_find_the_longest_known_gram_at_each_place(text: str) -> None:
    kept = text.encode()
    found, _ = read_bytes(kept, KNOWN)
    expected = []
    for end in range(1, len(kept) + 1):
        fitting = [gram for gram in GRAMS if kept[:end].endswith(gram)]
        if fitting:
            expected.append(gram_number(max(fitting, key=len)))
    assert KNOWN.numbers[found].tolist() == expected


@given(st.text(max_size=60).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)))
def test_letters_end_where_they_say(text: str) -> None:
    reading = read_letters(text)
    assert len(reading.hashes) == len(reading.places) == reading.kinds[-1]
    assert all(0 <= place < len(text) for place in reading.places.tolist())


def test_grams_that_share_a_slot_are_found_as_well() -> None:
    numbers = np.arange(1, 200_000, dtype=np.uint64)  # more than the table has room for without collisions
    known = KnownGrams(numbers[::2])
    expected = np.where(numbers % 2 == 1, numbers // 2, -1)
    assert known.find(numbers).tolist() == expected.astype(np.int64).tolist()


def test_case_digits_and_punctuation_make_no_difference() -> None:
    one, other = read_letters("Hei, jeg heter 2 kari!"), read_letters("hei JEG heter: Kari")
    assert sorted(one.hashes.tolist()) == sorted(other.hashes.tolist())


def test_a_name_is_a_capitalised_word_within_a_sentence() -> None:
    text = "Da Tom kom hjem til Oslo sov jeg. Tom gikk."
    reading = read_letters(text)
    ends = reading.plain_words().places.tolist()
    assert text.index("Tom") + 2 not in ends
    assert text.rindex("Tom") + 2 in ends
    assert len(ends) == len(text.split()) - 2


def test_a_name_counts_less_than_another_word() -> None:
    weights = Weights.load(data_folder("models") / "identification")
    second = np.array([1]), np.array([2])
    name, word = (WordSums(weights, ["møtte", text, "hjemme"]).over(*second) for text in ("Kari", "kari"))
    assert np.array_equal(name.family, NAME_SHARE * word.family)
    assert name.counts[0, 1] == NAME_SHARE * word.counts[0, 1]
    assert name.counts[0, 2] == word.counts[0, 2] == 1


@given(st.lists(st.text(alphabet="abæø", min_size=1, max_size=6), min_size=1, max_size=5))
def test_the_letters_of_a_word_are_read_alike_wherever_it_stands(words: list[str]) -> None:
    reading = read_letters(" ".join(words))
    read = reading.plain_words()
    grams, firsts = reading.grams_within(read.numbers)
    bounds = [*firsts.tolist(), len(grams)]
    for place, word in enumerate(words):
        alone = read_letters(word)
        assert read.words[place] == alone.plain_words().words[0]
        within, _ = alone.grams_within(alone.plain_words().numbers)
        assert grams[bounds[place] : bounds[place + 1]].tolist() == within.tolist()
    assert read.neighbours()[0].shape == (3, len(words) - 1)


def test_an_ending_is_the_last_three_letters_or_the_word() -> None:
    endings = read_letters("gården bilen på å på").plain_words().endings.tolist()
    assert endings[0] != endings[1]
    assert endings[2] == endings[4] != endings[3]
    alike = read_letters("jenten kvinnen den").plain_words()
    assert alike.endings[0] != alike.endings[1]  # -ten, -nen
    assert read_letters("hesten jenten").plain_words().endings.tolist() == [alike.endings[0]] * 2


def test_neighbours_are_known_by_their_words_and_by_the_ending_of_one() -> None:
    def pairs(text: str) -> list[list[int]]:
        hashes: list[list[int]] = read_letters(text).plain_words().neighbours()[0].tolist()
        return hashes

    (one,), (by_first,), (by_second,) = pairs("gården min")
    (other,), (same_first,), (other_second,) = pairs("hården min")
    assert one != other
    assert (by_first, by_second != other_second) == (same_first, True)
    _, (other_first,), (same_second,) = pairs("gården fin")
    assert other_first not in {one, by_first}
    assert same_second != by_second
    assert pairs("gården blåmin")[2] == pairs("gården grønmin")[2]


def test_a_name_has_no_neighbours() -> None:
    read = read_letters("Da Tom kom hjem.").plain_words()
    assert read.follows.tolist() == [False, False, True]
    assert read.neighbours()[1].tolist() == [2]

"""Dates in the target language: written from their value, and never left for who reads the month first."""

from __future__ import annotations

import pytest

from replyassist import languages
from replyassist.translation.dates import own_dates, write_date
from replyassist.translation.sentence import Direction, Sentence

NB, SV, EN = (languages.load(tag) for tag in ("nb", "sv", "en"))


def test_dates_are_written_as_the_target_language_writes_them():
    assert write_date("2026-03-12", EN) == "12 March 2026"
    assert write_date("2026-03-12", NB) == "12. mars 2026"
    assert write_date("--03-12", SV) == "12 mars"
    assert write_date("2026-03", EN) is None


@pytest.mark.parametrize(
    ("source", "sentence", "translated", "expected"),
    [
        ("nb", "Mottatt 03.05.2026.", "Received 03.05.2026.", "Received 3 May 2026."),
        ("nb", "Datert 3/5-2026.", "Dated 3/5-2026.", "Dated 3 May 2026."),
        ("da", "Senest den 03.05.2026.", "By 03 May 2026.", "By 3 May 2026."),
        ("sv", "Den 3/5 2026, 4.6.26.", "On 3/5 2026, 4.6.26.", "On 3 May 2026, 4 June 2026."),
        ("uk", "Лист від 03.05.2026.", "The letter of 03.05.2026.", "The letter of 3 May 2026."),
        ("nb", "Sak 03.05.2026-7, kl. 10.30.", "Case 03.05.2026-7, 10.30.", "Case 03.05.2026-7, 10.30."),
        ("sv", "Senast 2026-05-03.", "By 2026-05-03.", "By 2026-05-03."),
    ],
)
def test_a_numeric_date_is_written_out_in_english(source, sentence, translated, expected):
    direction = Direction.of(source, "en")
    assert own_dates(translated, Sentence.read(sentence, direction), direction) == expected


def test_other_languages_keep_the_numbers():
    direction = Direction.of("nb", "sv")
    sentence = Sentence.read("Mottatt 03.05.2026.", direction)
    assert own_dates("Mottaget 03.05.2026.", sentence, direction) == "Mottaget 03.05.2026."
    assert own_dates("Mottaget kl. 03.05 2026.", sentence, direction) == "Mottaget kl. 03.05.2026."

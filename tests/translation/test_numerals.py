"""Numerals of other scripts, in what models read and in what comes out."""

from __future__ import annotations

import pytest

from replyassist.translation.numerals import western
from replyassist.translation.sentence import Direction


@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [
        ("ar", "en", "الساعة ١٠:٣٠، ١٬٢٥٠٫٥ و٢٠٪", "الساعة 10:30، 1,250.5 و20%"),
        ("fa", "nb", "۵۵ ۵۶", "55 56"),
        ("ar", "fa", "١٠:٣٠", "١٠:٣٠"),
        ("nb", "ar", "Kl. 10.30", "Kl. 10.30"),
    ],
)
def test_numerals_are_those_that_the_reader_knows(source, target, text, expected):
    assert western(text, Direction.of(source, target)) == expected


@pytest.mark.parametrize("message", ["رقم هاتفي ٥٥٥٥٦٦٦٦.", "شكرا لكم\n٥٥٥٥٦٦٦٦"])
def test_a_telephone_number_arrives_in_numerals_that_can_be_dialled(translator, message):
    translated = translator.translate(message, "ar", "en")
    assert "55556666" in translated.text
    assert not [
        check
        for segment in translated.segments
        for check in segment.checks
        if check.kind == "phone" and not check.passed
    ]

"""Small and capital letters where a translation goes on behind a greeting."""

from __future__ import annotations

import pytest

from replyassist import languages
from replyassist.translation.casing import continuing


@pytest.mark.parametrize(
    ("tag", "before", "text", "expected"),
    [
        ("nb", "Hei,", "Når kommer svaret?", "når kommer svaret?"),
        ("sv", "Hej, ", "Jag fick ert brev.", "jag fick ert brev."),
        ("en", "Hello, ", "I got your letter.", "I got your letter."),
        ("en", "Hello, ", "I'm moving.", "I'm moving."),
        ("en", "Hello, ", "We got your letter.", "we got your letter."),
        ("da", "Hej, ", "Bergen svarede.", "Bergen svarede."),
        ("nb", "Hei,\n", "Jeg fikk brevet.", "Jeg fikk brevet."),
        ("nb", "Hei. ", "Jeg fikk brevet.", "Jeg fikk brevet."),
        ("nb", "Hei, ", "", ""),
    ],
)
def test_behind_a_comma_a_sentence_goes_on(tag, before, text, expected):
    assert continuing(text, before, languages.find(tag)) == expected


def test_a_language_that_is_not_known_keeps_its_capitals():
    assert continuing("Wann", "Hallo, ", None) == "Wann"

"""Stand-ins for what must arrive as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist import languages
from replyassist.domain import Check, Span
from replyassist.translation.protection import (
    BRACES,
    NUMBERS,
    mask,
    repair,
    unmask,
    verbatim,
    write_law,
)
from replyassist.translation.sentence import Direction, Sentence

NB, SV, EN = (languages.load(tag) for tag in ("nb", "sv", "en"))


def test_addresses_and_numbers_that_are_names_are_replaced():
    sentence = "Skriv til post@bergen.kommune.no om sak 2026/12345."
    direction = Direction.of("nb", "en")
    masked = mask(sentence, verbatim(Sentence.read(sentence, direction), direction))
    assert "post@" not in masked.text
    assert "2026/12345" not in masked.text
    assert unmask(masked.text, masked.originals) == sentence


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8)), max_size=4))
def test_masking_and_putting_back_changes_nothing(sentence, places):
    spans = [Span(min(a, len(sentence)), min(a + n, len(sentence))) for a, n in places]
    # A stand-in is a word of its own; next to letters or digits it could not be told again.
    spans = [
        s for s in spans
        if len(s) and not (sentence[s.start - 1 : s.start] + sentence[s.end : s.end + 1]).strip("-., ")
    ]  # fmt: skip
    masked = mask(sentence, [(span, span.of(sentence)) for span in spans])
    assert unmask(masked.text, masked.originals) == sentence


def test_stand_ins_differ_from_what_the_sentence_holds():
    masked = mask("317 og x@y.no", [(Span(7, 13), "x@y.no")])
    assert masked.originals[0][0] != "317"


@pytest.mark.parametrize("shape", [NUMBERS, BRACES])
def test_what_no_stand_in_is_left_for_stays_as_it_is(shape):
    sentence = "tilbygg " * 1000
    places = [(Span(start, start + 7), "extension") for start in range(0, len(sentence), 8)]
    masked = mask(sentence, places, shape)
    assert 24 < len(masked.originals) < 1000
    put_back = unmask(masked.text, masked.originals).split()
    assert len(put_back) == 1000
    assert set(put_back) == {"tilbygg", "extension"}


def test_a_changed_phone_number_is_put_right_and_a_changed_date_is_not():
    direction, target = Direction.of("nb", "en"), "Call 5556 1234 before 4 May."
    source = Sentence.read("Ring 55 56 12 34 før 3. mai.", direction)
    checks = [
        Check("phone", Span(5, 16), Span(5, 14), False, "changed"),
        Check("date", Span(21, 27), Span(22, 27), False, "changed"),
    ]
    assert repair(source, target, checks, direction) == "Call 55 56 12 34 before 4 May."


@pytest.mark.parametrize(
    ("sentence", "language", "kept"),
    [
        ("Du kan klage etter forvaltningsloven § 28 innen tre uker.", NB, "forvaltningsloven § 28"),
        ("Det står i plan- og bygningsloven § 19-2.", NB, "plan- og bygningsloven § 19-2"),
        (
            "Beslutet har fattats enligt 9 kap. 31 § plan- och bygglagen.",
            SV,
            "9 kap. 31 § plan- och bygglagen",
        ),
    ],
)
def test_the_name_of_an_act_stays_with_its_paragraph(sentence, language, kept):
    direction = Direction.of(language.tag, "pl")
    assert kept in [original for _, original in verbatim(Sentence.read(sentence, direction), direction)]


def test_an_act_that_both_languages_name_is_translated():
    direction = Direction.of("nb", "nn")
    sentence = Sentence.read("Du kan klage etter forvaltningsloven § 28.", direction)
    assert verbatim(sentence, direction) == []


@pytest.mark.parametrize(
    ("value", "tag", "expected"),
    [
        ("20-4", "en", "section 20-4"),
        ("9:31", "sv", "9 kap. 31 §"),
        ("9:31", "en", "chapter 9, section 31"),
        ("12(2)", "da", "§ 12, stk. 2"),
        ("12(2)", "nb", "§ 12 2. ledd"),
        ("2017:900", "en", None),
    ],
)
def test_law_is_written_as_the_target_language_writes_it(value, tag, expected):
    assert write_law(value, languages.load(tag)) == expected


def test_a_time_of_day_is_counted_as_the_target_language_counts():
    direction = Direction.of("en", "sv")
    source = Sentence.read("We open at 8.20 pm.", direction)
    check = Check("time", source.facts[0].span, Span(13, 21), True)
    assert repair(source, "Vi öppnar kl 08.20 pm.", [check], direction) == "Vi öppnar kl 20.20."


@pytest.mark.parametrize(
    ("translated", "restored"),
    [
        ("317 is valid.", "the building permit is valid."),
        ("Your 317 is valid.", "Your building permit is valid."),
        ("Send us the new 317 today.", "Send us the new building permit today."),
        ("Another 317 was refused.", "Another building permit was refused."),
    ],
)
def test_a_word_that_brings_its_article_finds_one_there(translated, restored):
    assert unmask(translated, [("317", "the building permit")]) == restored


@pytest.mark.parametrize(
    ("translated", "wanted", "expected"),
    [
        ("There is a 217 here.", "easement", "There is an easement here."),
        ("There is an 217 here.", "charge", "There is a charge here."),
        ("An 217 is needed.", "the unit price", "A unit price is needed."),
        ("A new 217 is needed.", "easement", "A new easement is needed."),
        ("Pay a 217 fee.", "1 250 kr", "Pay a 1 250 kr fee."),
    ],
)
def test_an_article_agrees_with_the_word_that_is_set_in(translated, wanted, expected):
    assert unmask(translated, (("217", wanted),)) == expected

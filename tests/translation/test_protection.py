"""Stand-ins for what must arrive as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist import languages
from replyassist.domain import Check, Span
from replyassist.translation.protection import mask, repair, unmask, verbatim, write_date
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


def test_dates_are_written_as_the_target_language_writes_them():
    assert write_date("2026-03-12", EN) == "12 March 2026"
    assert write_date("2026-03-12", NB) == "12. mars 2026"
    assert write_date("--03-12", SV) == "12 mars"
    assert write_date("2026-03", EN) is None


def test_a_changed_phone_number_is_put_right_and_a_changed_date_is_not():
    source, target = "Ring 55 56 12 34 før 3. mai.", "Call 5556 1234 before 4 May."
    checks = [
        Check("phone", Span(5, 16), Span(5, 14), False, "changed"),
        Check("date", Span(21, 27), Span(22, 27), False, "changed"),
    ]
    assert repair(source, target, checks) == "Call 55 56 12 34 before 4 May."


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
    direction = Direction.of(language.tag, "en")
    assert kept in [original for _, original in verbatim(Sentence.read(sentence, direction), direction)]


def test_an_act_that_both_languages_name_is_translated():
    direction = Direction.of("nb", "nn")
    sentence = Sentence.read("Du kan klage etter forvaltningsloven § 28.", direction)
    assert verbatim(sentence, direction) == []

"""What is compared between a sentence and its translation."""

import pytest

from replyassist import languages
from replyassist.translation.checks import check_segment, has_loop
from replyassist.translation.sentence import Direction, Sentence

NB, NN, SV, DA, EN = (languages.load(tag) for tag in ("nb", "nn", "sv", "da", "en"))


def check(source, target, direction):
    return check_segment(Sentence.read(source, direction), target, direction)


def failures(source, target, source_language, target_language):
    checks = check(source, target, Direction.of(source_language.tag, target_language.tag))
    return {(check.kind, check.detail) for check in checks if not check.passed}


@pytest.mark.parametrize(
    ("source", "target", "source_language", "target_language"),
    [
        ("Fristen er 12. mars 2026.", "The deadline is 12 March 2026.", NB, EN),
        ("Fristen er 12. mars 2026.", "The deadline is March 12, 2026.", NB, EN),
        ("Fristen er den 12 mars 2026 kl. 14.30.", "The deadline is 12 March 2026 at 2.30 pm.", SV, EN),
        ("Gebyret er på 1.450,50 kr.", "The fee is DKK 1,450.50.", DA, EN),
        ("Søknaden er ikke komplett.", "Søknaden er ikkje komplett.", NB, NN),
        ("Søknaden din er avslått.", "Din ansökan har avslagits.", NB, SV),
        ("Ring Kari Nordmann på 55 56 12 34.", "Call Kari Nordmann on 55 56 12 34.", NB, EN),
    ],
)
def test_same_facts_pass(source, target, source_language, target_language):
    assert failures(source, target, source_language, target_language) == set()


@pytest.mark.parametrize(
    ("source", "target", "source_language", "target_language", "expected"),
    [
        ("Fristen er 12. mars 2026.", "The deadline is 13 March 2026.", NB, EN, ("date", "changed")),
        ("Fristen er 12. mars 2026.", "There is a deadline.", NB, EN, ("date", "lost")),
        ("Gebyret er på 1 450 kr.", "Avgiften är 1 540 kr.", NB, SV, ("amount", "changed")),
        ("Du får ikke plass i år.", "You will get a place this year.", NB, EN, ("negation", "lost")),
        ("Du får plass i år.", "You will not get a place this year.", NB, EN, ("negation", "added")),
        ("Søknaden er avslått.", "The application has been granted.", NB, EN, ("decision", "inverted")),
        ("Ansökan har beviljats.", "The application has been refused.", SV, EN, ("decision", "inverted")),
        ("Møt opp hos Åse Ødegård på mandag.", "Come and see us on Monday.", NB, EN, ("name", "lost")),
        ("Vi har fått søknaden din.", "", NB, EN, ("length", "lost")),
        ("Vi har fått søknaden din.", "Vi har fått søknaden din.", NB, EN, ("untranslated", "copied")),
        (
            "Du kan klage.",
            "You can appeal to the appeal to the appeal to the appeal.",
            NB,
            EN,
            ("repetition", "loop"),
        ),
    ],
)
def test_what_was_lost_is_said(source, target, source_language, target_language, expected):
    assert expected in failures(source, target, source_language, target_language)


def test_spans_point_at_what_they_are_about():
    source, target = "Fristen er 12. mars 2026.", "The deadline is 13 March 2026."
    (failed,) = [c for c in check(source, target, Direction.of("nb", "en")) if not c.passed]
    assert failed.source.of(source) == "12. mars 2026"
    assert failed.target.of(target) == "13 March 2026"


def test_a_loop_is_told_from_a_list():
    assert has_loop("to the door to the door to the door")
    assert not has_loop("You can call, write or visit us, and you can call again.")

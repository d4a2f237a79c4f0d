"""What must be looked at in a file is told once."""

from replyassist.domain import Check, Segment, Span, Translation
from replyassist.translation.doubts import find_doubts


def made(*pairs, at=0):
    """A translation whose segments stand one below the other and all lost their first letters."""
    source, target, segments = "", "", []
    for ours, theirs in pairs:
        here, there = Span(len(source), len(source) + len(ours)), Span(len(target), len(target) + len(theirs))
        check = Check(
            "name", Span(here.start, here.start + 1), Span(there.start, there.start + 1), False, "lost"
        )
        passed = Check("date", here, there, True)
        segments.append(Segment(here, there, (passed, check), 0.5))
        source, target = source + ours + "\n", target + theirs + "\n"
    return Translation(target, source, "nb", "en", ("nb", "en"), tuple(segments), "translation", "")


def test_the_words_of_a_link_stand_in_their_sentence():
    doubts = find_doubts([made(("Du kan klage her.", "You can appeal here."), ("klage", "appeal"))])
    assert [doubt.source for doubt in doubts] == ["Du kan klage her."]


def test_a_heading_that_became_something_else_is_told_beside_the_sentence():
    doubts = find_doubts([made(("Klage", "Plague"), ("Du kan sende Klage her.", "You can appeal here."))])
    assert [doubt.target for doubt in doubts] == ["Plague", "You can appeal here."]


def test_both_forms_of_an_e_mail_say_it_once():
    assert len(find_doubts([made(("Klage", "Plague")), made(("Klage", "Plague"))])) == 1


def test_spans_are_into_the_words_and_what_passed_is_not_told():
    *_, doubt = find_doubts([made(("Hei", "Hello"), ("Klage", "Plague"))])
    (check,) = doubt.checks
    assert (check.source, check.target, doubt.confidence) == (Span(0, 1), Span(0, 1), 0.5)

"""The translation memory, on both databases."""

import pytest

from replyassist.domain import Offer
from replyassist.errors import NotRemembered
from replyassist.state.memory import SegmentMemory
from replyassist.translation.tmx import Unit

KEPT = Unit("nb", "en", "Du kan klage på vedtaket innen tre uker.", "You can appeal within three weeks.")


@pytest.fixture
def memory(database):
    database.upgrade()
    return SegmentMemory(database)


def find(memory, text, source="nb", target="en"):
    (found,) = memory.find([text], source, target)
    return found


def test_the_same_segment_is_found_and_a_similar_one_offered(memory):
    memory.remember(KEPT, written_by="municipality")
    assert find(memory, "Du kan klage på  vedtaket\ninnen tre uker.") == (
        Offer(KEPT.source, KEPT.target, 1.0),
    )
    (offer,) = find(memory, "Du kan klage på vedtaket innen seks uker.")
    assert offer.target == KEPT.target
    assert 0.75 <= offer.similarity < 1
    assert find(memory, "Avgiften øker.") == ()
    assert find(memory, KEPT.source, "nb", "sv") == ()
    assert find(memory, KEPT.source, "en", "nb") == ()


def test_a_decomposed_letter_is_the_same_letter(memory):
    memory.remember(
        Unit("nb", "en", "Du må søke på nytt.", "You must apply again."), written_by="municipality"
    )
    assert find(memory, "Du ma\u030a søke pa\u030a nytt.")[0].similarity == 1.0


def test_what_is_not_seen_makes_no_other_segment(memory):
    pasted = "Søknads\u00adfristen er som for 2025\u20112026.\u200b"
    memory.remember(Unit("nb", "en", pasted, "The deadline is that of 2025-2026."), written_by="municipality")
    assert find(memory, "Søknadsfristen er som for 2025-2026.")[0].similarity == 1.0


def test_a_newer_review_takes_the_place_of_an_older_one(memory):
    memory.remember(KEPT, written_by="municipality")
    assert find(memory, KEPT.source)[0].target == KEPT.target
    newer = Unit("nb", "en", KEPT.source, "You have three weeks to appeal.")
    memory.remember(newer, written_by="municipality")
    assert find(memory, KEPT.source)[0].target == newer.target
    assert list(memory.units()) == [newer]


def test_what_a_citizen_wrote_is_never_stored(memory):
    with pytest.raises(NotRemembered) as caught:
        memory.remember(KEPT, written_by="citizen")
    assert caught.value.fields["reason"] == "citizen"
    assert list(memory.units()) == []


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Ring Kari Nordmann.", "Call her.", "name"),
        ("Ring henne.", "Call 55 56 12 34.", "phone"),
        ("Ring 55\u200b56\u200b12\u200b34.", "Call.", "phone"),
        (" ", "Yes", "empty"),
        ("ord " * 600, "words", "too-long"),
    ],
)
def test_what_points_to_somebody_is_refused_on_either_side(memory, source, target, reason):
    with pytest.raises(NotRemembered) as caught:
        memory.remember(Unit("nb", "en", source, target), written_by="municipality")
    assert caught.value.fields["reason"] == reason
    assert list(memory.units()) == []


def test_a_file_is_taken_in_but_for_what_points_to_somebody(memory):
    many = [
        Unit("sv", "en", f"Du får svar inom {n} dagar.", f"You get an answer within {n} days.")
        for n in range(900)
    ]
    assert memory.add([*many, Unit("sv", "en", "Åsa Sjögren har sökt.", "She has applied.")]) == (900, 1)
    assert len(list(memory.units())) == 900
    assert memory.clear() == 900
    assert find(memory, many[0].source, "sv", "en") == ()

"""Names of places of one word, told by what stands beside them."""

import pytest

from replyassist import languages
from replyassist.translation.sentence import Direction, Sentence


def names(text, tag):
    return [name.span.of(text) for name in Sentence.read(text, Direction.of(tag, "fi")).names]


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("Barnet får plass i Fjæra barnehage fra august.", "nb", ["Fjæra"]),
        ("Barnet går på Storlia ungdomsskole.", "nb", ["Storlia"]),
        ("Ho bur på Vårtun sjukeheim.", "nn", ["Vårtun"]),
        ("Vi placerar eleven vid Ängsbackens skola.", "sv", ["Ängsbackens"]),
        ("Förskolan Blåklinten är stängd.", "sv", ["Blåklinten"]),
        ("Koncerten er i kulturhuset Blåfjell.", "da", ["Blåfjell"]),
        ("Your child will start at Storlia School.", "en", ["Storlia"]),
        ("The concert is in the Blåfjell culture centre.", "en", ["Blåfjell"]),
        ("Vi har flyttet til Storåsveien 14.", "nb", ["Storåsveien"]),
        ("Storåsveien 14 er solgt.", "nb", ["Storåsveien"]),
        ("Vi mødes på Skovkrogen 8.", "da", ["Skovkrogen"]),
        ("Han bor i Solsvingen 9.", "nb", ["Solsvingen"]),
        ("Lever det i Hafstadvegen 900, 6800 Førde, i dag.", "nn", ["Hafstadvegen", "Førde"]),
    ],
)
def test_the_name_is_told_from_its_kind(text, tag, expected):
    assert names(text, tag) == expected


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Vår skole er stengt.", "nb"),
        ("Kommunens barnehager er åpne.", "nb"),
        ("Innkjørselsveien er stengt.", "nb"),
        ("Vi viser til Deres barnehage.", "nb"),
        ("Se Vedlegg 3.", "nb"),
        ("The Norwegian school is closed.", "en"),
        ("It happened on May 12.", "en"),
        ("See Section 12 of the Act.", "en"),
    ],
)
def test_what_is_no_name_is_left(text, tag):
    assert names(text, tag) == []


def test_every_language_says_what_places_are_called():
    for tag in languages.available():
        language = languages.load(tag)
        assert language.named_places
        assert language.street_endings

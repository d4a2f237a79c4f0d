"""What must not be kept of a segment."""

import pytest

from replyassist.translation.privacy import find_personal


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Du kan klage på vedtaket innen tre uker.", "nb"),
        ("De kan klage, og vi hjelper Dykk.", "nn"),
        ("Avgiften är 1 450 kr om året.", "sv"),
        ("I kan klage efter § 28. Vi svarer jer hurtigt.", "da"),
        ("You must apply to the Planning and Building Agency.", "en"),
        ("Skriv på https://www.fjordby.example/klage.", "nb"),
        ("Vi följer EU:s regler.", "sv"),
    ],
)
def test_what_could_be_said_to_anybody_may_be_kept(text, tag):
    assert find_personal(text, tag) is None


@pytest.mark.parametrize(
    ("text", "tag", "kind"),
    [
        ("Ring 55 56 12 34 i morgen.", "nb", "phone"),
        ("Skriv til anna@fjordby.example.", "da", "email"),
        ("Saka har nummer 2026/4711.", "nn", "case-number"),
        ("Du fick svar den 3 maj 2026.", "sv", "date"),
        ("Fødselsnummeret er 010170 00166.", "nb", "national-id"),
        ("Kundenummeret er 20261077.", "da", "number"),
        ("Eiendommen er gnr. 12, bnr. 7.", "nb", "property"),
        ("Søknaden til Kari er avslått.", "nb", "name"),
        ("Kari får plass.", "nb", "name"),
        ("Åsa Sjögren har sökt.", "sv", "name"),
        ("Vi ringer til Berg.", "nn", "name"),
        ("We have spoken to Fatima about it.", "en", "name"),
        ("You can write to Mr Brown.", "en", "name"),
        ("Storgata 14", "nb", "name"),
    ],
)
def test_what_points_to_somebody_may_not(text, tag, kind):
    assert find_personal(text, tag) == kind

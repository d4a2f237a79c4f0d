"""Municipalities, counties and agencies, as each language calls them."""

import pytest

from replyassist import languages
from replyassist.translation.authorities import authorities
from replyassist.translation.segmentation import find_segments
from replyassist.translation.term_files import split_cell


def called(text, source, target):
    return [(use.span.of(text), use.wanted) for use in authorities().terms_in(text, source, target)]


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Hultsfreds kommun", "sv", "en", "Hultsfred Municipality"),
        ("Hultsfreds kommun", "sv", "nb", "Hultsfred kommune"),
        ("UPPSALA KOMMUN", "sv", "da", "Uppsala Kommune"),
        ("Bergen kommune", "nb", "sv", "Bergens kommun"),
        ("Bodø kommune", "nn", "sv", "Bodø kommun"),
        ("Københavns Kommune", "da", "en", "Copenhagen Municipality"),
        ("Københavns Kommune", "da", "sv", "Köpenhamns kommun"),
        ("Göteborgs stad", "sv", "en", "the City of Gothenburg"),
        ("Voss herad", "nn", "en", "Voss Municipality"),
        ("Falu kommun", "sv", "nn", "Falun kommune"),
        ("Länsstyrelsen i Kalmar län", "sv", "en", "the County Administrative Board of Kalmar"),
        ("Statsforvaltaren i Vestland", "nn", "en", "the County Governor of Vestland"),
        ("Møre og Romsdal fylkeskommune", "nb", "en", "Møre og Romsdal County Council"),
        ("Sigtuna Municipality", "en", "sv", "Sigtuna kommun"),
        ("Lånekassen", "nb", "nn", "Lånekassa"),
        ("Kronofogden", "sv", "en", "the Swedish Enforcement Authority"),
        ("Ankestyrelsen", "da", "nb", "Ankestyrelsen"),
        ("Bergen kommune", "nb", "pl", "gmina Bergen"),
        ("Bergen kommune", "nb", "uk", "муніципалітет Bergen"),
        ("Bergen kommune", "nb", "ar", "بلدية Bergen"),
    ],
)
def test_an_authority_is_called_by_its_name_in_the_other_language(text, source, target, wanted):
    assert called(text, source, target) == [(text, wanted)]


def test_a_genitive_answers_a_genitive():
    text = "Sigtuna kommuns beslut och Skatteverkets svar"
    assert called(text, "sv", "en") == [
        ("Sigtuna kommuns", "Sigtuna Municipality's"),
        ("Skatteverkets", "the Swedish Tax Agency's"),
    ]


@pytest.mark.parametrize("text", ["Att vara kommun är svårt.", "Din kommun svarar.", "Sigtuna är en ort."])
def test_what_is_no_name_is_left(text):
    assert called(text, "sv", "en") == []


def test_a_translation_names_it_just_so():
    (use,) = authorities().terms_in("Bergen kommune har svart.", "nb", "sv")
    assert use.find_in("Bergens kommun har svarat.")
    assert not use.find_in("Bergens kommuniken har svarat.")
    assert not use.find_in("Bergen kommune har svarat.")


def test_a_letterhead_is_translated_and_an_address_is_not():
    text = "Hedensted Kommune\nStationsparken 1"
    assert [span.of(text) for span in find_segments(text, languages.load("da"))] == ["Hedensted Kommune"]


def test_every_form_answers_one_in_english():
    for concept in authorities().concepts:
        english, _ = split_cell(concept["en"])
        for tag, cell in concept.items():
            forms, _ = split_cell(cell)
            assert len(forms) == len(english), (tag, cell)
            assert all(form == form.strip() and "{" not in form for form in forms)


def test_municipalities_of_three_countries_are_known():
    known = {split_cell(concept["nb"])[0][0] for concept in authorities().concepts if "nb" in concept}
    # Some names are those of two, "Lund" and "Berg" among them.
    assert len({name for name in known if name.endswith(" kommune")}) > 355 + 290 + 97 - 30

"""Wordings that models misread, in others that they read right."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from replyassist.translation.sentence import Direction
from replyassist.translation.wordings import compiled, find_wordings, load_wordings, with_wordings

TAGS = ["nb", "nn", "sv", "da", "en", "pl", "uk", "ar"]
GOLDEN = Path(__file__).parents[1] / "golden" / "wordings"


@pytest.mark.parametrize(
    ("source", "sentence", "expected"),
    [
        ("nb", "Fra du mottok brevet, har du tre uker.", "Fra den dagen du mottok brevet, har du tre uker."),
        ("nb", "Fristen løper fra dere fikk varselet.", "Fristen løper fra den dagen dere fikk varselet."),
        (
            "nn",
            "Klag innan tre veker frå de fekk brevet.",
            "Klag innan tre veker frå den dagen de fekk brevet.",
        ),
        ("da", "Inden fire uger, fra I modtog den.", "Inden fire uger, fra den dag I modtog den."),
        ("sv", "Tre veckor från det att du fick beslutet.", "Tre veckor från den dag du fick beslutet."),
        ("nb", "TRE UKER FRA DU MOTTOK BREVET", "TRE UKER FRA DEN DAGEN DU MOTTOK BREVET"),
        ("sv", "Er ansökan har avslagits.", "Din ansökan har avslagits."),
        ("da", "I søgte om en plads.", "Du søgte om en plads."),
        ("en", "Turned us down? We’ll get in touch.", "Said no to us? We'll contact you."),
        ("en", "They're running out of money.", "They almost lack money."),
        ("en", "She called me on Monday.", "She rang me on Monday."),
        ("en", "Give case no. B-24-21461 at house no. 5.", "Give case number B-24-21461 at house number 5."),
        (
            "en",
            "Your account no. is missing, ref. no. 7",
            "Your account number is missing, reference number 7",
        ),
        ("en", "Next door's shed was put off.", "The neighbour's shed was postponed."),
    ],
)
def test_what_is_misread_is_put_into_other_words(source, sentence, expected):
    direction = Direction.of(source, "en")
    assert with_wordings(sentence, direction) == expected
    assert [*find_wordings(sentence, direction)]
    assert with_wordings(expected, direction) == expected


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("nb", "nn", "Fristen løper fra du fikk varselet."),
        ("nb", "en", "Svaret fra dere er klart."),
        ("nb", "en", "Vi hørte det fra det nye kontoret."),
        ("nb", "en", "I søkte saker er det kø."),
        ("nb", "en", "Er søknaden avslått, kan du klage."),
        ("nn", "en", "Svaret frå dykk manglar."),
        ("sv", "en", "Ert ärende har avslutats."),
        ("sv", "en", "Vi har fått er ansökan.\r\nEr ansökan"),
        ("da", "en", "I ovennævnte sag har I klaget."),
        ("da", "en", "I går kom svaret. 🙂"),
        ("en", "sv", "They called her a liar, and turned down the volume."),
        ("en", "sv", "Fed up with’s, and next doors."),
        ("en", "da", "The answer is no. 12 people applied, in that case no."),
        ("pl", "en", "Od dnia"),
        ("en", "nb", ""),
    ],
)
def test_other_sentences_stay(source, target, sentence):
    direction = Direction.of(source, target)
    assert with_wordings(sentence, direction) == sentence
    assert [*find_wordings(sentence, direction)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_each_form_is_read_in_one_way(tag):
    wordings = [wording for several in load_wordings(tag).values() for wording in several]
    assert wordings
    for wording in wordings:
        assert "|" not in wording.read
        assert ("<>" in wording.read) == ("place" in compiled(wording.misread).groupindex)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.tsv")), ids=lambda path: path.stem)
def test_each_wording_fits_into_a_sentence(path):
    direction = Direction.of(path.stem, "nb" if path.stem == "en" else "en")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 150
    assert [with_wordings(sentence, direction) for sentence, _ in rows] == [expected for _, expected in rows]


@pytest.mark.parametrize("tag", TAGS)
def test_an_abbreviation_is_written_out_within_a_sentence_and_at_its_end(tag):
    direction = Direction.of(tag, "nb" if tag == "en" else "en")
    path = files("replyassist.translation").joinpath("misread", f"{tag}.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["abbreviations"]
    assert table
    for read, forms in table.items():
        for form in forms:
            assert with_wordings(f"Xx {form} yy.", direction) == f"Xx {read} yy."
            ended = with_wordings(f"Xx {form.removesuffix('.')}.", direction)
            assert ended == f"Xx {read.removesuffix('.')}."
            if re.fullmatch(r"\w+\.?", form):
                assert with_wordings(f"Xx {form}yy", direction) == f"Xx {form}yy"

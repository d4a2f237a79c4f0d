"""Articles and adjectives in the gender of their noun."""

from pathlib import Path

import pytest

from replyassist import languages
from replyassist.translation.agreement import Genders, agreed, load_genders

LETTERS = Path(__file__).parents[1] / "letters"
NORDIC = ("nb", "nn", "sv", "da")


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("sv", "Min bostadsbidrag har stoppats.", "Mitt bostadsbidrag har stoppats."),
        ("sv", "Du har fått ingen svar.", "Du har fått inget svar."),
        ("sv", "Fyll i ett viktigt bilaga.", "Fyll i en viktig bilaga."),
        ("sv", "Det är en viktig beslut.", "Det är ett viktigt beslut."),
        ("sv", "Det obligatoriska bilagan saknas.", "Den obligatoriska bilagan saknas."),
        ("sv", "Ditt avgiften är 200 kronor.", "Din avgift är 200 kronor."),
        ("sv", "Er hörde av er 🙂\r\nVi har en beslut.", "Er hörde av er 🙂\r\nVi har ett beslut."),
        ("da", "Vi har truffet et afgørelse.", "Vi har truffet en afgørelse."),
        ("da", "Her er min vedtægt og min spørgsmål.", "Her er min vedtægt og mit spørgsmål."),
        ("da", "Den særlige tilskud ophører.", "Det særlige tilskud ophører."),
        ("nb", "Vi har gjort et endring.", "Vi har gjort en endring."),
        ("nb", "Den foreslåtte vedtaket gjelder.", "Den foreslåtte vedtaket gjelder."),
        ("nb", "Den nye vedtaket gjelder.", "Det nye vedtaket gjelder."),
        ("nn", "Treng eg ei løyve?", "Treng eg eit løyve?"),
        ("nn", "Det er ein stor gåve.", "Det er ei stor gåve."),
    ],
)
def test_what_stands_before_a_noun_has_its_gender(tag, text, expected):
    assert agreed(text, languages.load(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("sv", ""),
        ("sv", " 12.30 – "),
        ("sv", "Det gällde ansökan om bygglov."),
        ("sv", "Vi ger er besked i maj."),
        ("sv", "Vi talade i 20 min samtal."),
        ("sv", "För det andra beslutet."),
        ("sv", "En onormalt hög avgift."),
        ("sv", "Boka en data- och nätverkskurs."),
        ("sv", "Ett Norge utan avgifter."),
        ("da", "Det kunne afgørelsen vise."),
        ("nb", "Det lynte det hele natten."),
        ("nb", "Det var ikke meningen."),
        ("nb", "Saken er et feil gebyr."),
        ("nb", "Barnetillegget ditt kan falle bort."),
        ("nb", "Ei sak, en sak."),
    ],
)
def test_other_sentences_stay(tag, text):
    assert agreed(text, languages.load(tag)) == text


@pytest.mark.parametrize("tag", NORDIC)
def test_letters_that_people_wrote_stay(tag):
    lines = [
        line for path in LETTERS.rglob(f"{tag}/**/*.txt") for line in path.read_text("utf-8").splitlines()
    ]
    assert len(lines) > 100
    assert [line for line in lines if agreed(line, languages.load(tag)) != line] == []


def test_languages_without_genders_stay():
    assert agreed("An decision.", languages.load("en")) == "An decision."
    assert agreed("Jeden decyzja.", languages.find("pl")) == "Jeden decyzja."
    assert load_genders("en") is None


def test_a_compound_has_the_gender_of_its_last_part():
    genders = Genders({"-bidrag": "n"}, {"-bidraget": "-bidrag"}, {}, {})
    assert genders.of("bostadsbidrag") == "n"
    assert genders.bare("bostadsbidraget") == "bostadsbidrag"
    assert genders.of("bidrag") == genders.bare("bidraget") == ""

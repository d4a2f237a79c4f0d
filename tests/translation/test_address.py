"""Letters that call their reader otherwise than du are read as if they did."""

import pytest

from replyassist.translation.address import as_du, find_misread_address
from replyassist.translation.sentence import Direction


def reworded(letter, source, target="en"):
    direction = Direction.of(source, target)
    way = find_misread_address(letter, direction)
    return [as_du(line, way, direction.source_data) for line in letter.split("\n")]


@pytest.mark.parametrize(
    ("source", "letter", "expected"),
    [
        (
            "nb",
            "De har krav på støtte.\nVi svarer Dem om søknaden Deres.",
            ["Du har krav på støtte.", "Vi svarer deg om søknaden din."],
        ),
        (
            "nb",
            "De som bor her, må flytte.\nHar De spørsmål, må De ringe.",
            ["De som bor her, må flytte.", "Har du spørsmål, må du ringe."],
        ),
        (
            "da",
            "De indkaldes til en samtale.\nDeres ansøgning behandles, når De har svaret.",
            ["Du indkaldes til en samtale.", "Din ansøgning behandles, når du har svaret."],
        ),
        ("nn", "De står på venteliste.\nVi skriv til dykk.", ["Du står på venteliste.", "Vi skriv til deg."]),
    ],
)
def test_a_letter_is_read_as_if_it_said_du(source, letter, expected):
    assert reworded(letter, source) == expected


@pytest.mark.parametrize(
    ("source", "target", "letter"),
    [
        ("nb", "en", "Du har bedt om utsatt frist.\nDe har svart, men naboene får ikke medhold."),
        ("nb", "da", "De har krav på støtte.\nVi svarer Dem."),
        ("sv", "en", "Ni har rätt till stöd.\nVi svarar Er."),
        ("pl", "en", "De Gaulle przyjechał.\nDeres."),
    ],
)
def test_what_a_model_reads_right_stays(source, target, letter):
    assert reworded(letter, source, target) == letter.split("\n")

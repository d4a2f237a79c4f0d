"""The words before an act of law, as the models get them."""

import pytest

from replyassist.translation.legal_basis import with_basis
from replyassist.translation.protection import Masked, mask, verbatim
from replyassist.translation.sentence import Direction, Sentence


def read(text, source, target="en"):
    direction = Direction.of(source, target)
    return with_basis(mask(text, verbatim(Sentence.read(text, direction), direction)), direction)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("nb", "Avslått med hjemmel i barnehageloven § 16.", "Avslått i henhold til 317."),
        ("nb", "I MEDHOLD AV barnehageloven § 16 får du plass.", "I henhold til 317 får du plass."),
        ("nb", "Etter barneloven § 16 i jula (jf. kirkeloven § 9).", "I henhold til 317 i jula (se 346)."),
        ("nb", "Søknaden avslås jf. barneloven § 16.", "Søknaden avslås, se 317."),
        ("nb", "Det står i barneloven § 16.", "Det følger av 317."),
        ("nn", "Du får plass etter barnehagelova § 16.", "Du får plass i samsvar med 317."),
        ("nn", "Sjå vedtaket, jf. barnehagelova § 16.", "Sjå vedtaket, sjå 317."),
        ("sv", "Jämlikt 10 kap. 30 § skollagen får du plats.", "Enligt 317 får du plats."),
        ("sv", "Avslag, jfr 9 kap. 31 § plan- och bygglagen.", "Avslag, se 317."),
        ("da", "Du får hjælp i medfør af servicelovens § 83.", "Du får hjælp i henhold til 317."),
        ("da", "Afslag efter ansøgning, jf. servicelovens § 100.", "Afslag efter ansøgning, se 317."),
    ],
)  # fmt: skip
def test_words_before_an_act_are_those_that_are_read_right(source, text, expected):
    assert read(text, source) == expected


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("nb", "Avslått med hjemmel i 317 § 28.", "Avslått i henhold til § 28 i 317."),
        ("nn", "Du kan klage (jf. 317 § 28 andre ledd).", "Du kan klage (sjå § 28 andre ledd i 317)."),
        ("da", "Efter 317 § 24, stk. 2 skal vi svare.", "I henhold til § 24, stk. 2 i 317 skal vi svare."),
        ("sv", "Enligt 37 § 317 får du svar.", "Enligt 37 § 317 får du svar."),
    ],
)
def test_the_paragraph_of_an_act_with_a_name_of_its_own_comes_first(source, text, expected):
    masked = Masked(text, (("317", "the Public Administration Act"),))
    assert with_basis(masked, Direction.of(source, "en")) == expected


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("nb", "en", "Etter klokka 12 er kontoret stengt."),
        ("nb", "nn", "Avslått med hjemmel i barnehageloven § 16."),
        ("en", "nb", "Refused under section 16 of the act."),
        ("nb", "en", "Brevet heter Etter."),
    ],
)
def test_other_sentences_stay(source, target, text):
    direction = Direction.of(source, target)
    masked = mask(text, verbatim(Sentence.read(text, direction), direction))
    assert with_basis(masked, direction) == masked.text

"""Names of people: found in each language's own way, and written as models and registers have them."""

import csv
from pathlib import Path

import pytest

from replyassist.translation.names import find_names, names_alone, write_name, write_names

GOLDEN = Path(__file__).parents[1] / "golden" / "names.tsv"


def golden():
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_names_are_found_and_written():
    """The names of messages that were read, written so as nobody with that name would find it wrong."""
    wrong = {}
    for tag, sentence, expected in golden():
        found = [span.of(sentence) for span in find_names(sentence, tag)]
        if (told := "; ".join(f"{name} = {write_name(name, tag)}" for name in found)) != expected:
            wrong[sentence] = told
    assert not wrong


@pytest.mark.parametrize(
    ("tag", "sentence", "expected"),
    [
        ("pl", "Moja córka Zofia zachorowała.", "Moja córka, Zofia, zachorowała."),
        ("pl", "Moja córka, Zofia, jest chora.", "Moja córka, Zofia, jest chora."),
        ("pl", "Rozmawiałam z panem Hansenem.", "Rozmawiałam z Mr Hansen."),
        ("pl", "Szanowny Panie Eriksen, proszę", "Szanowny Mr Eriksen, proszę"),
        ("pl", "Czy Pani Dyrektor jest?", "Czy Pani Dyrektor jest?"),
        ("uk", "Діти, Марко та Софія, ходять до школи.", "Діти, Marko та Sofiia, ходять до школи."),
        ("uk", "Мої діти Марко і Софія вдома.", "Мої діти, Marko і Sofiia, вдома."),
        ("uk", "Я говорила з паном Ольсеном.", "Я говорила разом з Mr Olsen."),
        ("uk", "З Оленою Коваль і з Карі", "Разом з Olena Koval і разом з Kari"),
        ("uk", "Разом з Оленою", "Разом з Olena"),
        ("uk", "Пані Ларсен мовчить 🙂", "Ms Larsen мовчить 🙂"),
        ("ar", "ابنتي مريم مريضة.", "ابنتي، Maryam، مريضة."),
        ("ar", "السيدة هانسن", "Ms Hansen"),
        ("nb", "Datteren Zofia Nowak er syk.", "Datteren Zofia Nowak er syk."),
        ("uk", "", ""),
    ],
)
def test_names_are_set_off_and_titles_are_read(tag, sentence, expected):
    assert write_names(sentence, tag) == expected


@pytest.mark.parametrize(
    ("tag", "name", "expected"),
    [
        # The examples of the table itself (resolution 55), where it gives names.
        ("uk", "Згорани", "Zghorany"),
        ("uk", "Єнакієве", "Yenakiieve"),
        ("uk", "Їжакевич", "Yizhakevych"),
        ("uk", "Йосипівка", "Yosypivka"),
        ("uk", "Юрій Корюківка", "Yurii Koriukivka"),
        ("uk", "Яготин", "Yahotyn"),
        ("uk", "Знам'янка", "Znamianka"),
        ("uk", "Гоща", "Hoshcha"),
        ("uk", "Олександра Ткаченка", "Oleksandr Tkachenko"),
        ("uk", "Олександра Ткаченко", "Oleksandra Tkachenko"),
        ("uk", "Ользі", "Olha"),
        ("uk", "Hansen", "Hansen"),
        ("uk", "Сьоренсеном", "Sørensen"),
        ("uk", "Йоганнессен", "Johannessen"),
        ("uk", "Інгрід Ліндстрьом", "Ingrid Lindström"),
        ("pl", "Piotra Kowalczyka", "Piotr Kowalczyk"),
        ("pl", "Anny Nowak", "Anna Nowak"),
        ("pl", "Marka", "Marek"),
        ("ar", "أحمد الخطيب", "Ahmed al-Khatib"),
        ("ar", "احمد الخطيب", "Ahmed al-Khatib"),
        ("ar", "مُحَمَّد", "Mohammed"),
        ("nb", "Kari Nordmann", "Kari Nordmann"),
    ],
)
def test_a_name_is_written_in_its_nominative_in_latin_letters(tag, name, expected):
    assert write_name(name, tag) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The Iryna waits.", "Iryna waits."),
        ("My son, the Iryna's.", "My son, the Iryna's."),
        ("The Iryna family.", "The Iryna family."),
        ("My daughter, Iryna, Iryna, is ill.", "My daughter, Iryna, is ill."),
    ],
)
def test_a_name_stands_alone_in_english(written, expected):
    assert names_alone(written, ["Iryna"]) == expected


def test_the_name_of_a_citizen_arrives(assistant):
    for tag, message, name in (
        ("ar", "اسمي محمد الخطيب وأسكن في أوسلو.", "Mohammed al-Khatib"),
        ("uk", "Мене звати Олена Коваленко.", "Olena Kovalenko"),
        ("pl", "Nazywam się Katarzyna Wiśniewska.", "Katarzyna Wiśniewska"),
        ("ar", "مع التحية\nفاطمة العلي", "Fatima al-Ali"),
        ("uk", "З повагою\nНаталія Бондаренко", "Nataliia Bondarenko"),
    ):
        translation = assistant.translate(message, source=tag, target="en")
        assert name in translation.text
        assert all(c.passed for s in translation.segments for c in s.checks if c.kind == "name")

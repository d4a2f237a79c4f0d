"""Small numbers in words, in the languages that letters and messages are written in."""

import tomllib
from importlib.resources import files

import pytest

from replyassist import languages
from replyassist.translation.number_words import find_number_words, find_rendering, write_number_word


def numbers(text, tag, *, counting=False):
    return [(f.span.of(text), f.value) for f in find_number_words(text, tag, counting=counting)]


@pytest.mark.parametrize(
    ("text", "tag", "found"),
    [
        ("Du må svare innen tre uker.", "nb", [("tre", "3")]),
        ("Du må svare innan sju veker.", "nn", [("sju", "7")]),
        ("Du har tolv dagar på dig.", "sv", [("tolv", "12")]),
        ("Du har to uger.", "da", [("to", "2")]),
        ("You have two weeks.", "en", [("two", "2")]),
        ("Proszę odpowiedzieć w ciągu trzech tygodni.", "pl", [("trzech", "3")]),
        ("Mam dwoje dzieci i pięć kotów.", "pl", [("dwoje", "2"), ("pięć", "5")]),
        ("Зверніться протягом двох тижнів.", "uk", [("двох", "2")]),
        ("Чекаю вже п’ять місяців.", "uk", [("п’ять", "5")]),
        ("يجب الرد خلال ثلاثة أسابيع.", "ar", [("ثلاثة", "3")]),
        ("سأنتظر لأربعة أيام وخمس ساعات.", "ar", [("أربعة", "4"), ("خمس", "5")]),
        ("لدي طفلان.", "ar", [("طفلان", "2")]),
        ("بعد اثني عشر يوما", "ar", [("اثني عشر", "12")]),
    ],
)
def test_small_numbers_are_read_in_every_form(text, tag, found):
    assert numbers(text, tag) == numbers(text, tag, counting=True) == found


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Det koster fem tusen kroner.", "nb"),
        ("Det kostar två hundra kronor.", "sv"),
        ("Det koster to tusind kroner.", "da"),
        ("It costs five thousand kroner.", "en"),
        ("Mam dwadzieścia trzy lata.", "pl"),
        ("To kosztuje pięć tysięcy koron.", "pl"),
        ("Мені двадцять три роки.", "uk"),
        ("Це коштує п'ять тисяч крон.", "uk"),
        ("عمري ثلاثة وعشرين عاما.", "ar"),
        ("بعد خمسة عشر يوما", "ar"),
        ("يكلف ثلاثة آلاف كرونة.", "ar"),
        ("Tres semanas", "es"),
    ],
)
def test_a_part_of_a_greater_number_is_none(text, tag):
    assert numbers(text, tag) == []


def test_only_what_needs_no_case_is_written_in_words():
    for tag in languages.available():
        language = languages.load(tag)
        assert numbers(write_number_word("12", language), tag) == [(write_number_word("12", language), "12")]
        assert write_number_word("13", language) is None
    assert write_number_word("3", None) is None


@pytest.mark.parametrize(
    ("value", "text", "tag"),
    [
        ("2", "She wrote twice.", "en"),
        ("3", "Proszę zadzwonić po trzeciej.", "pl"),
        ("3", "Зателефонуйте після третьої години.", "uk"),
        ("10", "بعد الساعة العاشرة", "ar"),
        ("2", "ملأت دلوين بالرمل", "ar"),
    ],
)
def test_a_number_may_come_without_its_word(value, text, tag):
    assert find_rendering(value, text, tag)


@pytest.mark.parametrize(
    ("value", "text", "tag"),
    [
        ("5", "Proszę przyjść w piątek.", "pl"),
        ("4", "Proszę przyjść w czwartek.", "pl"),
        ("5", "Приходьте в п'ятницю.", "uk"),
        ("3", "تعال يوم الثلاثاء", "ar"),
        ("2", "تعال غدا إلى المكتب", "ar"),
        ("2", "The others wrote.", "en"),
        ("13", "The thirteenth", "en"),
        ("3.5", "The third", "en"),
    ],
)
def test_no_other_word_stands_for_it(value, text, tag):
    assert find_rendering(value, text, tag) is None


def test_every_language_has_every_number():
    data = tomllib.loads(files("replyassist.translation").joinpath("number_words.toml").read_text("utf-8"))
    assert {len(words) for table in ("words", "renders") for words in data[table].values()} == {11}
    assert data["words"].keys() == data["renders"].keys() == data["behind"].keys()

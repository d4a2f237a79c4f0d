"""Denials in the languages that citizens write in, of which only the denying words are known."""

import pytest

from replyassist.translation.polarity import check_polarity
from replyassist.translation.sentence import Direction


def problems(source, target, direction):
    checks = check_polarity(source, target, Direction.of(*direction))
    return [(check.kind, check.detail) for check in checks if not check.passed]


@pytest.mark.parametrize(
    ("direction", "source", "right", "wrong"),
    [
        (("pl", "en"), "Nie zgadzam się z tą decyzją.", "I don't agree with this decision.",
         "I agree with this decision."),
        (("uk", "en"), "Я не отримала відповіді.", "I have not received an answer.", "I received an answer."),
        (("ru", "nb"), "У меня нет денег.", "Jeg har ikke penger.", "Jeg har penger."),
        (("ar", "sv"), "لم أستلم الرسالة.", "Jag har inte fått brevet.", "Jag har fått brevet."),
        (("ar", "en"), "استلمت الرسالة ولا أفهمها.", "I got the letter and don't understand it.",
         "I got the letter and understand it."),
        (("nn", "pl"), "Du treng ikkje svare.", "Nie musisz odpowiadać.", "Musisz odpowiadać."),
        (("da", "de"), "Du skal ikke betale.", "Sie müssen nicht zahlen.", "Sie müssen zahlen."),
    ],
)  # fmt: skip
def test_a_lost_denial_is_found(direction, source, right, wrong):
    assert problems(source, right, direction) == []
    assert problems(source, wrong, direction) == [("negation", "lost")]
    assert problems(wrong, source, direction[::-1]) == [("negation", "added")]


@pytest.mark.parametrize(
    ("direction", "source", "target"),
    [
        # Slavic languages deny twice what others deny once.
        (("pl", "en"), "Nic nie rozumiem z tego listu.", "I understand nothing in this letter."),
        (("uk", "en"), "Ніхто мені нічого не сказав.", "Nobody told me anything."),
        # What implies a denial may become one.
        (("pl", "en"), "Odmówiono mi zasiłku.", "I did not get the benefit."),
        (("pl", "en"), "Brak odpowiedzi od lutego.", "The answer has been missing since February."),
        # A limit denies nothing.
        (("nb", "en"), "Svar senest 3. mars.", "Reply no later than 3 March."),
        (("sv", "en"), "Svara inte senare än den 3 mars.", "Reply by 3 March."),
        (("nn", "en"), "Det gjeld ikkje minst barn.", "It applies especially to children."),
        (("da", "sv"), "Svar ikke senere end den 3. marts.", "Svara senast den 3 mars."),
        (("pl", "en"), "Nie później niż 3 marca.", "By 3 March."),
        # A word within a word denies nothing.
        (("pl", "en"), "Niedziela jest wolna.", "Sunday is free."),
        (("de", "en"), "Die Nichte wohnt hier.", "The niece lives here."),
    ],
)
def test_a_denial_in_another_way_is_none_lost(direction, source, target):
    assert problems(source, target, direction) == []


def test_a_language_whose_denials_are_unknown_is_not_checked():
    assert list(check_polarity("Anlamıyorum.", "I understand.", Direction.of("tr", "en"))) == []

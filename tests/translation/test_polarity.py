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
        (("sv", "en"), "Om svar ej inkommer kan ansökan avslås.",
         "If no answer comes, the application may be refused.",
         "If an answer comes, the application may be refused."),
        (("nb", "en"), "Svarer du ikke, blir søknaden avslått.",
         "If you do not reply, the application is refused.",
         "If you reply, the application is refused."),
        (("da", "de"), "Du skal ikke betale.", "Sie müssen nicht zahlen.", "Sie müssen zahlen."),
    ],
)  # fmt: skip
def test_a_lost_denial_is_found(direction, source, right, wrong):
    assert problems(source, right, direction) == []
    assert problems(source, wrong, direction) == [("negation", "lost")]
    assert problems(wrong, source, direction[::-1]) == [("negation", "added")]


@pytest.mark.parametrize(
    ("source", "letter"),
    [
        ("nb", "Da ser vi først om vi kan endre vedtaket."),
        ("nn", "Då ser vi først om vi kan endre vedtaket."),
        ("sv", "Då ser vi först om vi kan ändra beslutet."),
        ("da", "Så ser vi først, om vi kan ændre afgørelsen."),
    ],
)
def test_what_comes_first_denies_nothing(source, letter):
    added = "We will then not see whether we can change the decision."
    assert problems(letter, added, (source, "en")) == [("negation", "added")]


@pytest.mark.parametrize(
    ("direction", "source", "target"),
    [
        # Who disagrees does not agree.
        (("en", "sv"), "If you disagree, you can appeal.", "Om du inte håller med kan du överklaga."),
        (("nb", "en"), "Hvis du ikke er enig, kan du klage.", "If you disagree, you can appeal."),
        (("nn", "da"), "Er du usamd, kan du klage.", "Hvis du ikke er enig, kan du klage."),
        (("sv", "nb"), "Är du missnöjd kan du överklaga.", "Er du ikke fornøyd, kan du klage."),
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
        # What one language denies, another may say with a word of its own.
        (("pl", "en"), "Przyszedł bez zapowiedzi.", "He came unannounced."),
        (("pl", "en"), "Nieuzgodniona nieobecność.", "Absence that was not agreed."),
        (("pl", "en"), "Nic nie szkodzi.", "That is all right."),
        (("pl", "en"), "Omal nie spadłem.", "I nearly fell."),
        (("pl", "en"), "Parkowanie jest zabronione.", "Parking is not allowed."),
        (("uk", "en"), "Чи не могли б ви зателефонувати?", "Could you call?"),
        (("uk", "en"), "Собака без господаря.", "An ownerless dog."),
        (("uk", "en"), "Зупинку заборонено.", "No stopping."),
        (("uk", "en"), "Зберігаємо не довше ніж 43 дні.", "We keep it for 43 days at most."),
        (("ar", "en"), "أين ما دفعته؟", "Where is what I paid?"),
        (("ar", "en"), "أخذ شخص ما حقيبتي.", "Somebody took my bag."),
        (("ar", "en"), "لا أزال أنتظر.", "I am still waiting."),
        (("ar", "en"), "الموعد غير مناسب.", "The time is inconvenient."),
        (("ar", "en"), "غيّر القفل.", "He changed the lock."),
        (("ar", "en"), "عندي مشّاية.", "I have a rollator."),
        # A word within a word denies nothing.
        (("pl", "en"), "Niedziela jest wolna.", "Sunday is free."),
        (("de", "en"), "Die Nichte wohnt hier.", "The niece lives here."),
    ],
)
def test_a_denial_in_another_way_is_none_lost(direction, source, target):
    assert problems(source, target, direction) == []


@pytest.mark.parametrize(
    ("tag", "source", "target"),
    [
        # "Un-" denies nothing where no word is left, nor "ma" where it asks.
        ("pl", "Niestety nie możemy pomóc.", "Unfortunately, we can help."),
        ("pl", "W niedzielę nie pracuję.", "I work on Sunday under the roof."),
        ("uk", "Вона не розуміє листа.", "She understands the letter."),
        ("ar", "الموعد غير مناسب.", "The time is good."),
        ("ar", "لَمْ أستلم الرسالة.", "I received the letter."),
    ],
)
def test_no_other_word_stands_for_a_denial(tag, source, target):
    assert problems(source, target, (tag, "en")) == [("negation", "lost")]


def test_a_day_that_sounds_like_a_denial_is_none():
    assert problems("W niedzielę pracuję.", "I do not work on Sunday.", ("pl", "en")) == [
        ("negation", "added")
    ]


def test_a_language_whose_denials_are_unknown_is_not_checked():
    assert list(check_polarity("Anlamıyorum.", "I understand.", Direction.of("tr", "en"))) == []

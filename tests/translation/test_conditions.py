"""Limits and duties that a translation has lost or turned round."""

import tomllib
from importlib.resources import files

import pytest

from replyassist.translation.conditions import check_conditions
from replyassist.translation.sentence import Direction

FORMS = tomllib.loads(
    files("replyassist.translation").joinpath("conditions.toml").read_text(encoding="utf-8")
)
TAGS = {"nb", "nn", "sv", "da", "en", "pl", "uk", "ar"}


def told(source, target, pair):
    checks = check_conditions(source, target, Direction.of(*pair))
    return [(check.kind, check.detail, check.source.of(source)) for check in checks]


@pytest.mark.parametrize(
    ("source", "target", "pair", "found"),
    [
        ("Överklaga senast tre veckor efter beslutet.", "Have it last three weeks after the decision.",
         ("sv", "en"), ("limit", "lost", "senast")),
        ("Klagen må sendes innen tre uker.", "The appeal must be sent in three weeks.", ("nb", "en"),
         ("limit", "lost", "innen")),
        ("Klagen må sendes innen tre uker.", "Klagan måste skickas efter tre veckor.", ("nb", "sv"),
         ("limit", "inverted", "innen")),
        ("Svar senest den 3. marts.", "Svara den 3 mars.", ("da", "sv"), ("limit", "lost", "senest")),
        ("Reply by 3 March.", "Svar etter 3. mars.", ("en", "nb"), ("limit", "inverted", "by")),
        ("Pay by 15 May, unless you appeal first.", "Betal 15. mai, med mindre du klager før.",
         ("en", "nb"), ("limit", "lost", "by")),
        ("You may not park here.", "Du kanske inte parkerar här.", ("en", "sv"), ("duty", "lost", "may not")),
        ("Løyvet gjeld frå og med 1. mai.", "The permit applies until 1 May.", ("nn", "en"),
         ("limit", "inverted", "frå og med")),
        ("You can get up to NOK 5,000.", "Du kan få minst 5000 kroner.", ("en", "nb"),
         ("limit", "inverted", "up to")),
        ("Du må ha bodd her i minst fem år.", "You must have lived here for five years.", ("nb", "en"),
         ("limit", "lost", "minst")),
        ("Vi stenger saken med mindre du svarer.", "We will close the case if you reply.", ("nb", "en"),
         ("limit", "lost", "med mindre")),
        ("Tomten får inte bebyggas.", "The plot is not being built on.", ("sv", "en"),
         ("duty", "lost", "får inte bebyggas")),
        ("Grunden må ikke bebygges.", "The plot need not be built on.", ("da", "en"),
         ("duty", "inverted", "må ikke")),
        ("Du trenger ikke å svare.", "You must not reply.", ("nb", "en"),
         ("duty", "inverted", "trenger ikke")),
        ("Du behöver inte svara.", "Du må ikke svare.", ("sv", "da"), ("duty", "inverted", "behöver inte")),
        ("Du må søke på nytt.", "You can apply again.", ("nb", "en"), ("duty", "inverted", "må")),
        ("Du kan klage.", "Du måste klaga.", ("nb", "sv"), ("duty", "inverted", "kan")),
        ("Bygget ligger nærmere enn 4,5 meter fra grensen.", "The building is 4.5 metres from the boundary.",
         ("nb", "en"), ("limit", "lost", "nærmere enn")),
        ("Garaget är över 50 kvadratmeter.", "The garage is 50 square metres.", ("sv", "en"),
         ("limit", "lost", "över")),
        ("You earned less than NOK 90,000.", "Du tente meir enn 90 000 kroner.", ("en", "nn"),
         ("limit", "inverted", "less than")),
        ("Skuret ligger tættere på skel end 2,5 meter.", "The shed is 2.5 metres from the boundary.",
         ("da", "en"), ("limit", "lost", "tættere på skel end")),
        ("Dochód wynosi ponad 5000 koron.", "The income is 5,000 kroner.", ("pl", "en"),
         ("limit", "lost", "ponad")),
        ("Дитині понад три роки.", "The child is three years old.", ("uk", "en"), ("limit", "lost", "понад")),
        ("الدخل أقل من 5000 كرونة.", "The income is 5,000 kroner.", ("ar", "en"),
         ("limit", "lost", "أقل من")),
    ],
)  # fmt: skip
def test_a_limit_or_a_duty_that_is_lost_is_found(source, target, pair, found):
    assert told(source, target, pair) == [found]


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Klagen må sendes innen tre uker.", "Appeal no later than three weeks from now.", ("nb", "en")),
        ("Bygget ligger nærmere enn 4,5 meter fra grensen.", "The building is less than 4.5 metres from it.",
         ("nb", "en")),
        ("Gebyret er ikkje over 500 kroner.", "The fee is at most 500 kroner.", ("nn", "en")),
        ("Garaget är över 50 kvadratmeter.", "Garasjen overstiger 50 kvadratmeter.", ("sv", "nb")),
        ("Hyran höjdes under 2025.", "Leien økte i 2025.", ("sv", "nb")),
        ("It was built over 3 years.", "Det ble bygd i løpet av 3 år.", ("en", "nb")),
        ("Gå over Storgata 5.", "Cross Storgata 5.", ("nb", "en")),
        ("Svar senest den 3. marts.", "Reply by 3 March.", ("da", "en")),
        ("Svar senest to dage før.", "Reply at least two days before.", ("da", "en")),
        ("Kontoret er stengt fra 1. til 30. juni.", "Kontoret är stängt 1–30 juni.", ("nb", "sv")),
        ("Vedtaket gjelder ikke før 1. mars.", "The decision does not apply until 1 March.", ("nb", "en")),
        ("It was decided by the municipality.", "Det ble bestemt av kommunen.", ("en", "nb")),
        ("Efter vår mening är det fel.", "In our opinion it is wrong.", ("sv", "en")),
        ("Vedtaket er gjort etter § 12.", "The decision was made under section 12.", ("nb", "en")),
        # Danish "må ikke" forbids; in Norwegian it may say either.
        ("Du må ikke betale.", "Du må ikke betale.", ("da", "nb")),
        ("Du må ikke betale.", "You do not have to pay.", ("nb", "en")),
        ("Du må gerne klage.", "You are welcome to appeal, and you may do so here.", ("da", "en")),
        ("Du får inte några pengar.", "You will not get any money.", ("sv", "en")),
        ("Du må sende brevet.", "Send the letter.", ("nb", "en")),
        ("From 1 May you must pay.", "Du må betale fra 1. mai.", ("en", "nb")),
        ("Du må betale fra 1. mai.", "From 1 May you must pay.", ("nb", "en")),
        ("You may not need to repay it.", "Du trenger kanskje ikke betale det tilbake.", ("en", "nb")),
        ("Det gjelder inntil videre.", "It applies for now.", ("nb", "en")),
        ("Svar innan 3. mars.", "3. maaliskuuta.", ("nn", "fi")),
    ],
)  # fmt: skip
def test_the_same_in_other_words_is_not_lost(source, target, pair):
    assert told(source, target, pair) == []


@pytest.mark.parametrize(
    ("source", "target", "tag", "found"),
    [
        ("Proszę odpowiedzieć do 14 marca.", "Please reply on 14 March.", "pl", ("limit", "lost", "do")),
        ("Proszę odpowiedzieć do 14 marca.", "Please reply after 14 March.", "pl",
         ("limit", "inverted", "do")),
        ("Odwołanie trzeba złożyć w ciągu trzech tygodni.", "The appeal must be lodged after three weeks.",
         "pl", ("limit", "inverted", "w ciągu")),
        ("Umowa obowiązuje od 1 maja.", "The contract applies until 1 May.", "pl",
         ("limit", "inverted", "od")),
        ("Trzeba zapłacić co najmniej 500 koron.", "You must pay 500 kroner.", "pl",
         ("limit", "lost", "co najmniej")),
        ("Zamkniemy sprawę, chyba że Pani odpowie.", "We will close the case when you reply.", "pl",
         ("limit", "lost", "chyba że")),
        ("Tu nie wolno parkować.", "Parking takes place here.", "pl", ("duty", "lost", "nie wolno")),
        ("Nie musi Pan płacić.", "You cannot pay.", "pl", ("duty", "inverted", "Nie musi")),
        ("Musi Pani złożyć nowy wniosek.", "You can apply again.", "pl", ("duty", "inverted", "Musi")),
        ("Відповідь потрібна не пізніше 14 березня.", "The answer is needed on 14 March.", "uk",
         ("limit", "lost", "не пізніше")),
        ("Скаргу треба подати протягом трьох тижнів.", "The complaint must be lodged after three weeks.",
         "uk", ("limit", "inverted", "протягом")),
        ("Дозвіл діє з 1 травня.", "The permit is valid until 1 May.", "uk", ("limit", "inverted", "з")),
        ("Ви отримаєте щонайбільше 5000 крон.", "You will get at least 5,000 kroner.", "uk",
         ("limit", "inverted", "щонайбільше")),
        ("Тут не можна будувати.", "There is building here.", "uk", ("duty", "lost", "не можна")),
        ("Вам не потрібно відповідати.", "You must not reply.", "uk", ("duty", "inverted", "не потрібно")),
        ("Ви повинні подати нову заяву.", "You can apply again.", "uk", ("duty", "inverted", "повинні")),
        ("يجب الرد في موعد أقصاه 14 مارس.", "You must reply on 14 March.", "ar",
         ("limit", "lost", "في موعد أقصاه")),
        ("أرسل الاعتراض خلال ثلاثة أسابيع.", "Send the appeal after three weeks.", "ar",
         ("limit", "inverted", "خلال")),
        ("يسري العقد اعتبارًا من 1 مايو.", "The contract applies until 1 May.", "ar",
         ("limit", "inverted", "اعتبارًا من")),
        ("عليك دفع 500 كرونة على الأقل.", "You have to pay 500 kroner.", "ar",
         ("limit", "lost", "على الأقل")),
        ("لا يَجوز البناء هنا.", "There is building here.", "ar", ("duty", "lost", "لا يَجوز")),
        ("ولا يلزمك الرد.", "And you cannot reply.", "ar", ("duty", "inverted", "ولا يلزمك")),
        ("يجب أن تقدم طلبًا جديدًا.", "You can apply again.", "ar", ("duty", "inverted", "يجب")),
    ],
)  # fmt: skip
def test_what_a_citizen_says_of_limits_and_duties_must_arrive(source, target, tag, found):
    assert told(source, target, (tag, "en")) == [found]


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("Proszę odpowiedzieć do 14 marca.", "Please reply by 14 March.", "pl"),
        ("Wysłałem list do gminy 14 marca.", "I sent the letter on 14 March.", "pl"),
        ("Mieszkam tu od trzech lat.", "I have lived here for three years.", "pl"),
        ("Czynne od poniedziałku do piątku.", "Open Monday to Friday.", "pl"),
        ("Przyjdę dopiero w piątek.", "I will not come until Friday.", "pl"),
        ("To należy do gminy.", "It belongs to the municipality.", "pl"),
        ("Czy nie mogliby Państwo przyjść?", "Could you come?", "pl"),
        ("Nie mogę się doczekać odpowiedzi.", "I look forward to your answer.", "pl"),
        ("Відповідь потрібна до 14 березня.", "The answer is needed by 14 March.", "uk"),
        ("Прийшла разом з двома дітьми.", "She came with two children.", "uk"),
        ("Відчинено з понеділка до п'ятниці.", "Open Monday to Friday.", "uk"),
        ("Чи не могли б ви зателефонувати?", "Could you call?", "uk"),
        ("Я можу прийти лише у п'ятницю.", "I cannot come until Friday.", "uk"),
        ("يجب الرد قبل 14 مارس.", "You must reply by 14 March.", "ar"),
        ("لم يأت أحد حتى الآن.", "Nobody has come yet.", "ar"),
        ("أسكن هنا منذ أسبوع.", "I have lived here for a week.", "ar"),
        ("دفعت أكثر من 46 كرونة.", "I paid over 46 kroner.", "ar"),
        ("سنرد عليك غدًا.", "We can answer you tomorrow.", "ar"),
    ],
)  # fmt: skip
def test_what_a_citizen_says_in_other_words_is_not_lost(source, target, tag):
    assert told(source, target, (tag, "en")) == []


def test_every_term_is_known_in_every_language():
    for name, table in FORMS.items():
        # What is known of a clause in a drafting language stands in its folder.
        assert set(table) >= (TAGS if name != "opening" else {"pl", "uk", "ar"}), name
        if "kind" in table:
            assert all({"says", "renders"} <= set(table[tag]) for tag in TAGS), name
            assert set(table.get("opposites", ())) <= set(FORMS), name

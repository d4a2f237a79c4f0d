"""What is compared between a sentence and its translation."""

import pytest

from replyassist import languages
from replyassist.domain import Candidate, Identification
from replyassist.translation.checks import check_segment, has_loop
from replyassist.translation.sentence import Direction, Sentence

NB, NN, SV, DA, EN = (languages.load(tag) for tag in ("nb", "nn", "sv", "da", "en"))


def check(source, target, direction):
    return check_segment(Sentence.read(source, direction), target, direction)


def failures(source, target, source_language, target_language):
    checks = check(source, target, Direction.of(source_language.tag, target_language.tag))
    return {(check.kind, check.detail) for check in checks if not check.passed}


@pytest.mark.parametrize(
    ("source", "target", "source_language", "target_language"),
    [
        ("Fristen er 12. mars 2026.", "The deadline is 12 March 2026.", NB, EN),
        ("Fristen er 12. mars 2026.", "The deadline is March 12, 2026.", NB, EN),
        ("Fristen er den 12 mars 2026 kl. 14.30.", "The deadline is 12 March 2026 at 2.30 pm.", SV, EN),
        ("Gebyret er på 1.450,50 kr.", "The fee is DKK 1,450.50.", DA, EN),
        ("Søknaden er ikke komplett.", "Søknaden er ikkje komplett.", NB, NN),
        ("Søknaden din er avslått.", "Din ansökan har avslagits.", NB, SV),
        ("Ring Kari Nordmann på 55 56 12 34.", "Call Kari Nordmann on 55 56 12 34.", NB, EN),
        ("Du kan klage innen tre uker.", "You can appeal within 3 weeks.", NB, EN),
        ("Du kan klage innen 3 uker.", "You can appeal within three weeks.", NB, EN),
        ("Skranken er åpen kl. 9–15.30.", "The desk is open 9–15.30.", NB, EN),
        ("Et tre har falt over veien.", "A tree has fallen across the road.", NB, EN),
        ("Møtet er den tredje april.", "The meeting is on 3 April.", NB, EN),
        ("Vi viser til §§ 9, 11 og 14.", "Vi hänvisar till 9, 11 och 14 §§.", DA, SV),
        ("Du må møte, med mindre du er syk.", "Du måste komma, om du inte är sjuk.", NB, SV),
    ],
)
def test_same_facts_pass(source, target, source_language, target_language):
    assert failures(source, target, source_language, target_language) == set()


@pytest.mark.parametrize(
    ("source", "target", "source_language", "target_language", "expected"),
    [
        ("Fristen er 12. mars 2026.", "The deadline is 13 March 2026.", NB, EN, ("date", "changed")),
        ("Fristen er 12. mars 2026.", "There is a deadline.", NB, EN, ("date", "lost")),
        ("Gebyret er på 1 450 kr.", "Avgiften är 1 540 kr.", NB, SV, ("amount", "changed")),
        ("Du får ikke plass i år.", "You will get a place this year.", NB, EN, ("negation", "lost")),
        ("Du får plass i år.", "You will not get a place this year.", NB, EN, ("negation", "added")),
        ("Søknaden er avslått.", "The application has been granted.", NB, EN, ("decision", "inverted")),
        ("Du kan klage innen tre uker.", "You can appeal within four weeks.", NB, EN, ("number", "changed")),
        ("Du kan klage innen tre uker.", "You can appeal.", NB, EN, ("number", "lost")),
        ("The school has 66.7 per cent.", "Skolen har 66,7.", EN, DA, ("percentage", "lost")),
        ("It closes at 10.45 am.", "Det stenger kl. 10,45.", EN, NB, ("time", "lost")),
        ("Ikke før sommeren.", "Before the summer.", NB, EN, ("negation", "lost")),
        ("Barnet går på Fjæra skole.", "The child goes to Age school.", NB, EN, ("name", "lost")),
        ("Ansökan har beviljats.", "The application has been refused.", SV, EN, ("decision", "inverted")),
        ("Møt opp hos Åse Ødegård på mandag.", "Come and see us on Monday.", NB, EN, ("name", "lost")),
        ("Per-Åke Lundmarker hjälper dig.", "Anders helps you.", SV, EN, ("name", "lost")),
        ("Vi har fått søknaden din.", "", NB, EN, ("length", "lost")),
        ("Vi har fått søknaden din.", "Vi har fått søknaden din.", NB, EN, ("untranslated", "copied")),
        (
            "Du kan klage.",
            "You can appeal to the appeal to the appeal to the appeal.",
            NB,
            EN,
            ("repetition", "loop"),
        ),
    ],
)
def test_what_was_lost_is_said(source, target, source_language, target_language, expected):
    assert expected in failures(source, target, source_language, target_language)


def test_spans_point_at_what_they_are_about():
    source, target = "Fristen er 12. mars 2026.", "The deadline is 13 March 2026."
    (failed,) = [c for c in check(source, target, Direction.of("nb", "en")) if not c.passed]
    assert failed.source.of(source) == "12. mars 2026"
    assert failed.target.of(target) == "13 March 2026"


def test_a_loop_is_told_from_a_list():
    assert has_loop("to the door to the door to the door")
    assert not has_loop("You can call, write or visit us, and you can call again.")


@pytest.mark.parametrize(
    ("source", "target", "pair", "flagged"),
    [
        ("Møt Åke Björnfors.", "Meet Åke Björnfors's team.", ("nb", "en"), False),
        ("Møt Åke Björnfors.", "Meet Åke Björnforss there.", ("nb", "en"), True),
        ("Eirik Tjønnås møter deg.", "Eirik Tjønnå's meetings you.", ("nb", "en"), True),
        ("Eirik Tjønnås møter deg.", "Eirik Tjønnås will meet you.", ("nb", "en"), False),
        ("Vi har Kari Lindemos søknad.", "We have Kari Lindemo's application.", ("nb", "en"), False),
        ("Møt Kari Lindemo.", "Möt Kari Lindemos chef.", ("nb", "sv"), False),
        ("Møt Kari Lindemo.", "Möt Kari Lindemoser.", ("nb", "sv"), True),
        ("Kari Lindemo har svart.", "Has answered.", ("nb", "en"), True),
    ],
)
def test_a_name_arrives_whole_or_as_a_genitive(source, target, pair, flagged):
    checks = check(source, target, Direction.of(*pair))
    assert any(c.kind == "name" and not c.passed for c in checks) == flagged


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Verken du eller naboen kan klage.", "Neither you nor your neighbour can appeal.", ("nb", "en")),
        ("Oppgi sak 2026/4711.", "Please give case no. 2026/4711.", ("nb", "en")),
        ("Det står på www.nav.no.", "Det står på www.nav.no.", ("nb", "nn")),
        ("Boka opnar kl. 07.15.", "Boken öppnar vid 07.15.", ("nn", "sv")),
    ],
)
def test_what_only_looks_like_a_negation_or_a_loss_passes(source, target, pair):
    assert [c for c in check(source, target, Direction.of(*pair)) if not c.passed] == []


def test_a_section_that_became_a_part_is_flagged():
    checks = check("Se § 7.", "See part 7.", Direction.of("nb", "en"))
    assert ("law", False) in {(c.kind, c.passed) for c in checks}


@pytest.mark.parametrize(
    ("source", "target", "tag", "expected"),
    [
        ("Proszę zapłacić 1200 koron do 14 marca 2026 r.", "Please pay 1,200 kroner by 14 March 2026.", "pl",
         set()),
        ("Proszę zapłacić 1200 koron do 14 marca 2026 r.", "Please pay 1,200 kroner by 14 May 2026.", "pl",
         {("date", "changed")}),
        ("Spotkanie jest we wtorek o 9.40.", "The meeting is on Tuesday at 9:40.", "pl", set()),
        ("Przyjdę o godz. 14.", "I will come at 14.", "pl", set()),
        ("Przyjdę o godz. 14.", "I will come at 15.", "pl", {("time", "lost")}),
        ("Dom pochodzi z XIV wieku.", "The house is from the 14th century.", "pl", set()),
        ("Сплатіть 251 крону до 14 березня.", "Pay 251 kroner by 14 March.", "uk", set()),
        ("Сплатіть 251 крону до 14 березня.", "Pay 215 kroner by 14 March.", "uk", {("amount", "changed")}),
        ("Прийду о 14-й годині.", "I will come at 2 pm.", "uk", set()),
        ("Зачинено з 9:00 до 15:00.", "Closed from 9:00 to 16:00.", "uk", {("time", "changed")}),
        ("ادفع ٤٥٠٠ كرونة قبل ١٤ آذار.", "Pay 4,500 kroner before 14 March.", "ar", set()),
        ("ادفع ٤٥٠٠ كرونة قبل ١٤ آذار.", "Pay 4,500 kroner before 14 April.", "ar", {("date", "changed")}),
        ("الخط مفتوح بين الساعة ٩ و١٦:٤٥.", "The line is open between 9 and 16:45.", "ar", set()),
        ("الخط مفتوح بين الساعة ٩ و١٦:٤٥.", "The line is open between 9 and 15:45.", "ar",
         {("time", "changed")}),
    ],
)  # fmt: skip
def test_the_facts_of_citizens_arrive(source, target, tag, expected):
    found = check(source, target, Direction.of(tag, "en"))
    kinds = {"date", "time", "amount", "number"}
    assert {(c.kind, c.detail) for c in found if not c.passed and c.kind in kinds} == expected


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Może Pan zapłacić w przyszłym tygodniu.", "You can pay next week.", set()),
        ("Bez Państwa pomocy nie damy rady.", "Without your help we will not manage.", set()),
        ("Od Bożego Narodzenia jest ciemno.", "It has been dark since Christmas.", set()),
        ("Sprawa trafia do Zarządcy Okręgu.", "The case goes to the County Governor.", set()),
        ("Morze Bałtyckie jest zimne.", "The Baltic Sea is cold.", set()),
        ("List jest do Omara Salema.", "The letter is for Omar Salem.", set()),
        ("Rozmawiałam z Anną Kowalską.", "I talked to Anna Kowalska.", set()),
        ("To mieszkanie Marka Nowaka.", "It is Marek Nowak's flat.", set()),
        ("List jest do Omara Salema.", "The letter is for someone.", {("name", "lost")}),
        ("Rozmawiałam z Anną Kowalską.", "I talked to Ewa Kowalska.", {("name", "lost")}),
        ("Katarzyna Zielińska dzwoniła.", "Somebody called.", {("name", "lost")}),
    ],
)
def test_a_polish_name_arrives_in_its_nominative(source, target, expected):
    found = check(source, target, Direction.of("pl", "en"))
    assert {(c.kind, c.detail) for c in found if not c.passed and c.kind == "name"} == expected


def told(language, confidence):
    return lambda text: Identification(language, confidence, (Candidate(language, confidence),))


@pytest.mark.parametrize(
    ("language", "confidence", "flagged"), [("nb", 0.99, True), ("en", 0.99, False), ("nb", 0.6, False)]
)
def test_a_translation_in_another_language_is_flagged_when_that_is_sure(language, confidence, flagged):
    direction = Direction.of("nb", "en")
    sentence = Sentence.read("Vi har fått søknaden din i dag.", direction)
    target = "Vi har mottatt denne søknaden din i dag."
    checks = check_segment(sentence, target, direction, told(language, confidence))
    assert any(c.kind == "language" for c in checks) == flagged


@pytest.mark.parametrize(
    ("source", "target", "pair", "flagged"),
    [
        ("Hun heter Amina og begynner nå.", "She starts now.", ("nb", "en"), True),
        ("Barnet heiter Amina.", "Barnet heter Amina.", ("nn", "nb"), False),
        ("Vi har talat med Rasmus om det.", "We have talked to Erasmus about it.", ("sv", "en"), True),
        ("Vi har hørt Fatimas mening.", "We have heard Fatima's opinion.", ("da", "en"), False),
        ("Send it to the Mayor.", "Send det til ordføreren.", ("en", "nb"), False),
    ],
)
def test_a_given_name_alone_must_arrive(source, target, pair, flagged):
    checks = check(source, target, Direction.of(*pair))
    assert any(c.kind == "name" and not c.passed for c in checks) == flagged

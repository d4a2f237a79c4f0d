"""Words for a decision that a translation has lost."""

import pytest

from replyassist.translation.decisions import check_decisions
from replyassist.translation.sentence import Direction


def lost(source, target, pair):
    return [check.source.of(source) for check in check_decisions(source, target, Direction.of(*pair))]


@pytest.mark.parametrize(
    ("source", "target", "pair", "word"),
    [
        ("Avslag på søknad om parkering", "Draft application for parking", ("nb", "en"), "Avslag"),
        ("Avslag:", "Around:", ("nb", "en"), "Avslag"),
        ("Avslag om bygglov", "Forslag om byggetillatelse", ("sv", "nb"), "Avslag"),
        ("Afslag på boligstøtte", "Förslag om bostadsstöd", ("da", "sv"), "Afslag"),
        ("Your application was refused.", "Søknaden din ble sendt.", ("en", "nb"), "refused"),
        ("Søknaden er innvilget.", "The application is inhabited.", ("nb", "en"), "innvilget"),
        ("Du kan klage på vedtaket.", "You can complain about the case.", ("nb", "en"), "vedtaket"),
        ("Klagefristen er tre uker.", "The cladding is three weeks.", ("nb", "en"), "Klagefristen"),
        ("Oppseiing", "Discover", ("nn", "en"), "Oppseiing"),
        ("Tilbakebetaling av barnehageplass", "Background of kindergarten", ("nb", "en"), "Tilbakebetaling"),
        ("Du må betale tilbake stønaden.", "Du måste betala bidraget.", ("nb", "sv"), "betale tilbake"),
        ("Avslaget gjeld huset.", "Framlegget gjeld huset.", ("nb", "nn"), "Avslaget"),
    ],
)
def test_a_lost_decision_is_found(source, target, pair, word):
    assert lost(source, target, pair) == [word]


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("Søknaden er avslått.", "Your application has been turned down.", ("nb", "en")),
        ("Søknaden avslås.", "The application is not granted.", ("nb", "en")),
        ("Vi avslår ikke søknaden.", "We do not reject the application.", ("nb", "en")),
        ("Du er innvilget plass.", "You have been given a place.", ("nb", "en")),
        ("Beslutet kan överklagas.", "You can appeal against the decision.", ("sv", "en")),
        ("You can appeal.", "Du kan klage.", ("en", "da")),
        ("The decision was made today.", "Enkeltvedtaket ble fattet i dag.", ("en", "nb")),
        ("Avtalen opphører.", "The agreement ends.", ("nb", "en")),
        ("Se www.kommune.example/klage.", "See www.kommune.example/klage.", ("nb", "en")),
        ("Vedtaket gjeld deg.", "القرار يخصك.", ("nn", "ar")),
    ],
)
def test_a_decision_in_other_words_is_none_lost(source, target, pair):
    assert lost(source, target, pair) == []

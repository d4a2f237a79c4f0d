"""Conditions that open with their verb are told to the models in another way."""

import pytest

from replyassist.translation.sentence import Direction
from replyassist.translation.verb_first import with_if


@pytest.mark.parametrize(
    ("tag", "sentence", "expected"),
    [
        ("nb", "Får du avslag, kan du klage.", "Hvis du får avslag, kan du klage."),
        (
            "nb",
            "Har du ikke betalt innen fristen, sender vi en purring.",
            "Hvis du ikke har betalt innen fristen, sender vi en purring.",
        ),
        (
            "nb",
            "Stenges veien med bom, faller tilskuddet bort.",
            "Hvis stenges veien med bom, faller tilskuddet bort.",
        ),
        (
            "nn",
            "Konkluderer tenesta med at alt er i orden, vert saka lagd bort.",
            "Dersom konkluderer tenesta med at alt er i orden, vert saka lagd bort.",
        ),
        (
            "sv",
            "Lämnar ni inte in handlingarna avgör vi ärendet ändå.",
            "Om ni inte lämnar in handlingarna avgör vi ärendet ändå.",
        ),
        (
            "da",
            "Fastholdes afgørelsen, sendes den til Ankestyrelsen.",
            "Hvis fastholdes afgørelsen, sendes den til Ankestyrelsen.",
        ),
        (
            "da",
            "Vælger I en urne, er fredningstiden 10 år.",
            "Hvis I vælger en urne, er fredningstiden 10 år.",
        ),
    ],
)
def test_a_condition_is_opened_by_its_word(tag, sentence, expected):
    assert with_if(sentence, Direction.of(tag, "en")) == expected


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("nb", "Har du fått svar på søknaden din?"),
        ("nb", "Send du inn skjemaet, så ringer vi deg!"),
        ("nb", "Har du spørsmål"),
        ("nb", "Barnehagens dokumentasjon kan gi foreldrene informasjon om alt, kan vi si."),
        ("nb", "Når du søker, må du legge ved tegninger."),
        ("nb", "Tornadoer river opp trær, river vegger og kaster biler."),
        ("sv", "Hultsfreds kommun har fattat beslut om din ansökan."),
        ("da", "Neurologer i Utrecht har fundet et enzym, der bremser sygdommen."),
        ("da", "Angiver den finanskonto, hvor gevinster skal bogføres hver måned."),
        ("en", "Should you disagree, you can appeal within three weeks."),
    ],
)
def test_any_other_sentence_stays(tag, sentence):
    assert with_if(sentence, Direction.of(tag, "pl")) == sentence


def test_between_the_forms_of_norwegian_it_stays():
    sentence = "Får du avslag, kan du klage innen tre uker."
    assert with_if(sentence, Direction.of("nb", "nn")) == sentence

"""Acts of law: what a reference names, and how it is cited to who reads English."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from replyassist import languages
from replyassist.translation.acts import cited, with_act
from replyassist.translation.sentence import Direction, Sentence

TABLE = tomllib.loads(files("replyassist.translation").joinpath("acts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("tag", "sentence", "reference", "in_english"),
    [
        (
            "nb",
            "Etter plan- og bygningsloven § 20-1 må du søke.",
            "plan- og bygningsloven § 20-1",
            "the Planning and Building Act (plan- og bygningsloven § 20-1)",
        ),
        ("nb", "Se pbl. § 20-1.", "pbl. § 20-1", "the Planning and Building Act (pbl. § 20-1)"),
        (
            "nn",
            "Du kan klage, sjå § 28 i forvaltningslova.",
            "§ 28 i forvaltningslova",
            "the Public Administration Act (§ 28 i forvaltningslova)",
        ),
        ("sv", "Enligt 4 kap. 1 § SoL.", "4 kap. 1 § SoL", "the Social Services Act (4 kap. 1 § SoL)"),
        ("da", "Efter barnets lov § 32.", "barnets lov § 32", "the Children's Act (barnets lov § 32)"),
        ("nb", "Etter brøyteloven § 3.", "brøyteloven § 3", "brøyteloven § 3"),
    ],
)
def test_a_reference_is_named_in_english_and_stays_as_it_is(tag, sentence, reference, in_english):
    into_english = Direction.of(tag, "en")
    (law,) = (fact.span for fact in Sentence.read(sentence, into_english).facts if fact.kind == "law")
    act = with_act(sentence, law, languages.find(tag))
    assert act is not None
    assert act.of(sentence) == reference
    assert cited(reference, into_english) == in_english
    assert cited(reference, Direction.of(tag, "pl")) == reference


@pytest.mark.parametrize("sentence", ["Se § 20-1 i vedtaket.", "Allowed by § 3, and so on."])
def test_no_act_is_made_up(sentence):
    direction = Direction.of("nb", "en")
    (law,) = (fact.span for fact in Sentence.read(sentence, direction).facts if fact.kind == "law")
    assert with_act(sentence, law, languages.find("nb")) is None


@pytest.mark.parametrize("tag", sorted(TABLE))
def test_each_act_has_one_name_in_english(tag):
    forms = [form.casefold() for several in TABLE[tag].values() for form in several]
    assert len(forms) == len(set(forms))
    assert all(re.fullmatch(r"the [A-Z][\w' -]+", english) for english in TABLE[tag])


def test_a_letter_cites_the_act_by_its_english_name(translator):
    translated = translator.translate("Vedtaket er gjort etter forvaltningsloven § 28.", "nb", "en")
    assert "the Public Administration Act (forvaltningsloven § 28)" in translated.text
    assert not translated.to_review

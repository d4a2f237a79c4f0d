"""A municipality's own words."""

import pytest

from replyassist.config import Settings, data_folder
from replyassist.domain import Span
from replyassist.errors import ConfigurationError
from replyassist.translation import Translator
from replyassist.translation.term_files import split_cell
from replyassist.translation.termbase import Layers, Termbase

TBX = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1">
<langSec xml:lang="nb"><termSec><term>barnehage</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>kindergarten</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


def test_csv_and_tbx_say_the_same(tmp_path):
    (tmp_path / "words.csv").write_text("nb,en\nbarnehage,kindergarten\n", encoding="utf-8")
    (tmp_path / "words.tbx").write_text(TBX, encoding="utf-8")
    bases = [Termbase.read(tmp_path / name) for name in ("words.csv", "words.tbx")]
    for base in bases:
        (term,) = base.terms_in("En barnehage er ledig.", "nb", "en")
        assert (term.span, term.wanted, term.fits) == (Span(3, 12), "kindergarten", True)


def test_a_word_within_another_is_no_hit(tmp_path):
    (tmp_path / "words.csv").write_text("nb,en\nNav,Nav\n", encoding="utf-8")
    base = Termbase.read(tmp_path / "words.csv")
    assert base.terms_in("Navnet ditt, navn", "nb", "en") == ()
    (term,) = base.terms_in("Kontakt Nav.", "nb", "en")
    assert term.wanted == "Nav"


@pytest.mark.parametrize("content", ["<tbx>", '<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>'])
def test_a_broken_or_dangerous_file_is_refused(tmp_path, content):
    (tmp_path / "words.tbx").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        Termbase.read(tmp_path / "words.tbx")


def test_forms_answer_to_forms_and_a_form_that_is_not_there_is_a_note(tmp_path):
    (tmp_path / "words.csv").write_text(
        "nb,en\nbarnehage|barnehagen|barnehager,kindergarten|the kindergarten|kindergartens\n"
        "hjemmesykepleie,home nursing\n",
        encoding="utf-8",
    )
    base = Termbase.read(tmp_path / "words.csv")
    definite, noted = base.terms_in("Barnehagen er her, og hjemmesykepleien kommer.", "nb", "en")
    assert (definite.wanted, definite.fits) == ("the kindergarten", True)
    assert (noted.wanted, noted.fits) == ("home nursing", False)
    assert noted.find_in("Home nursing will come.") == Span(0, 12)
    assert noted.find_in("The nurse will come.") is None


def test_a_word_for_every_language_is_never_translated(tmp_path):
    (tmp_path / "words.csv").write_text("*,nb,en\nLovisenberg,,\n,vei,road\n", encoding="utf-8")
    base = Termbase.read(tmp_path / "words.csv")
    for source, target in (("nb", "en"), ("sv", "ar"), ("en", "nn")):
        (term,) = base.terms_in("Lovisenberg", source, target)
        assert term.wanted == "Lovisenberg"


def test_of_two_words_that_overlap_the_longer_is_meant(tmp_path):
    (tmp_path / "words.csv").write_text("nb,en\nplan,plan\nplan og bygg,Planning Unit\n", encoding="utf-8")
    (term,) = Termbase.read(tmp_path / "words.csv").terms_in("Spør Plan og bygg.", "nb", "en")
    assert term.wanted == "Planning Unit"


@pytest.mark.parametrize(("source", "target"), [("nb", "en"), ("sv", "en"), ("en", "nb"), ("da", "nn")])
def test_a_word_of_the_municipality_is_used_or_said_not_to_be(tmp_path, source, target):
    texts = {
        "nb": "Kontakt Byggtorget i dag.", "sv": "Kontakta Byggtorget i dag.",
        "da": "Kontakt Byggtorget i dag.", "en": "Contact Byggtorget today.",
    }  # fmt: skip
    (tmp_path / "words.csv").write_text("*\nByggtorget\n", encoding="utf-8")
    settings = Settings(termbase=str(tmp_path / "words.csv"))
    own = Translator.load(settings, data_folder("models") / "translation")
    result = own.translate(texts[source], source, target)
    (check,) = [check for check in result.segments[0].checks if check.kind == "term"]
    assert check.expected == "Byggtorget"
    assert check.passed == ("Byggtorget" in result.text)


def test_an_admitted_term_is_accepted_and_never_looked_for(tmp_path):
    (tmp_path / "words.csv").write_text('nb,en\nbarnehage,"kindergarten; nursery"\n', encoding="utf-8")
    base = Termbase.read(tmp_path / "words.csv")
    (term,) = base.terms_in("En barnehage er ledig.", "nb", "en")
    assert term.find_in("There is a place at a nursery.") == Span(22, 29)
    assert base.terms_in("There is a place at a nursery.", "en", "nb") == ()


@pytest.mark.parametrize("written", ["بلدية", "البلدية", "وبالبلدية", "للبلدية", "وبلدية"])
def test_arabic_writes_its_article_and_prepositions_as_one_with_the_word(written):
    base = Termbase(({"en": "municipality", "ar": "بلدية"},))
    (term,) = base.terms_in("Call the municipality.", "en", "ar")
    assert term.find_in(f"اتصل {written} غدا") == Span(5, 5 + len(written))


def test_the_words_of_the_municipality_come_before_those_that_came_along(tmp_path):
    (tmp_path / "words.csv").write_text("nb,en\nbarnehage,nursery\n", encoding="utf-8")
    words = Layers((Termbase.read(tmp_path / "words.csv"), Termbase.bundled()))
    first, second = words.terms_in("Rekkehuset ligger ved en barnehage.", "nb", "en")
    assert (first.wanted, second.wanted) == ("the terraced house", "nursery")


@pytest.mark.parametrize("tag", ["nb", "nn", "sv", "da", "en"])
def test_the_glossary_has_the_same_forms_in_every_language_and_no_word_twice(tag):
    told: set[str] = set()
    for concept in Termbase.bundled().concepts:
        forms, _ = split_cell(concept[tag])
        assert len(forms) == 4, concept
        if tag not in concept.get("ambiguous", "").split():
            mine = {form.casefold() for form in forms}
            assert told.isdisjoint(mine), concept
            told |= mine


def test_the_glossary_s_word_takes_the_place_of_a_wrong_one():
    texts = {"sv": "Ditt bygglov har upphört att gälla.", "nb": "Rekkehuset ditt mangler ferdigattest."}
    for settings, complete in ((Settings(), True), (Settings(glossary=False), False)):
        translator = Translator.load(settings, data_folder("models") / "translation")
        for source, text in texts.items():
            result = translator.translate(text, source, "en")
            checks = [check for check in result.segments[0].checks if check.kind == "term"]
            assert bool(checks) is complete
            assert "your the" not in result.text.lower()


def test_an_address_holds_no_word():
    translator = Translator.load(Settings(), data_folder("models") / "translation")
    result = translator.translate("Skriv til kari@bergen.kommune.no i dag.", "nb", "en")
    assert not [check for check in result.segments[0].checks if check.kind == "term"]

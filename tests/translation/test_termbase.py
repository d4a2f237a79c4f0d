"""A municipality's own words."""

import pytest

from replyassist.config import Settings, data_folder
from replyassist.domain import Span
from replyassist.errors import ConfigurationError
from replyassist.translation import Translator
from replyassist.translation.termbase import Termbase

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

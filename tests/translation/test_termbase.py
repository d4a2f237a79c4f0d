"""A municipality's own words."""

import pytest

from replyassist.domain import Span
from replyassist.errors import ConfigurationError
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

"""The units of a document come back one by one, with the checks of the whole."""

from replyassist.documents.markup_writing import rewrite_html
from replyassist.translation.units import translate_units

UNITS = (
    "Søknaden din er avslått. Du kan klage innen 3. mars 2026.",
    "12 345",
    "",
    "Ring 40 47 00 00.\n- Eller skriv til oss.",
    "Hilsen",
)


def test_units_are_the_whole_in_parts(translator):
    units, whole = translate_units(translator, UNITS, "nb", "en")
    assert "\n\n".join(units) == whole.text
    assert len(units) == len(UNITS)
    assert units[1:3] == ("12 345", "")
    assert "3" in units[0]
    assert "40 47 00 00" in units[3]
    assert "\n- " in units[3]
    assert all(unit.strip() for unit in (units[0], units[3], units[4]))


def test_a_unit_alone_is_translated_as_among_others(translator):
    for unit, among_others in zip(UNITS, translate_units(translator, UNITS, "nb", "en")[0], strict=True):
        if unit:
            assert translate_units(translator, [unit], "nb", "en")[0] == (among_others,)


def test_no_units_at_all(translator):
    assert translate_units(translator, [], "nb", "en")[0] == ()


def test_a_page_comes_back_as_a_page(translator):
    page = '<h1 class="a">Vedtak</h1>\n<p>Ring <b>40 47 00 00</b> &amp; spør.</p>'
    [found] = rewrite_html([page], lambda units: translate_units(translator, units, "nb", "en")[0])
    assert found.startswith('<h1 class="a">')
    assert "<b>40 47 00 00</b>" in found
    assert found.count("<p>") == found.count("</p>") == 1

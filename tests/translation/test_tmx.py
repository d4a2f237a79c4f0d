"""Translation memories as files."""

import io

import pytest

from replyassist.errors import UnreadableDocument
from replyassist.translation.tmx import Unit, read_tmx, write_tmx

UNITS = [
    Unit("nb", "en", "Du kan klage på «vedtaket» & få hjelp.", "You can appeal <the decision> & get help."),
    Unit("sv", "da", "Åäö 🙂", "Æøå 🙂"),
    Unit("en", "ar", "You can appeal.", "يمكنك الاعتراض."),
]


def tmx(body, header='srclang="nb"'):
    return io.BytesIO(
        f'<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header {header}/>'
        f"<body>{body}</body></tmx>".encode()
    )


def test_what_was_written_is_read_again():
    file = io.BytesIO()
    assert write_tmx(UNITS, file, "1.0") == len(UNITS)
    assert b'xml:lang="ar"' in file.getvalue()
    file.seek(0)
    assert list(read_tmx(file)) == UNITS


def test_codes_of_other_tools_are_left_out_and_tags_cut():
    body = (
        '<tu><tuv xml:lang="nb-NO"><seg>Du <bpt i="1">&lt;b&gt;</bpt>kan<ept i="1">&lt;/b&gt;</ept>'
        ' <hi>klage</hi>.</seg></tuv><tuv xml:lang="EN_gb"><seg>You can appeal.</seg></tuv></tu>'
    )
    assert list(read_tmx(tmx(body, 'srclang="no"'))) == [Unit("nb", "en", "Du kan klage.", "You can appeal.")]


def test_where_every_language_is_a_source_each_way_is_read():
    body = '<tu><tuv xml:lang="da"><seg>Ja</seg></tuv><tuv xml:lang="sv"><seg>Ja</seg></tuv></tu>'
    assert list(read_tmx(tmx(body, 'srclang="*all*"'))) == [
        Unit("da", "sv", "Ja", "Ja"), Unit("sv", "da", "Ja", "Ja"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"no xml", b"<html/>", b"<tmx><header/>", b'<!DOCTYPE x [<!ENTITY a "b">]><tmx>&a;</tmx>'],
)
def test_what_is_no_tmx_is_refused(content):
    with pytest.raises(UnreadableDocument):
        list(read_tmx(io.BytesIO(content)))

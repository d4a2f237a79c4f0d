"""Termbases as files: what is written is read again, in every language, and nothing dangerous is opened."""

import csv
import io
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.errors import UnreadableDocument
from replyassist.translation.term_files import read_csv, read_tbx, write_csv, write_tbx

CONCEPTS = [
    {"nb": "barnehage|barnehagen", "en": "kindergarten|the kindergarten", "ar": "روضة"},
    {"nn": "søknad", "sv": "ansökan", "da": "ansøgning", "ti": "ምልክታ"},
    {"*": 'Lovisenberg, "Ås"'},
    {"sr-Latn": "a\u030a 🏛"},
    {"sv": "bygglov|bygglovet", "en": "building permit|the building permit; planning permission|permit"},
]
WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|;"), min_size=1, max_size=9)


@pytest.mark.parametrize(("read", "write"), [(read_csv, write_csv), (read_tbx, write_tbx)])
def test_what_is_written_is_read_again(read, write):
    assert read(write(CONCEPTS)) == CONCEPTS
    assert read(write([])) == []


@given(st.lists(st.dictionaries(st.sampled_from(["nb", "sv", "ar", "*"]), WORDS, min_size=1), max_size=5))
def test_any_word_comes_back(concepts):
    assert read_csv(write_csv(concepts)) == concepts
    assert read_tbx(write_tbx(concepts)) == concepts


def test_a_spreadsheet_s_csv_is_read():
    assert read_csv("\ufeffnb,en\r\n barnehage ,kindergarten\r\n,\r\nvei,\r\n".encode()) == [
        {"nb": "barnehage", "en": "kindergarten"},
        {"nb": "vei"},
    ]
    assert read_csv(b"nb,en\na,b,c\n") == [{"nb": "a", "en": "b"}]
    assert read_csv("\ufeffnb;en\r\nby, stor;city\r\n".encode()) == [{"nb": "by, stor", "en": "city"}]


def test_an_empty_termbase_shows_its_form():
    assert write_csv([]) == b"da,en,nb,nn,sv\r\n"
    assert read_csv(write_csv([])) == []


def test_the_files_are_what_others_read():
    rows = list(csv.reader(io.StringIO(write_csv(CONCEPTS).decode())))
    assert rows[0] == sorted(rows[0])
    root = fromstring(write_tbx(CONCEPTS))
    assert root.attrib["type"] == "TBX-Basic"
    assert len(root.findall(".//{urn:iso:std:iso:30042:ed-2}conceptEntry")) == 5
    assert b'xml:lang="mul"' in write_tbx(CONCEPTS)


def test_synonyms_of_other_programs_are_forms():
    section = "<langSec xml:lang='nb'>{}</langSec>"
    terms = "".join(f"<termSec><term>{word}</term></termSec>" for word in ("avslag", "nei"))
    data = f"<tbx><conceptEntry>{section.format(terms)}</conceptEntry></tbx>".encode()
    assert read_tbx(data) == [{"nb": "avslag|nei"}]


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (read_csv, b"\xff\xfe"), (read_csv, b""), (read_csv, b'nb,en\n"open'),
        (read_csv, b"nb;en;nb\na;b;c"),
        (read_tbx, b""), (read_tbx, b"<tbx>"),
        (read_tbx, b'<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>'),
        (read_tbx, b'<?xml version="1.0" encoding="no-such"?><tbx/>'),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(read, data):
    with pytest.raises(UnreadableDocument):
        read(data)

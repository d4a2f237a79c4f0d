"""A termbase as a file: CSV with a column for each language, or TBX (ISO 30042, TBX-Basic), read and written.

A concept is a map from language tag to a cell: its word, or its forms with ``|`` between, and behind a
semicolon the terms that are admitted beside it. The tag ``*`` stands for every language (``mul`` in TBX).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from replyassist import languages
from replyassist.errors import UnreadableDocument

Concept = dict[str, str]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACE = "urn:iso:std:iso:30042:ed-2"
EVERY_LANGUAGE, MULTIPLE = "*", "mul"
BETWEEN_FORMS, ADMITTED = "|", ";"
# The administrative status of ISO 12620.
STATUS, ADMITTED_IN_TBX = "administrativeStatus", "admittedTerm-admn-sts"
DELIMITERS = ",;\t"  # spreadsheets of the Nordic countries write a semicolon


def read_csv(data: bytes) -> list[Concept]:
    """The concepts of a CSV file in UTF-8, whose first row has the language tags.

    Raises:
        UnreadableDocument: it is none, or has no first row.
    """
    try:
        text = data.decode("utf-8-sig")
        delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        concepts = [_clean(row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableDocument("This is no CSV file in UTF-8.") from error
    tags = [tag.strip() for tag in rows.fieldnames or () if tag.strip()]
    if not tags:  # else a file that came to nothing on its way would delete every word
        raise UnreadableDocument("The first row of the CSV file has no languages.")
    if len(set(tags)) < len(tags):  # only the last of such columns would be kept
        raise UnreadableDocument("The first row of the CSV file has a language twice.")
    return [concept for concept in concepts if concept]


def read_tbx(data: bytes) -> list[Concept]:
    """The concepts of a TBX file; several terms of one language are read as its forms.

    Raises:
        UnreadableDocument: it is none, or has entities of its own.
    """
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise UnreadableDocument("This is no TBX file.") from error
    entries = [entry for entry in root.iter() if _name(entry.tag) in {"termEntry", "conceptEntry"}]
    concepts = [
        _clean({tag: word for section in entry for tag, word in _read_section(section)}) for entry in entries
    ]
    return [concept for concept in concepts if concept]


def write_csv(concepts: Sequence[Mapping[str, str]]) -> bytes:
    """The concepts as CSV in UTF-8, one column for each language that any of them has.

    Where there is no concept yet, the columns are those of the drafting languages, to be filled in.
    """
    tags = sorted({tag for concept in concepts for tag in concept} or languages.available())
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, tags, restval="")
    writer.writeheader()
    writer.writerows(concepts)
    return lines.getvalue().encode()


def write_tbx(concepts: Sequence[Mapping[str, str]]) -> bytes:
    """The concepts as TBX-Basic."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dca", "xmlns": NAMESPACE, "xml:lang": "en"})
    source = SubElement(SubElement(SubElement(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    SubElement(source, "p").text = "replyassist"
    body = SubElement(SubElement(root, "text"), "body")
    for number, concept in enumerate(concepts, 1):
        entry = SubElement(body, "conceptEntry", {"id": f"c{number}"})
        for tag, word in sorted(concept.items()):
            section = SubElement(entry, "langSec", {"xml:lang": MULTIPLE if tag == EVERY_LANGUAGE else tag})
            forms, admitted = split_cell(word)
            for term in (*forms, *admitted):
                entry_of_term = SubElement(section, "termSec")
                SubElement(entry_of_term, "term").text = term
                if term in admitted:
                    SubElement(entry_of_term, "termNote", {"type": STATUS}).text = ADMITTED_IN_TBX
    indent(root)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def split_cell(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of a word, and the terms that are admitted beside it."""
    forms, _, admitted = cell.partition(ADMITTED)
    return _split(forms), _split(admitted)


def _split(part: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in part.split(BETWEEN_FORMS) if term.strip())


def join_cell(forms: Iterable[str], admitted: Sequence[str]) -> str:
    """The cell that :func:`split_cell` takes apart."""
    cell = BETWEEN_FORMS.join(forms)
    return f"{cell}{ADMITTED} {BETWEEN_FORMS.join(admitted)}" if admitted else cell


def _read_section(section: Element) -> Iterable[tuple[str, str]]:
    """The tag of a section and its cell; nothing where either is missing."""
    tag = section.get(XML_LANG)
    terms: dict[bool, list[str]] = {False: [], True: []}
    for entry in section.iter():
        # A term stands alone (TBX of 2008: tig, ntig) or with notes on it.
        inside = {_name(part.tag): (part.text or "").strip() for part in entry}
        if word := inside.get("term"):
            terms[inside.get("termNote") == ADMITTED_IN_TBX].append(word)
    if tag and terms[False]:
        yield EVERY_LANGUAGE if tag == MULTIPLE else tag, join_cell(terms[False], terms[True])


def _clean(row: Mapping[str | None, object]) -> Concept:
    """What is filled in; a cell beyond the header has no tag and is left out."""
    return {
        tag.strip(): word.strip()
        for tag, word in row.items()
        if isinstance(tag, str) and tag.strip() and isinstance(word, str) and word.strip()
    }


def _name(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rsplit("}", 1)[-1]

"""Translation memories as files: TMX 1.4b, which every translation tool reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from replyassist.errors import UnreadableDocument

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALL = "*all*"
# Native codes of other tools, such as the tags of a word processor: no part of the text.
CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
NORWEGIAN = {"no": "nb"}
# A marker of which language would wear out the memory of the reader: no segment of a letter is longer.
LONGEST = 10_000
# Every two languages of a unit are a segment; nesting within one comes from highlighting.
MOST_LANGUAGES = 60
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment in one language and its translation into another."""

    source_language: str
    target_language: str
    source: str
    target: str


def read_tmx(file: Path | IO[bytes]) -> Iterator[Unit]:
    """The units of a file, one by one.

    From the source language that the file or the unit declares; every way round where it declares all. Tags
    are cut to their language ("nb-NO" is nb, "no" is nb).

    Raises:
        UnreadableDocument: it is no TMX, or a hostile one.
        OSError: it is no file that can be read.
    """
    try:
        source, depth = None, 0
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise UnreadableDocument("The TMX file is nested too deep.")
            if event == "start":
                if source is None and element.tag not in {"tmx", "header"}:
                    raise UnreadableDocument("The file is no TMX.")
                if element.tag == "header":
                    source = element.get("srclang", ALL)
            elif element.tag == "tu":
                yield from _units(element, element.get("srclang", source or ALL))
                element.clear()
        if source is None:
            raise UnreadableDocument("The file is no TMX.")
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableDocument("The TMX file can't be read.") from error


def write_tmx(units: Iterable[Unit], file: Path | IO[bytes], version: str) -> int:
    """Write units as TMX 1.4b and say how many they were; a source language may differ from unit to unit."""
    root = Element("tmx", version="1.4")
    SubElement(
        root, "header", creationtool="replyassist", creationtoolversion=version, segtype="sentence",
        adminlang="en", srclang=ALL, datatype="plaintext", attrib={"o-tmf": "replyassist"},
    )  # fmt: skip
    body = SubElement(root, "body")
    for unit in units:
        entry = SubElement(body, "tu", srclang=unit.source_language)
        for language, text in ((unit.source_language, unit.source), (unit.target_language, unit.target)):
            SubElement(SubElement(entry, "tuv", {XML_LANG: language}), "seg").text = text
    indent(root)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return len(body)


def _units(entry: Element, declared: str) -> Iterator[Unit]:
    variants: list[tuple[str, str]] = []
    for variant in entry.iter("tuv"):
        segment = variant.find("seg")
        text = "" if segment is None else " ".join("".join(_text(segment)).split())
        # "lang" is what TMX 1.1 called it, and some tools still do.
        language = _cut(variant.get(XML_LANG) or variant.get("lang") or "")
        if text and language and len(text) <= LONGEST:
            variants.append((language, text))
    if len(variants) > MOST_LANGUAGES:
        raise UnreadableDocument("A unit of the TMX file has too many languages.")
    source = ALL if declared.casefold() == ALL else _cut(declared)
    for (language, text), (other, translated) in permutations(variants, 2):
        if language != other and source in {ALL, language}:
            yield Unit(language, other, text, translated)


def _text(element: Element) -> Iterator[str]:
    """The text of a segment, highlighted parts included, native codes left out."""
    yield element.text or ""
    for child in element:
        if child.tag not in CODES:
            yield from _text(child)
        yield child.tail or ""


def _cut(tag: str) -> str:
    language = tag.replace("_", "-").split("-")[0].lower()
    return NORWEGIAN.get(language, language)

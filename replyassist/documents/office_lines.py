"""A line of an office file: the places where its text stands and the fields between them, and a new wording
set there.

A field (a date, a page number, a property of the case) is written by the program that opens the file. In the
wording a placeholder stands for it, which translation leaves alone, so that its sentence is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from replyassist.documents.inline import PLACEHOLDER, placeholders, spread
from replyassist.documents.word import W

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RUN_PROPERTIES = "{*}rPr"
# Of a placeholder, in a text that has no braces of its own.
REMAINS = re.compile(r"\{\s*\d*|\}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of text.

    Attributes:
        element: where it stands.
        kind: whether it is the text within the element (``text``), or that after it (``tail``).
    """

    element: Any
    kind: str = "text"

    @property
    def text(self) -> str:
        """What stands there."""
        return getattr(self.element, self.kind) or ""

    def write(self, text: str) -> None:
        """Put other text there."""
        setattr(self.element, self.kind, text)
        if text != text.strip() and self.element.tag == f"{W}t":
            self.element.set(XML_SPACE, "preserve")


@dataclass(frozen=True, slots=True)
class Spaces(Place):
    """An element that stands for spaces; where its line is worded anew, one that holds text."""

    becomes: str = ""

    @property
    def text(self) -> str:
        """The spaces, of which one counts."""
        return " "

    def write(self, text: str) -> None:
        """Put text in the place of the spaces."""
        self.element.attrib.clear()
        self.element.tag, self.element.text = self.becomes, text


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field, which stays as it is: the neighbouring elements that hold it and nothing else."""

    nodes: Sequence[Any]


Line = list[Place | Field]


def has_letters(line: Line) -> bool:
    """Whether a line has anything to word."""
    return any(c.isalpha() for place in places_of(line) for c in place.text)


def places_of(line: Line) -> list[Place]:
    """The places of text in a line."""
    return [each for each in line if isinstance(each, Place)]


def wording_of(line: Line) -> str:
    """The text of a line, with a placeholder for each field."""
    tokens = iter(_tokens(line))
    return "".join(each.text if isinstance(each, Place) else next(tokens) for each in line)


def set_wording(line: Line, wording: str) -> None:
    """Share a new wording out among the places of a line.

    Fields take the order of their placeholders. One whose placeholder did not arrive stays where it stood,
    and nothing of a placeholder is left.
    """
    fields = [each for each in line if isinstance(each, Field)]
    order, segments = _cut(wording, line)
    slots = [fields[i] for i in sorted(order)]
    for at, (group, segment) in enumerate(zip(_groups(line, slots), segments, strict=True)):
        if segment and not places_of(group):
            place = _new_place(line, *((slots[at - 1], True) if at else (slots[0], False)))
            line.append(place)  # its text runs in the direction of the line's
            place.write(segment)
        else:
            _write(group, segment)
    if order != sorted(order):
        _reorder([slot.nodes for slot in slots], [fields[i].nodes for i in order])


def _tokens(line: Line) -> list[str]:
    """A placeholder for each field, which the text doesn't hold."""
    return placeholders(_own_text(line), len(line) - len(places_of(line)))


def _own_text(line: Line) -> str:
    return "\n".join(place.text for place in places_of(line))


def _cut(wording: str, line: Line) -> tuple[list[int], list[str]]:
    """Which placeholders arrived, in their order there, and the text before, between and behind them."""
    numbers = {token: i for i, token in enumerate(_tokens(line))}
    keeps_braces = not numbers or re.search(r"[{}]", _own_text(line))
    order, segments = dict[int, None](), [""]
    for piece in re.split(f"({PLACEHOLDER.pattern})", wording):
        index = numbers.get("".join(piece.split()))
        if index is None:
            segments[-1] += piece if keeps_braces else REMAINS.sub("", piece)
        elif index not in order:  # once is enough
            order[index] = None
            segments.append("")
    return list(order), segments


def _groups(line: Line, slots: Sequence[Field]) -> list[Line]:
    """The line in parts, cut at these of its fields."""
    groups: list[Line] = [[]]
    cuts = set(slots)
    for each in line:
        if each in cuts:
            groups.append([])
        else:
            groups[-1].append(each)
    return groups


def _write(group: Line, segment: str) -> None:
    """Share text out among places; the fields between them lost their placeholders, and are kept apart."""
    shared = iter(spread([place.text for place in places_of(group)], segment))
    texts = [next(shared) if isinstance(each, Place) else "" for each in group]
    last, parted = -1, False
    for i, text in enumerate(texts):
        if isinstance(group[i], Field):
            parted = True
            if last >= 0 and not texts[last][-1].isspace():
                texts[last] += " "
        elif text:
            texts[i] = f" {text}" if parted and text[0].isalnum() else text
            last, parted = i, False
    for each, text in zip(group, texts, strict=True):
        if isinstance(each, Place):
            each.write(text)


def _new_place(line: Line, field: Field, behind: bool) -> Place:
    """A place beside a field in a run of its own, which looks like the first of the line."""
    like = next(each for each in line if isinstance(each, Place)).element
    run = etree.Element(like.getparent().tag)
    run.extend(deepcopy(properties) for properties in like.getparent().findall(RUN_PROPERTIES))
    if behind:
        field.nodes[-1].addnext(run)
    else:
        field.nodes[0].addprevious(run)
    return Place(etree.SubElement(run, like.tag))


def _reorder(slots: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Any]]) -> None:
    """Put other elements where each of these stand; the text behind them stays."""
    marks = [etree.Element("mark") for _ in slots]
    for mark, nodes in zip(marks, slots, strict=True):
        nodes[0].addprevious(mark)
        mark.tail, nodes[-1].tail = nodes[-1].tail, None
        for node in nodes:
            node.getparent().remove(node)
    for mark, nodes in zip(marks, wanted, strict=True):
        for node in nodes:
            mark.addprevious(node)
        nodes[-1].tail, mark.tail = mark.tail, None
        mark.getparent().remove(mark)

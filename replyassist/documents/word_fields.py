"""The fields of a Word document: where each begins and ends, and which of them are text.

A simple field is an element; a complex one begins, parts its code from its result and ends with a
``w:fldChar`` each, in runs of their own, and may hold others in its code and in its result.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from replyassist.documents.office_lines import Field
from replyassist.documents.word import W

MARK, SIMPLE, CODE = f"{W}fldChar", f"{W}fldSimple", f"{W}instrText"
# What Word does not write anew: a link, and what was typed into a form.
TEXT_FIELDS = frozenset({"HYPERLINK", "FORMTEXT"})
# Entries of an index and of a table of contents, and what is asked for: they show nothing where they stand.
UNSEEN = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK"})


@dataclass(slots=True)
class _Extent:
    """A field, by the places of its marks among the elements.

    Attributes:
        code: what Word is told to do, such as ``DOCPROPERTY date``.
        shown: where its code has ended.
    """

    code: str = ""
    shown: int = -1
    end: int = -1

    @property
    def name(self) -> str:
        """The field's kind."""
        return next(iter(self.code.split()), "").upper()


def find_fields(root: Any, tags: Sequence[str]) -> dict[Any, Field | None]:
    """What elements of fields are in their lines: None where they are no part of them.

    A field stands where it begins, and all else of it is no part of the line. Of a field that is text, or
    goes on over paragraphs (a table of contents), only the code and the marks are none; a field without an
    end is not in the answer.

    Args:
        root: of a part of the document.
        tags: of the elements that make up lines, fields among them.
    """
    among = (*tags, CODE)
    elements = list(root.iter(*among))
    extents = _extents(elements, among)
    parts: dict[Any, Field | None] = {}
    at = 0
    while at < len(elements):
        extent = extents.get(at)
        if extent is None:
            at += 1
            continue
        begin, end = elements[at], elements[extent.end]
        goes_on = begin.tag == MARK and _paragraph(begin) is not _paragraph(end)
        is_text = goes_on or extent.name in TEXT_FIELDS
        stop = (extent.shown if is_text else extent.end) + 1
        parts.update(dict.fromkeys(elements[at:stop]))
        if is_text and begin.tag == MARK:
            parts[end] = None
        elif not is_text and extent.name not in UNSEEN:
            parts[begin] = Field((begin,) if begin.tag == SIMPLE else _set_apart(begin, end))
        at = stop
    return parts


def _extents(elements: Sequence[Any], tags: Sequence[str]) -> dict[int, _Extent]:
    """The fields that end, by where they begin."""
    found: dict[int, _Extent] = {}
    opened: list[tuple[int, _Extent]] = []
    for at, element in enumerate(elements):
        kind = element.get(f"{W}fldCharType")
        if element.tag == SIMPLE:
            within = sum(1 for _ in element.iter(*tags)) - 1
            found[at] = _Extent(element.get(f"{W}instr", ""), at, at + within)
        elif kind == "begin":
            opened.append((at, _Extent()))
        elif opened and element.tag == CODE and opened[-1][1].shown < 0:
            opened[-1][1].code += element.text or ""
        elif opened and kind == "separate":
            opened[-1][1].shown = at
        elif opened and kind == "end":
            start, extent = opened.pop()
            extent.end, extent.shown = at, extent.shown if extent.shown >= 0 else at
            found[start] = extent
    return found


def _paragraph(element: Any) -> Any:
    return next(element.iterancestors(f"{W}p"), None)


def _set_apart(begin: Any, end: Any) -> list[Any]:
    """The elements from the run where a field begins to that where it ends, parted from text that they share;
    none where the two aren't neighbours.
    """
    first, last = begin.getparent(), end.getparent()
    if first.getparent() is not last.getparent():
        return []
    before = [each for each in begin.itersiblings(preceding=True) if each.tag != f"{W}rPr"][::-1]
    if before:
        first.addprevious(_run_like(first, before))
    if behind := list(end.itersiblings()):
        last.addnext(_run_like(last, behind))
    nodes = [first]
    while nodes[-1] is not last:
        nodes.append(nodes[-1].getnext())
    return nodes


def _run_like(run: Any, content: Sequence[Any]) -> Any:
    """A run with this content that looks like the one it was in."""
    made = etree.Element(run.tag, run.attrib)
    made.extend([*(deepcopy(properties) for properties in run.findall(f"{W}rPr")), *content])
    return made

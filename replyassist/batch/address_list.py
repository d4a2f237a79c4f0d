"""The web addresses in a list: one a line, or a column of a table from a spreadsheet or a content system."""

from __future__ import annotations

import csv

from replyassist.batch.sources import is_address
from replyassist.documents.decoding import decode
from replyassist.errors import InvalidEncoding, InvalidParameter

COMMENT = "#"


def read_addresses(data: bytes) -> tuple[str, ...]:
    """The addresses in a list, each once, in their order.

    Of a table it is the first address of each row, and rows without one are left out. In a list of single
    lines what is no address is kept, so that whoever asked for it is told; a heading, empty lines and those
    that begin with ``#`` are not.

    Raises:
        BinaryInput: the file is no text.
        InvalidParameter: there is no address in it.
    """
    rows = _rows(_decoded(data))
    is_table = any(len(row) > 1 for row in rows)
    found = [
        next(filter(is_address, row), "" if is_table or i == 0 else row[0]) for i, row in enumerate(rows)
    ]
    addresses = tuple(dict.fromkeys(filter(None, found)))
    if not addresses:
        raise InvalidParameter("There is no web address in this list.", parameter="list")
    return addresses


def _decoded(data: bytes) -> str:
    try:
        return decode(data)
    except InvalidEncoding:
        return decode(data, "cp1252")  # as spreadsheets write tables in the Nordic countries


def _rows(text: str) -> list[list[str]]:
    """The lines with their cells; without those that are empty or a comment."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(COMMENT)]
    rows = csv.reader(lines, delimiter=_separator(lines))
    stripped = ([cell.strip() for cell in row if cell.strip()] for row in rows)
    return [row for row in stripped if row]


def _separator(lines: list[str]) -> str:
    """What parts the cells. Addresses may hold commas, which part cells only under a heading with commas."""
    first = lines[0] if lines else ""
    for separator in ("\t", ";"):
        if any(separator in line for line in lines):
            return separator
    return "," if "://" not in first and "," in first else "\t"

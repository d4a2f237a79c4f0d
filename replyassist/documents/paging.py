"""Putting the pages of a printed letter together again: no running heads, page numbers or broken words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

# Lines from the top and from the bottom of a page that can be a running head or foot.
EDGE = 3
NUMBER = re.compile(r"\d+")
BROKEN_WORD = re.compile(r"(?<!\w)(\w*[^\W\d_])([-\u00ad\u2010])\n(?=([^\W\d_]+))")
HYPHENATED = re.compile(r"\w+-[^\W\d_]+")
SENTENCE_END = re.compile(r"[.!?:;][\"')»”]?$")


def join_pages(pages: Sequence[str]) -> str:
    """The text of all pages, without what only paper needs.

    A line at the top or bottom of more than half of the pages is kept where it stands first (a letterhead)
    and left out after that; one that counts the pages is left out on each. A word that a line or a page cuts
    in two is put together, and so is a paragraph that goes on overleaf.
    """
    lines = [[line.rstrip() for line in page.strip().split("\n")] for page in pages if page.strip()]
    text = ""
    for page in _without_running_lines(lines):
        body = "\n".join(page).strip()
        if body:
            text += (_between(text, body) if text else "") + body
    hyphenated = frozenset(word.casefold() for word in HYPHENATED.findall(text))
    return BROKEN_WORD.sub(lambda cut: f"{cut[1]}{_joined(cut[1], cut[2], cut[3], hyphenated)}", text)


def _joined(before: str, mark: str, after: str, hyphenated: frozenset[str]) -> str:
    """What takes the place of a hyphen at the end of a line.

    Before a small letter it is the printer's, unless a letter or an abbreviation stands before it ("e-post",
    "NAV-kontor") or the word has its hyphen within another line.
    """
    if mark == "\u00ad":
        return ""
    if after in _conjunctions():
        return "- "
    own = len(before) == 1 or before.isupper() or f"{before}-{after}".casefold() in hyphenated
    return "-" if own or after[0].isupper() else ""  # Nord-Norge


@cache
def _conjunctions() -> frozenset[str]:
    words = tomllib.loads(files(__package__).joinpath("conjunctions.toml").read_text("utf-8"))
    return frozenset(word for each in words.values() for word in each)


def _between(text: str, page: str) -> str:
    """What stands between two pages: a paragraph goes on when it has not ended and a small letter follows."""
    goes_on = not SENTENCE_END.search(text) and page[0].islower()
    return "\n" if goes_on else "\n\n"


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    seen: set[str] = set()
    counted = _counted_lines(pages)
    count = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    repeated = {key for key, times in count.items() if key and times > max(1, len(pages) / 2)}
    bodies = []
    for page in pages:
        start, end = 0, len(page)
        head: list[str] = []
        while start < min(EDGE, end) and _key(page[start]) in repeated:
            head += _first(page[start], seen, counted)
            start += 1
        foot: list[str] = []
        while end > max(start, len(page) - EDGE) and _key(page[end - 1]) in repeated:
            foot = _first(page[end - 1], seen, counted) + foot
            end -= 1
        bodies.append([*head, *page[start:end], *foot])
    return bodies


def _first(line: str, seen: set[str], counted: set[str]) -> list[str]:
    """The line where it stands for the first time; nothing where it stands again or counts the pages."""
    if _key(line) in counted or line.strip() in seen:
        return []
    seen.add(line.strip())
    return [line]


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:EDGE], *page[EDGE:][-EDGE:]]


def _key(line: str) -> str:
    """A line without what differs from page to page."""
    return NUMBER.sub("#", " ".join(line.split()))


def _counted_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """The keys of lines with a number that grows by one from page to page."""
    found: dict[str, dict[int, list[int]]] = {}
    for number, page in enumerate(pages):
        for line in _edges(page):
            if digits := NUMBER.findall(line):
                found.setdefault(_key(line), {})[number] = [int(each[:9]) for each in digits]
    return {
        key
        for key, places in found.items()
        if len(places) > 1 and any(_grows(places, at) for at in range(len(next(iter(places.values())))))
    }


def _grows(places: dict[int, list[int]], at: int) -> bool:
    return len({numbers[at] - page for page, numbers in places.items()}) == 1

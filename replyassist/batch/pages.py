"""Reading a page: a web page's main text without its menus and footers, and all of any other document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from lxml.etree import XPath  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config
from trafilatura.utils import load_html

from replyassist.batch.sources import Source
from replyassist.documents import read
from replyassist.documents.composing import Composer, collapse
from replyassist.documents.decoding import BYTE_ORDER_MARKS, decode
from replyassist.documents.markup import declared_encoding
from replyassist.documents.reading import HTML_START, LARGEST_FILE, SAMPLE
from replyassist.domain import BlockKind, Draft
from replyassist.errors import EmptyText, InvalidEncoding, TextTooLong

# What a web site's pages have around their text, and a letter saved as HTML has not.
FURNITURE = re.compile(
    r"<(?:nav|main|header|footer|aside)\b|\brole\s*=\s*[\"']?(?:main|navigation|banner)\b"
    r"|<(?:div|ul)\b[^>]{0,200}?\b(?:id|class)\s*=\s*[\"']?[^>\"']{0,100}?\b(?:nav|navbar|menu|footer|breadcrumbs?)\b",
    re.I,
)
MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS)
HTML_TAG = re.compile(r"<html\b[^>]{0,2000}>", re.I)
LANG = re.compile(r"(?<![\w:-])(?:xml:)?lang\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,2000})</title", re.I)
# Where a page says what its main part is, a link beside it tells nothing of its content.
LINKS = XPath(
    "(//main | //*[@role='main'])//a[@href] | //a[@href][not(//main or //*[@role='main'])][not("
    "ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside or ancestor::*["
    "re:test(concat(@class, ' ', @id, ' ', @role), "
    r"'\b(menu|nav|navbar|navigation|breadcrumbs?|footer|banner)\b', 'i')"
    "])]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
KINDS: dict[str, BlockKind] = {
    "head": "heading", "item": "list-item", "row": "table", "quote": "quote", "p": "paragraph",
    "code": "paragraph",
}  # fmt: skip
# Cells stand apart within a row; all other nested blocks end the block around them.
BLOCKS = frozenset(KINDS) | {"list", "table", "fw", "body"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read.

    Attributes:
        draft: its text and structure.
        is_web: whether it is a page of a web site, and so no letter.
        declared: its ``lang`` attribute, empty when it has none; None for formats without.
        title: of a web page.
        encoding: that the bytes of a web page are in, where it declares another one or none.
        has_lines: whether the text is the file's own, so that lines can be counted in it.
        links: what the links of a web page are called, but for those of menus: a list of links is no text to
            be read, but may be all that tells two pages apart.
    """

    draft: Draft
    is_web: bool = False
    declared: str | None = None
    title: str = ""
    encoding: str = ""
    has_lines: bool = False
    links: str = ""


def read_bytes(source: Source) -> bytes:
    """The bytes of a page.

    Raises:
        TextTooLong: there are more than any document may have.
        OSError
    """
    if source.content is not None:
        return source.content
    if source.path is None:
        raise FileNotFoundError(source.address)
    size = source.path.stat().st_size
    if size > LARGEST_FILE:
        raise TextTooLong("The file is too large.", limit=LARGEST_FILE, length=size)
    return source.path.read_bytes()


def read_page(
    data: bytes,
    *,
    filename: str = "",
    media_type: str = "",
    charset: str = "",
    is_web: bool = False,
    limit: int,
) -> Page:
    """Read a page of any format.

    Args:
        data: its bytes.
        filename: its name; the suffix counts where the content says nothing.
        media_type, charset: as the web server declared them.
        is_web: whether it was fetched from the web; a file is a web page when it has a menu or the like.
        limit: code points that its text may have.

    Raises:
        EmptyText, TextTooLong, InvalidEncoding, BinaryInput, UnreadableDocument
    """
    if not _is_html(data, filename, media_type):
        draft = read(data, filename=filename, media_type=media_type, limit=limit)
        return Page(draft, has_lines=not draft.blocks)
    markup, encoding = _decode_page(data, charset)
    tag = HTML_TAG.search(markup)
    lang = LANG.search(tag[0]) if tag else None
    declared = next((value for value in lang.groups() if value is not None), "").strip() if lang else ""
    title = TITLE.search(markup)
    is_web = is_web or bool(FURNITURE.search(markup))
    links = ""
    if is_web:
        draft, links = read_main_text(markup, limit)
    else:
        draft = read(markup, filename=filename or "page.html", limit=limit)
    name = collapse(unescape(title[1])).strip() if title else ""
    return Page(draft, is_web, declared, name, encoding, links=links)


def read_main_text(markup: str, limit: int) -> tuple[Draft, str]:
    """The main text of a web page with its headings, lists and tables, found by trafilatura, and what its
    links are called.

    Raises:
        EmptyText: it has no text.
        TextTooLong
    """
    tree = load_html(markup)
    if tree is None:
        raise EmptyText("The page has no main text.")
    links = "\n".join(collapse(link.text_content()) for link in LINKS(tree))
    document = bare_extraction(tree, fast=True, include_comments=False, config=_configuration())
    composer = Composer(limit)
    for kind, text in _blocks(document.body) if isinstance(document, Document) else ():
        composer.add(kind, text)
    draft = composer.draft()
    if not draft.text:
        raise EmptyText("The page has no main text.")
    return draft, links


def _decode_page(data: bytes, charset: str) -> tuple[str, str]:
    """A web page's text, and its encoding where that is not what the page or its server declares.

    Bytes that are valid UTF-8 are nothing else, whatever is declared, and what is neither UTF-8 nor what it
    declares is read as cp1252, as browsers in the Nordic countries do.
    """
    declared = charset or declared_encoding(data) or ""
    if data.startswith(MARKS) or data.isascii():
        return decode(data, declared or None), ""
    try:
        return decode(data), "" if _is_utf8(declared) else "utf-8"
    except InvalidEncoding:
        pass
    if declared and not _is_utf8(declared):
        return decode(data, declared), ""
    return decode(data, "cp1252"), "windows-1252"


def _is_utf8(declared: str) -> bool:
    return declared.lower() in {"utf-8", "utf8"}


def _is_html(data: bytes, filename: str, media_type: str) -> bool:
    if "html" in media_type or re.search(r"\.x?html?\Z", filename, re.I):
        return not data.startswith((b"%PDF-", b"PK\x03\x04"))
    return bool(HTML_START.match(data[:SAMPLE].decode("latin-1")))


@cache
def _configuration() -> ConfigParser:
    """Trafilatura's settings, with short pages taken as they are: a notice of two lines is a page too."""
    configuration: ConfigParser = use_config()
    configuration["DEFAULT"].update({"MIN_EXTRACTED_SIZE": "0", "EXTRACTION_TIMEOUT": "0"})
    return configuration


def _blocks(element: Any, inherited: BlockKind = "paragraph") -> Iterator[tuple[BlockKind, str]]:
    """The blocks under an element of trafilatura's tree, in order.

    A heading or list item keeps its kind through what is nested in it, and so does a quotation.
    """
    own = KINDS.get(element.tag, inherited)
    kind = inherited if inherited != "paragraph" and own == "paragraph" else own
    pieces = [collapse(element.text or "")]
    for child in element:
        if child.tag in BLOCKS:
            yield kind, _tidy("".join(pieces))
            pieces.clear()
            yield from _blocks(child, kind)
        else:
            separator = {"lb": "\n", "cell": "\t"}.get(child.tag, "")
            pieces += (separator, collapse("".join(child.itertext())))
        pieces.append(collapse(child.tail or ""))
    yield kind, _tidy("".join(pieces))


def _tidy(text: str) -> str:
    """Text without white space at the ends of its lines and cells."""
    lines = ("\t".join(cell.strip() for cell in line.split("\t")).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

"""The trial site: a static generator that also says what a check of each page must find.

python -m batch.trial.site FOLDER [--pages 3000]        (with tests/ on the path)
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from pathlib import Path

from .texts import LANGUAGES, heading, paragraphs

# Section -> how likely a sentence is one of today's instead of a plain one.
SECTIONS = {"skole": 0.1, "helse": 0.3, "natur": 0.5, "skatt": 0.7, "bygg": 0.9}
LINKS = 50  # pages that a list names
WRONG_LANG = 23  # one page in so many declares another language, and the next one none
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{1}</{0}>\n'
SEED = 8
POLISH = (
    "<h1>Przedszkole</h1><p>Dziękujemy za przesłanie wniosku. Prosimy o uzupełnienie dokumentów do końca "
    "miesiąca. Odpowiemy w ciągu trzech tygodni.</p>"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row must say of a page.

    Attributes:
        language: found; empty where there is none to find.
        rules: of findings about the page itself, as against its words.
    """

    status: str = "checked"
    reason: str = ""
    language: str = ""
    rules: tuple[str, ...] = ()


def make_site(folder: Path, pages: int, home: str) -> dict[str, Expected]:
    """Write a site of ``pages`` articles, their lists, and what goes wrong on the web.

    Args:
        folder: the document root.
        home: the site's address, as it will be served, without a slash at its end.

    Returns:
        Path -> what a crawl from "/" must say of it; paths that must not be met are not among them.
    """
    chance = random.Random(SEED)
    names = {section: [] for section in SECTIONS}  # type: dict[str, list[tuple[str, str]]]
    expected: dict[str, Expected] = {}
    for number in range(pages):
        section = list(SECTIONS)[number % len(SECTIONS)]
        tag = LANGUAGES[number // len(SECTIONS) % len(LANGUAGES)]
        path = f"/{section}/{tag}-{number:05d}.html"
        declared = {0: "de", 1: None}.get(number % WRONG_LANG, tag)
        text = paragraphs(chance, tag, SECTIONS[section], chance.randint(4, 7))
        names[section].append((path, heading(text[0])))
        _write(folder, path, article(chance, tag, text, declared))
        rules = (
            ("page.lang-missing",) if declared is None else ("page.lang-wrong",) if declared != tag else ()
        )
        expected[path] = Expected(language=tag, rules=rules)
    for section, named in names.items():
        for path, page in _lists(section, named):
            _write(folder, path, page)
            expected[path.removesuffix("index.html")] = Expected(language="nb")
    expected |= _oddities(folder, chance)
    front = "".join(f'<li><a href="/{section}/">{section}</a></li>' for section in SECTIONS)
    odd = "".join(f'<a href="{path}">{path}</a> ' for path in ODD_LINKS)
    _write(folder, "/index.html", page_of("nb", f"<h1>Kommunen</h1><p>{_words('nb')['index']}</p>"
                                          f"<ul>{front}</ul><div class='nav'>{odd}</div>"))  # fmt: skip
    expected["/"] = Expected(language="nb")
    _write_maps(folder, home, [path for named in names.values() for path, _ in named])
    return expected


# Links of the front page beside the sections: what goes wrong, and what must be left alone.
ODD_LINKS = (
    "/flyttet", "/flyttet-langt", "/ring/a", "/borte", "/fjernet", "/feil", "/internt/hemmelig.html", "/treg",
    "/uten-slutt", "/avbrutt", "/bombe", "/stor.html", "/tom.html", "/ut", "/koding/ingen.html",
    "/koding/feil.html", "/koding/motsatt.html", "/koding/cp1252.html", "/koding/utf16.html", "/polsk.html",
    "/utskrift.html", "/kalender/1", "/bilde.png", "/arkiv.zip", "/#topp", "mailto:post@kommune.example",
    "tel:+4700102030", "javascript:void(0)", "https://www.example.org/annet", "http://169.254.169.254/latest",
    "http://[::1", "//", "/mellom rom.html", "/æøå.html",
)  # fmt: skip
# What the server, not a file, answers for.
SERVED = {
    "/ring/a": Expected("failed", "redirect-loop"),
    "/borte": Expected("failed", "http-404"),
    "/fjernet": Expected("failed", "http-410"),
    "/feil": Expected("failed", "http-500"),
    "/internt/hemmelig.html": Expected("failed", "robots-txt"),
    "/treg": Expected("failed", "time-limit-reached"),
    "/uten-slutt": Expected("failed", "time-limit-reached"),
    "/avbrutt": Expected("failed", "no-answer"),
    "/bombe": Expected("failed", "page-too-large"),
    "/ut": Expected("failed", "address-not-allowed"),
}


def _oddities(folder: Path, chance: random.Random) -> dict[str, Expected]:
    """Pages with something wrong in themselves."""
    text = paragraphs(chance, "nb", 0.5, 5)
    whole = article(chance, "nb", text, "nb")
    bare = page_with(chance, "nb").replace('<meta charset="utf-8">', "")
    _write(folder, "/ny.html", article(chance, "nb", paragraphs(chance, "nb", 0.5, 4), "nb"))
    _write(folder, "/koding/ingen.html", bare, "cp1252")
    _write(folder, "/koding/feil.html", page_with(chance, "sv"), "cp1252")
    _write(folder, "/koding/motsatt.html", page_with(chance, "da").replace('"utf-8"', '"iso-8859-1"'))
    _write(
        folder, "/koding/cp1252.html", page_with(chance, "nn").replace('"utf-8"', '"windows-1252"'), "cp1252"
    )
    _write(folder, "/koding/utf16.html", page_with(chance, "en"), "utf-16")
    _write(folder, "/original.html", whole)
    # The same text once more, where the other page is found from.
    skip = '<a href="#main">'
    _write(folder, "/utskrift.html", whole.replace(skip, f'<a href="/original.html">vanlig</a>{skip}'))
    _write(folder, "/mellom rom.html", page_with(chance, "sv"))
    _write(folder, "/æøå.html", page_with(chance, "da"))
    _write(folder, "/tom.html", page_of("nb", ""))
    _write(folder, "/stor.html", page_of("nb", "".join(f"<p>{each}</p>" for each in text * 200)))
    _write(folder, "/polsk.html", page_of("nb", POLISH))
    (folder / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "arkiv.zip").write_bytes(b"PK\x03\x04")
    (folder / "bombe.gz").write_bytes(gzip.compress(bytes(60_000_000)))
    wrong = ("page.encoding-wrong",)
    return SERVED | {
        "/ny.html": Expected(language="nb"),
        "/koding/ingen.html": Expected(language="nb", rules=wrong),
        "/koding/feil.html": Expected(language="sv", rules=wrong),
        "/koding/motsatt.html": Expected(language="da", rules=wrong),
        "/koding/cp1252.html": Expected(language="nn"),
        "/koding/utf16.html": Expected(language="en"),
        "/utskrift.html": Expected(language="nb"),
        "/original.html": Expected("duplicate", "/utskrift.html", "nb"),
        "/mellom%20rom.html": Expected(language="sv"),
        "/%C3%A6%C3%B8%C3%A5.html": Expected(language="da"),
        "/tom.html": Expected("failed", "empty-text"),
        "/stor.html": Expected("failed", "text-too-long"),
        "/polsk.html": Expected("skipped", "language-not-supported", "pl"),
    }


def page_with(chance: random.Random, tag: str) -> str:
    """A page in a language, declared as such."""
    return article(chance, tag, paragraphs(chance, tag, 0.5, 5), tag)


def article(chance: random.Random, tag: str, text: list[str], declared: str | None) -> str:
    """A page with headings, a list and a table, as editors make them."""
    items = "".join(f"<li>{escape(each)}</li>" for each in paragraphs(chance, tag, 0.2, 2))
    middle = len(text) // 2
    body = (
        f"<h1>{escape(heading(text[0]))}</h1>"
        + "".join(f"<p>{escape(each)}</p>" for each in text[:middle])
        + f"<h2>{escape(heading(text[middle]))}</h2>"
        + "".join(f"<p>{escape(each)}</p>" for each in text[middle:])
        + f"<ul>{items}</ul><table><tr><th>2025</th><td>{chance.randint(100, 9999)}</td></tr></table>"
    )
    return page_of(tag, body, declared)


def page_of(tag: str, body: str, declared: str | None = "") -> str:
    """A whole page around its text; ``declared`` is its lang attribute: None for none, "" for its own."""
    words = _words(tag)
    lang = "" if declared is None else f' lang="{declared or tag}"'
    menu = "".join(
        f'<li><a href="/{section}/">{escape(name)}</a></li>'
        for section, name in zip(("", *SECTIONS), words["menu"], strict=True)
    )
    return (
        f'<!doctype html>\n<html{lang}><head><meta charset="utf-8"><title>Kommunen</title>'
        f'<script>var tillat = "aldri";</script></head><body><a href="#main">{words["skip"]}</a>'
        f'<div class="cookie-banner" role="dialog"><p>{words["cookies"]}</p></div>'
        f'<header><a href="/">Kommunen</a><nav><ul>{menu}</ul></nav></header>'
        f'<main id="main">{body}</main>'
        f'<aside class="feedback"><p>{words["useful"]}</p></aside>'
        f"<footer><p>{words['footer']}</p></footer></body></html>\n"
    )


def _lists(section: str, named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The section's lists of its pages, each with a link to the next."""
    for start in range(0, max(len(named), 1), LINKS):
        links = "".join(
            f'<li><a href="{path}">{escape(title)}</a></li>' for path, title in named[start : start + LINKS]
        )
        further = f'<p><a href="/{section}/{start + LINKS}/">…</a></p>' if start + LINKS < len(named) else ""
        path = f"/{section}/{start}/index.html" if start else f"/{section}/index.html"
        body = f"<h1>{section.capitalize()}</h1><p>{_words('nb')['index']}</p><ul>{links}</ul>{further}"
        yield path, page_of("nb", body)


def _write_maps(folder: Path, home: str, paths: list[str]) -> None:
    """robots.txt, an index of sitemaps, and sitemaps: one zipped, one that is gone, one that is no XML."""
    half = len(paths) // 2
    maps = {
        "kart-1.xml": "".join(f"<url><loc>{home}{path}</loc></url>" for path in paths[:half]),
        "kart-2.xml.gz": "".join(f"<url><loc>{home}{path}</loc></url>" for path in paths[half:]),
    }
    for name, entries in maps.items():
        data = SITEMAP.format("urlset", entries).encode()
        (folder / name).write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    (folder / "ugyldig.xml").write_text("<urlset><url>", encoding="utf-8")
    listed = (*maps, "kart-borte.xml", "ugyldig.xml")
    entries = "".join(f"<sitemap><loc>{home}/{name}</loc></sitemap>" for name in listed)
    (folder / "kart.xml").write_text(SITEMAP.format("sitemapindex", entries), encoding="utf-8")
    (folder / "robots.txt").write_text(
        f"User-agent: *\nDisallow: /internt/\nSitemap: {home}/kart.xml\n", encoding="utf-8"
    )


def _write(folder: Path, path: str, markup: str, encoding: str = "utf-8") -> None:
    file = folder / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(markup.encode(encoding, "xmlcharrefreplace"))


@cache
def _words(tag: str) -> dict[str, str]:
    data = tomllib.loads((Path(__file__).parent / "furniture.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = data[tag]
    return words


def main() -> None:
    """Write the site and, beside it, what a check must find."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--home", default="http://127.0.0.1:8090")
    told = parser.parse_args()
    expected = make_site(told.folder / "site", told.pages, told.home)
    (told.folder / "expected.json").write_text(
        json.dumps({path: asdict(each) for path, each in expected.items()}, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    main()

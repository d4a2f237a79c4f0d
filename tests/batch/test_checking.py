"""A page's row: the same Assessment as everywhere, and never an exception."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.batch.checking import LONGEST_EXCERPT, check_source
from replyassist.batch.options import Job
from replyassist.batch.rows import Row
from replyassist.batch.sources import Source
from replyassist.domain import Draft, Score

from .conftest import HARD, PLAIN, WEB_PAGE

JOB = Job(ui_language="nb")


def check(assistant: ReplyAssistant, content: str | bytes, name: str = "a.txt", job: Job = JOB) -> Row:
    data = content.encode() if isinstance(content, str) else content
    return check_source(assistant, job, Source(name, None, content=data))


def test_the_row_has_the_assessment_of_every_other_door(assistant: ReplyAssistant) -> None:
    row = check(assistant, HARD)
    other = assistant.assess(Draft(HARD), ui_language="nb")
    assert isinstance(other.score, Score)
    assert row.score == round(other.score.value, 1)
    assert row.target == other.score.target
    assert [finding.rule for finding in row.findings] == [finding.rule for finding in other.findings]
    assert row.measures == {s.measure: round(s.value, 2) for s in other.scores if isinstance(s, Score)}


def test_a_finding_says_where_it_stands_and_what_to_write(assistant: ReplyAssistant) -> None:
    row = check(assistant, f"Hei\n\n{HARD}")
    finding = next(each for each in row.findings if each.excerpt == "Vedtaket kan påklages")
    assert (finding.line, finding.column) == (3, 1)
    assert finding.replacement == "Du kan klage på vedtaket"
    assert finding.gain > 0


def test_a_replacement_is_for_the_words_that_are_told(assistant: ReplyAssistant) -> None:
    """And not for another place, such as an explanation in a sentence of its own."""
    text = "Kommunens afgørelse kommer med posten. Du får den inden to uger."
    row, offered = check(assistant, text), assistant.assess(Draft(text), ui_language="nb").findings
    elsewhere = [found for found in offered if any(each.span != found.span for each in found.suggestions)]
    assert elsewhere
    for told, found in zip(row.findings, offered, strict=True):
        fitting = [each.replacement for each in found.suggestions if each.span == found.span]
        assert told.replacement == (fitting[0] if fitting else "")


def test_a_row_survives_its_way_through_a_file(assistant: ReplyAssistant) -> None:
    row = check(assistant, HARD)
    assert row.findings
    assert Row.from_json(row.to_json()) == row


def test_excerpts_are_short(assistant: ReplyAssistant) -> None:
    row = check(assistant, " ".join(["Vi skriver til deg for å si at du må svare"] * 12) + ".")
    assert row.findings
    assert all(len(finding.excerpt) <= LONGEST_EXCERPT for finding in row.findings)


@pytest.mark.parametrize(
    ("declared", "rules"),
    [
        ("nb", set()),
        ("no", set()),
        ("nb-NO", set()),
        ("en", {"page.lang-wrong"}),
        ("", {"page.lang-missing"}),
    ],
)
def test_the_declared_language_is_compared_with_the_one_found(
    assistant: ReplyAssistant, declared: str, rules: set[str]
) -> None:
    row = check(assistant, WEB_PAGE.format(lang=declared), "a.html")
    assert {finding.rule for finding in row.findings if finding.kind == "page-language"} == rules


def test_a_web_page_lacks_no_part_of_a_letter(assistant: ReplyAssistant) -> None:
    refusal = (
        "<p>Vi har avslått søknaden din om startlån, og vedtaket er gjort etter loven om kommuner.</p>"
        "<p>Du oppfyller ikke vilkårene. Inntekten din er for høy, og du eier en bolig fra før.</p>"
    )
    letter = check(assistant, f"<html lang='nb'><body>{refusal}</body></html>", "a.html")
    page = check(assistant, f"<html lang='nb'><body><main>{refusal}</main></body></html>", "a.html")
    assert "missing-part" in {finding.kind for finding in letter.findings}
    assert "missing-part" not in {finding.kind for finding in page.findings}


def test_the_audience_follows_the_path(assistant: ReplyAssistant) -> None:
    job = replace(JOB, audiences=(("*/bygg/*", "contractor"), ("https:*", "nobody")))
    assert check(assistant, PLAIN, "site/bygg/a.txt", job).audience == "contractor"
    assert check(assistant, PLAIN, "site/skole/a.txt", job).audience == "layperson"
    assert job.audience_of("https://example.org/bygg/sak") == "contractor"
    assert job.audience_of("https://example.org/?a=/bygg/") == "layperson"
    assert job.audience_of("http://[::1/bygg/") == "layperson"


@pytest.mark.parametrize(
    ("content", "name", "status", "reason"),
    [
        (b"", "a.txt", "failed", "empty-text"),
        (b"\xff\xfa\xe6 bl\xe5b\xe6r", "a.txt", "failed", "invalid-encoding"),
        (b"\x89PNG\r\n", "a.txt", "failed", "binary-input"),
        (b"%PDF-1.7 nothing", "a.pdf", "failed", "unreadable-document"),
        (b"x " * 60_000, "a.txt", "failed", "text-too-long"),
        (
            "Dziękujemy za przesłanie wniosku. Prosimy o dokumenty.",
            "a.txt",
            "skipped",
            "language-not-supported",
        ),
    ],
)
def test_what_can_not_be_checked_is_a_row_with_its_reason(
    assistant: ReplyAssistant, content: str | bytes, name: str, status: str, reason: str
) -> None:
    row = check(assistant, content, name)
    assert (row.status, row.reason, row.score) == (status, reason, None)


def test_pages_that_differ_in_the_links_they_list_are_no_duplicates(assistant: ReplyAssistant) -> None:
    """A list of links is left out of what is read, as menus are."""

    def digest(*names: str, menu: str = "Hjem") -> str:
        links = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in names)
        page = (
            f"<html lang='nb'><body><header><nav><a href='/'>{menu}</a></nav></header><main><h1>Skjemaer</h1>"
            f"<p>Her finner du skjemaene våre. Velg det som passer.</p><ul>{links}</ul></main></body></html>"
        )
        return check(assistant, page, "a.html").digest

    schools = digest("Barnehage", "Skole")
    assert schools == digest("Barnehage", "Skole", menu="Forside")
    assert schools != digest("Byggesak", "Nabovarsel")


def test_an_unknown_profile_and_a_missing_file_are_rows_too(
    assistant: ReplyAssistant, tmp_path: Path
) -> None:
    assert check(assistant, PLAIN, job=Job("nobody")).reason == "profile-unknown"
    gone = check_source(assistant, JOB, Source("a.txt", tmp_path / "a.txt"))
    assert (gone.status, gone.reason) == ("failed", "cannot-be-read")


class Stuck:
    """An assistant that does something else than it should."""

    def __init__(self, real: ReplyAssistant, act: Any) -> None:
        self.settings, self.assess = real.settings, act


def test_a_page_that_takes_too_long_is_stopped(assistant: ReplyAssistant) -> None:
    def sleep(*_: object, **__: object) -> None:
        time.sleep(60)

    stuck = cast(ReplyAssistant, Stuck(assistant, sleep))
    start = time.monotonic()
    assert check(stuck, PLAIN, job=Job(time_limit=0.05)).reason == "time-limit-reached"
    assert time.monotonic() - start < 30


def test_a_fault_of_ours_is_a_row_that_holds_no_text(assistant: ReplyAssistant) -> None:
    def fail(draft: Draft, **_: object) -> None:
        raise KeyError(draft.text)

    row = check(cast(ReplyAssistant, Stuck(assistant, fail)), PLAIN)
    assert (row.status, row.reason) == ("failed", "internal-error (KeyError)")
    assert PLAIN.strip() not in row.to_json()

"""Whole runs: what is kept, how a stopped one goes on, and the exit code."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.batch.journal import Journal
from replyassist.batch.options import Job, Options
from replyassist.batch.rows import Row
from replyassist.batch.run import Summary, run
from replyassist.errors import ConfigurationError, InvalidParameter

from .conftest import HARD, PLAIN

OPTIONS = Options(job=Job(ui_language="nb"), jobs=1, quiet=True)


def check(site: Path, assistant: ReplyAssistant, **changes: object) -> Summary:
    return run([str(site)], replace(OPTIONS, **changes), assistant, screen=io.StringIO())  # type: ignore[arg-type]


def rows(folder: Path) -> dict[str, Row]:
    lines = (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(row.address).name: row for row in map(Row.from_json, lines)}


def test_every_page_gets_a_row(site: Path, assistant: ReplyAssistant, tmp_path: Path) -> None:
    summary = check(site, assistant, output=tmp_path / "out")
    statuses = {name: row.status for name, row in rows(tmp_path / "out").items()}
    assert statuses == {
        "index.html": "checked", "plass.txt": "duplicate", "plass-igjen.md": "checked",
        "vedtak.txt": "checked", "wniosek.txt": "skipped", "tegning.pdf": "failed",
    }  # fmt: skip
    assert summary.exit_code == 0  # none of those that failed was asked for by name


def test_many_processes_write_the_same_bytes_as_one(
    site: Path, assistant: ReplyAssistant, tmp_path: Path
) -> None:
    for number in range(8):
        (site / f"side-{number}.txt").write_text(f"{PLAIN}Dette er side {number}.\n", encoding="utf-8")
    check(site, assistant, output=tmp_path / "one")
    check(site, assistant, output=tmp_path / "two", jobs=2)
    assert (tmp_path / "one/pages.jsonl").read_bytes() == (tmp_path / "two/pages.jsonl").read_bytes()


NOTICE = "Dersom De ønsker å påklage vedtaket, må klagen fremsettes skriftlig innen tre uker.\n"


def test_what_stands_on_many_pages_is_told_once_and_scored_on_each(
    site: Path, assistant: ReplyAssistant, tmp_path: Path
) -> None:
    for number in range(3):
        page = f"{PLAIN}\nDette er side {number}.\n\n{NOTICE}"
        (site / f"side-{number}.txt").write_text(page, encoding="utf-8")
    summary = check(site, assistant, output=tmp_path / "out")
    first, *others = (rows(tmp_path / "out")[f"side-{number}.txt"] for number in range(3))
    assert first.findings
    assert not any(finding.repeated for finding in first.findings)
    for row in others:
        assert [replace(finding, repeated=False) for finding in row.findings] == list(first.findings)
        assert {finding.kind for finding in row.new_findings} <= {"missing-part"}  # of the whole letter
        assert row.score == pytest.approx(first.score, abs=1.0)
    (told,) = summary.overview.repeated
    assert told.pages == 3
    assert told.count == sum(finding.repeated for finding in others[0].findings) > 0


class Interrupted(io.StringIO):
    """A screen on which the user presses Ctrl-C after some lines."""

    def write(self, text: str) -> int:
        if self.tell() > 0:
            raise KeyboardInterrupt
        return super().write(text)


@pytest.mark.parametrize("torn", [b"", b'{"address": "half a li'])
def test_a_stopped_run_goes_on_where_it_was(
    site: Path, assistant: ReplyAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torn: bytes
) -> None:
    check(site, assistant, output=tmp_path / "whole")
    out = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        run([str(site)], replace(OPTIONS, output=out), assistant, screen=Interrupted())
    kept = (out / "pages.jsonl").read_bytes()
    assert 0 < kept.count(b"\n") < 6
    (out / "pages.jsonl").write_bytes(kept + torn)
    assessed: list[str] = []
    real = type(assistant).assess
    monkeypatch.setattr(
        type(assistant),
        "assess",
        lambda self, draft, **kw: assessed.append(draft.text) or real(self, draft, **kw),
    )
    summary = check(site, assistant, output=out)
    assert (out / "pages.jsonl").read_bytes() == (tmp_path / "whole/pages.jsonl").read_bytes()
    assert HARD not in assessed  # the second page: it was kept
    assert summary.overview.statuses.total() == 6


def test_a_finished_run_begins_anew_and_remembers_the_last(
    site: Path, assistant: ReplyAssistant, tmp_path: Path
) -> None:
    check(site, assistant, output=tmp_path)
    (site / "bygg/vedtak.txt").write_text(
        "Du kan klage på svaret fra oss. Skriv innen tre uker.", encoding="utf-8"
    )
    check(site, assistant, output=tmp_path)
    first, second = map(json.loads, (tmp_path / "history.jsonl").read_text(encoding="utf-8").splitlines())
    assert second["score"] > first["score"]
    assert rows(tmp_path)["vedtak.txt"].findings == ()


def test_pages_that_changed_under_a_stopped_run_are_not_mixed_up(
    site: Path, assistant: ReplyAssistant, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run([str(site)], replace(OPTIONS, output=tmp_path), assistant, screen=Interrupted())
    (site / "aaa.txt").write_text(PLAIN, encoding="utf-8")
    (site / "bygg/tegning.pdf").unlink()
    with pytest.raises(ConfigurationError, match="--restart"):
        check(site, assistant, output=tmp_path)
    assert check(site, assistant, output=tmp_path, restart=True).overview.statuses.total() == 6


@pytest.mark.parametrize(("least", "code"), [(None, 0), (1.0, 0), (99.0, 1)])
def test_a_page_under_the_mark_fails_the_run(
    site: Path, assistant: ReplyAssistant, least: float | None, code: int
) -> None:
    assert check(site, assistant, fail_under=least).exit_code == code


@pytest.mark.parametrize(
    ("text", "severity", "code"), [(HARD, "warning", 1), ("Biblioteket er åpent hver dag.", "advice", 0)]
)
def test_a_finding_fails_the_run_from_its_severity_on(
    tmp_path: Path, assistant: ReplyAssistant, text: str, severity: str, code: int
) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert check(tmp_path, assistant, fail_on=severity).exit_code == code


def test_what_the_user_named_and_can_not_be_read_is_an_error(site: Path, assistant: ReplyAssistant) -> None:
    names = [str(site / "index.html"), str(site / "bygg/tegning.pdf")]
    assert run(names, OPTIONS, assistant, screen=io.StringIO()).exit_code == 2


def test_a_run_that_checks_nothing_is_an_error(tmp_path: Path, assistant: ReplyAssistant) -> None:
    assert check(tmp_path, assistant).exit_code == 2


def test_old_findings_do_not_fail_new_work(site: Path, assistant: ReplyAssistant, tmp_path: Path) -> None:
    strict = {"fail_under": 99.0, "fail_on": "advice", "baseline": tmp_path / "baseline.json"}
    assert check(site, assistant, **strict, update_baseline=True).exit_code == 1
    assert check(site, assistant, **strict).exit_code == 0
    (site / "bygg/vedtak.txt").write_text(f"\n\n{HARD}", encoding="utf-8")
    assert check(site, assistant, **strict).exit_code == 0  # moved, not new
    (site / "bygg/vedtak.txt").write_text(HARD + HARD, encoding="utf-8")
    assert check(site, assistant, **strict).exit_code == 1  # each finding once more than was known


def test_a_baseline_holds_no_words_of_the_pages(
    site: Path, assistant: ReplyAssistant, tmp_path: Path
) -> None:
    check(site, assistant, baseline=tmp_path / "b.json", update_baseline=True)
    assert "påklages" not in (tmp_path / "b.json").read_text(encoding="utf-8")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        check(site, assistant, baseline=tmp_path / "b.json")


def test_nothing_is_left_behind_without_a_folder(
    site: Path, assistant: ReplyAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    check(site, assistant)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("names", "changes"), [([], {}), (["a"], {"jobs": 0}), (["a"], {"update_baseline": True})]
)
def test_options_that_make_no_sense_are_refused(names: list[str], changes: dict[str, object]) -> None:
    with pytest.raises(InvalidParameter):
        run(names, replace(OPTIONS, **changes))  # type: ignore[arg-type]


def test_two_runs_do_not_write_to_one_folder(site: Path, assistant: ReplyAssistant, tmp_path: Path) -> None:
    other = Journal(tmp_path, "other")
    other.add(Row("a page of the other run"))
    with pytest.raises(ConfigurationError, match="Another run"):
        check(site, assistant, output=tmp_path)
    other.close()
    assert "other run" in (tmp_path / "pages.jsonl").read_text(encoding="utf-8")
    assert check(site, assistant, output=tmp_path).exit_code == 0

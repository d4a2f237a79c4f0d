"""The command line: what is a batch, what its options mean, and that it runs from end to end."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.batch.arguments import add_arguments, is_batch, read_arguments
from replyassist.batch.options import CrawlLimits, Options
from replyassist.cli import main
from replyassist.config import Settings
from replyassist.errors import InvalidParameter

from .conftest import HARD

EVERYTHING = """
    a --audience-for /x=y/*=contractor --fail-under 60 --fail-on error --format csv --format html --format csv
    --follow --allow-host b:81 --depth 3 --pages 4 --delay 5 --page-size 6 --fetch-time 7 --ignore-robots
    --allow-private --jobs 9 --page-time 10 --output out
"""


def parse(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def read(*words: str, settings: Settings | None = None) -> tuple[tuple[str, ...], Options]:
    return read_arguments(parse(*words), settings or Settings())


def test_what_is_left_open_is_as_in_the_settings() -> None:
    names, options = read("a", "b", settings=Settings(language="sv", audience="contractor"))
    assert names == ("a", "b")
    assert (options.job.audience, options.job.ui_language, options.job.language) == ("contractor", "sv", None)
    assert options.crawl == CrawlLimits()
    assert options.formats == ("text",)
    assert options.jobs >= 1


def test_every_argument_arrives() -> None:
    _, options = read(*EVERYTHING.split())
    assert options.crawl == CrawlLimits(True, ("b:81",), 3, 4, 5.0, 6, 7.0, False, True)
    assert options.job.audiences == (("/x=y/*", "contractor"),)
    assert options.formats == ("csv", "html")
    assert (options.fail_under, options.fail_on, options.jobs, options.job.time_limit) == (
        60.0,
        "error",
        9,
        10.0,
    )
    assert options.output == Path("out")


@pytest.mark.parametrize(
    ("words", "batch"),
    [
        (["letter.txt"], False), (["a.txt", "-", "--fail-under", "50", "--format", "json"], False),
        (["."], True), (["https://example.org/"], True), (["*.txt"], True), (["a", "--output", "b"], True),
        (["a", "--format", "github"], True), (["--sitemap", "https://example.org/s.xml"], True),
        (["a", "--baseline", "b"], True),
    ],
)  # fmt: skip
def test_letters_are_told_from_batches(words: list[str], batch: bool) -> None:
    assert is_batch(parse(*words)) is batch


@pytest.mark.parametrize(
    "words", [("a", "--audience-for", "contractor"), ("--list", "no/such"), (".", "--format", "json")]
)
def test_arguments_that_make_no_sense_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(InvalidParameter):
        read(*words)


def test_a_folder_is_checked_from_the_command_line(
    site: Path, tmp_path: Path, assistant: ReplyAssistant, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(ReplyAssistant, "load", classmethod(lambda cls, settings=None: assistant))
    out = tmp_path / "out"
    words = [
        "check",
        str(site),
        "--output",
        str(out),
        "--format",
        "html",
        "--format",
        "text",
        "--explain-in",
        "da",
    ]
    assert main(words) == 0
    assert "Tjekket: 3." in capsys.readouterr().out
    assert '<html lang="da">' in (out / "report.html").read_text(encoding="utf-8")
    assert main([*words, "--fail-under", "60"]) == 1
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04")
    assert main(["check", str(tmp_path / "bad.docx"), "--output", str(out)]) == 2


def test_no_words_of_a_page_are_logged(
    site: Path, assistant: ReplyAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(ReplyAssistant, "load", classmethod(lambda cls, settings=None: assistant))
    with caplog.at_level(0):
        main(["check", str(site), "--format", "github"])
    told = caplog.text + capsys.readouterr().err
    assert not [word for word in (*HARD.split(), "startlån", "barnehagen") if len(word) > 5 and word in told]

"""The command line: exit codes, one line for an error, never a stack trace."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.cli import main
from replyassist.errors import TranslationUnavailable
from replyassist.translation.notices import notice_of

LETTER = "Hei!\n\nI henhold til vedtaket avslås søknaden din.\n"


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch, mirrored: ReplyAssistant) -> None:
    monkeypatch.setattr(ReplyAssistant, "load", classmethod(lambda cls, settings: mirrored))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_check_points_to_the_place(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(letter)]) == 0
    out = capsys.readouterr().out
    assert f"{letter}:3:1: advarsel: " in out
    assert "I henhold til -> Etter" in out
    assert "/100 (" in out
    assert "gammelt kontorspråk" in out  # explained in the letter's own language


def test_check_fails_under_a_score(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(letter), "--format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)[0]["score"]["value"]
    assert main(["check", str(letter), "--fail-under", str(score - 1)]) == 0
    assert main(["check", str(letter), "--fail-under", str(score + 1)]) == 1


def test_check_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LETTER.encode())))
    assert main(["check", "-", "--language", "nb", "--explain-in", "en", "--audience", "contractor"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("-:3:1: ")
    assert "contractor" in out


def test_a_file_is_translated_in_its_own_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, made = tmp_path / "brev.html", tmp_path / "letter.html"
    source.write_text("<html><body><p>Du kan <a href='/k'>klage</a> på vedtaket.</p></body></html>")
    assert main(["translate", str(source), "--from", "nb", "--to", "en", "--output", str(made)]) == 0
    assert '<html lang="en" dir="ltr">' in made.read_text()
    assert "<a href='/k'>" in made.read_text()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Machine translated")
    other = tmp_path / "letter.docx"
    assert main(["translate", str(source), "--from", "nb", "--to", "en", "--output", str(other)]) == 2
    assert "*.html" in capsys.readouterr().err
    assert not other.exists()


def test_a_terminal_without_the_letters_is_told_their_numbers(
    letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(told, encoding="ascii", write_through=True))
    assert main(["check", str(letter)]) == 0
    assert b"\\xabI henhold til\\xbb" in told.getvalue()


def test_who_speaks_a_language_out_of_reach_is_told_so(
    letter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise TranslationUnavailable(source="nb", target="so", instead=["en"], notice=notice_of("so"))

    monkeypatch.setattr(ReplyAssistant, "translate", refuse)
    assert main(["translate", str(letter), "--from", "nb", "--to", "so"]) == 2
    assert "turjumaan" in capsys.readouterr().err


def test_identify_and_translate(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identify", str(letter)]) == 0
    assert capsys.readouterr().out.startswith(f"{letter}: nb (")
    assert main(["translate", str(letter), "--to", "en"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("en:Hei!\n\nen:I henhold til")
    assert "Machine translated" in captured.err
    assert "Setninger å se på: " in captured.err


@pytest.mark.parametrize(
    ("content", "more", "message"),
    [
        (b"", (), "den har ingen tekst (empty-text)"),
        (b"Hei \xff\xfe du", (), "skal være i (invalid-encoding: The text is not valid"),
        (b"MZ\x00\x01" * 99, (), "ikke et dokument som kan leses (binary-input"),
        (b"Hei, dette er et brev.", ("--audience", "king"), "målgruppen finnes ikke (profile-unknown"),
        (b"Hei, dette er et brev.", ("--language", "zz"), "zz"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, more: tuple[str, ...], message: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert main(["check", str(path), *more]) == 2
    error = capsys.readouterr().err
    assert error.startswith("replyassist: ")
    assert error.count("\n") == 1
    assert message in error


def test_a_missing_file_and_a_missing_route(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(letter.parent / "none.txt"), "--explain-in", "sv"]) == 2
    assert "none.txt: filen finns inte (not-found)" in capsys.readouterr().err
    assert main(["translate", str(letter), "--to", "fi"]) == 2
    assert capsys.readouterr().err.endswith("(translation-unavailable): ar, en\n")


@pytest.mark.parametrize("arguments", [[], ["check"], ["serve", "--port", "x"], ["nothing"], ["models"]])
def test_a_wrong_call_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: replyassist" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_serving_to_others_must_be_meant(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 2
    assert "--open" in capsys.readouterr().err


def test_serving_where_it_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr("replyassist.service.serving.serve", served.append)
    for arguments in (
        ["serve"],
        ["serve", "--host", "::1", "--port", "9"],
        ["serve", "--host", "0.0.0.0", "--open"],
    ):
        assert main(arguments) == 0
    assert [(s.host, s.port) for s in served] == [("127.0.0.1", 8080), ("::1", 9), ("0.0.0.0", 8080)]


def test_bad_settings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("REPLYASSIST_PORT", "many")
    assert main(["identify", "x"]) == 2
    assert "port" in capsys.readouterr().err


def test_models_are_listed_exported_installed_verified_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLYASSIST_PACKAGES", str(tmp_path / "packages"))

    def told(*arguments: str, code: int = 0) -> str:
        assert main(["models", *arguments]) == code
        return capsys.readouterr().out

    assert "translate-nb_en\t" in told("list")
    assert "installed" not in told("list")
    file = tmp_path / "nb_en.argosmodel"
    told("export", "translate-nb_en", str(file))
    assert told("install", str(file)).startswith("translate-nb_en\t")
    assert "installed" in told("list")
    assert "translate-nb_en\tintact" in told("verify")
    model = next((tmp_path / "packages").rglob("model.bin"))
    model.write_bytes(b"broken")
    assert "model.bin" in told("verify", code=1)
    told("remove", "translate-nb_en")
    assert "installed" not in told("list")
    told("remove", "translate-nb_en", code=2)
    told("install", str(tmp_path / "none.argosmodel"), code=2)

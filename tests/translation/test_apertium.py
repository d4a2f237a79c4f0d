"""Apertium between neighbours, where it is installed; how its pipeline is kept is tested everywhere."""

import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from replyassist.config import Settings, data_folder
from replyassist.errors import ConfigurationError, PackageError, TranslationFailed
from replyassist.translation import Translator, apertium
from replyassist.translation.apertium import Apertium, Pipeline, find_directions

needs_apertium = pytest.mark.skipif(
    not shutil.which("lt-proc") or not (apertium.MODES / "nob-nno_e.mode").exists(),
    reason="Apertium with apertium-nno-nob is not installed",
)
needs_swedish = pytest.mark.skipif(
    not shutil.which("lt-proc") or not (apertium.MODES / "swe-nob.mode").exists(),
    reason="Apertium with apertium-swe-nor is not installed",
)


@pytest.fixture(scope="module")
def to_nynorsk():
    engine = Apertium(apertium.MODES / "nob-nno_e.mode", "nb")
    yield engine
    engine.close()


def translated(engine: Apertium, *sentences: str) -> list[str]:
    return [hypotheses[0].text for hypotheses in engine.translate(sentences)]


def echo(folder: Path, *programs: str) -> Path:
    """A mode whose programs the test wrote itself."""
    path = folder / "echo.mode"
    path.write_text(" | ".join(programs) + "\n")
    return path


def program(folder: Path, script: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"'{path}' $1 $2"


@needs_apertium
def test_bokmal_becomes_nynorsk(to_nynorsk):
    [text] = translated(to_nynorsk, "Vedtaket gjelder fra 1. mars 2026, og du må betale innen 14 dager.")
    assert text == "Vedtaket gjeld frå 1. mars 2026, og du må betale innan 14 dagar."


@needs_apertium
@pytest.mark.parametrize(
    "fact",
    [
        "40 47 00 00",
        "kl. 08.30",
        "post_mottak@eksempel.no",
        "https://eksempel.no/a_b?c=1",
        "{{fornavn}}",
        "12 450 kr",
        "1. mars 2026",
        "2025/1234",
    ],
)
def test_facts_come_through(fact, to_nynorsk):
    [text] = translated(to_nynorsk, f"Du har ikke fått svar ennå, og du finner mer her: {fact}.")
    assert fact in text
    assert "ikkje" in text


@needs_apertium
@pytest.mark.parametrize(
    "signs", ["*", "@x", "#1", "~", "^a$", "[b]", "{c}", "a/b", "<i>", "\\", "a\\*b", "]["]
)
def test_signs_of_its_stream_come_through(signs, to_nynorsk):
    [text] = translated(to_nynorsk, f"Jeg skriver {signs} her.")
    assert text == f"Eg skriv {signs} her."


@needs_apertium
def test_words_that_it_does_not_know_count_against_it(to_nynorsk):
    [[known], [unknown]] = to_nynorsk.translate(
        ["Du kan klage på vedtaket.", "Gnorfelen brifler på vedtaket."]
    )
    assert known.score == 0
    assert unknown.score < -0.3
    assert unknown.text.startswith("Gnorfelen brifler")


@needs_apertium
def test_sentences_stay_in_order_also_when_not_all_can_be_on_their_way(to_nynorsk, monkeypatch):
    monkeypatch.setattr(apertium, "ON_THE_WAY", 200)
    sentences = [f"Vi ser ikke sak {number}." for number in range(40)]
    wanted = [f"Vi ser ikkje sak {number}." for number in range(40)]
    assert translated(to_nynorsk, *sentences, "", "") == [*wanted, "", ""]


@needs_apertium
def test_threads_get_their_own_answers(to_nynorsk):
    answers: dict[int, str] = {}

    def work(number: int) -> None:
        for _ in range(5):
            answers[number] = translated(to_nynorsk, f"Jeg har {number} spørsmål.")[0]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"Eg har {number} spørsmål." for number in range(10, 16)}


@needs_apertium
def test_a_process_that_was_killed_is_started_anew():
    engine = Apertium(apertium.MODES / "nob-nno_e.mode", "nb")
    engine.load()
    process = engine._pipeline._process
    assert process is not None
    os.killpg(process.pid, signal.SIGKILL)
    assert translated(engine, "Jeg kommer ikke.") == ["Eg kjem ikkje."]
    engine.close()


@needs_apertium
def test_a_letter_through_the_translator():
    settings = Settings(packages="/nowhere", apertium=True)
    translator = Translator.load(settings, data_folder("models") / "translation")
    text = "Hei {{navn}}\r\n\r\n- Du har ikke fått plass.\r\n- Ring 40 47 00 00 kl. 08.30.\r\n"
    found = translator.translate(text, "nb", "nn")
    assert found.route == ("nb", "nn")
    assert found.text == "Hei {{navn}}\r\n\r\n- Du har ikkje fått plass.\r\n- Ring 40 47 00 00 kl. 08.30.\r\n"
    assert (found.quality, found.to_review) == ("translation", ())


@needs_swedish
def test_swedish_is_called_the_gist_and_keeps_its_numbers():
    settings = Settings(packages="/nowhere", apertium=True)
    translator = Translator.load(settings, data_folder("models") / "translation")
    found = translator.translate("Beslutet gäller 2 barn.", "sv", "nb")
    assert (found.route, found.quality) == (("sv", "nb"), "gist")
    assert found.text == "Vedtaket gjelder 2 barn."


def test_only_when_asked_for():
    translator = Translator.load(Settings(packages="/nowhere"), data_folder("models") / "translation")
    assert not any(apertium.is_direction(package) for package in translator.packages)


def test_no_direction_where_the_programs_are_missing(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert list(find_directions()) == []


def test_no_direction_where_the_modes_are_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(apertium, "MODES", tmp_path)
    assert list(find_directions()) == []


@pytest.mark.parametrize(("value", "wanted"), [("true", True), ("1", True), ("False", False), ("0", False)])
def test_the_setting_is_read_from_the_environment(value, wanted):
    assert Settings.read({"REPLYASSIST_APERTIUM": value}).apertium is wanted


def test_a_setting_that_is_neither_true_nor_false():
    with pytest.raises(ConfigurationError):
        Settings.read({"REPLYASSIST_APERTIUM": "maybe"})


def test_only_directions_that_are_fit_for_use():
    assert {(p.source, p.target) for p in find_directions()} <= {
        ("nb", "nn"), ("nn", "nb"), ("da", "nb"), ("sv", "nb"),
    }  # fmt: skip


def test_a_mode_that_cannot_be_read(tmp_path):
    with pytest.raises(PackageError):
        Apertium(tmp_path / "none.mode", "nb").load()


def test_input_is_capped(tmp_path):
    engine = Apertium(echo(tmp_path, program(tmp_path, "cat")), "nb")
    with pytest.raises(TranslationFailed):
        engine.translate(["a" * (apertium.LONGEST_SENTENCE + 1)])
    assert engine.length("a" * apertium.LONGEST_SENTENCE) > 110


def test_a_program_that_always_dies_fails_the_translation(tmp_path):
    engine = Apertium(echo(tmp_path, program(tmp_path, "exit 1")), "nb")
    with pytest.raises(TranslationFailed):
        engine.translate(["Hei."])


def test_a_program_that_hangs_fails_the_translation(tmp_path, monkeypatch):
    monkeypatch.setattr(apertium, "PATIENCE", 0.2)
    pipeline = Pipeline(echo(tmp_path, program(tmp_path, "sleep 60")))
    with pytest.raises(TranslationFailed):
        pipeline.send(["Hei."])
    assert pipeline._process is None


def test_null_characters_do_not_shift_the_answers(tmp_path):
    engine = Apertium(echo(tmp_path, program(tmp_path, "cat")), "nb")
    assert translated(engine, "a\0b", "c") == ["a b", "c"]
    engine.close()


def test_a_forked_process_gets_pipes_of_its_own(tmp_path):
    pipeline = Pipeline(echo(tmp_path, program(tmp_path, "cat")))
    pipeline.start()
    first = pipeline._process
    pipeline._owner = os.getppid()  # as a child sees it
    pipeline.start()
    assert pipeline._process is not None
    assert first is not None
    assert pipeline._process.pid != first.pid
    assert first.poll() is None
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    pipeline.close()

"""What is read before anybody asks, and what nobody pays for who does not need it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.config import READING, TRANSLATION
from replyassist.plainlanguage import Assessor
from replyassist.service import create_app

LATER = ("spacy", "pypdf", "docx", "odfdo", "alembic")


@pytest.mark.parametrize(
    ("imported", "absent"),
    [
        ("replyassist.assistant, replyassist.service.application", LATER),
        ("replyassist.cli, replyassist.service.serving", (*LATER, "flask", "sqlalchemy", "ctranslate2")),
    ],
)
def test_what_few_need_is_imported_when_it_is_needed(imported: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {imported}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(absent) & set(done.stdout.split()) == set()


@pytest.mark.parametrize("warm", [(), (READING,), (TRANSLATION,), (READING, TRANSLATION)])
def test_a_server_reads_ahead_what_its_settings_say(
    mirrored: ReplyAssistant, monkeypatch: pytest.MonkeyPatch, warm: tuple[str, ...]
) -> None:
    read: set[str] = set()
    assess = Assessor.assess

    def assessing(*given: Any, **options: Any) -> Any:
        read.add(READING)
        return assess(*given, **options)

    monkeypatch.setattr(Assessor, "assess", assessing)
    monkeypatch.setattr(type(mirrored.translator), "warm", lambda _: read.add(TRANSLATION))
    client = create_app(replace(mirrored.settings, warm=warm), mirrored, is_warm=False).test_client()
    end = time.monotonic() + 60
    while client.get("/readyz").status_code != 200 and time.monotonic() < end:
        time.sleep(0.01)
    assert client.get("/readyz").status_code == 200
    assert read == set(warm)

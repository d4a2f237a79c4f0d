"""The commands that manage keys and the database, as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyassist.cli import DONE, FAILED, main
from replyassist.state.database import Database
from replyassist.state.keys import Keyring


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    monkeypatch.setenv("REPLYASSIST_DATABASE", url)
    return url


def test_a_key_is_shown_once_listed_without_itself_and_revoked(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    create = ["keys", "create", "Weblate på Ås", "--scope", "translate", "--scope", "identify"]
    assert main([*create, "--rate", "60", "--quota", "5000", "--unit", "plan"]) == DONE
    secret = capsys.readouterr().out.strip()
    found = Keyring(Database(url)).find(secret)
    assert found
    assert (found.scopes, found.rate, found.quota, found.unit) == (
        {"identify", "translate"},
        60,
        5000,
        "plan",
    )
    assert main(["keys", "list"]) == DONE
    listed = capsys.readouterr().out
    row = listed.splitlines()[1].split("\t")
    assert row[:5] == ["Weblate på Ås", "identify,translate", "plan", "60", "5000"]
    assert row[6] == "-"
    assert secret not in listed
    assert main(["keys", "revoke", "Weblate på Ås"]) == DONE
    assert main(["keys", "list"]) == DONE
    assert capsys.readouterr().out.splitlines()[1].split("\t")[6] != "-"
    assert Keyring(Database(url)).find(secret) is None


def test_what_can_not_be_done_is_said_in_a_line(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "revoke", "nobody"]) == FAILED
    assert main(["keys", "create", "a", "--rate", "0"]) == FAILED
    assert main(["memory", "import", "/nowhere.tmx"]) == FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 3
    assert "(not-found)" in said.err.splitlines()[2]


def test_the_database_is_shown_and_upgraded(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "show"]) == DONE
    assert "nothing stored yet" in capsys.readouterr().out
    assert main(["database", "upgrade"]) == DONE
    newest = capsys.readouterr().out.strip()
    assert main(["database", "show"]) == DONE
    assert capsys.readouterr().out.strip() == f"{url}\t{newest}".replace("sqlite:", "sqlite+pysqlite:")


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("REPLYASSIST_DATABASE", "postgresql://a:hunter2@/b?host=/nowhere")
    assert main(["database", "show"]) == FAILED
    said = capsys.readouterr()
    assert "hunter2" not in said.out + said.err

"""The database is stopped and started while the service answers: what needs no state never notices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app
from replyassist.state import database as database_module
from replyassist.state import keys as keys_module
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.scopes import SCOPES
from replyassist.state.terms import StoredTerms
from replyassist.translation.termbase import Termbase

LETTER = "Hei! Du må sende inn søknaden på nytt."


def test_an_outage_of_the_database(
    assistant: ReplyAssistant, cluster, clean: str, by_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PAUSE", 0.0)
    monkeypatch.setattr(keys_module, "FRESH", 0.0)
    database = Database(clean)
    database.upgrade()
    settings = replace(assistant.settings, database=clean, host="0.0.0.0")
    served = replace(assistant, settings=settings, terms=StoredTerms(database, Termbase(())))
    app = create_app(settings, served)
    keyring = Keyring(database)
    known, unused = keyring.create("known", SCOPES, rate=1_000), keyring.create("unused")

    def ask(method: str, path: str, key: str, **sent: Any) -> int:
        headers = {"Authorization": f"Bearer {key}"}
        response = app.test_client().open(path, method=method, headers=headers, **sent)
        return int(response.status_code)

    def work() -> list[int]:
        """Of those that store nothing, or what can wait."""
        return [
            ask("POST", "/api/v1/assessments", known, json={"text": LETTER}),
            ask("POST", "/api/v1/feedback", known, json={"minutes_to_answer": 3}),
            ask("GET", "/api/v1/languages", ""),
            ask("GET", "/", known),
        ]

    assert work() == [200] * 4
    cluster.stop()
    try:
        assert work() == [200] * 4
        assert ask("POST", "/api/v1/assessments", unused, json={"text": LETTER}) == 503
        for path in ("/api/v1/insights", "/api/v1/terms", "/insights"):
            assert ask("GET", path, known) == 503
        assert ask("POST", "/api/v1/terms", known, json={"words": {"nb": "ord"}}) == 503
    finally:
        cluster.start()
    assert work() == [200] * 4
    assert ask("POST", "/api/v1/assessments", unused, json={"text": LETTER}) == 200
    assert ask("POST", "/api/v1/terms", known, json={"words": {"nb": "ord"}}) == 201
    told = app.test_client().get("/api/v1/insights", headers={"Authorization": f"Bearer {known}"}).get_json()
    assert told["answers"]["answered"] == 3  # what was told during the outage is there too
    database.close()

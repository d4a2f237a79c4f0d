"""Insight without surveillance: what is told, what is counted by itself, and that no text is ever in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from replyassist import languages
from replyassist.assistant import ReplyAssistant
from replyassist.domain import Draft
from replyassist.service import create_app
from replyassist.service.insights.counting import known_rules, known_tag
from replyassist.service.insights.plots import plot_days
from replyassist.service.insights.schemas import AnswersOut, DayOut, InsightsOut
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.tables import counts

LETTER = "Hei! I henhold til vedtaket avslås søknaden din om barnehageplass. Med vennlig hilsen Kari Nordmann"
TOLD = {"word": None, "found": 0, "accepted": 0, "rejected": 0}
NAMES = ("Kari", "Nordmann", "søknaden", "barnehageplass", "сусід")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state.sqlite'}"


@pytest.fixture
def office(mirrored: ReplyAssistant, url: str) -> Any:
    settings = replace(mirrored.settings, database=url, units=("plan", "skole"))
    return create_app(settings, replace(mirrored, settings=settings)).test_client()


def insights(client: Any, **period: str) -> dict[str, Any]:
    response = client.get("/api/v1/insights", query_string=period)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def test_nothing_happened_yet(office: Any, tmp_path: Path) -> None:
    told = insights(office)
    assert told["rules"] == told["letters"] == told["messages"] == told["days"] == []
    assert told["retention_days"] == 400
    assert told["answers"] == {"answered": 0, "mean_minutes": None, "told": 0, "solved": 0}
    assert list(tmp_path.iterdir()) == []


def test_accepting_and_rejecting_is_counted_by_rule(office: Any) -> None:
    verdicts = [
        {"rule": "nb.term.vedtak", "accepted": True, "times": 3},
        {"rule": "nb.term.vedtak", "accepted": False},
        {"rule": "sv.phrase.det-faktum-att", "accepted": True},
    ]
    response = office.post("/api/v1/feedback", json={"verdicts": verdicts, "unit": "plan"})
    assert (response.status_code, response.get_json()) == (200, {"counted": 5})
    office.post("/api/v1/feedback", json={"verdicts": verdicts[:1]})
    told = insights(office)
    assert told["rules"] == [
        TOLD | {"rule": "nb.term.vedtak", "language": "nb", "word": "vedtak", "accepted": 6, "rejected": 1},
        TOLD | {"rule": "sv.phrase.det-faktum-att", "language": "sv", "accepted": 1},
    ]
    assert told["units"] == ["plan"]
    assert [rule["accepted"] for rule in insights(office, unit="plan")["rules"]] == [3, 1]
    assert insights(office, unit="skole")["rules"] == []


def test_letters_that_are_done_and_answers(office: Any) -> None:
    for before, after, minutes, solved in ((40, 75.5, 12, True), (50, 60, 30.5, False)):
        letter = {"language": "da", "kind": "refusal", "score_before": before, "score_after": after}
        told = {"letter": letter, "minutes_to_answer": minutes, "solved_at_first_contact": solved}
        assert office.post("/api/v1/feedback", json=told).get_json() == {"counted": 3}
    answer = insights(office)
    (letters,) = answer["letters"]
    assert (letters["language"], letters["kind"], letters["done"]) == ("da", "refusal", 2)
    assert (letters["mean_before"], letters["mean_after"]) == (45.0, 67.8)
    assert answer["answers"] == {"answered": 2, "mean_minutes": 21.2, "told": 2, "solved": 1}
    assert [day["letters"] for day in answer["days"]] == [2]


def test_messages_that_no_translation_reaches_are_told(office: Any) -> None:
    for language, missing in (("so", "nb"), ("so", "nb"), ("en", None), (None, None), ("Kari", "Nordmann")):
        told = {"message": {"language": language, "missing_into": missing}}
        assert office.post("/api/v1/feedback", json=told).get_json() == {"counted": 1}
    answer = insights(office)
    assert {m["language"]: m["times"] for m in answer["messages"]} == {"so": 2, "en": 1, "und": 2}
    refused = {(pair["source"], pair["target"]): pair["times"] for pair in answer["refused"]}
    assert refused == {("so", "nb"): 2, ("und", "und"): 1}


@pytest.mark.parametrize(
    "told",
    [
        {"verdicts": [{"rule": "Kari Nordmann", "accepted": True}]},
        {"verdicts": [{"rule": "nb.term.vedtak", "accepted": "yes"}]},
        {"verdicts": [{"rule": "nb.term.vedtak", "accepted": True, "text": LETTER}]},
        {"verdicts": [{"rule": "nb.term.vedtak", "accepted": True, "times": 0}]},
        {"letter": {"language": "ti", "score_before": 1, "score_after": 2}},
        {"letter": {"language": "nb", "kind": "Kari", "score_before": 1, "score_after": 2}},
        {"letter": {"language": "nb", "score_before": 1, "score_after": 200}},
        {"message": {"language": "so", "text": LETTER}},
        {"message": {}},
        {"minutes_to_answer": -1},
        {"unit": "Kari Nordmann"},
        {"text": LETTER},
    ],
)
def test_what_is_in_no_list_of_ours_is_not_counted(office: Any, told: dict[str, Any], tmp_path: Path) -> None:
    good = {"verdicts": [{"rule": "nb.term.vedtak", "accepted": True}]}
    response = office.post("/api/v1/feedback", json=good | told)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert "Nordmann" not in response.text
    assert insights(office)["rules"] == []


def test_letters_and_languages_are_counted_by_themselves(office: Any) -> None:
    office.post("/api/v1/assessments", json={"text": LETTER, "language": "nb"})
    office.post("/api/v1/replies", json={"message": "Мій сусід дуже шумить уночі.", "draft": LETTER})
    office.post("/api/v1/translations", json={"text": LETTER, "source": "nb", "target": "ti"})
    office.post("/api/v1/translations", json={"text": LETTER, "source": "nb", "target": "en"})
    office.post(
        "/api/v1/translations/batch",
        json={"items": [{"text": LETTER, "source": "nb", "target": target} for target in ("en", "so")]},
    )
    office.post("/translate", json={"q": ["Hei!", "Takk!"], "source": "nb", "target": "ar"})
    office.post("/translate", json={"q": "Hei!", "source": "nb", "target": "ti"})
    told = insights(office)
    assert sum(letters["read"] for letters in told["letters"]) == 2
    assert told["letters"][0]["mean_score"] is not None
    assert [m for m in told["messages"] if m["language"] == "uk"] == [{"language": "uk", "times": 1}]
    assert {"nb.term.vedtak"} <= {rule["rule"] for rule in told["rules"]}
    pairs = {(pair["source"], pair["target"]): pair["times"] for pair in told["translated"]}
    assert pairs == {("nb", "en"): 2, ("nb", "ar"): 2}
    refused = {(pair["source"], pair["target"]): pair["times"] for pair in told["refused"]}
    assert refused[("nb", "ti")] == 1
    assert refused[("nb", "so")] == 1
    assert refused[("und", "ti")] == 1


def test_a_translated_file_is_counted_through_every_door(office: Any) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', office.get("/").text)
    assert token
    sent = {"source": "nb", "target": "en", "csrf_token": token[1], "audience": "layperson"}
    doors = {
        "/api/v1/documents/translations": ("file", {"source": "nb", "target": "en"}),
        "/translated-document": ("document", sent),
        "/translate_file": ("file", sent),
    }
    for times, (address, (field, form)) in enumerate(doors.items(), start=1):
        data = {**form, field: (BytesIO(LETTER.encode()), "brev.txt")}
        assert office.post(address, data=data).status_code == 200
        assert insights(office)["translated"] == [{"source": "nb", "target": "en", "times": times}]


def test_no_text_is_ever_stored(office: Any, url: str, tmp_path: Path) -> None:
    test_letters_and_languages_are_counted_by_themselves(office)
    office.post("/api/v1/translations", json={"text": LETTER, "source": "nb", "target": "Kari-Nordmann"})
    office.post("/translate", json={"q": LETTER, "source": "Kari", "target": "Nordmann"})
    office.post("/api/v1/assessments", json={"text": LETTER, "language": "Nordmann"})
    insights(office)
    with Database(url).reading() as connection:
        rows = connection.execute(select(counts)).all()
    assert len(rows) > 10
    for row in rows:
        assert known_tag(row.language) == row.language
        assert row.subject == "" or row.subject in known_rules() or row.subject.isascii()
        assert not [name for name in NAMES if name.lower() in str(row).lower()]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [name for name in NAMES if name.encode() in stored]


def test_every_rule_that_finds_something_is_known(assistant: ReplyAssistant) -> None:
    known, seen = known_rules(), 0
    for tag in languages.available():
        for path in sorted(Path(__file__).parent.parent.glob(f"letters/{tag}/*"))[:3]:
            letter = next(iter(sorted(path.glob("*.txt"))), None) if path.is_dir() else path
            if letter is not None:
                found = assistant.assess(Draft(letter.read_text(encoding="utf-8"), tag)).findings
                assert {finding.rule for finding in found} <= known.keys()
                seen += len(found)
    assert seen > 20


@pytest.mark.parametrize(
    ("given", "tag"),
    [("nb", "nb"), ("nb-NO", "nb"), ("UK", "uk"), ("sr_Latn", "sr"), ("sh", "sh"), ("zz", "und"),
     ("Kari", "und"), ("", "und"), (None, "und")],
)  # fmt: skip
def test_a_language_is_one_that_has_a_name(given: str | None, tag: str) -> None:
    assert known_tag(given) == tag


def test_a_period(office: Any) -> None:
    today = datetime.now(UTC).date()
    office.post("/api/v1/feedback", json={"minutes_to_answer": 5})
    assert insights(office, **{"from": str(today), "to": str(today)})["answers"]["answered"] == 1
    yesterday = str(today - timedelta(1))
    past = insights(office, **{"from": yesterday, "to": yesterday})
    assert (past["answers"]["answered"], past["from"], past["to"]) == (0, yesterday, yesterday)
    assert insights(office, **{"from": "1999-01-01"})["from"] == str(today - timedelta(399))
    for wrong in ({"from": str(today), "to": yesterday}, {"from": "now"}, {"since": str(today)}):
        response = office.get("/api/v1/insights", query_string=wrong)
        assert response.status_code == 400
        assert response.get_json()["code"] == "invalid-parameter"


def test_a_language_that_a_unit_hardly_meets_is_not_named(
    office: Any, mirrored: ReplyAssistant, url: str
) -> None:
    secret = Keyring(Database(url)).create("a", ["reply", "insights"], unit="skole")
    settings = replace(mirrored.settings, database=url, proxies=1)
    client = create_app(settings, replace(mirrored, settings=settings)).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    messages = ["Мій сусід дуже шумить уночі, допоможіть."] + ["When will my application be answered?"] * 5
    for message in messages:
        assert client.post("/api/v1/replies", json={"message": message}).status_code == 200
    told = insights(client, unit="skole")["messages"]
    assert told == [{"language": "en", "times": 5}, {"language": "other", "times": 1}]
    assert {m["language"] for m in insights(client)["messages"]} == {"en", "uk"}


def test_retention_of_nothing_counts_nothing(mirrored: ReplyAssistant, url: str, tmp_path: Path) -> None:
    settings = replace(mirrored.settings, database=url, retention=0)
    client = create_app(settings, replace(mirrored, settings=settings)).test_client()
    assert client.post("/api/v1/feedback", json={"minutes_to_answer": 5}).status_code == 200
    assert insights(client)["answers"]["answered"] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def away(mirrored: ReplyAssistant) -> Any:
    settings = replace(mirrored.settings, database="postgresql://nobody@/x?host=/nowhere")
    return create_app(settings, replace(mirrored, settings=settings)).test_client()


def test_letters_are_read_while_the_database_is_away(away: Any) -> None:
    assert away.post("/api/v1/assessments", json={"text": LETTER}).status_code == 200
    assert away.post("/api/v1/feedback", json={"minutes_to_answer": 5}).status_code == 200
    refused = away.get("/api/v1/insights")
    assert (refused.status_code, refused.get_json()["code"]) == (503, "state-unavailable")


def tell_all(office: Any) -> None:
    letter = {"language": "nb", "kind": "refusal", "score_before": 40, "score_after": 75}
    verdicts = [
        {"rule": "nb.term.vedtak", "accepted": False},
        {"rule": "nb.missing.reason", "accepted": True},
    ]
    told = {"letter": letter, "verdicts": verdicts, "minutes_to_answer": 9, "solved_at_first_contact": True}
    assert office.post("/api/v1/feedback", json=told).status_code == 200


def token(client: Any) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert found
    return found.group(1)


def test_the_desk_tells_what_became_of_a_suggestion(office: Any) -> None:
    told = json.dumps({"verdicts": [{"rule": "nb.term.vedtak", "accepted": True}]})
    assert office.post("/feedback", data={"told": told, "csrf_token": token(office)}).status_code == 204
    assert [rule["accepted"] for rule in insights(office)["rules"]] == [1]
    for sent in ({"told": told}, {"told": told, "csrf_token": "x"}, {"csrf_token": token(office)},
                 {"told": '{"text": "Kari"}', "csrf_token": token(office)}):  # fmt: skip
        assert office.post("/feedback", data=sent).status_code == 400
    assert [rule["accepted"] for rule in insights(office)["rules"]] == [1]


@pytest.mark.parametrize("ui", ["nb", "nn", "sv", "da", "en"])
def test_the_page_shows_the_numbers_as_tables_and_plots(office: Any, ui: str) -> None:
    test_letters_and_languages_are_counted_by_themselves(office)
    tell_all(office)
    page = office.get("/insights", query_string={"ui": ui}).text
    assert f'<html lang="{ui}"' in page
    assert page.count("<table>") == 7
    assert page.count("<svg") > 8
    assert '<span lang="nb">vedtak</span>' in page
    assert not re.search(r"<script|<style|\sstyle=", page)
    for name in NAMES:
        assert name not in page


def test_the_page_of_nothing_and_of_a_wrong_period(office: Any) -> None:
    page = office.get("/insights?from=&to=&unit=&ui=en")
    assert page.status_code == 200
    assert "Nothing was counted in this period." in page.text
    for wrong in ("from=now", "from=2100-01-02&to=2100-01-01", "name=Kari"):
        page = office.get(f"/insights?{wrong}&ui=sv", headers={"Accept": "text/html"})
        assert page.status_code == 400
        assert 'role="alert"' in page.text
        assert "Kari" not in page.text


def test_a_long_time_is_drawn_in_few_columns() -> None:
    first = date(2025, 1, 1)
    days = [day_of(first + timedelta(n), letters=n % 7, messages=1) for n in range(0, 365, 3)]
    columns = plot_days(told_of(first, first + timedelta(364), days))
    assert len(columns) <= 53
    assert sum(column.letters for column in columns) == sum(day.letters for day in days)
    assert sum(column.messages for column in columns) == len(days)
    assert (columns[0].first, columns[-1].last) == (first, first + timedelta(364))
    assert max(max(c.letters_height, c.messages_height) for c in columns) == 100
    assert plot_days(told_of(first, first, [])) == []
    assert plot_days(told_of(first, first, [day_of(first, refused=3)])) == []  # no plot of nothing


def day_of(day: date, **counted: int) -> DayOut:
    nothing = {"letters": 0, "messages": 0, "accepted": 0, "rejected": 0, "refused": 0}
    return DayOut(day=day, **nothing | counted)


def told_of(first: date, last: date, days: list[DayOut]) -> InsightsOut:
    return InsightsOut(
        first=first, last=last, unit=None, units=[], retention_days=400, rules=[], letters=[], messages=[],
        translated=[], refused=[], days=days,
        answers=AnswersOut(answered=0, mean_minutes=None, told=0, solved=0),
    )  # fmt: skip

"""Our own API: what it answers, its offsets, its batches and its description."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest

from replyassist.assistant import ReplyAssistant
from replyassist.cli import main

LETTER = "Hei!\r\n\r\n😀 I henhold til vedtaket avslås søknaden din.\r\nVi sender svaret 12. mars 2026.\r\n"


def post(client: Any, path: str, **body: Any) -> Any:
    response = client.post(f"/api/v1/{path}", json=body)
    assert response.status_code == 200, response.text
    return response.get_json()


def test_identifications(client: Any) -> None:
    found = post(client, "identifications", text="Hei 😀, når får jeg svar på søknaden min?")
    assert found["language"] == "nb"
    assert found["candidates"][0] == {"language": "nb", "confidence": found["confidence"]}
    assert found["spans"][-1]["span"]["utf16"]["end"] == found["spans"][-1]["span"]["end"] + 1


def test_assessments_point_into_the_text_as_it_was_sent(client: Any) -> None:
    found = post(client, "assessments", text=LETTER, ui_language="en")
    finding = next(
        f for f in found["findings"] if f["suggestions"] and f["suggestions"][0]["replacement"] == "Etter"
    )
    span = finding["span"]
    assert LETTER[span["start"] : span["end"]] == "I henhold til"
    wide = LETTER.encode("utf-16-le")
    assert wide[2 * span["utf16"]["start"] : 2 * span["utf16"]["end"]].decode("utf-16-le") == "I henhold til"
    assert found["score"]["scored"]
    assert 0 <= found["score"]["value"] <= 100
    assert all(0 <= i < len(found["findings"]) for i in found["top_fixes"])
    assert {m["measure"] for m in found["measures"]} >= {"lix", "sentence-length"}


def test_a_letter_has_its_checklist(client: Any) -> None:
    text = "Avslag på søknad om bygging\n\nVi har avslått søknaden din. Du kan klage innen 1. mai 2026."
    found = post(client, "assessments", text=text, language="nb")
    assert found["letter_kind"] == "refusal"
    parts = {each["part"]: each["present"] for each in found["checklist"]}
    assert parts["decision"]
    assert parts["complaint"]
    missing = {f["rule"].rsplit(".", 1)[-1] for f in found["findings"] if f["kind"] == "missing-part"}
    assert missing == {part for part, present in parts.items() if not present} != set()


def test_explanations_follow_the_caller(client: Any) -> None:
    def message(**more: Any) -> str:
        body = json.dumps({"text": LETTER, **more.pop("body", {})})
        response = client.post("/api/v1/assessments", data=body, content_type="application/json", **more)
        return str(response.get_json()["findings"][0]["message"])

    swedish = message(headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"})
    assert swedish == message(body={"ui_language": "sv"}) != message(body={"ui_language": "nb"})
    assert message(headers={"Accept-Language": "no"}) == message(body={"ui_language": "nb"})
    assert message() == message(body={"ui_language": "nb"})  # the caseworkers' own


def test_audiences_differ(client: Any) -> None:
    text = "Søknaden mangler opplysninger om ansvarsrett og tiltaksklasse. Vi ber om at dere sender dem."
    lay, trade = (
        post(client, "assessments", text=text, language="nb", audience=a) for a in ("layperson", "contractor")
    )
    assert len(lay["findings"]) > len(trade["findings"])


def test_simplifications_carry_out_their_plan(client: Any) -> None:
    found = post(client, "simplifications", text=LETTER)
    text = LETTER
    for step in reversed(found["plan"]):
        text = text[: step["span"]["start"]] + step["replacement"] + text[step["span"]["end"] :]
    assert text == found["text"] != LETTER
    assert found["after"]["score"]["value"] >= found["before"]["score"]["value"]
    one = post(client, "simplifications", text=LETTER, accept=[])
    assert one["text"] == LETTER
    bad = client.post("/api/v1/simplifications", json={"text": LETTER, "accept": [999]})
    assert (bad.status_code, bad.get_json()["code"]) == (400, "invalid-parameter")


def test_locked_text_is_not_suggested_on(client: Any) -> None:
    start = LETTER.index("I henhold til")
    found = post(client, "assessments", text=LETTER, locked=[{"start": start, "end": start + 13}])
    assert not [f for f in found["findings"] if f["span"]["start"] == start and f["suggestions"]]
    again = [{"start": 0, "end": 1}] * (len(LETTER) + 2)
    for locked in ([{"start": 5, "end": 2}], [{"start": 0, "end": 9999}], again):
        bad = client.post("/api/v1/assessments", json={"text": LETTER, "locked": locked})
        assert (bad.status_code, bad.get_json()["code"]) == (400, "invalid-parameter")


def test_translations_say_what_to_review(client: Any) -> None:
    found = post(client, "translations", text=LETTER, source="nb", target="en")
    assert found["route"] == ["nb", "en"]
    assert found["to_review"] == [i for i, s in enumerate(found["segments"]) if not s["passed"]] == [2]
    check = found["segments"][2]["checks"][0]
    assert (check["kind"], check["detail"], check["target"]) == ("date", "lost", None)
    assert LETTER[check["source"]["start"] :].startswith("Vi sender svaret")
    none = client.post("/api/v1/translations", json={"text": "Hi there", "source": "en", "target": "ar"})
    assert none.status_code == 422
    assert none.get_json()["code"] == "translation-unavailable"
    assert none.get_json()["instead"] == ["nb"]


def test_replies_hold_everything(client: Any) -> None:
    message = "Hello, I applied in January and would like to know when you will answer."
    found = post(client, "replies", message=message, draft=LETTER)
    assert found["message"]["language"] == "en"
    assert found["message_translation"]["target"] == "nb"
    assert found["draft"] == post(client, "assessments", text=LETTER)
    assert found["translation"]["target"] == "en"
    assert post(client, "replies", message=message)["draft"] is None
    assert client.post("/api/v1/replies", json={}).get_json()["code"] == "empty-text"


def test_the_doors_agree(
    client: Any, app: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The API and the command line give the same assessment; the page's is compared in test_pages."""
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER.encode())
    monkeypatch.setattr(
        ReplyAssistant, "load", classmethod(lambda cls, settings: app.extensions["replyassist"].assistant)
    )
    assert main(["check", str(path), "--format", "json", "--explain-in", "en"]) == 0
    [told] = json.loads(capsys.readouterr().out)
    assert told.pop("file") == str(path)
    assert told == post(client, "assessments", text=LETTER, ui_language="en")


def test_every_item_of_a_batch_has_its_own_outcome(client: Any) -> None:
    items = [
        {"text": "Hei, dette er et brev."},
        {"text": " "},
        {"txt": 1},
        7,
        {"text": "Hei, dette er et brev."},
    ]
    outcomes = post(client, "identifications/batch", items=items)["items"]
    assert [o["status"] for o in outcomes] == [200, 400, 400, 400, 200]
    assert outcomes[0]["result"] == outcomes[4]["result"] == post(client, "identifications", **items[0])
    assert [o["error"]["code"] for o in outcomes[1:4]] == [
        "empty-text",
        "invalid-parameter",
        "invalid-parameter",
    ]
    for path, item in (
        ("assessments", {"text": LETTER}),
        ("simplifications", {"text": LETTER}),
        ("translations", {"text": LETTER, "source": "nb", "target": "en"}),
        ("replies", {"draft": LETTER}),
    ):
        [outcome] = post(client, f"{path}/batch", items=[item])["items"]
        assert outcome["result"] == post(client, path, **item)


def test_a_batch_of_translations_goes_through_the_models_together(app: Any, client: Any) -> None:
    batches = app.extensions["replyassist"].assistant.translator.batches
    batches.clear()
    both = {"source": "nb", "target": "en"}
    items: list[Any] = [
        {"text": "Hei"} | both, {"text": " "} | both, {"text": "Hi", "source": "en", "target": "ar"},
        {"text": "Hallo"} | both, {"text": "Hei", "locked": [{"start": 2, "end": 9}]} | both, 5,
    ]  # fmt: skip
    outcomes = post(client, "translations/batch", items=items)["items"]
    assert batches == [["Hei", "Hallo"], ["Hi"]]
    assert [o["result"]["text"] if o["result"] else o["error"]["code"] for o in outcomes] == [
        "en:Hei", "empty-text", "translation-unavailable", "en:Hallo", "invalid-parameter",
        "invalid-parameter",
    ]  # fmt: skip


def test_a_batch_has_its_limit(client: Any) -> None:
    response = client.post("/api/v1/identifications/batch", json={"items": [{"text": "Hei"}] * 11})
    assert response.status_code == 413
    assert response.get_json()["code"] == "batch-too-long"
    assert client.post("/api/v1/identifications/batch", json={"items": []}).status_code == 400


def test_documents_are_read(client: Any) -> None:
    html = "<html><body><h1>Svar på søknad</h1><p>Hei 😀</p><p>Vi svarer.</p></body></html>".encode()
    found = client.post("/api/v1/documents", data={"file": (BytesIO(html), "brev.html")}).get_json()
    assert "Svar på søknad" in found["text"]
    assert found["blocks"][0]["kind"] == "heading"
    for data, code in (
        ({}, "invalid-parameter"),
        ({"file": [(BytesIO(html), "en.html"), (BytesIO(html), "to.html")]}, "invalid-parameter"),
        ({"file": (BytesIO(b"MZ\x00\x01" * 99), "a.docx")}, "binary-input"),
    ):
        response = client.post("/api/v1/documents", data=data, content_type="multipart/form-data")
        assert response.get_json()["code"] == code


def test_a_translated_document_comes_with_its_doubts_in_one_answer(client: Any) -> None:
    html = b"<html><body><p>Du kan klage.</p><p>\xf0\x9f\x98\x80 Svar innen 12. mars.</p></body></html>"
    form = {"file": (BytesIO(html), "brev.html"), "source": "nb", "target": "en"}
    made = client.post("/api/v1/documents/translations", data=form).get_json()
    assert (made["name"], made["media_type"]) == ("brev_en.html", "text/html")
    assert b"<p>en:Du kan klage.</p>" in b64decode(made["content"])
    assert (made["source"], made["target"], made["route"], made["segments"]) == ("nb", "en", ["nb", "en"], 2)
    (doubt,) = made["doubts"]
    assert doubt["source"] == "😀 Svar innen 12. mars."
    assert doubt["target"] == "en:😀 Svar innen 12. mars."
    (check,) = doubt["checks"]
    assert (check["kind"], check["detail"], check["source"]["start"]) == ("date", "lost", 0)
    assert check["source"]["utf16"]["end"] == check["source"]["end"] + 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"target": ""}, 400, "invalid-parameter"),
        ({"note": "a"}, 400, "invalid-parameter"),
        ({"file": "no file"}, 400, "invalid-parameter"),
        ({"file": (BytesIO(b"%PDF-1.7"), "a.pdf")}, 415, "format-not-written"),
        ({"file": (BytesIO(b" "), "a.txt")}, 400, "empty-text"),
        ({"target": "fi"}, 422, "translation-unavailable"),
    ],
)
def test_a_document_that_is_not_translated(client: Any, change: Any, status: int, code: str) -> None:
    form = {"file": (BytesIO(b"Du kan klage."), "a.txt"), "source": "nb", "target": "en"} | change
    response = client.post("/api/v1/documents/translations", data=form, content_type="multipart/form-data")
    assert (response.status_code, response.get_json()["code"]) == (status, code)


def test_what_there_is(client: Any) -> None:
    languages = {each["language"]: each for each in client.get("/api/v1/languages").get_json()["languages"]}
    assert languages["nb"]["assessed"]
    assert languages["nb"]["targets"] == ["ar", "en"]
    assert {p["name"] for p in client.get("/api/v1/profiles").get_json()["profiles"]} >= {
        "layperson",
        "contractor",
    }
    assert client.get("/api/v1/models").get_json() == {"models": []}


def test_the_description_is_whole(app: Any, client: Any) -> None:
    spec = client.get("/api/v1/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    tags = [tag["name"] for tag in spec["tags"]]
    assert len(tags) == len(set(tags))
    described = {path for path in spec["paths"] if path.startswith("/api/v1/")}
    rules = {re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    hidden = {"/api/v1/", "/api/v1/openapi.json", "/api/v1/problems/{code}"}
    assert described == {rule for rule in rules if rule.startswith("/api/v1/")} - hidden
    references = set()

    def collect(part: Any) -> None:
        if isinstance(part, dict):
            references.update(v for k, v in part.items() if k == "$ref")
        for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            collect(each)

    collect(spec)
    assert references
    for reference in references:
        place = spec
        for key in reference.removeprefix("#/").split("/"):
            place = place[key]
    page = client.get("/docs").text
    assert all(path in page for path in spec["paths"])
    assert "<code>preferredVariants</code>" in page  # of a door that reads its parameters by hand
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", page)

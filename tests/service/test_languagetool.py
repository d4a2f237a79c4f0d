"""The contract of LanguageTool's clients, with the traps that they set."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

SENTENCE = "I henhold til vedtaket avslås søknaden din."


def check(client: Any, **parameters: Any) -> Any:
    response = client.post("/v2/check", data={"language": "nb-NO", **parameters})
    assert response.status_code == 200, response.text
    return response.get_json()


def words(received: str, match: dict[str, Any]) -> str:
    """What a client underlines: UTF-16 offsets into what it sent."""
    units = received.encode("utf-16-le")
    start = 2 * match["offset"]
    return units[start : start + 2 * match["length"]].decode("utf-16-le")


def test_offsets_are_utf16(client: Any) -> None:
    text = f"😀👩🏽 {SENTENCE} 😀\r\n{SENTENCE}"
    answer = check(client, text=text)
    found = [words(text, match) for match in answer["matches"]]
    assert found.count("I henhold til") == 2
    assert all(found)
    assert (
        "".join(words(text, {"offset": a, "length": b - a}) for a, b in answer["sentenceRanges"]).count(
            SENTENCE
        )
        == 2
    )


def test_a_match_has_all_that_clients_read(client: Any) -> None:
    answer = check(client, text=SENTENCE)
    assert answer["warnings"] == {"incompleteResults": False}
    assert answer["language"]["code"] == "nb-NO"
    match = next(m for m in answer["matches"] if m["replacements"])
    assert match["replacements"][0] == {"value": "Etter"}
    assert match["rule"]["category"]["id"] == "STYLE"
    assert match["rule"]["issueType"] == "style"
    assert match["sentence"] == SENTENCE
    context = match["context"]
    assert context["text"][context["offset"] : context["offset"] + context["length"]] == "I henhold til"


def test_what_a_letter_lacks_is_not_told_of_a_paragraph(client: Any) -> None:
    answer = check(client, text="Avslag på søknad\n\nVi har avslått søknaden din.")
    assert not [m for m in answer["matches"] if ".missing." in m["rule"]["id"] or not m["length"]]


def test_annotated_text_keeps_its_places_and_its_markup(client: Any) -> None:
    parts = [{"markup": "<p class='😀'>"}, {"text": "I henhold til "}, {"markup": "<b>", "interpretAs": ""},
             {"text": "vedtaket"}, {"markup": "</b>"}, {"text": " avslås søknaden, jf. "},
             {"markup": "\\ref{a}", "interpretAs": "kapittel 2"},
             {"text": ".\n"}, {"markup": "Det vises til ovennevnte.\n"}]  # fmt: skip
    received = "".join(part.get("text", part.get("markup", "")) for part in parts)
    answer = check(client, data=json.dumps({"annotation": parts}))
    found = {words(received, m): m for m in answer["matches"]}
    assert found["I henhold til"]["replacements"]
    assert not [w for w in found if "vises" in w or "ovennevnte" in w]
    assert not [w for w, m in found.items() if "<b>" in w and m["replacements"]]
    assert check(client, data=json.dumps({"text": SENTENCE}))["matches"]


def test_a_form_that_is_labelled_as_json(client: Any) -> None:
    body = urlencode({"language": "nb-NO", "text": SENTENCE})
    response = client.post("/v2/check", data=body, content_type="application/json")
    assert [m for m in response.get_json()["matches"] if m["replacements"]]


@pytest.mark.parametrize("language", ["no", "nb", "nb-NO", "no-NO", "nb_NO"])
def test_norwegian_has_many_names(client: Any, language: str) -> None:
    assert check(client, text=SENTENCE, language=language)["language"]["name"] == "Norwegian Bokmål"


def test_auto(client: Any) -> None:
    answer = check(client, text=SENTENCE, language="auto", preferredVariants="en-US,de-DE,pt-BR,ca-ES")
    assert answer["language"]["detectedLanguage"]["code"] == "nb-NO"
    assert 0.5 < answer["language"]["detectedLanguage"]["confidence"] <= 1
    assert answer["matches"]
    english = "Pursuant to the aforementioned decision, the application is refused."
    american = check(client, text=english, language="auto", preferredVariants="de-DE, en-US")
    assert american["language"]["code"] == american["language"]["detectedLanguage"]["code"] == "en-US"
    assert check(client, text=english, language="en-US")["language"]["code"] == "en-US"
    assert check(client, text=english, language="auto")["language"]["code"] == "en-GB"
    finnish = check(
        client, text="Hei, milloin saan päätöksen hakemukseeni? Kiitos etukäteen.", language="auto"
    )
    assert finnish["matches"] == []
    assert finnish["language"]["code"] == "fi"
    for nothing in ("", " \n", "😀"):
        assert check(client, text=nothing, language="auto")["matches"] == []


def test_rules_and_categories_can_be_chosen(client: Any) -> None:
    rules = {m["rule"]["id"] for m in check(client, text=SENTENCE)["matches"]}
    assert len(rules) > 1
    one = sorted(rules)[0]

    def told(**parameters: str) -> set[str]:
        return {m["rule"]["id"] for m in check(client, text=SENTENCE, **parameters)["matches"]}

    assert told(disabledRules=f"{one}, OTHER_RULE") == rules - {one}
    assert told(enabledRules=one, enabledOnly="true") == {one}
    assert told(disabledCategories="STYLE") == set()
    assert told(disabledCategories="STYLE", enabledRules=one) == {one}
    assert told(enabledCategories="TYPOS", enabledOnly="true") == set()


def test_messages_are_in_the_mother_tongue(client: Any) -> None:
    own, english = check(client, text=SENTENCE), check(client, text=SENTENCE, motherTongue="en-US")
    assert own["matches"][0]["message"] != english["matches"][0]["message"]
    assert check(client, text=SENTENCE, motherTongue="zz")["matches"] == own["matches"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "Hei", "language": "xx"},
        {"text": "Hei", "language": ""},
        {"language": "nb"},
        {"text": "Hei", "data": "{}", "language": "nb"},
        {"data": "{", "language": "nb"},
        {"data": "[]", "language": "nb"},
        {"data": '{"annotation": [{"text": "a", "markup": "b"}]}', "language": "nb"},
        {"data": '{"annotation": [{"text": 5}]}', "language": "nb"},
        {"text": "a\0b", "language": "nb"},
    ],
)
def test_errors_are_a_line_of_text(client: Any, parameters: dict[str, str]) -> None:
    response = client.post("/v2/check", data=parameters)
    assert response.status_code == 400
    assert response.text.startswith("Error: ")
    assert response.mimetype == "text/plain"


def test_too_long(client: Any) -> None:
    response = client.post("/v2/check", data={"text": "a " * 10_001, "language": "nb"})
    assert response.status_code == 413
    assert response.text.startswith("Error: ")


@pytest.mark.parametrize("path", ["/v2/words", "/v2/words/add", "/v2/users/me", "/v2/nothing"])
def test_what_is_not_there_says_so_in_a_line(client: Any, path: str) -> None:
    for response in (client.get(path), client.post(path, data={"word": "Hei"})):
        assert response.status_code == 404
        assert response.text.startswith("Error: ")
        assert response.mimetype == "text/plain"


def test_small_addresses(client: Any) -> None:
    assert client.get("/v2/healthcheck").text == "OK"
    assert client.get("/v2/maxtextlength").text == "20000"
    assert client.get("/v2/info").get_json()["software"]["apiVersion"] == 1
    codes = {each["longCode"] for each in client.get("/v2/languages").get_json()}
    assert {"nb-NO", "nn-NO", "sv", "sv-SE", "da-DK", "en-US", "en-GB", "no"} <= codes
    assert client.get("/v2/check", query_string={"text": SENTENCE, "language": "nb"}).get_json()["matches"]

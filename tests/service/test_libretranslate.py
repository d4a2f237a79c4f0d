"""The contract of LibreTranslate's clients, line by line, and where this server does better."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from docx import Document

from replyassist import documents
from replyassist.service import create_app

NO_ARABIC = "Arabic (ar) is not available as a target language from English (en)"
NB = "Hei, når får jeg svar på søknaden min om barnehageplass?"
EN = "Hello, when will I get an answer to my application?"
WORK = {"source": "nb", "target": "en"}


def translate(client: Any, **parameters: Any) -> Any:
    return client.post("/translate", json=WORK | parameters)


def test_one_way_in_is_as_good_as_another(client: Any) -> None:
    body = WORK | {"q": NB}
    answers = [
        client.post("/translate", json=body),
        client.post("/translate", data=body),
        client.post("/translate", data=body, content_type="multipart/form-data"),
        client.post("/translate", query_string=body),
        client.post("/translate", query_string={"target": "en"}, data={"q": NB, "source": "nb"}),
    ]
    assert [a.status_code for a in answers] == [200] * 5
    assert [a.get_json() for a in answers] == [{"translatedText": f"en:{NB}"}] * 5


def test_a_list_in_gives_a_list_out(client: Any) -> None:
    assert translate(client, q=["Hei", "Hallo"]).get_json() == {"translatedText": ["en:Hei", "en:Hallo"]}
    assert translate(client, q=["Hei"]).get_json() == {"translatedText": ["en:Hei"]}


def test_auto_tells_the_language_of_each(client: Any) -> None:
    one = translate(client, q=NB, source="auto").get_json()
    assert one["detectedLanguage"]["language"] == "nb"
    assert 50 < one["detectedLanguage"]["confidence"] <= 100
    many = translate(client, q=[NB, EN, "😀"], source="auto").get_json()
    assert [d["language"] for d in many["detectedLanguage"]] == ["nb", "en", "und"]
    assert many["translatedText"] == [f"en:{NB}", EN, "😀"]


@pytest.mark.parametrize("text", ["Hei", "Ja", "OK", "Takk"])
def test_a_doubtful_text_is_not_refused(client: Any, text: str) -> None:
    """A word alone is in no language for certain; who asks for ``auto`` gets an answer all the same."""
    alone = translate(client, q=text, source="auto")
    assert alone.status_code == 200, alone.text
    assert alone.get_json()["detectedLanguage"]["confidence"] <= 90
    beside = translate(client, q=[NB, text], source="auto").get_json()
    assert beside["translatedText"] == [f"en:{NB}", f"en:{text}"]
    assert beside["detectedLanguage"][1]["language"] == "nb"


def test_a_sure_language_that_leads_nowhere_is_said(client: Any) -> None:
    french = "Bonjour, quand est-ce que je vais recevoir une réponse à ma demande ?"
    response = translate(client, q=french, source="auto")
    message = "English (en) is not available as a target language from fr (fr)"
    assert (response.status_code, response.get_json()) == (400, {"error": message})


@pytest.mark.parametrize(
    ("source", "target"), [("no", "en"), ("NB", "EN"), ("nb-NO", "en-GB"), ("nb_NO", "en_US")]
)
def test_a_region_says_nothing(client: Any, source: str, target: str) -> None:
    body = {"q": NB, "source": source, "target": target}
    assert client.post("/translate", data=body).get_json() == {"translatedText": f"en:{NB}"}


@pytest.mark.parametrize("text", ["😀", " \n", "👩🏽‍🚒 🇳🇴", "12.03. – 14.03.", "…"])
def test_what_has_no_word_is_echoed(client: Any, text: str) -> None:
    assert translate(client, q=text).get_json() == {"translatedText": text}
    answer = translate(client, q=text, source="auto").get_json()
    assert answer["translatedText"] == text
    assert answer["detectedLanguage"]["confidence"] == 0


def test_a_list_goes_through_the_models_together(app: Any, client: Any) -> None:
    batches = app.extensions["replyassist"].assistant.translator.batches
    batches.clear()
    swedish = "Hej, när får jag svar på min ansökan om förskoleplats?"
    many = translate(client, q=[NB, swedish, "😀", EN, f"{NB} Takk!"], source="auto").get_json()
    assert [d["language"] for d in many["detectedLanguage"]] == ["nb", "sv", "und", "en", "nb"]
    assert many["translatedText"] == [f"en:{NB}", f"en:{swedish}", "😀", EN, f"en:{NB} Takk!"]
    assert batches == [[NB, f"{NB} Takk!"], [swedish]]
    batches.clear()
    pages = ["<h1>Hei</h1><p>Hallo</p>", "<p>Du</p>"]
    assert translate(client, q=pages, format="html").get_json() == {
        "translatedText": ["<h1>en:Hei</h1><p>en:Hallo</p>", "<p>en:Du</p>"]
    }
    assert batches == [["Hei", "Hallo", "Du"]]


def test_alternatives(client: Any) -> None:
    assert translate(client, q="Hei", alternatives=2).get_json()["alternatives"] == ["1:en:Hei", "2:en:Hei"]
    assert translate(client, q=["Hei", "😀"], alternatives="1").get_json() == {
        "translatedText": ["en:Hei", "😀"],
        "alternatives": [["1:en:Hei"], []],
    }
    assert translate(client, q="<p>Hei</p>", format="html", alternatives=2).get_json()["alternatives"] == []
    assert len(translate(client, q="Hei", alternatives=1.0).get_json()["alternatives"]) == 1
    for none in (0, -3, "-3", "", None):
        assert "alternatives" not in translate(client, q="Hei", alternatives=none).get_json()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "Invalid request: missing q parameter"),
        ({"q": ""}, "Invalid request: missing q parameter"),
        ({"q": []}, "Invalid request: missing q parameter"),
        ({"q": "Hei", "source": ""}, "Invalid request: missing source parameter"),
        ({"q": "Hei", "target": None}, "Invalid request: missing target parameter"),
        ({"q": "Hei", "source": "zz"}, "zz is not supported"),
        ({"q": "Hei", "target": "zz"}, "zz is not supported"),
        ({"q": "Hei", "source": "zz-ZZ"}, "zz-ZZ is not supported"),
        ({"q": "Hei", "source": ["nb"]}, "['nb'] is not supported"),
        ({"q": "Hei", "target": "auto"}, "auto is not supported"),
        ({"q": "Hei", "format": "md"}, "md format is not supported"),
        ({"q": "Hi", "source": "en", "target": "ar"}, NO_ARABIC),
        ({"q": "Hei", "alternatives": "two"}, "Invalid request: alternatives parameter is not a number"),
        ({"q": "Hei", "alternatives": 1.5}, "Invalid request: alternatives parameter is not a number"),
        ({"q": "Hei", "alternatives": [1]}, "Invalid request: alternatives parameter is not a number"),
        ({"q": "Hei", "alternatives": {"n": 1}}, "Invalid request: alternatives parameter is not a number"),
        ({"q": "Hei", "alternatives": 6}, "Invalid request: alternatives parameter must be <= 5"),
        ({"q": "a" * 20_001}, "Invalid request: request (20001) exceeds text limit (20000)"),
        ({"q": ["Hei"] * 11}, "Invalid request: request (11) exceeds text limit (10)"),
        ({"q": ["a" * 10_000, "b" * 10_001]},
         "Invalid request: request (20001) exceeds text limit (20000)"),
        ({"q": {"a": "b"}}, "Invalid request: q is not a string or a list of strings"),
        ({"q": 5}, "Invalid request: q is not a string or a list of strings"),
        ({"q": ["Hei", None]}, "Invalid request: q is not a string or a list of strings"),
    ],
)  # fmt: skip
def test_errors(client: Any, parameters: dict[str, Any], message: str) -> None:
    response = translate(client, **parameters)
    assert response.status_code == 400
    assert response.get_json() == {"error": message}


def test_bad_json_and_bad_text(client: Any) -> None:
    response = client.post("/translate", data="{", content_type="application/json")
    assert (response.status_code, response.get_json()) == (400, {"error": "Invalid JSON format"})
    for body in ("", "[]", '"Hei"', "null", '{"q": NaN}'):
        response = client.post("/detect", data=body, content_type="application/json")
        assert (response.status_code, response.get_json()) == (400, {"error": "Invalid JSON format"})
    for q in ("a\ud800", "a\0b"):
        body = json.dumps(WORK | {"q": q})
        assert client.post("/translate", data=body, content_type="application/json").status_code == 400
    assert client.post("/translate", data={"q": "a\0b", **WORK}).status_code == 400


def test_detect(client: Any) -> None:
    found = client.post("/detect", data={"q": NB}).get_json()
    assert found[0]["language"] == "nb"
    assert [c["confidence"] for c in found] == sorted((c["confidence"] for c in found), reverse=True)
    assert client.post("/detect", json={"q": "😀"}).get_json() == [{"confidence": 0.0, "language": "und"}]
    assert client.post("/detect", json={"q": [NB]}).status_code == 400
    assert client.post("/detect", data={}).get_json() == {"error": "Invalid request: missing q parameter"}


@pytest.mark.parametrize("path", ["/translate", "/detect", "/suggest", "/translate_file"])
def test_pages_of_any_site_may_call(client: Any, path: str) -> None:
    """Errors can be read by the page too, and a request in JSON is asked about first."""
    for response in (client.post(path, json={}), client.get(path)):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert list(response.get_json()) == ["error"]
    asked = client.options(
        path, headers={"Origin": "https://www.example.org", "Access-Control-Request-Method": "POST"}
    )
    assert asked.status_code in (200, 204)
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


def test_languages_lead_to_themselves(client: Any) -> None:
    languages = {each["code"]: each for each in client.get("/languages").get_json()}
    assert languages["nb"] == {"code": "nb", "name": "Norwegian Bokmål", "targets": ["ar", "en", "nb"]}
    assert languages["ar"]["targets"] == ["ar"]
    assert "zz" not in languages


def test_small_addresses(client: Any) -> None:
    assert client.get("/health").get_json() == {"status": "ok"}
    assert client.get("/spec").get_json()["openapi"].startswith("3.1")
    assert client.get("/docs").mimetype == "text/html"
    settings = client.get("/frontend/settings").get_json()
    assert set(settings) == {
        "apiKeys", "charLimit", "filesTranslation", "frontendTimeout", "keyRequired", "language",
        "suggestions",
        "supportedFilesFormat",
    }  # fmt: skip
    assert settings["charLimit"] == 20_000
    assert settings["supportedFilesFormat"] == [".docx", ".eml", ".htm", ".html", ".odt", ".pptx", ".txt"]
    assert settings["language"]["target"] == {"code": "nb", "name": "Norwegian Bokmål"}
    refused = client.post("/suggest", data={"q": "a", "s": "b", **WORK})
    assert (refused.status_code, refused.get_json()) == (
        403,
        {"error": "Suggestions are disabled on this server."},
    )
    missing = client.post("/suggest", data={"q": "a", **WORK})
    assert (missing.status_code, missing.get_json()) == (
        400,
        {"error": "Invalid request: missing s parameter"},
    )


def a_docx(*paragraphs: str) -> bytes:
    document, file = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("source", ["nb", "auto"])
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"{NB}\r\n\r\nVi ses\r\n".encode(), "brev æ.txt"),
        (f"<html><body><p>{NB}</p><p>Vi ses</p></body></html>".encode(), "brev.html"),
        (f"Subject: Svar\n\n{NB}\n\nVi ses\n".encode().replace("å".encode(), b"a"), "brev.eml"),
        (a_docx(NB, "Vi ses"), "brev.DOCX"),
    ],
    ids=["txt", "html", "eml", "docx"],
)
def test_a_file_comes_back_translated_and_is_kept_for_a_while(
    client: Any, data: bytes, name: str, source: str
) -> None:
    form = {"source": source, "target": "en", "file": (BytesIO(data), name)}
    answer = client.post("/translate_file", data=form).get_json()
    address = urlsplit(answer["translatedFileUrl"])
    assert address.scheme
    assert address.netloc
    fetched = client.get(address.path)
    text = documents.read(fetched.data, filename=name.lower(), limit=10_000).text
    assert "en:Hei, n" in text
    assert "en:Vi ses" in text
    assert f"_en.{name.lower().split('.')[-1]}" in fetched.headers["Content-Disposition"]
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert client.get(address.path.replace("/download_file/", "/download_file/x")).status_code == 404


def test_a_file_in_the_language_already_is_echoed(client: Any) -> None:
    form = {"source": "nb", "target": "nb", "file": (BytesIO(b"Hei\r\n"), "a.txt")}
    address = urlsplit(client.post("/translate_file", data=form).get_json()["translatedFileUrl"])
    assert client.get(address.path).data == b"Hei\r\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Invalid request: missing file parameter"),
        ({"file": (BytesIO(b"Hei"), "a.exe")}, "Invalid request: file format not supported"),
        ({"file": (BytesIO(b"Hei"), "a.txt"), "target": ""}, "Invalid request: missing target parameter"),
        ({"file": (BytesIO(b"Hei"), "a.txt"), "source": "en", "target": "ar"}, NO_ARABIC),
        ({"file": (BytesIO(b"%PDF-1.7"), "a.pdf")}, "Invalid request: file format not supported"),
        ({"file": (BytesIO(b"a " * 10_001), "a.txt")},
         "Invalid request: request (20002) exceeds text limit (20000)"),
        ({"file": (BytesIO(b"PK\x03\x04broken"), "a.docx")}, None),
        ({"file": (BytesIO(b"\xff\xfeH"), "a.txt")}, None),
        ({"file": (BytesIO(bytes(range(256))), "a.txt")}, None),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_translated(client: Any, data: dict[str, Any], message: str | None) -> None:
    response = client.post("/translate_file", data=WORK | data)
    assert response.status_code == 400
    assert list(response.get_json()) == ["error"]
    if message:
        assert response.get_json()["error"] == message


def test_the_charlimit_is_the_text_limit(mirrored: Any) -> None:
    client = create_app(replace(mirrored.settings, text_limit=5), mirrored).test_client()
    assert translate(client, q="a b c d e f").get_json() == {
        "error": "Invalid request: request (11) exceeds text limit (5)"
    }


HTML = [
    ("<p>Hei du</p>", "<p>en:Hei du</p>"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "en:&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("<p>Plan &amp; bygg</p>", "<p>en:Plan &amp; bygg</p>"),
    ('<p>Spør <span class="x notranslate">Kari &amp; Ola</span> nå</p>',
     '<p>en:Spør <span class="x notranslate">Kari &amp; Ola</span> nå</p>'),
    ('<div translate="no">Hei <b>du</b></div>der', '<div translate="no">Hei <b>du</b></div>en:der'),
    ("<script>var a = '<p>Hei</p>';</script><style>p{}</style>",
     "<script>var a = '<p>Hei</p>';</script><style>p{}</style>"),
    ("<!DOCTYPE html>\n<P CLASS=a>Hei<BR/>du</P >", "<!DOCTYPE html>\n<P CLASS=a>en:Hei<BR/>en:du</P >"),
    ('<a href="/x?a=1&b=2" title="Ja &amp; nei">Les mer</a>',
     '<a href="/x?a=1&b=2" title="Ja &amp; nei">en:Les mer</a>'),
    ("Hei <b>du", "en:Hei <b>en:du"),
    ("<p>12 < 13</p>", "<p>12 &lt; 13</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), HTML)
def test_html_stays_html(client: Any, source: str, expected: str) -> None:
    assert translate(client, q=source, format="html").get_json() == {"translatedText": expected}


def test_auto_reads_the_text_of_html_alone(client: Any) -> None:
    page = f'<div class="section article" id="main-content"><p title="The answer is here">{NB}</p></div>'
    found = translate(client, q=page, source="auto", format="html").get_json()
    assert found["detectedLanguage"] == translate(client, q=NB, source="auto").get_json()["detectedLanguage"]
    assert f'<p title="The answer is here">en:{NB}</p>' in found["translatedText"]


def test_a_block_with_inline_elements_is_one_call(client: Any, app: Any) -> None:
    seen = app.extensions["replyassist"].assistant.translator.seen
    before = len(seen)
    translate(client, q="<p>Les <b>dette</b> brevet</p><p>Og <i>dette</i></p>", format="html")
    calls = seen[before:]
    assert calls[0] == "Les dette brevet\n\ndette"
    assert "Og dette\n\ndette" in calls

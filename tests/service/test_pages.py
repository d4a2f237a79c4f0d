"""The page without script: the form alone does the job, in every language, and loses nothing."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po

from replyassist import documents, translation
from replyassist.assistant import ReplyAssistant
from replyassist.config import data_folder
from replyassist.domain import Draft, Score
from replyassist.profiles import load_letter_kinds, load_profiles
from replyassist.service.api.rendering import render_translation
from replyassist.service.desk.sentences import Sentences
from replyassist.service.errors import HTTP_CODES
from replyassist.translation.notices import label_of

CATALOGUES = sorted(data_folder("web").glob("translations/*/LC_MESSAGES/messages.po"))
LETTER = "Hei!\n\nI henhold til vedtaket avslås søknaden din. <b>Vi</b> sender svaret 12. mars 2026.\n"
LETTER_SENTENCE = "Kommunen har avslått søknaden din om å bygge garasje."


@pytest.fixture
def post(client: Any) -> Any:
    """Send the form as a browser would, with the token that the page gave."""

    def send(to: str = "/", **fields: Any) -> Any:
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
        assert token
        return client.post(to, data={"csrf_token": token[1], "audience": "layperson", **fields})

    return send


def text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def draft_of(page: str) -> str:
    found = re.search(r'<textarea id="draft"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert found
    return unescape(found[1])


def test_the_form_alone_shows_what_the_api_says(client: Any, post: Any) -> None:
    response = post(draft=LETTER.replace("\n", "\r\n"))
    assert response.status_code == 200
    assert draft_of(response.text) == LETTER
    told = client.post("/api/v1/assessments", json={"text": LETTER}).get_json()
    shown = re.findall(
        r'class="finding[^>]*data-rule="([^"]+)"\s+data-start="(\d+)" data-end="(\d+)"', response.text
    )
    expected = [
        (f["rule"], str(f["span"]["utf16"]["start"]), str(f["span"]["utf16"]["end"]))
        for f in told["findings"]
    ]
    assert sorted(shown) == sorted(expected)
    assert [rule for rule, *_ in shown[: len(told["top_fixes"])]] == [
        expected[i][0] for i in told["top_fixes"]
    ]
    assert f">{round(told['score']['value'])}</span>" in response.text
    assert all(f["message"] in unescape(response.text) for f in told["findings"])


def test_a_fix_is_accepted_or_put_aside_by_its_button(post: Any) -> None:
    page = post(draft=LETTER).text
    index = re.search(r'name="accept" value="(\d+)"[^>]*data-replacement="Etter"', page)
    assert index
    accepted = post(draft=LETTER, accept=index[1]).text
    assert draft_of(accepted) == LETTER.replace("I henhold til", "Etter")
    assert 'data-replacement="Etter"' not in accepted
    rejected = post(draft=LETTER, reject=index[1]).text
    assert draft_of(rejected) == LETTER
    assert 'data-replacement="Etter"' not in rejected
    kept = re.search(r'name="rejected" value="([^"]+)"', rejected)
    assert kept
    assert 'data-replacement="Etter"' not in post(draft=LETTER, rejected=unescape(kept[1])).text
    safe = post(draft=LETTER, accept="safe").text
    assert draft_of(safe) != LETTER
    before = re.search(r'name="before" value="([^"]+)"', safe)
    assert before
    assert '"score"' in unescape(before[1])
    assert 'class="before"' in safe  # the plot shows where the letter was


def test_message_and_reply_are_translated_and_checked(post: Any) -> None:
    page = post(message="Hello, when will I get an answer to my application?", draft=LETTER).text
    assert "nb:Hello, when will I get an answer" in page
    assert "en:I henhold til vedtaket" in page
    assert '<li class="line segment doubtful">' in page
    assert "mangler i oversettelsen" in page
    assert "Machine translated" in page
    arabic = post(draft=LETTER, target="ar").text
    assert re.search(r'class="target" lang="ar" dir="rtl"', arabic)


def test_a_message_is_translated_into_the_language_of_the_page(post: Any) -> None:
    message = "Hello, when will I get an answer to my application?"
    assert "nb:Hello" in post("/?ui=nb", message=message).text
    assert "från engelska till svenska" in text_of(post("/?ui=sv", message=message).text)


def test_a_review_shows_what_needs_no_translation_too(post: Any) -> None:
    letter = "20260124\n\nHei!\n\nDu får svar 12. mars 2026.\n55550123\n\nHilsen Per\n4999"
    page = post(draft=letter, target="en").text
    shown = re.findall(r'<p class="source"[^>]*>(.*?)</p>', page, re.S)
    assert "\n".join(shown).split() == letter.split()


def test_what_a_message_asks_for_stands_beside_it(post: Any) -> None:
    page = post(message="Hello! I moved in May. When will I get an answer? Please send me the form.").text
    asked = page[page.index('class="asked"') :]
    assert (
        re.findall(r"<p lang=\"nb\" dir=\"ltr\">(.*?)</p>", asked)
        == ["nb:Hello! I moved in May. When will I get an answer? Please send me the form."] * 2
    )  # the mirror translates line by line
    assert re.findall(r'<p class="hint" lang="en" dir="auto">(.*?)</p>', asked) == [
        "When will I get an answer?", "Please send me the form.",
    ]  # fmt: skip
    nothing = post(message="Hello! I moved in May and live in the main street now.").text
    assert "Vi fant ikke noe tydelig spørsmål." in nothing


def test_safe_changes_come_as_a_plan_without_what_was_put_aside(post: Any) -> None:
    draft = "😀 " + LETTER
    plan = post("/desk/plan", draft=draft).get_json()["plan"]
    units = draft.encode("utf-16-le")
    words = [units[2 * each["start"] : 2 * each["end"]].decode("utf-16-le") for each in plan]
    assert "I henhold til" in words
    rejected = '[["nb.term.i-henhold-til", "I henhold til"]]'
    left = post("/desk/plan", draft=draft, rejected=rejected).get_json()["plan"]
    assert left == [each for each, word in zip(plan, words, strict=True) if word != "I henhold til"]
    assert post(draft=draft, rejected=rejected, accept="safe").text.count("I henhold til") >= 1
    assert post("/desk/plan", draft="xq zzk").get_json()["problem"].startswith("Vi fant ikke ut")
    assert post("/desk/plan", draft=draft, csrf_token="x").status_code == 400


def test_a_dropped_document_comes_back_as_text(post: Any) -> None:
    answer = post("/desk/document", file=(BytesIO("Vi svarer på søknaden.\r\n".encode()), "brev.txt"))
    assert answer.get_json()["text"].strip() == "Vi svarer på søknaden."
    broken = post("/desk/document", file=(BytesIO(b"MZ\x00\x01" * 99), "a.docx"))
    assert broken.status_code == 422
    assert broken.get_json()["problem"].startswith("Vi kan ikke lese denne filen.")
    assert post("/desk/document").status_code == 422


def test_a_translation_comes_back_segment_by_segment(post: Any) -> None:
    texts = '["Hello.", "We answer soon."]'
    back = post("/desk/back-translation", texts=texts, source="en", into="nb").get_json()
    assert back == {"texts": ["nb:Hello.", "nb:We answer soon."]}
    none = post("/desk/back-translation", texts=texts, source="en", into="fi").get_json()
    assert none == {"texts": [None, None]}
    for wrong in ("", "{}", "[1]", '"x"'):
        assert post("/desk/back-translation", texts=wrong, source="en", into="nb").status_code == 422


def test_parts_come_alone(client: Any, post: Any) -> None:
    for part, sign in (("draft", "score-title"), ("message", 'class="found"'), ("translation", "segments")):
        fragment = post(part=part, draft=LETTER, message="Hello, when will you answer?", target="en").text
        assert sign in fragment
        assert "<html" not in fragment


def test_what_is_typed_is_text_never_markup(post: Any) -> None:
    evil = '</textarea><script>alert(1)</script> "onload=x I henhold til <b>loven</b> avslås dette.'
    page = post(draft=evil, message=evil, target="en").text
    assert draft_of(page) == evil
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"draft": "a" * 20_001}, "Teksten er for lang. Den kan ha høyst 20000 tegn."),
        (
            {"draft": "Tämä on suomenkielinen kirje, jota emme osaa arvioida."},
            "Vi kan ikke lese utkast på dette språket.",
        ),
        ({"draft": "xq zzk"}, "Vi fant ikke ut hvilket språk det er."),
        ({"draft": LETTER, "audience": "king"}, "Vi kjenner ikke denne typen lesere."),
        ({"draft": LETTER, "target": "fi"}, "Her finnes ingen oversettelse mellom disse språkene."),
        ({"draft": LETTER, "part": "translation"}, "Velg et språk først"),
        ({"file": (BytesIO(b"MZ\x00\x01" * 99), "a.docx")}, "Vi kan ikke lese denne filen."),
    ],
)
def test_a_problem_is_said_and_nothing_is_lost(post: Any, fields: dict[str, Any], message: str) -> None:
    page = post(**fields).text
    assert message in text_of(page)
    if "draft" in fields and "part" not in fields:
        assert draft_of(page) == fields["draft"]


@pytest.mark.parametrize("button", ["accept", "reject"])
@pytest.mark.parametrize("value", ["9" * 5000, "9" * 6, "-1", "²", "٣", "all"])
def test_a_button_that_is_not_ours_changes_nothing(post: Any, button: str, value: str) -> None:
    page = post(draft=LETTER, **{button: value})
    assert page.status_code == 200
    assert draft_of(page.text) == LETTER


def test_a_document_takes_the_place_of_the_draft(post: Any) -> None:
    page = post(draft="Gammelt utkast.", file=(BytesIO(b"Vi svarer deg i morgen.\r\n"), "brev.txt")).text
    assert draft_of(page).strip() == "Vi svarer deg i morgen."


def kept_in(page: str) -> str:
    """The translation that a page holds, as its form sends it back."""
    return unescape(re.search(r'name="sentences" value="([^"]*)"', page)[1])  # type: ignore[index]


def saved(post: Any, draft: str, **fields: str) -> Any:
    """A letter is translated, and what the page then holds is saved."""
    page = post(draft=draft, language="nb", target="ar").text
    return post("/side-by-side", draft=draft, sentences=kept_in(page), **fields)


def test_the_reply_is_saved_side_by_side_with_its_label(post: Any) -> None:
    draft = "Hei!\n\n- <b>Søknaden</b> er avslått.\n- 1.\n12 345\n  Vi svarer 12. mars 2026. Hilsen oss\n"
    file = saved(post, draft)
    assert file.status_code == 200
    assert "attachment" in file.headers["Content-Disposition"]
    label = unescape(label_of("ar", "translation"))
    assert f'lang="ar" dir="rtl">{label}</p>' in file.text
    cells = [unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", file.text, re.S)]
    assert cells[0::2] == [
        "Hei!", "- <b>Søknaden</b> er avslått.", "- 1.", "12 345", "Vi svarer 12. mars 2026. Hilsen oss",
    ]  # fmt: skip
    assert cells[1] == "ar:Hei!"
    assert cells[9] == "ar:Vi svarer 12. mars 2026. Hilsen oss"
    assert not re.search(r"<script|src=|href=", file.text)
    read = saved(post, draft, reviewed="yes").text
    assert label not in read
    assert "Maskinoversatt og lest av et menneske" in read


def test_what_is_saved_is_what_was_read_and_nothing_is_translated_again(post: Any, mirrored: Any) -> None:
    kept = json.loads(kept_in(post(draft="Hei!", language="nb", target="ar").text))
    kept["targets"] = ["Rettet"]
    translated = list(mirrored.translator.seen)
    file = post(
        "/side-by-side", draft="Et annet brev.", target="en", sentences=json.dumps(kept), reviewed="y"
    )
    assert re.findall(r"<td[^>]*>(.*?)</td>", file.text) == ["Hei!", "Rettet"]
    assert mirrored.translator.seen == translated


@pytest.mark.parametrize(
    "change",
    [{"target": "fi"}, {"source": "xx"}, {"targets": []}, {"between": None}, {"more": 1}, {"quality": 1}],
)
def test_sentences_that_are_not_ours_are_refused(post: Any, change: dict[str, Any]) -> None:
    kept = json.loads(kept_in(post(draft="Hei!", language="nb", target="ar").text)) | change
    page = post("/side-by-side", draft="Hei!", sentences=json.dumps(kept))
    assert page.status_code == 400
    assert draft_of(page.text) == "Hei!"


def test_a_word_of_the_municipality_that_has_no_form_to_fit_is_a_note(post: Any) -> None:
    page = text_of(post(draft="Om vergemålet.", language="nb", target="en").text)
    note = "Avtalt ord: er ikke brukt. Sett det inn i rett form → guardianship order"
    assert note in " ".join(page.split())


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_the_reply_is_saved_as_an_office_file(post: Any, form: str) -> None:
    draft = "Hei!\n\n- <b>Søknaden</b> er avslått & lagt bort.\n  Vi svarer\f 12. mars 2026. 😀 Hilsen oss\n"
    file = saved(post, draft, format=form)
    assert file.status_code == 200
    assert f".{form}" in file.headers["Content-Disposition"]
    draft = documents.read(file.data)
    rows = [block.span.of(draft.text).split("\t") for block in draft.blocks if block.kind == "table"]
    assert rows[1] == ["Hei!", "ar:Hei!"]
    assert rows[2][0] == "- <b>Søknaden</b> er avslått & lagt bort."
    assert label_of("ar", "translation") in draft.text
    with ZipFile(BytesIO(file.data)) as packed:
        part = packed.read("word/document.xml" if form == "docx" else "content.xml").decode()
    turned = {"docx": r'<w:bidi/>.*<w:rtl/>.*w:bidi="ar"', "odt": r'writing-mode="rl-tb"'}
    assert re.search(turned[form], part, re.S)
    assert {"docx": 'w:val="nb"', "odt": 'fo:language="nb"'}[form] in part
    reviewed = saved(post, "Hei!", format=form, reviewed="yes")
    assert label_of("ar", "translation") not in documents.read(reviewed.data).text


def test_what_is_no_sentence_stands_in_both_columns(assistant: ReplyAssistant) -> None:
    text = "12 345\n\nHei!\n\n  - Søknaden er avslått. Takk.\n  - 22 33 44\n  - Vi svarer snart.\n\n😀\n"
    rows = Sentences.of(render_translation(assistant.translate(text, "en", source="nb")), text).paragraphs()
    assert [source for source, _ in rows] == [
        "12 345\n\nHei!", "- Søknaden er avslått. Takk.\n  - 22 33 44", "- Vi svarer snart.\n\n😀",
    ]  # fmt: skip
    assert rows[0][1].startswith("12 345\n\n")
    assert rows[1][1].endswith("\n  - 22 33 44")
    assert rows[2][1].startswith("- ")
    assert rows[2][1].endswith("\n\n😀")


def file_in(page: str) -> bytes:
    """The file that a page holds."""
    return b64decode(re.search(r'href="data:[^,]*,([^"]*)"', page)[1])  # type: ignore[index]


@pytest.mark.parametrize("part", ["", "document"])
def test_a_whole_document_comes_with_what_must_be_looked_at(post: Any, part: str) -> None:
    html = (
        f"<html><body><h1>Svar</h1><p>{LETTER_SENTENCE}</p><p>Svar innen 12. mars.</p></body></html>".encode()
    )
    file = (BytesIO(html), "brev.html")
    answer = post("/translated-document", target="en", document=file, draft=LETTER, part=part)
    assert answer.status_code == 200
    assert f"<p>en:{LETTER_SENTENCE}</p>" in file_in(answer.text).decode()
    assert 'download="brev_en.html"' in answer.text
    assert "Svar innen 12. mars." in text_of(answer.text)
    assert "Dato: " in text_of(answer.text)
    assert (draft_of(answer.text) == LETTER) if not part else ("<form" not in answer.text)


@pytest.mark.parametrize(
    ("to", "fields", "message"),
    [
        ("/side-by-side", {}, "Vi kan ikke bruke dette slik det er."),
        ("/translated-document", {"target": "en"}, "Velg en fil først."),
        ("/translated-document", {"document": (BytesIO(b"Hei"), "a.txt")}, "Velg et språk først"),
        ("/translated-document", {"target": "en", "document": (BytesIO(b"%PDF-1.7"), "a.pdf")},
         "Vi kan ikke oversette en slik fil."),
        ("/translated-document", {"target": "en", "document": (BytesIO(b"PK\x03\x04x"), "a.docx")},
         "Dokumentet er ødelagt eller låst."),
        ("/translated-document", {"target": "en", "csrf_token": "x"}, "Siden hadde stått åpen for lenge."),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_and_nothing_is_lost(
    post: Any, to: str, fields: dict[str, Any], message: str
) -> None:
    page = post(to, draft=LETTER, **fields)
    assert page.status_code in {400, 422}
    assert message in text_of(page.text)
    assert draft_of(page.text) == LETTER


def test_locked_places_are_never_suggested_on_and_move_along(post: Any) -> None:
    draft = "😀 Hei!\n\nVi viser til vedtaket i henhold til loven. I henhold til loven svarer vi deg."
    start = draft.index("I henhold") + 1  # an emoji counts twice in a browser
    locked = f"[[{start}, {start + 20}]]"
    free = re.findall(r'data-rule="nb.term.i-henhold-til"', post(draft=draft).text)
    page = post(draft=draft, locked=locked).text
    assert len(re.findall(r'data-rule="nb.term.i-henhold-til"', page)) == len(free) - 1
    assert unescape(page).count(f'name="locked" value="{locked}"') == 1
    safe = post(draft=draft, locked=locked, accept="safe").text
    moved = re.search(r'name="locked" value="\[\[(\d+), (\d+)\]\]"', safe)
    assert moved
    units = draft_of(safe).encode("utf-16-le")
    assert units[2 * int(moved[1]) : 2 * int(moved[2])].decode("utf-16-le") == "I henhold til loven "


@pytest.mark.parametrize(
    "garbage",
    [
        "{",
        "[1]",
        "[[9, 1]]",
        "[[0, 999999]]",
        "[[-1, 2]]",
        "[[1e999, 2]]",
        '{"score": "x"}',
        '[["a"]]',
        "null",
        '{"a": {}}',
    ],
)
def test_hidden_fields_come_from_outside(post: Any, garbage: str) -> None:
    assert post(draft=LETTER, before=garbage, rejected=garbage, locked=garbage).status_code == 200


def test_the_page_speaks_five_languages(client: Any) -> None:
    for tag, title in (
        ("nb", "Svaret ditt"),
        ("sv", "Ditt svar"),
        ("da", "Dit svar"),
        ("en", "Your reply"),
        ("nn", "Svaret ditt"),
    ):
        page = client.get("/", headers={"Accept-Language": tag}).text
        assert f'<html lang="{tag}"' in page
        assert title in page
    assert '<html lang="nb"' in client.get("/", headers={"Accept-Language": "no,en;q=0.5"}).text
    assert '<html lang="sv"' in client.get("/?ui=sv", headers={"Accept-Language": "da"}).text
    assert '<html lang="sv"' in client.get("/", headers={"Accept-Language": "da"}).text  # the switch is kept
    assert client.get("/?ui=zz").status_code == 200


def texts(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def test_every_text_is_there_in_every_language() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["da", "en", "nb", "nn", "sv"]
    known = {path.parent.parent.name: texts(path) for path in CATALOGUES}
    for language, catalogue in known.items():
        assert catalogue.keys() == known["en"].keys(), language
        assert all(catalogue.values()), language
        for key, text in catalogue.items():
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", known["en"][key]), (language, key)


def test_every_text_that_a_template_asks_for_is_there() -> None:
    known = texts(CATALOGUES[1])
    asked = set()
    for template in (data_folder("web") / "templates").glob("*.html"):
        asked |= set(re.findall(r'say\(["\']([\w.-]+)["\'][,)]', template.read_text(encoding="utf-8")))
    assert len(asked) > 60
    assert asked <= known.keys()


def test_every_kind_of_data_has_its_text() -> None:
    known = texts(CATALOGUES[1])
    kinds = load_letter_kinds()
    wanted = {f"kind.{kind}" for kind in kinds} | {
        f"part.{part}" for parts in kinds.values() for part in parts
    }
    wanted |= {f"audience.{name}" for name in load_profiles()}
    wanted |= {f"severity.{s}" for s in ("error", "warning", "advice")}
    assert wanted <= known.keys()
    assert {f"problem.{code}" for code in HTTP_CODES.values()} <= known.keys()


def test_every_check_of_a_translation_has_its_text() -> None:
    known = texts(CATALOGUES[1])
    sources = (Path(translation.__file__).parent).glob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    failed = re.findall(r'Check\("([\w-]+)",[^\n]*?False, "([\w-]+)"', code)
    assert len(failed) > 10
    assert {f"check.{kind}" for kind, _ in failed} | {
        f"detail.{detail}" for _, detail in failed
    } <= known.keys()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_the_texts_of_the_page_pass_our_own_check(path: Path, mirrored: ReplyAssistant) -> None:
    sentences = [text for text in texts(path).values() if len(text.split()) > 4 and "{" not in text]
    assert len(sentences) > 40
    draft = Draft("\n\n".join(sentences), language=path.parent.parent.name)
    found = mirrored.assess(draft).score
    assert isinstance(found, Score)
    assert found.value >= mirrored.profiles["layperson"].targets["score"]


def test_a_browser_is_told_what_is_wrong_on_a_page(client: Any) -> None:
    chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    missing = client.get("/nothing-here", headers={"Accept": chromium, "Accept-Language": "nb"})
    assert missing.status_code == 404
    assert "<h1>Det gikk ikke.</h1>" in missing.text
    assert client.get("/nothing-here").mimetype == "application/problem+json"

"""libretranslatepy, unchanged, against the live server."""

from __future__ import annotations

import json
from urllib.error import HTTPError

import pytest
from libretranslatepy import LibreTranslateAPI

SENTENCES = {
    "nb": "Hei! Vi har mottatt søknaden din og svarer deg innen tre uker.",
    "nn": "Hei! Vi har teke imot søknaden din og svarar deg innan tre veker.",
    "sv": "Hej! Vi har tagit emot din ansökan och svarar dig inom tre veckor.",
    "da": "Hej! Vi har modtaget din ansøgning og svarer dig inden for tre uger.",
    "en": "Hello! We have received your application and will answer within three weeks.",
}


@pytest.fixture(scope="module")
def client(live: str) -> LibreTranslateAPI:
    return LibreTranslateAPI(live)


@pytest.fixture(scope="module")
def routes(client: LibreTranslateAPI) -> dict[str, list[str]]:
    return {each["code"]: each["targets"] for each in client.languages()}


def test_every_drafting_language_is_offered(routes: dict[str, list[str]]) -> None:
    assert set(SENTENCES) <= set(routes)
    assert all(code in targets for code, targets in routes.items())


@pytest.mark.parametrize("language", SENTENCES)
def test_translate(client: LibreTranslateAPI, routes: dict[str, list[str]], language: str) -> None:
    target = next(code for code in sorted(routes[language]) if code != language)
    text = SENTENCES[language]
    translated = client.translate(text, language, target)
    assert isinstance(translated, str)
    assert translated.strip()
    assert translated != text


@pytest.mark.parametrize("language", SENTENCES)
def test_detect(client: LibreTranslateAPI, language: str) -> None:
    found = client.detect(f"{SENTENCES[language]} 😀\r\n")
    assert found[0]["language"] == language
    assert 50 < found[0]["confidence"] <= 100
    assert [f["confidence"] for f in found] == sorted((f["confidence"] for f in found), reverse=True)


@pytest.mark.parametrize("language", SENTENCES)
def test_line_ends_and_emoji_come_through(
    client: LibreTranslateAPI, routes: dict[str, list[str]], language: str
) -> None:
    target = next(code for code in sorted(routes[language]) if code != language)
    translated = client.translate(f"{SENTENCES[language]}\r\n\r\n😀\r\n", language, target)
    assert translated.count("\r\n") == 3
    assert translated.endswith("\r\n\r\n😀\r\n")


def test_same_language_and_emoji_alone_are_echoed(client: LibreTranslateAPI) -> None:
    assert client.translate(" Hei du \r\n", "nb", "nb") == " Hei du \r\n"
    assert client.translate("😀 🇳🇴", "nb", "en") == "😀 🇳🇴"


def test_norwegian_under_its_old_code(client: LibreTranslateAPI) -> None:
    text = SENTENCES["nb"]
    assert client.translate(text, "no", "en") == client.translate(text, "nb", "en")


def test_an_error_is_one(client: LibreTranslateAPI) -> None:
    with pytest.raises(HTTPError) as caught:
        client.translate("Hei", "zz", "en")
    assert caught.value.code == 400
    assert json.loads(caught.value.read()) == {"error": "zz is not supported"}

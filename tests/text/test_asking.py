"""What a message asks for, in the languages that people write in."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.domain import Asked, Span
from replyassist.text.asking import carry_back, find_asked

Q, R = "question", "request"
MESSAGES: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
    "nb": [
        ("Hei! Jeg søkte i mars. Når kommer svaret? Jeg bor i Storgata.", [("Når kommer svaret?", Q)]),
        ("hei, kan jeg fa svar pa soknaden min", [("hei, kan jeg fa svar pa soknaden min", Q)]),
        ("Når jeg ringte dere, var det ingen som svarte.", []),
        ("Jeg ber om innsyn i saken. Takk for hjelpen.", [("Jeg ber om innsyn i saken.", R)]),
    ],
    "nn": [
        ("Hei! Korleis klagar eg på vedtaket 😀\n\nTakk.", [("Korleis klagar eg på vedtaket 😀", Q)]),
        ("Eg treng ein ny time. Eg bur i Førde.", [("Eg treng ein ny time.", R)]),
        ("Når det regnar, renn vatnet inn i kjellaren.", []),
    ],
    "sv": [
        ("Hej! Jag undrar när plogbilen kommer. Det snöar.", [("Jag undrar när plogbilen kommer.", R)]),
        ("När får vi besked om förskolan\r\nHälsningar Åsa", [("När får vi besked om förskolan", Q)]),
        ("När jag kom hem hade ni redan stängt.", []),
    ],
    "da": [
        ("Hej. Hvornår åbner borgerservice i påsken? Mvh Bo", [("Hvornår åbner borgerservice i påsken?", Q)]),
        ("Jeg vil gerne have en kopi af brevet.", [("Jeg vil gerne have en kopi af brevet.", R)]),
        ("Vejen er glat, og ingen har saltet.", []),
    ],
    "en": [
        ("Hello, when will I get my answer. I moved in May.", [("Hello, when will I get my answer.", Q)]),
        ("Please send me the form. When I called you nobody replied.", [("Please send me the form.", R)]),
        ("My child started school in August.", []),
    ],
    "ar": [
        ("السلام عليكم. متى سأحصل على الرد؟ شكرا لكم.", [("متى سأحصل على الرد؟", Q)]),
        ("أرجو إرسال الجواب بالبريد.", [("أرجو إرسال الجواب بالبريد.", R)]),
    ],
    "ti": [("ሰላም። መልሲ መዓስ ክረክብ እየ፧ የቐንየለይ።", [("መልሲ መዓስ ክረክብ እየ፧", Q)])],
    "so": [
        ("Goorma ayaan jawaab helayaa. Mahadsanid.", [("Goorma ayaan jawaab helayaa.", Q)]),
        ("Waxaan helay warqad. Fadlan ii soo wac.", [("Fadlan ii soo wac.", R)]),
        ("Ma fahmin warqadda.", []),  # "ma" denies here; it would ask as well
    ],
}
CASES = [(tag, text, asked) for tag, cases in MESSAGES.items() for text, asked in cases]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("tag", "text", "asked"), CASES)
def test_what_is_asked(tag: str, text: str, asked: list[tuple[str, str]], form: str) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    found = [(unicodedata.normalize("NFC", a.span.of(text)), a.kind) for a in find_asked(text, tag)]
    assert found == asked


def test_of_a_language_that_nothing_is_known_of_marks_are_told() -> None:
    assert [a.kind for a in find_asked("Kan jeg klage. Hva nå?", None)] == ["question"]


@given(st.text(alphabet="når kommer?！؟.\n😀"), st.sampled_from([*MESSAGES, None]))
def test_places_lie_within_the_text_and_never_overlap(text: str, tag: str | None) -> None:
    found = find_asked(text, tag)
    assert all(a.span.of(text).strip() for a in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_what_a_translation_asks_stands_where_its_source_does() -> None:
    pairs = [(Span(0, 5), Span(0, 7)), (Span(6, 9), Span(8, 20))]
    both = [Asked(Span(9, 12), "request"), Asked(Span(13, 20), "question")]
    assert carry_back(both, pairs) == (Asked(Span(6, 9), "request"),)

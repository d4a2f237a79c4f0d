"""Template text between double brackets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replyassist.assistant import ReplyAssistant
from replyassist.domain import Draft
from replyassist.text.locks import find_locks

DRAFTS = {
    "nb": "Hei!\n\n[[I henhold til vedtaket kan det påklages.]] I henhold til loven svarer vi deg i morgen.",
    "nn": "Hei!\n\n[[Vi viser til ovannemnde vedtak.]] Vi viser til ovannemnde brev om søknaden din.",
    "sv": "Hej!\n\n[[I enlighet med beslutet svarar vi.]] Vi svarar i enlighet med lagen i morgon.",
    "da": "Hej!\n\n[[I henhold til afgørelsen svarer vi.]] Vi svarer dig i henhold til loven i morgen.",
    "en": "Hello!\n\n[[We write pursuant to the decision.]] We reply pursuant to the act tomorrow morning.",
}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a [[b]] c [[d\ne]]", ["[[b]]", "[[d\ne]]"]),
        ("😀 [[æ]]", ["[[æ]]"]),
        ("[[a", []),
        ("a]] [b] [c]]", []),
        ("[[a [b] c]]", ["[[a [b] c]]"]),
    ],
)
def test_marked_text_is_found(text: str, marked: list[str]) -> None:
    assert [span.of(text) for span in find_locks(text)] == marked


@given(st.text(alphabet="[]a\n"))
def test_marked_parts_never_overlap(text: str) -> None:
    spans = find_locks(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text).startswith("[[") and span.of(text).endswith("]]") for span in spans)


@pytest.mark.parametrize("tag", DRAFTS)
def test_nothing_is_suggested_on_marked_text(assistant: ReplyAssistant, tag: str) -> None:
    text = DRAFTS[tag]
    (marked,) = find_locks(text)
    found = assistant.assess(Draft(text, language=tag)).findings
    free = assistant.assess(Draft(text.replace("[[", "").replace("]]", ""), language=tag)).findings
    assert len(free) > len(found)
    assert [f.rule for f in found if f.span.overlaps(marked)] == []
    assert any(f.span.start > marked.end for f in found)
    simpler = assistant.simplify(Draft(text, language=tag)).text
    assert marked.of(text) in simpler

"""language_tool_python, unchanged, against the live server."""

from __future__ import annotations

from collections.abc import Iterator

import language_tool_python
import pytest
from language_tool_python.utils import correct

HARD = {
    "nb-NO": ("I henhold til vedtaket avslås søknaden.", "I henhold til"),
    "nn-NO": ("Vi har fått eit brev frå deg vedrørande søknaden.", "vedrørande"),
    "sv": ("Vi har erhållit er ansökan om bygglov.", "erhållit"),
    "da-DK": ("I henhold til vedtægten gives der afslag.", "I henhold til"),
    "en-GB": ("Pursuant to the aforementioned decision, the application is refused.", "Pursuant to"),
}


@pytest.fixture(params=HARD)
def tool(request: pytest.FixtureRequest, live: str) -> Iterator[language_tool_python.LanguageTool]:
    tool = language_tool_python.LanguageTool(request.param, remote_server=live)
    yield tool
    tool.close()


def test_findings_stand_where_the_words_are(tool: language_tool_python.LanguageTool) -> None:
    """After emoji of one and of two code points, and after CRLF: offsets are UTF-16 on the wire."""
    sentence, words = HARD[str(tool.language)]
    before = "😀👩🏽 \r\n\r\n"
    found = {
        (before + sentence)[m.offset : m.offset + m.error_length]: m for m in tool.check(before + sentence)
    }
    assert words in found
    match = found[words]
    assert match.context[match.offset_in_context :].startswith(words)
    assert match.sentence == sentence
    assert match.category == "STYLE"
    assert match.message


def test_corrections_apply(tool: language_tool_python.LanguageTool) -> None:
    sentence, words = HARD[str(tool.language)]
    matches = [m for m in tool.check(sentence) if m.replacements]
    assert matches
    assert words not in correct(sentence, matches)


def test_disabled_rules_are_silent(tool: language_tool_python.LanguageTool) -> None:
    sentence, _ = HARD[str(tool.language)]
    rules = {m.rule_id for m in tool.check(sentence)}
    tool.disabled_rules = rules
    assert not {m.rule_id for m in tool.check(sentence)} & rules


def test_language_is_found(live: str) -> None:
    with language_tool_python.LanguageTool("auto", remote_server=live) as tool:
        assert tool.check("I henhold til vedtaket har kommunen avslått søknaden om byggetillatelse.")

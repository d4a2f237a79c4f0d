"""The corpus is what its README says it is."""

import tomllib
from pathlib import Path

import pytest

from replyassist.profiles import load_letter_kinds

HERE = Path(__file__).parent
LANGUAGES = ("nb", "nn", "sv", "da", "en")
FOLDERS = sorted(path.parent for path in HERE.rglob("letter.toml"))


def read(folder):
    return tomllib.loads((folder / "letter.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(HERE)))
def test_a_letter_states_its_facts_in_both_versions(folder):
    letter = read(folder)
    assert letter["language"] == folder.parent.name
    assert letter["kind"] in load_letter_kinds()
    assert letter["audience"] in {"layperson", "contractor"}
    assert len(letter["facts"]) >= 5
    for version in ("today.txt", "plain.txt"):
        text = (folder / version).read_bytes().decode("utf-8")
        missing = [fact["text"] for fact in letter["facts"] if fact["text"] not in text]
        assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_letters_and_the_newest_third_is_held_out(language):
    here = [read(f)["date"] for f in FOLDERS if f.parent == HERE / language]
    held_out = [read(f)["date"] for f in FOLDERS if f.parent == HERE / "holdout" / language]
    assert len(here) + len(held_out) >= 12
    assert len(held_out) >= (len(here) + len(held_out)) / 3
    assert max(here) <= min(held_out)


def test_messages_cover_what_citizens_write():
    messages = tomllib.loads((HERE / "messages.toml").read_text(encoding="utf-8"))["message"]
    assert len(messages) >= 60
    assert len({m["language"] for m in messages}) >= 25
    assert len({m["id"] for m in messages}) == len(messages)
    for message in messages:
        if "mixed" in message["conditions"]:
            position = 0
            for part in message["parts"]:
                position = message["text"].index(part["text"], position)

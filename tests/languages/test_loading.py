"""Every language folder loads, and each way that one can be wrong gives an error that says where."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from replyassist import languages
from replyassist.errors import ConfigurationError, LanguageNotSupported
from replyassist.languages.loading import read_language
from replyassist.languages.terms import COLUMNS, parse_terms

MONTHS = "[" + ", ".join(f'"m{i}"' for i in range(12)) + "]"
WEEKDAYS = "[" + ", ".join(f'"d{i}"' for i in range(7)) + "]"
MINIMAL = f"""
tag = "xx"
name = "x"
english_name = "X"
decimal_mark = ","
months = {MONTHS}
weekdays = {WEEKDAYS}
"""
RULE = """
[[rule]]
id = "xx.phrase.a"
kind = "phrase"
pattern = "a b"
replace = "c"
message = "wordy"
severity = "advice"
source = "s"
flags = [["a b d", "c d"], "e"]
passes = ["f"]
limit = 3
"""
NOUN = (
    "vedtak,noun,replace,case-handling,vedtak|vedtaket|vedtak|vedtakene,"
    "svar|svaret|svar|svarene,n,n,,fvl. § 2"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "language.toml").write_text(MINIMAL, encoding="utf-8")
    return folder


def test_the_five_drafting_languages_are_there() -> None:
    assert {"nb", "nn", "sv", "da", "en"} <= set(languages.available())


@pytest.mark.parametrize("tag", languages.available())
def test_every_folder_loads(tag: str) -> None:
    language = languages.load(tag)
    assert language.tag == tag
    assert (len(language.months), len(language.weekdays)) == (12, 7)
    assert language.function_words
    assert language.salutations
    assert language.closings


@pytest.mark.parametrize("tag", ["xx", "", "..", "../en", "NB", "en/../nb"])
def test_an_unknown_tag_is_refused_with_its_name(tag: str) -> None:
    with pytest.raises(LanguageNotSupported) as caught:
        languages.load(tag)
    assert caught.value.fields == {"language": tag}


def test_threads_get_one_object() -> None:
    found: list[languages.Language] = []
    threads = [threading.Thread(target=lambda: found.append(languages.load("nb"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(language) for language in found}) == 1


def test_what_is_not_declared_is_empty(folder: Path) -> None:
    language = read_language(folder)
    assert language.bands == {}
    assert language.terms == ()
    assert language.letter_parts == {}


def test_rules_keep_their_parameters_and_both_forms_of_flags(folder: Path) -> None:
    (folder / "rules.toml").write_text(RULE, encoding="utf-8")
    (rule,) = read_language(folder).rules
    assert rule.replace == ("c",)
    assert rule.flags == (("a b d", "c d"), ("e", None))
    assert rule.parameters == {"limit": 3}


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("language.toml", MINIMAL.replace('tag = "xx"', 'tag = "yy"'), "yy"),
        ("language.toml", MINIMAL.replace('"m3", ', ""), "11 entries"),
        ("language.toml", MINIMAL.replace('decimal_mark = ","', 'decimal_mark = ";"'), "decimal_mark"),
        ("language.toml", MINIMAL.replace('name = "x"', "name = 3", 1), "name must be str"),
        ("language.toml", MINIMAL + 'months_abbreviated = ["a"]', "months_abbreviated"),
        ("language.toml", MINIMAL.replace('english_name = "X"', ""), "english_name"),
        ("language.toml", MINIMAL + "[bands]\nlix = [40, 30]", "upwards"),
        ("language.toml", MINIMAL + '[articles]\nm = ["a"]\nn = ["b", "c"]', "differ in length"),
        ("language.toml", MINIMAL + 'grammar = ["article-by-smell"]', "article-by-smell"),
        ("language.toml", "tag = ", "language.toml"),
        ("rules.toml", RULE.replace('"advice"', '"grave"'), "grave"),
        ("rules.toml", RULE + RULE, "there already"),
        ("rules.toml", RULE.replace('"xx.phrase.a"', '"nb.phrase.a"'), "begins with its language"),
        ("rules.toml", RULE.replace('"phrase"', '"pattern"').replace('"a b"', '"a (b"'), "xx.phrase.a"),
        ("rules.toml", RULE.replace('"c d"', '"c d", "g"'), "pair"),
        ("letter_parts.toml", '[parts]\nsubject = ["("]', "subject"),
        ("letter_parts.toml", "[part]\n", "part"),
        ("letter_cues.toml", '[cues]\nrefuse = [" *"]', "without a word"),
        ("letter_cues.toml", "[kinds]\n", "kinds"),
        ("messages.toml", "[message]\nwordy = 3", "messages.toml"),
        ("terms.csv", "lemma,pos\n", "header"),
    ],
)
def test_a_broken_file_says_where(folder: Path, file: str, content: str, said: str) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_language(folder)


def test_a_term_is_read_slot_by_slot() -> None:
    (term,) = parse_terms(",".join(COLUMNS) + "\n" + NOUN, "nb")
    assert term.forms == ("vedtak", "vedtaket", "vedtak", "vedtakene")
    assert term.plain == "svar"
    assert term.domains == ("case-handling",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (NOUN.replace("|vedtakene", ""), "noun has 4 slots, here are 3"),
        (NOUN.replace(",noun,", ",substantiv,"), "substantiv"),
        (NOUN.replace(",replace,", ",ban,"), "ban"),
        (NOUN.replace("case-handling", "fishing"), "fishing"),
        (NOUN.replace("svar|svaret|svar|svarene", ""), "replace"),
        (NOUN.replace(",replace,", ",legal,"), "replace"),
        (NOUN + "\n" + NOUN, "line 3.*there already"),
        (NOUN.rsplit(",", 1)[0], "columns"),
        (NOUN + ",more", "columns"),
    ],
)
def test_a_broken_term_says_where(row: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        parse_terms(",".join(COLUMNS) + "\n" + row, "nb")

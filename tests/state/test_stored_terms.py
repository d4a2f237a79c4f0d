"""The municipality's own words: stored, changed, and in use while translations go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from replyassist.errors import InvalidParameter, TermUnknown
from replyassist.state import database as database_module
from replyassist.state import terms as module
from replyassist.state.database import Database
from replyassist.state.terms import StoredConcept, StoredTerms
from replyassist.translation.termbase import Termbase

FILE = Termbase(({"nb": "barnehage", "en": "nursery"}, {"nb": "vei", "en": "road"}))


def wanted(terms: StoredTerms, sentence: str, source: str = "nb", target: str = "en") -> list[str]:
    return [use.wanted for use in terms.terms_in(sentence, source, target)]


def test_words_are_stored_changed_and_removed(database: Database) -> None:
    terms = StoredTerms(database, Termbase(()))
    first, second = terms.add([{"nb": " søknad ", "ar": "طلب"}, {"*": "Åsgård 🏛"}])
    assert first.words == {"nb": "søknad", "ar": "طلب"}
    assert terms.list_all() == [first, second]
    assert terms.change(first.id, {"sv": "ansökan"}) == StoredConcept(first.id, {"sv": "ansökan"})
    assert terms.find(first.id).words == {"sv": "ansökan"}
    terms.remove(second.id)
    assert [concept.id for concept in terms.list_all()] == [first.id]
    (third,) = terms.add([{"da": "ansøgning"}])
    assert third.id not in (first.id, second.id)  # a number is never given twice
    for act in (terms.find, terms.remove, lambda gone: terms.change(gone, {"nb": "a"})):
        with pytest.raises(TermUnknown):
            act(second.id)
    assert terms.replace_all([{"nb": "nytt"}])[0].words == {"nb": "nytt"}
    assert [concept.words for concept in terms.list_all()] == [{"nb": "nytt"}]
    assert terms.replace_all([]) == terms.list_all() == []


def test_they_go_before_the_file_s_and_are_used_at_once(database: Database) -> None:
    terms = StoredTerms(database, FILE)
    assert wanted(terms, "En barnehage ved en vei.") == ["nursery", "road"]
    (stored,) = terms.add([{"nb": "barnehage", "en": "kindergarten"}])
    assert wanted(terms, "En barnehage ved en vei.") == ["kindergarten", "road"]
    terms.change(stored.id, {"nb": "barnehage", "en": "preschool"})
    assert wanted(terms, "En barnehage ved en vei.") == ["preschool", "road"]
    terms.remove(stored.id)
    assert wanted(terms, "En barnehage ved en vei.") == ["nursery", "road"]


def test_another_replica_s_changes_are_seen(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = StoredTerms(database, FILE), StoredTerms(database, FILE)
    assert wanted(other, "Åsgård") == []
    (stored,) = one.add([{"*": "Åsgård"}])
    monkeypatch.setattr(module, "FRESH", 0.0)
    assert wanted(other, "Åsgård") == ["Åsgård"]
    one.remove(stored.id)
    one.add([{"*": "Ekeby"}])
    assert wanted(other, "Åsgård, Ekeby") == ["Ekeby"]


@pytest.mark.parametrize(
    "words",
    [{}, {"nb": ""}, {"nb": " "}, {"": "a"}, {"norsk bokmål": "a"}, {"nb": "a\nb"}, {"nb": "a" * 501},
     {"nb": "a", "x": "b"}],
)  # fmt: skip
def test_what_is_no_concept_is_refused_with_all_beside_it(database: Database, words: dict[str, str]) -> None:
    terms = StoredTerms(database, Termbase(()))
    (kept,) = terms.add([{"nb": "før"}])
    for act in (terms.add, terms.replace_all):
        with pytest.raises(InvalidParameter):
            act([{"nb": "god"}, words])
    with pytest.raises(InvalidParameter):
        terms.change(kept.id, words)
    assert terms.list_all() == [kept]


def test_a_termbase_ends_somewhere(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CONCEPTS", 3)
    terms = StoredTerms(database, Termbase(()))
    terms.add([{"nb": "a"}, {"nb": "b"}])
    with pytest.raises(InvalidParameter):
        terms.add([{"nb": "c"}, {"nb": "d"}])
    assert len(terms.list_all()) == 2
    assert len(terms.replace_all([{"nb": "c"}, {"nb": "d"}, {"nb": "e"}])) == 3


def test_many_at_once(database: Database) -> None:
    many = [{"nb": f"ord{n}", "en": f"word{n}"} for n in range(3_000)]
    terms = StoredTerms(database, Termbase(()))
    assert [concept.words for concept in terms.add(many)] == many
    assert wanted(terms, "Dette er ord2999.") == ["word2999"]


def test_looking_makes_no_file(tmp_path: Path) -> None:
    terms = StoredTerms(Database(f"sqlite:///{tmp_path / 's'}"), FILE)
    assert wanted(terms, "En barnehage.") == ["nursery"]
    assert terms.list_all() == []
    with pytest.raises(TermUnknown):
        terms.find(1)
    assert list(tmp_path.iterdir()) == []


def test_while_the_database_is_away_the_words_read_last_go_on(
    cluster, clean: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRESH", 0.0)
    monkeypatch.setattr(database_module, "PAUSE", 0.0)
    database = Database(clean)
    database.upgrade()
    terms = StoredTerms(database, FILE)
    terms.add([{"nb": "barnehage", "en": "kindergarten"}])
    assert wanted(terms, "En barnehage.") == ["kindergarten"]
    cluster.stop()
    try:
        assert wanted(terms, "En barnehage.") == ["kindergarten"]
    finally:
        cluster.start()
    assert wanted(terms, "En barnehage.") == ["kindergarten"]
    database.close()

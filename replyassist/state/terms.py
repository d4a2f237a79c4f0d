"""The municipality's own words in the database, where they are changed while translations go on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy import Connection, delete, func, insert, select, update

from replyassist.errors import InvalidParameter, StateUnavailable, TermUnknown
from replyassist.state.database import Database
from replyassist.state.tables import concepts, words
from replyassist.translation.term_files import EVERY_LANGUAGE
from replyassist.translation.termbase import Termbase, TermUse

FRESH = 2.0  # seconds that the words are used before it is asked whether they changed
LONGEST_WORD = 500
MOST_CONCEPTS = 50_000
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

Stamp = tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class StoredConcept:
    """A concept: language tag -> its word, or its forms with ``|`` between; ``*`` is every language."""

    id: int
    words: dict[str, str]


class StoredTerms:
    """The stored words before those of the settings' termbase; a
    :class:`~replyassist.translation.termbase.Terms`. Safe between threads."""

    def __init__(self, database: Database, file: Termbase) -> None:
        """Nothing is read yet; ``file`` has the words that can't be changed here."""
        self._database, self._file = database, file
        self._lock = Lock()
        self._used, self._asked = file, -FRESH
        self._stamp: Stamp = (0, None)

    def terms_in(self, sentence: str, source: str, target: str) -> tuple[TermUse, ...]:
        """The words that a sentence holds, as they were when the database was last in reach."""
        return self._current().terms_in(sentence, source, target)

    def list_all(self) -> list[StoredConcept]:
        """Every concept, in the order of their making.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return []
        with self._database.reading() as connection:
            return _read(connection)

    def find(self, concept: int) -> StoredConcept:
        """One concept.

        Raises:
            TermUnknown, StateUnavailable.
        """
        if self._database.is_absent():
            raise TermUnknown
        with self._database.reading() as connection:
            rows = connection.execute(select(words).where(words.c.concept_id == concept)).all()
        if not rows:
            raise TermUnknown
        return StoredConcept(concept, {row.language: row.word for row in rows})

    def add(self, many: Iterable[Mapping[str, str]]) -> list[StoredConcept]:
        """Store new concepts, all or none.

        Raises:
            InvalidParameter: a concept is none, or there would be too many.
            StateUnavailable.
        """
        checked = [check_words(each) for each in many]
        with self._database.writing() as connection:
            stored = _insert(connection, checked)
        self._forget()
        return stored

    def replace_all(self, many: Iterable[Mapping[str, str]]) -> list[StoredConcept]:
        """Store these concepts instead of all that there were.

        Raises: as :meth:`add`.
        """
        checked = [check_words(each) for each in many]
        with self._database.writing() as connection:
            connection.execute(delete(concepts))
            stored = _insert(connection, checked)
        self._forget()
        return stored

    def change(self, concept: int, meant: Mapping[str, str]) -> StoredConcept:
        """Give a concept other words.

        Raises:
            InvalidParameter, TermUnknown, StateUnavailable.
        """
        checked = check_words(meant)
        with self._database.writing() as connection:
            found = connection.execute(
                update(concepts).where(concepts.c.id == concept).values(changed=datetime.now(UTC))
            )
            if not found.rowcount:
                raise TermUnknown
            connection.execute(delete(words).where(words.c.concept_id == concept))
            connection.execute(insert(words), _rows(concept, checked))
        self._forget()
        return StoredConcept(concept, checked)

    def remove(self, concept: int) -> None:
        """Delete a concept.

        Raises:
            TermUnknown, StateUnavailable.
        """
        with self._database.writing() as connection:
            if not connection.execute(delete(concepts).where(concepts.c.id == concept)).rowcount:
                raise TermUnknown
        self._forget()

    def _forget(self) -> None:
        with self._lock:
            self._asked = -FRESH

    def _current(self) -> Termbase:
        with self._lock:
            if time.monotonic() - self._asked < FRESH or self._database.is_absent():
                return self._used
            self._asked = time.monotonic()
        try:
            with self._database.reading() as connection:
                latest = select(func.count(), func.max(concepts.c.changed)).select_from(concepts)
                stamp: Stamp = connection.execute(latest).one()._tuple()
                if stamp != self._stamp:
                    stored = tuple(each.words for each in _read(connection))
                    self._used, self._stamp = Termbase(stored + self._file.concepts), stamp
        except StateUnavailable:
            pass  # what was read last goes on
        return self._used


def check_words(meant: Mapping[str, str]) -> dict[str, str]:
    """The words of a concept, trimmed.

    Raises:
        InvalidParameter: a language is no tag, a word is empty or too long, or there is none.
    """
    checked = {tag: word.strip() for tag, word in meant.items()}
    if not checked:
        raise InvalidParameter("A concept needs a word.", parameter="words")
    for tag, word in checked.items():
        if tag != EVERY_LANGUAGE and not TAG.fullmatch(tag):
            raise InvalidParameter("A language is a tag such as nb, or *.", parameter="words")
        if not word or len(word) > LONGEST_WORD or any(ord(letter) < ord(" ") for letter in word):
            raise InvalidParameter(
                f"A word has 1 to {LONGEST_WORD} characters in one line.", parameter="words"
            )
    return checked


def _insert(connection: Connection, checked: list[dict[str, str]]) -> list[StoredConcept]:
    if not checked:
        return []
    there = connection.execute(select(func.count()).select_from(concepts)).scalar_one()
    if there + len(checked) > MOST_CONCEPTS:
        raise InvalidParameter(f"A termbase has at most {MOST_CONCEPTS} concepts.", parameter="terms")
    making = insert(concepts).returning(concepts.c.id, sort_by_parameter_order=True)
    numbers = connection.execute(making, [{"changed": datetime.now(UTC)}] * len(checked)).scalars()
    stored = [StoredConcept(number, each) for number, each in zip(numbers, checked, strict=True)]
    connection.execute(insert(words), [row for each in stored for row in _rows(each.id, each.words)])
    return stored


def _rows(concept: int, meant: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"concept_id": concept, "language": tag, "word": word} for tag, word in meant.items()]


def _read(connection: Connection) -> list[StoredConcept]:
    found: dict[int, dict[str, str]] = {}
    for row in connection.execute(select(words).order_by(words.c.concept_id, words.c.language)):
        found.setdefault(row.concept_id, {})[row.language] = row.word
    return [StoredConcept(number, meant) for number, meant in found.items()]

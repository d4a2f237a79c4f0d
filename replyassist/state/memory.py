"""The translation memory: segments that a person has reviewed, and their translations.

What may point to somebody is refused, and so is everything that a citizen wrote. Exact answers come from the
database; for similar ones the segments of a direction are held in memory and read anew when they change.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Literal

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, delete, func, select

from replyassist.domain import Offer
from replyassist.errors import NotRemembered, StateUnavailable
from replyassist.state.database import Database
from replyassist.state.tables import segments
from replyassist.translation.assembling import as_one_line
from replyassist.translation.memory import EXACT
from replyassist.translation.privacy import find_personal
from replyassist.translation.tmx import Unit

log = logging.getLogger("replyassist.state")

# Less alike than this (0-100), a translation takes longer to mend than to write.
LEAST_LIKE = 75
OFFERS = 3
LONGEST = 2_000
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
LONGEST_TAG = 20
# XML has no way to write these.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Writer = Literal["municipality", "citizen"]


@dataclass(frozen=True, slots=True)
class _Held:
    """The segments of a direction as they were at a time."""

    stamp: tuple[int, datetime | None]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    exact: dict[str, str]


class SegmentMemory:
    """Reviewed segments over one database; a :class:`~replyassist.translation.memory.Memory`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[tuple[str, str], _Held] = {}
        self._lock = Lock()

    def find(self, texts: Sequence[str], source: str, target: str) -> list[tuple[Offer, ...]]:
        """For each text the most similar segments, best first; none while the database is away."""
        try:
            held = self._hold(source, target)
        except StateUnavailable:
            return [()] * len(texts)
        return [self._offers(as_one_line(text), held) for text in texts]

    def remember(self, unit: Unit, *, written_by: Writer) -> str:
        """Keep a reviewed segment, in the place of one with the same source; the digest that it is found by.

        Args:
            unit: the segment and its reviewed translation.
            written_by: whose words the source is.

        Raises:
            NotRemembered: a citizen wrote it, it may point to somebody, or it is empty or far too long.
            StateUnavailable.
        """
        if written_by != "municipality":
            raise NotRemembered("What a citizen wrote is never stored.", reason="citizen")
        if reason := _refusal(unit):
            raise NotRemembered(reason=reason)
        self._store([unit])
        return _digest(unit.source)

    def add(self, units: Iterable[Unit]) -> tuple[int, int]:
        """Keep the units of a file; how many were kept, and how many refused.

        Raises:
            StateUnavailable.
        """
        kept = refused = 0
        portion: list[Unit] = []
        for unit in units:
            if _refusal(unit):
                refused += 1
                continue
            portion.append(unit)
            kept += 1
            if len(portion) == 500:
                self._store(portion)
                portion = []
        self._store(portion)
        return kept, refused

    def units(self) -> Iterator[Unit]:
        """All segments, in the order of their languages.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return
        columns = segments.c
        with self._database.reading() as connection:
            rows = connection.execute(
                select(columns.source_language, columns.target_language, columns.source, columns.target)
                .order_by(columns.source_language, columns.target_language, columns.source)
            )  # fmt: skip
            for row in rows:
                yield Unit(*row)

    def count(self) -> list[tuple[str, str, int]]:
        """How many segments there are from which language into which.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return []
        columns = segments.c
        direction = (columns.source_language, columns.target_language)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(*direction, func.count()).group_by(*direction).order_by(*direction)
            )
            return [row._tuple() for row in rows]

    def show(self, source: str, target: str, digest: str) -> Unit | None:
        """The segment of that digest between those languages, or None.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return None
        columns = segments.c
        with self._database.reading() as connection:
            row = connection.execute(
                select(columns.source, columns.target).where(_is_there(source, target, digest))
            ).one_or_none()
        return Unit(source, target, row.source, row.target) if row else None

    def forget(self, source: str, target: str, digest: str) -> bool:
        """Delete the segment of that digest between those languages; whether there was one.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return False
        with self._database.writing() as connection:
            return bool(
                connection.execute(delete(segments).where(_is_there(source, target, digest))).rowcount
            )

    def clear(self) -> int:
        """Forget everything; how many segments that were.

        Raises:
            StateUnavailable.
        """
        if self._database.is_absent():
            return 0
        with self._database.writing() as connection:
            gone = connection.execute(delete(segments)).rowcount
        with self._lock:
            self._held.clear()
        return gone

    def _store(self, units: Sequence[Unit]) -> None:
        if not units:
            return
        now = datetime.now(UTC)
        rows = {(unit.source_language, unit.target_language, _digest(unit.source)): unit for unit in units}
        statement = self._database.insert(segments)
        columns = segments.c
        statement = statement.on_conflict_do_update(
            index_elements=[columns.source_language, columns.target_language, columns.digest],
            set_={name: statement.excluded[name] for name in ("source", "target", "reviewed")},
        )
        with self._database.writing() as connection:
            connection.execute(
                statement,
                [
                    {
                        "source_language": key[0], "target_language": key[1], "digest": key[2],
                        "source": as_one_line(unit.source), "target": unit.target.strip(), "reviewed": now,
                    }
                    for key, unit in rows.items()
                ],
            )  # fmt: skip

    def _hold(self, source: str, target: str) -> _Held:
        """The segments of a direction; read from the database only when they have changed."""
        nothing = _Held((0, None), (), (), {})
        if self._database.is_absent():
            return nothing
        columns = segments.c
        here = (columns.source_language == source) & (columns.target_language == target)
        with self._database.reading() as connection:
            count, newest = connection.execute(
                select(func.count(), func.max(columns.reviewed)).where(here)
            ).one()
            stamp = (count, newest)
            with self._lock:
                held = self._held.get((source, target), nothing)
            if held.stamp == stamp:
                return held
            rows = connection.execute(select(columns.source, columns.target).where(here)).all()
        held = _Held(
            stamp, tuple(row.source for row in rows), tuple(row.target for row in rows),
            {row.source: row.target for row in rows},
        )  # fmt: skip
        with self._lock:
            self._held[source, target] = held
        return held

    @staticmethod
    def _offers(text: str, held: _Held) -> tuple[Offer, ...]:
        if text in held.exact:
            return (Offer(text, held.exact[text], EXACT),)
        if not held.sources:
            return ()
        found = process.extract(text, held.sources, scorer=fuzz.ratio, limit=OFFERS, score_cutoff=LEAST_LIKE)
        return tuple(
            # Only what is the same is called so: 0.9999 would be rounded to it.
            Offer(source, held.targets[place], min(0.99, round(score / 100, 2)))
            for source, score, place in found
        )


def _is_there(source: str, target: str, digest: str) -> ColumnElement[bool]:
    columns = segments.c
    return (
        (columns.source_language == source) & (columns.target_language == target) & (columns.digest == digest)
    )


def _refusal(unit: Unit) -> str | None:
    """Why a segment must not be kept, or None."""
    if not unit.source.strip() or not unit.target.strip():
        return "empty"
    if max(len(unit.source), len(unit.target)) > LONGEST:
        return "too-long"
    if unit.source_language == unit.target_language or not all(
        TAG.fullmatch(tag) and len(tag) <= LONGEST_TAG for tag in (unit.source_language, unit.target_language)
    ):
        return "language"
    if UNWRITABLE.search(unit.source + unit.target):
        return "characters"
    for text, tag in ((unit.source, unit.source_language), (unit.target, unit.target_language)):
        if personal := find_personal(as_one_line(text), tag):
            return personal
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(as_one_line(text).encode()).hexdigest()

"""Keys: whoever calls from elsewhere shows one. It is shown once, when it is made; kept is its hash alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from replyassist.errors import InvalidParameter, StateUnavailable
from replyassist.state.database import Database
from replyassist.state.scopes import SCOPES, USUAL_SCOPES
from replyassist.state.tables import keys

PREFIX = "ra_"  # lets scanners for leaked secrets, and people, see what it is
BYTES = 32
LONGEST_NAME, LONGEST_UNIT = 100, 40
HIGHEST_LIMIT = 1_000_000_000  # what a column holds
FRESH = 10.0  # seconds that a key is trusted before it is looked up again: a revoked one lives no longer


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key.

    Attributes:
        name: who has it; for people who manage keys, never in a log.
        scopes: what it opens, out of :data:`replyassist.state.scopes.SCOPES`.
        unit: the part of the municipality that its use is counted for; empty for none.
        rate: requests a minute, quota: requests a day (UTC); None for no limit.
    """

    id: int
    name: str
    scopes: frozenset[str]
    unit: str
    rate: int | None
    quota: int | None
    created: datetime
    revoked: datetime | None


class Keyring:
    """The keys in the database; those in use are remembered while it is away. Safe between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[Key, float]] = {}  # digest: the key, and when it was looked up
        self._lock = Lock()

    def create(
        self, name: str, scopes: Iterable[str] = USUAL_SCOPES, *, unit: str = "",
        rate: int | None = None, quota: int | None = None,
    ) -> str:  # fmt: skip
        """Make a key; the answer is the only place where it ever stands.

        Raises:
            InvalidParameter: the name is taken, or an argument has a value that it can't have.
            StateUnavailable.
        """
        wanted = sorted(set(scopes))
        _check(name, wanted, unit, rate, quota)
        secret = PREFIX + secrets.token_urlsafe(BYTES)
        row = {
            "name": name, "digest": _digest(secret), "scopes": " ".join(wanted), "unit": unit,
            "rate": rate, "quota": quota, "created": datetime.now(UTC),
        }  # fmt: skip
        with self._database.writing() as connection:
            try:
                connection.execute(insert(keys).values(row))
            except IntegrityError:
                raise InvalidParameter("There is, or was, a key of that name.", parameter="name") from None
        return secret

    def list_all(self) -> list[Key]:
        """Every key that was ever made, oldest first."""
        if self._database.is_absent():
            return []
        with self._database.reading() as connection:
            return [_read(row) for row in connection.execute(select(keys).order_by(keys.c.id))]

    def revoke(self, name: str) -> None:
        """End a key: within :data:`FRESH` seconds no server takes it. Its name stays taken.

        Raises:
            InvalidParameter: no key in force has that name.
            StateUnavailable.
        """
        in_force = (keys.c.name == name) & keys.c.revoked.is_(None)
        with self._database.writing() as connection:
            found = connection.execute(update(keys).where(in_force).values(revoked=datetime.now(UTC)))
            if not found.rowcount:
                raise InvalidParameter("No key in force has that name.", parameter="name")

    def find(self, secret: str) -> Key | None:
        """The key that was shown, if it is in force.

        Raises:
            StateUnavailable: the database is away and the key was not seen lately.
        """
        digest = _digest(secret)
        with self._lock:
            known = self._known.get(digest)
        if known and time.monotonic() - known[1] < FRESH:
            return known[0]
        try:
            found = self._look_up(digest)
        except StateUnavailable:
            if known:
                return known[0]
            raise
        with self._lock:
            if found:
                self._known[digest] = (found, time.monotonic())
            else:
                self._known.pop(digest, None)
        return found

    def _look_up(self, digest: str) -> Key | None:
        if self._database.is_absent():
            return None
        in_force = (keys.c.digest == digest) & keys.c.revoked.is_(None)
        with self._database.reading() as connection:
            row = connection.execute(select(keys).where(in_force)).one_or_none()
        return _read(row) if row and hmac.compare_digest(row.digest, digest) else None


def _digest(secret: str) -> str:
    """SHA-256 without salt or stretching: 256 random bits can't be guessed, and each request waits for it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _read(row: Row[Any]) -> Key:
    scopes = frozenset(row.scopes.split())
    return Key(row.id, row.name, scopes, row.unit, row.rate, row.quota, row.created, row.revoked)


def _check(name: str, scopes: list[str], unit: str, rate: int | None, quota: int | None) -> None:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise InvalidParameter(f"A name has 1 to {LONGEST_NAME} printable characters.", parameter="name")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise InvalidParameter(f"Scopes are: {', '.join(SCOPES)}.", parameter="scopes")
    if len(unit) > LONGEST_UNIT:
        raise InvalidParameter(f"A unit has at most {LONGEST_UNIT} characters.", parameter="unit")
    if any(limit is not None and not 1 <= limit <= HIGHEST_LIMIT for limit in (rate, quota)):
        raise InvalidParameter(f"A limit is from 1 to {HIGHEST_LIMIT:,}.", parameter="rate")

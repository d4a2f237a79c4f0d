"""All that is shared, over one database."""

from __future__ import annotations

from dataclasses import dataclass

from replyassist.config import Settings
from replyassist.state.counts import Counts
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.meter import Meter
from replyassist.state.terms import StoredTerms
from replyassist.translation.termbase import Termbase


@dataclass(frozen=True, slots=True)
class State:
    """What replicas share; nothing is opened before it is used."""

    database: Database
    keyring: Keyring
    meter: Meter
    counts: Counts
    terms: StoredTerms

    @classmethod
    def of(cls, settings: Settings, terms: StoredTerms | None = None) -> State:
        """The state that the settings lead to.

        Args:
            terms: those that the translator uses, so that a change is seen at once.

        Raises:
            ConfigurationError: the URL of the database is none of ours.
        """
        database = Database(settings.database)
        return cls(
            database,
            Keyring(database),
            Meter(database),
            Counts(database, settings.retention),
            terms or StoredTerms(database, Termbase.of(settings)),
        )

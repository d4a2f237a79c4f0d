"""All that is shared, over one database."""

from __future__ import annotations

from dataclasses import dataclass

from replyassist.config import Settings
from replyassist.state.counts import Counts
from replyassist.state.database import Database
from replyassist.state.keys import Keyring
from replyassist.state.meter import Meter


@dataclass(frozen=True, slots=True)
class State:
    """What replicas share; nothing is opened before it is used."""

    database: Database
    keyring: Keyring
    meter: Meter
    counts: Counts

    @classmethod
    def of(cls, settings: Settings) -> State:
        """The state that the settings lead to.

        Raises:
            ConfigurationError: the URL of the database is none of ours.
        """
        database = Database(settings.database)
        return cls(database, Keyring(database), Meter(database), Counts(database, settings.retention))

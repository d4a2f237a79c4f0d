"""Who can reach the service at all, and whether that is meant."""

from __future__ import annotations

import ipaddress

from replyassist.config import Settings
from replyassist.errors import ConfigurationError, StateUnavailable


def is_reachable(settings: Settings) -> bool:
    """Whether others than this machine's own can call."""
    if settings.proxies:
        return True
    try:
        return settings.host != "localhost" and not ipaddress.ip_address(settings.host).is_loopback
    except ValueError:
        return True


def require_key(settings: Settings) -> None:
    """Refuse to serve others when nobody could get in: most likely that is not what was meant.

    Raises:
        ConfigurationError: keys are needed and there is none.
    """
    if settings.open or settings.open_pages or not is_reachable(settings):
        return
    from replyassist.state.database import Database  # noqa: PLC0415 - on a loopback address nobody is asked
    from replyassist.state.keys import Keyring  # noqa: PLC0415

    database = Database(settings.database)
    try:
        if any(key.revoked is None for key in Keyring(database).list_all()):
            return
    except StateUnavailable:
        return  # it may come back, and so may its keys
    finally:
        database.close()
    raise ConfigurationError(
        f"{settings.host} can be reached by others, and there is no key: make one with `replyassist keys"
        " create`, or add --open to let everybody in."
    )

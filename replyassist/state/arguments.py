"""The commands ``replyassist keys`` and ``replyassist database``."""

from __future__ import annotations

import argparse
from typing import Any

from replyassist.config import Settings
from replyassist.state.scopes import SCOPES, USUAL_SCOPES

DONE = 0


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the actions with keys."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser("create", help="make a key; it is shown this once")
    action.add_argument("name", help="who will have it")
    action.add_argument(
        "--scope", action="append", choices=SCOPES, metavar="SCOPE",
        help=f"what it opens, again for more: {', '.join(SCOPES)} (default: {', '.join(USUAL_SCOPES)})",
    )  # fmt: skip
    action.add_argument("--rate", type=int, metavar="N", help="requests a minute (default: no limit)")
    action.add_argument("--quota", type=int, metavar="N", help="requests a day, UTC (default: no limit)")
    action.add_argument("--unit", default="", help="the unit that its use is counted for")
    action.set_defaults(run=_create)
    actions.add_parser("list", help="every key that was made, never the key itself").set_defaults(run=_list)
    action = actions.add_parser("revoke", help="end a key")
    action.add_argument("name")
    action.set_defaults(run=_revoke)


def add_database(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the actions with the database."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("upgrade", help="bring the tables up to date").set_defaults(run=_upgrade)
    actions.add_parser("show", help="where it is, and its newest migration").set_defaults(run=_show)


def _create(chosen: argparse.Namespace, settings: Settings) -> int:
    scopes = chosen.scope or USUAL_SCOPES
    print(
        _keyring(settings).create(chosen.name, scopes, unit=chosen.unit, rate=chosen.rate, quota=chosen.quota)
    )
    return DONE


def _list(chosen: argparse.Namespace, settings: Settings) -> int:
    print("name", "scopes", "unit", "a minute", "a day", "created", "revoked", sep="\t")
    for key in _keyring(settings).list_all():
        print(
            key.name, ",".join(sorted(key.scopes)), _shown(key.unit), _shown(key.rate), _shown(key.quota),
            f"{key.created:%Y-%m-%d}", f"{key.revoked:%Y-%m-%d}" if key.revoked else "-", sep="\t",
        )  # fmt: skip
    return DONE


def _revoke(chosen: argparse.Namespace, settings: Settings) -> int:
    _keyring(settings).revoke(chosen.name)
    return DONE


def _upgrade(chosen: argparse.Namespace, settings: Settings) -> int:
    print(_database(settings).upgrade())
    return DONE


def _show(chosen: argparse.Namespace, settings: Settings) -> int:
    database = _database(settings)
    print(
        database.url.render_as_string(hide_password=True),
        database.current() or "nothing stored yet",
        sep="\t",
    )
    return DONE


def _database(settings: Settings) -> Any:
    from replyassist.state.database import Database  # noqa: PLC0415 - --help must not wait for SQLAlchemy

    return Database(settings.database)


def _keyring(settings: Settings) -> Any:
    from replyassist.state.keys import Keyring  # noqa: PLC0415 - as above

    return Keyring(_database(settings))


def _shown(value: Any) -> str:
    return str(value or "-")

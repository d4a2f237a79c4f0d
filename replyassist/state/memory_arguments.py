"""The command ``replyassist memory``: import, export, clear."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from replyassist.config import Settings

if TYPE_CHECKING:
    from replyassist.state.memory import SegmentMemory

DONE = 0


def add_memory(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the actions with the translation memory."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser("import", help="take in reviewed segments from a TMX file")
    action.add_argument("path", type=Path, metavar="FILE")
    action.set_defaults(run=_import)
    action = actions.add_parser("export", help="write all segments as a TMX file")
    action.add_argument("path", type=Path, metavar="FILE")
    action.set_defaults(run=_export)
    actions.add_parser("clear", help="forget all segments").set_defaults(run=_clear)


def _import(chosen: argparse.Namespace, settings: Settings) -> int:
    from replyassist.translation.tmx import read_tmx  # noqa: PLC0415 - no other command needs it

    kept, refused = _memory(settings).add(read_tmx(chosen.path))
    print(f"{kept} segments kept")
    if refused:
        print(f"{refused} refused: empty, too long, or they may point to somebody", file=sys.stderr)
    return DONE


def _export(chosen: argparse.Namespace, settings: Settings) -> int:
    from replyassist.translation.tmx import write_tmx  # noqa: PLC0415

    print(f"{write_tmx(_memory(settings).units(), chosen.path, version('replyassist'))} segments written")
    return DONE


def _clear(chosen: argparse.Namespace, settings: Settings) -> int:
    print(f"{_memory(settings).clear()} segments forgotten")
    return DONE


def _memory(settings: Settings) -> SegmentMemory:
    from replyassist.state.database import Database  # noqa: PLC0415
    from replyassist.state.memory import SegmentMemory  # noqa: PLC0415

    return SegmentMemory(Database(settings.database))

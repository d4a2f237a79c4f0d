"""The command ``replyassist memory``: import, export, clear."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from pathlib import Path

from replyassist.config import Settings
from replyassist.state.database import Database
from replyassist.state.memory import SegmentMemory
from replyassist.translation.tmx import read_tmx, write_tmx

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
    kept, refused = _memory(settings).add(read_tmx(chosen.path))
    print(f"{kept} segments kept")
    if refused:
        print(f"{refused} refused: empty, too long, or they may point to somebody", file=sys.stderr)
    return DONE


def _export(chosen: argparse.Namespace, settings: Settings) -> int:
    print(f"{write_tmx(_memory(settings).units(), chosen.path, version('replyassist'))} segments written")
    return DONE


def _clear(chosen: argparse.Namespace, settings: Settings) -> int:
    print(f"{_memory(settings).clear()} segments forgotten")
    return DONE


def _memory(settings: Settings) -> SegmentMemory:
    return SegmentMemory(Database(settings.database))

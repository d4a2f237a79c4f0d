"""What a worker process does: it loads the assistant at its first page, and checks until its run is over.

The process that hands out the pages imports this module too, and so none that knows of models: it begins at
once, and stays small.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from replyassist.batch.options import Job
from replyassist.batch.rows import Row
from replyassist.batch.sources import Source
from replyassist.config import Settings

if TYPE_CHECKING:
    from replyassist.assistant import ReplyAssistant

# What all workers need and no run changes: imported once, by the process that they are forked from.
PRELOADED = ("replyassist.batch.checking",)
_loading = Lock()


def begin_work() -> None:
    """Set a new worker process up: it outlives no run, and leaves Ctrl-C to the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches every process of the terminal
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    gc.freeze()  # what was imported stays: it is searched no more, and its memory goes on being shared


def check_in_worker(settings: Settings, job: Job, source: Source) -> Row:
    """Check a page in a worker process, which builds its assistant at the first page and keeps it."""
    from replyassist.batch.checking import check_source  # noqa: PLC0415  # see the head of this module

    with _loading:  # a worker of a cluster may have threads
        assistant = _assistant(settings)
    return check_source(assistant, job, source)


@cache
def _assistant(settings: Settings) -> ReplyAssistant:
    from replyassist.assistant import ReplyAssistant  # noqa: PLC0415  # see the head of this module

    return ReplyAssistant.load(settings)


def _leave_with_parent() -> None:
    """End when the run is gone, killed perhaps: a worker that waits for pages would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

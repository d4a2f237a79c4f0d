"""Writing seldom: once for all who asked, again after a failure, and at the end of the process."""

from __future__ import annotations

import subprocess
import sys
from threading import Event

from replyassist.errors import StateUnavailable
from replyassist.state.buffering import Delayed

ENDING = """
from replyassist.state.buffering import Delayed
kept = Delayed(lambda: print("stored"), 3600.0)
forgotten = Delayed(lambda: print("never asked for"), 3600.0)
kept.ask()
kept.ask()
"""


def test_it_runs_once_for_all_who_asked() -> None:
    runs, ran = [], Event()

    def job() -> None:
        runs.append(1)
        ran.set()

    delayed = Delayed(job, 0.2)
    for _ in range(10):
        delayed.ask()
    assert runs == []
    assert ran.wait(30)
    delayed.run_now()
    assert runs == [1]  # nobody asked again


def test_it_runs_again_when_the_database_was_away() -> None:
    runs, done = [], Event()

    def job() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise StateUnavailable
        done.set()

    Delayed(job, 0.01).ask()
    assert done.wait(30)


def test_now_is_now() -> None:
    runs: list[int] = []
    delayed = Delayed(lambda: runs.append(1), 3600.0)
    delayed.run_now()
    assert runs == []
    delayed.ask()
    delayed.run_now()
    assert runs == [1]


def test_the_end_of_the_process_waits_for_it() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=True)
    assert ended.stdout.split("\n") == ["stored", ""]
    assert ended.stderr == ""

"""Writing seldom: what was asked for some seconds ago is written once for all who asked."""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Timer

from replyassist.errors import StateUnavailable


class Delayed:
    """A job that runs ``seconds`` after it was asked for, again while the database is away, and at exit.

    There is no thread while nobody asks.
    """

    def __init__(self, job: Callable[[], None], seconds: float) -> None:
        self._job = job
        self._seconds = seconds
        self._lock = Lock()
        self._timer: Timer | None = None
        finish = weakref.WeakMethod(self._finish)
        atexit.register(lambda: (run := finish()) and run())

    def ask(self) -> None:
        """Let the job run, soon."""
        with self._lock:
            if self._timer is None:
                self._timer = Timer(self._seconds, self.run_now)
                self._timer.daemon = True
                self._timer.start()

    def run_now(self) -> None:
        """Run the job, and ask for it again if the database is away."""
        if not self._is_asked():
            return
        try:
            self._job()
        except StateUnavailable:
            self.ask()

    def _finish(self) -> None:
        if self._is_asked():
            with suppress(StateUnavailable):
                self._job()

    def _is_asked(self) -> bool:
        """Whether the job is to run; from now on it is not."""
        with self._lock:
            timer, self._timer = self._timer, None
        if timer is None:
            return False
        timer.cancel()
        return True

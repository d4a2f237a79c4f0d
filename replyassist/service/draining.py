"""gunicorn's threaded worker with two promises more: a stop loses nobody, a silent client holds no thread."""

from __future__ import annotations

import socket
import struct
from concurrent.futures import Future
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 10  # seconds that a client may keep silent in the middle of a request, or not take its answer


class DrainingWorker(ThreadWorker):  # type: ignore[misc]
    """Answers all whom the kernel had let in when the stop came, and hangs up on who goes silent.

    gunicorn's own worker leaves those in the kernel's queue unanswered, and takes no more notice of new ones
    while it finishes: they would be cut off when it ends.
    """

    def init_process(self) -> None:
        """Set the time limits on the listening sockets: on Linux a connection inherits them."""
        limit = struct.pack("ll", PATIENCE, 0)
        for listener in self.sockets:
            for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                listener.sock.setsockopt(socket.SOL_SOCKET, direction, limit)
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """As gunicorn's, and hang up here: that lingers for seconds, and gunicorn leaves it to the one thread
        that takes connections in."""
        kept = super().handle(conn)
        if not kept:
            conn.close(graceful=True)
        return kept

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """As gunicorn's, for connections that are kept."""
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self.nr_conns -= 1

    def set_accept_enabled(self, enabled: bool) -> None:
        """As gunicorn's; when the worker stops, it takes in the queue and then closes the door."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                self._take_in(listener)
                listener.close()

    def _take_in(self, listener: Any) -> None:
        listener.setblocking(False)
        known = -1
        while known < self.nr_conns:
            known = self.nr_conns
            self.accept(listener)

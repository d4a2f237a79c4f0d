"""gunicorn's threaded worker with three promises more: a stop loses nobody, a silent client holds no thread,
and what is no HTTP gets an error of our own shape, whose log quotes none of it."""

from __future__ import annotations

import ctypes
import json
import logging
import socket
import struct
import uuid
from concurrent.futures import Future
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 10  # seconds that a client may keep silent in the middle of a request, or not take its answer
STATUSES = {  # of requests that can't be read; 400 for the others
    errors.ForbiddenProxyRequest: HTTPStatus.FORBIDDEN,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ConfigurationProblem: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,  # the answer's, not the request's
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
}

M_ARENA_MAX = -8  # of glibc's malloc.h

log = logging.getLogger("replyassist.service")


def share_memory() -> None:
    """Let glibc keep one arena for all threads of this process: with one for every few of forty threads, each
    keeps free pages that the others can't use. Elsewhere than on glibc, nothing.
    """
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)


class DrainingWorker(ThreadWorker):  # type: ignore[misc]
    """Answers all whom the kernel had let in when the stop came, and hangs up on who goes silent.

    gunicorn's own worker leaves those in the kernel's queue unanswered, and takes no more notice of new ones
    while it finishes: they would be cut off when it ends.
    """

    def init_process(self) -> None:
        """Set the time limits on the listening sockets (on Linux a connection inherits them), and have all
        threads take memory from one place.
        """
        share_memory()
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

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer a request that never reached the app; gunicorn's answer is HTML, and its log quotes the
        request line, whose query may hold a letter."""
        from werkzeug.exceptions import default_exceptions  # noqa: PLC0415 - the process that watches over workers

        from replyassist.service.errors import PROBLEM, describe, note  # noqa: PLC0415 - has no use for Flask

        unread = isinstance(exc, errors.ParseException)
        status = STATUSES.get(
            type(exc), HTTPStatus.BAD_REQUEST if unread else HTTPStatus.INTERNAL_SERVER_ERROR
        )
        request_id = uuid.uuid4().hex
        problem = describe(default_exceptions[status]()) | {"request_id": request_id}
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            note(exc, request_id)
        else:
            log.info("%s %d %s", request_id, status, type(exc).__name__)
        body = json.dumps(problem).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nCache-Control: no-store\r\n"
            f"Content-Type: {PROBLEM}\r\nContent-Length: {len(body)}\r\nX-Request-ID: {request_id}\r\n\r\n"
        )
        try:
            util.write_nonblock(client, head.encode() + body)
        except OSError:
            return  # it did not wait for its answer

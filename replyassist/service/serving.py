"""Serving with gunicorn: one process whose threads share the models, and one that watches over it."""

from __future__ import annotations

import gc
import logging
import math
import sys
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from replyassist.config import READING, Settings
from replyassist.errors import ReplyassistError
from replyassist.service.capacity import THREADS
from replyassist.service.worker import DrainingWorker

GRACE = 10  # seconds that accepted requests have beyond the longest time limit when the server is stopped
KEEPALIVE = 75  # seconds; longer than nginx keeps a connection, so that it never sends into a closing one
BOOT_FAILED = 4  # gunicorn's own code for an app that can't be loaded: it then stops instead of trying again
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"

if TYPE_CHECKING:
    from replyassist.assistant import ReplyAssistant

log = logging.getLogger("replyassist.service")


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up by our settings alone.

    What reads letters, where it is to be warm, is loaded before the worker is forked, so that one that dies
    is replaced in no time; else this process imports nothing of the app, which the worker's copy would make
    it hold twice. The translator is loaded in the worker, since its threads would not survive the fork. There
    is no access log: a query string may hold the text of a letter. The service writes its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.assistant = _read_ahead(settings) if READING in settings.warm else None
        super().__init__()

    def load_config(self) -> None:
        """Our settings in gunicorn's terms."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        longest = math.ceil(max(self.settings.time_limit, self.settings.batch_time_limit))
        options: dict[str, Any] = {
            "bind": f"{host}:{self.settings.port}",
            "workers": 1,
            "worker_class": DrainingWorker,
            "threads": THREADS,
            "keepalive": KEEPALIVE,
            "timeout": longest + GRACE,
            "graceful_timeout": longest + GRACE,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The app; what stops it is said in a line."""
        from replyassist.service.application import create_app  # noqa: PLC0415

        logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
        try:
            app = create_app(self.settings, self.assistant, is_warm=False)
        except ReplyassistError as error:
            print(f"replyassist: {error.detail}", file=sys.stderr)
            sys.exit(BOOT_FAILED)
        log.info("serving on http://%s:%d", self.settings.host, self.settings.port)
        return app


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        ConfigurationError, PackageError: something that is read ahead is missing or broken.
        SystemExit: the server was stopped; with BOOT_FAILED where its worker found and said what is missing.
    """
    Server(settings).run()


def _read_ahead(settings: Settings) -> ReplyAssistant:
    """An assistant that has all at hand to read letters, in memory that a fork can share."""
    from replyassist.assistant import ReplyAssistant  # noqa: PLC0415
    from replyassist.service.runtime import warm_reading  # noqa: PLC0415

    assistant = ReplyAssistant.load(settings)
    warm_reading(assistant)
    # The worker's collector would write to what both processes share, and have it copied.
    gc.collect()
    gc.freeze()
    return assistant

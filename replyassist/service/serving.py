"""Serving with gunicorn: one process, whose threads share the models."""

from __future__ import annotations

import logging
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from replyassist.config import Settings
from replyassist.errors import ReplyassistError
from replyassist.service.application import create_app
from replyassist.service.security import WAITING

THREADS = WAITING + 8  # some are left to say that the server is busy
GRACE = 30  # seconds that accepted requests have when the server is stopped
BOOT_FAILED = 4  # gunicorn's own code for an app that can't be loaded: it then stops instead of trying again
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"

log = logging.getLogger("replyassist.service")


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up by our settings alone.

    The models are read in the worker, not before it is forked: the translator's threads would not survive it.
    There is no access log: a query string may hold the text of a letter. The service writes its own.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Our settings in gunicorn's terms."""
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self.settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": int(self.settings.time_limit) + GRACE,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The app; what stops it is said in a line."""
        logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
        try:
            app = create_app(self.settings)
        except ReplyassistError as error:
            print(f"replyassist: {error.detail}", file=sys.stderr)
            sys.exit(BOOT_FAILED)
        log.info("serving on http://%s:%d", self.settings.host, self.settings.port)
        return app


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    Server(settings).run()

"""The real house behind a real server, for the clients that people have."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.service import create_app


@pytest.fixture(scope="session")
def live(assistant: ReplyAssistant) -> Iterator[str]:
    """Its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(assistant.settings, assistant), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()

"""What all tests share: one assistant, since reading the models takes a second, one server over it, and how
Hypothesis runs.

The suite draws the same examples every time, so that a red run can be repeated; HYPOTHESIS_PROFILE=explore
draws new ones.
"""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings
from werkzeug.serving import make_server

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.service import create_app

# What the tests store goes where nobody keeps anything.
STATE = tempfile.TemporaryDirectory(prefix="replyassist-state-")
os.environ["XDG_STATE_HOME"] = STATE.name
os.environ.pop("STATE_DIRECTORY", None)

settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


@pytest.fixture(scope="session")
def assistant() -> ReplyAssistant:
    return ReplyAssistant.load(Settings())


@pytest.fixture(scope="session")
def live(assistant: ReplyAssistant) -> Iterator[str]:
    """The address of a real server over the real house, for browsers and the clients that people have."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(assistant.settings, assistant), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()

"""What all tests share: one assistant, since reading the models takes a second, and how Hypothesis runs.

The suite draws the same examples every time, so that a red run can be repeated; HYPOTHESIS_PROFILE=explore
draws new ones.
"""

import os

import pytest
from hypothesis import settings

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings

settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


@pytest.fixture(scope="session")
def assistant() -> ReplyAssistant:
    return ReplyAssistant.load(Settings())

"""One identifier for all tests: loading reads 14 MB."""

from __future__ import annotations

import pytest

from replyassist.identification import Identifier


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    """The project's own model, without a prior."""
    return Identifier.load()

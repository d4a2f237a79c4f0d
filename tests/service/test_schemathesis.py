"""The description holds: schemathesis asks every address for what it allows and for what it does not.

Each answer must have the status, type and form that the description gives it. Its own pytest plug-in is not
used: it asks for a function per address while tests are collected, when there is no app yet.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

EXAMPLES = 6  # of each kind at each address
OWN = "/api/v1/"
FORM = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, unsupported_method,
]  # fmt: skip


@pytest.fixture(scope="module")
def operations(app: Any) -> list[Any]:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [found.ok() for found in description.get_all_operations()]


def hold(operation: Any, mode: GenerationMode, checks: list[Any]) -> str:
    """What an address does against its description; empty when it holds."""

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=checks)

    try:
        ask()
    except FailureGroup as error:
        return f"{operation.method.upper()} {operation.path}: {error}"
    return ""


def test_what_is_described_is_answered_as_described(operations: list[Any]) -> None:
    assert len(operations) > 20
    assert "".join(hold(each, GenerationMode.POSITIVE, FORM) for each in operations) == ""


def test_what_is_not_described_is_refused_as_described(operations: list[Any]) -> None:
    """Of our own API; the compatible doors are as lenient as those that they stand in for."""
    own = [each for each in operations if each.path.startswith(OWN) and each.body]
    assert len(own) >= 10
    problems = [hold(each, GenerationMode.NEGATIVE, [*FORM, negative_data_rejection]) for each in own]
    assert "".join(problems) == ""

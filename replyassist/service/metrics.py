"""Numbers for whoever watches the server, in Prometheus' text form: how many answers, and how long they took.

Labels are the route and the status alone. No text, no language, no address of a caller is in them.
"""

from __future__ import annotations

import time

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

EXTENSION = "replyassist-metrics"
ROUTELESS = "-"  # what has no route has no label of its own: anybody can make up addresses
BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)  # seconds; a reading, a letter, a long letter

metrics = Blueprint("metrics", __name__)


def measure(app: Flask) -> None:
    """Count and time every answer of ``app``."""
    registry = CollectorRegistry()
    answers = Counter("replyassist_http_requests", "Answers sent.", ["route", "status"], registry=registry)
    durations = Histogram(
        "replyassist_http_request_duration_seconds", "From request to answer.", ["route", "status"],
        buckets=BUCKETS, registry=registry,
    )  # fmt: skip
    app.extensions[EXTENSION] = registry

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else ROUTELESS
        labels = {"route": route, "status": str(response.status_code)}
        answers.labels(**labels).inc()
        started = g.get("started")
        if started is not None:
            durations.labels(**labels).observe(time.monotonic() - started)
        return response


@metrics.get("/metrics")
def show() -> Response:
    """All numbers."""
    return Response(generate_latest(current_app.extensions[EXTENSION]), content_type=CONTENT_TYPE_LATEST)

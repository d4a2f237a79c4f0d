"""What changes only with the installation may be kept by clients, who ask whether it is still the same."""

from __future__ import annotations

from flask import Flask, Response, request

KEPT = frozenset(
    ("/api/v1/languages", "/api/v1/profiles", "/api/v1/models", "/api/v1/openapi.json", "/languages", "/spec")
)


def revalidate(app: Flask) -> None:
    """Give the answers at these addresses an ETag, and answer 304 to a client that has the same."""

    @app.after_request
    def tag(response: Response) -> Response:
        if request.path in KEPT and request.method in ("GET", "HEAD") and response.status_code == 200:
            response.headers["Cache-Control"] = "no-cache"  # kept, but asked about before it is used
            response.add_etag()
            response.make_conditional(request)
        return response

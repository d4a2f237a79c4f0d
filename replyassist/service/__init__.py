"""The doors over HTTP: the caseworker's page, our API, and the two APIs that existing clients speak."""

from replyassist.service.application import create_app

__all__ = ["create_app"]

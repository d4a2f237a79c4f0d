"""The doors over HTTP: the caseworker's page, our API, and the two APIs that existing clients speak.

The app is imported when somebody asks for it: the process that only watches over workers never does.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from replyassist.service.application import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from replyassist.service import application  # noqa: PLC0415

    return getattr(application, name)

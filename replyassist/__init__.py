"""replyassist: plain-language and multilingual replies for Nordic municipalities.

The public API: :class:`ReplyAssistant` and what it takes and gives. Names are imported when they are first
used, so that the command line answers ``--help`` without reading NumPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from replyassist.assistant import LanguageSupport, ReplyAssistant
    from replyassist.config import Settings
    from replyassist.domain import Assessment, Draft, Identification, Reply, Simplification, Span, Translation
    from replyassist.errors import ReplyassistError

__all__ = [
    "Assessment",
    "Draft",
    "Identification",
    "LanguageSupport",
    "Reply",
    "ReplyAssistant",
    "ReplyassistError",
    "Settings",
    "Simplification",
    "Span",
    "Translation",
]

_HOMES = {
    "LanguageSupport": "assistant",
    "ReplyAssistant": "assistant",
    "ReplyassistError": "errors",
    "Settings": "config",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'domain')}"), name)

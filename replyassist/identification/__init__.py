"""Which language a text, or a part of it, is in."""

from replyassist.identification.identifier import Identifier

__all__ = ["Identifier"]

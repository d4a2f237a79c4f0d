"""Plain language: what makes a draft hard for its audience, and what would be easier."""

from replyassist.plainlanguage.assessor import Assessor

__all__ = ["Assessor"]

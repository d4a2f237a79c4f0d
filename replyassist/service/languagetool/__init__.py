"""The door for clients of LanguageTool: /v2/check and what belongs to it."""

from replyassist.service.languagetool.addresses import languagetool

__all__ = ["languagetool"]

"""Translation offline: Argos packages on CTranslate2, with what a letter states protected and checked."""

from replyassist.translation.translator import Translator

__all__ = ["Translator"]

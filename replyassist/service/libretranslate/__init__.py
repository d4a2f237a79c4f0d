"""The door for clients of LibreTranslate: /translate, /detect, /languages and what belongs to them.

Compatible with LibreTranslate, whose name is a trademark of its owners. Messages stay English.
"""

from replyassist.service.libretranslate.addresses import libretranslate

__all__ = ["libretranslate"]

"""From a file or a pasted text to a draft, and from a draft's text to its structure."""

from replyassist.documents.reading import read
from replyassist.documents.structure import find_structure

__all__ = ["find_structure", "read"]

"""From a file or a pasted text to a draft, and from a draft's text to its structure."""

from replyassist.documents.decoding import check_text
from replyassist.documents.reading import read
from replyassist.documents.structure import find_structure
from replyassist.documents.writing import rewrite

__all__ = ["check_text", "find_structure", "read", "rewrite"]

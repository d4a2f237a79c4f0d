"""Names of people: found in a sentence, and written as models read them."""

from replyassist.translation.names.capitals import is_name_line
from replyassist.translation.names.declined import CASE_ENDINGS, in_any_case
from replyassist.translation.names.finding import find_names
from replyassist.translation.names.writing import names_alone, write_name, write_names

__all__ = [
    "CASE_ENDINGS",
    "find_names",
    "in_any_case",
    "is_name_line",
    "names_alone",
    "write_name",
    "write_names",
]

"""Ukrainian names in Latin letters, as passports have them.

The table is that of the Cabinet of Ministers of Ukraine (resolution 55 of 27 January 2010).
"""

from __future__ import annotations

CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’"
LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia  "
TABLE = str.maketrans(dict(zip(CYRILLIC, LATIN.split(" "), strict=True)))
# What is written otherwise where it opens a name.
OPENING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def romanised(name: str) -> str:
    """A Ukrainian name in Latin letters: "Згурський Юрій" is "Zghurskyi Yurii"."""
    return " ".join("-".join(map(_word, word.split("-"))) for word in name.split())


def _word(word: str) -> str:
    lower = word.lower().replace("зг", "zgh")  # "zh" is another letter
    written = OPENING.get(lower[:1], lower[:1]) + lower[1:]
    written = written.translate(TABLE)
    return written.capitalize() if word[:1].isupper() else written

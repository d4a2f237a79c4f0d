"""Names in Cyrillic in Latin letters: Ukrainian ones as passports have them, Nordic ones as they were.

The table is that of the Cabinet of Ministers of Ukraine (resolution 55 of 27 January 2010).
"""

from __future__ import annotations

import re

CYRILLIC_WORD = re.compile("[а-яґєії]", re.IGNORECASE)
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’"
LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia  "
TABLE = str.maketrans(dict(zip(CYRILLIC, LATIN.split(" "), strict=True)))
# What is written otherwise where it opens a name.
OPENING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# The ends of Nordic family names by the vowel that came with "ьо": Sørensen, Lindström.
NORDIC = {
    "ø": re.compile(r"(?:сен|гаард|берг|стад|дал)\Z"),
    "ö": re.compile(r"(?:ссон|стрьом|квіст|лунд|[гґ]рен)\Z"),
}
# Of what letters theirs were made, the first that fits: "Гансен" and "Хансен", "Йоганнессен", "Юганссон".
BORROWED = {
    r"\A[гх]": "h", "йог|юг": "joh", "[гґ]": "g", "х": "h", "й": "j", r"\Aю": "jo", "ю": "y", "я": "ja",
    "и": "i",
}  # fmt: skip


def romanised(name: str) -> str:
    """A name in Latin letters: "Згурський Юрій" is "Zghurskyi Yurii", "Сьоренсен" "Sørensen"."""
    return " ".join("-".join(map(_word, word.split("-"))) for word in name.split())


def _word(word: str) -> str:
    if not CYRILLIC_WORD.match(word):
        return word
    lower = word.lower()
    vowel = next((vowel for vowel, ends in NORDIC.items() if ends.search(lower)), None)
    if vowel:
        lower = lower.replace("ьо", vowel)
        for borrowed, letter in BORROWED.items():
            lower = re.sub(borrowed, letter, lower)
    lower = lower.replace("зг", "zgh")  # "zh" is another letter
    written = (OPENING.get(lower[:1], lower[:1]) + lower[1:]).translate(TABLE)
    return written.capitalize() if word[:1].isupper() else written

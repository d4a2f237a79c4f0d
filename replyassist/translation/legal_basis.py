"""The words before an act of law that a letter rests on, for models that misread them.

The name of an act is copied, so that a model sees a stand-in: "med hjemmel i barnehageloven § 16" was "with
home in" it, "etter" was "after", "det står i" "it stands in" and "(jf." "(i.". Other words of
the same sense are read right, and no reader sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from replyassist.translation.protection import Masked

PARAGRAPH = "§"
COMPARE = ("jf.", "jfr.", "jf", "jfr")
# A source language -> what the models read right, and what is said for it.
WORDINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "nb": {
        "i henhold til": ("med hjemmel i", "med heimel i", "i medhold av", "etter"),
        "det følger av": ("det står i", "dette står i"),
        "se": COMPARE,
    },
    "nn": {
        "i samsvar med": ("med heimel i", "i medhald av", "etter"),
        "det følgjer av": ("det står i", "dette står i"),
        "sjå": COMPARE,
    },
    "sv": {
        "enligt": ("med stöd av", "med åberopande av", "jämlikt", "i kraft av"),
        "det följer av": ("det står i", "detta står i"),
        "se": COMPARE,
    },
    "da": {
        "i henhold til": ("i medfør af", "med hjemmel i", "efter"),
        "det følger af": ("det står i", "dette står i"),
        "se": COMPARE,
    },
}


def with_basis(masked: Masked, source: str) -> str:
    """What the models get of a sentence, with words before its acts of law that they read right."""
    text = masked.text
    acts = [name for name, original in masked.originals if PARAGRAPH in original]
    for found in reversed(list(find_bases(text, acts, source))):
        before, said = text[: found.start()], found[0]
        read = next(read for read, several in WORDINGS[source].items() if said.casefold() in several)
        written = read.capitalize() if said[0].isupper() else read
        if said in COMPARE and before.rstrip()[-1:].isalnum():  # "refused to see" without a comma
            before, written = before.rstrip(), f", {written}"
        text = before + written + text[found.end() :]
    return text


def find_bases(text: str, acts: Iterable[str], source: str) -> Iterator[re.Match[str]]:
    """Where such words stand before an act, which is written in the text as one of ``acts``."""
    said = [phrase for several in WORDINGS.get(source, {}).values() for phrase in several]
    names = "|".join(map(re.escape, acts))
    if said and names:
        phrases = "|".join(map(re.escape, said))
        yield from re.finditer(rf"(?<!\w)(?:{phrases})(?=\s+(?:{names})(?!\w))", text, re.IGNORECASE)

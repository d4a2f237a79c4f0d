"""The words before an act of law that a letter rests on, for models that misread them.

The name of an act is copied, so that a model sees a stand-in: "med hjemmel i barnehageloven § 16" was "with
home in" it, "etter" was "after", "jämlikt" "compared" and "(jf." "(i.". Other words of the same sense are
read right, and no reader sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from replyassist.translation.protection import Masked

PARAGRAPH = "§"
COMPARE = ("jf.", "jfr.", "jf", "jfr")


class Wordings(NamedTuple):
    """What a language says for *under* an act, and for *under* and *see* what the models read right."""

    said: tuple[str, ...]
    under: str
    see: str


WORDINGS = {
    "nb": Wordings(("med hjemmel i", "med heimel i", "i medhold av", "etter"), "i henhold til", "se"),
    "nn": Wordings(("med heimel i", "i medhald av", "etter"), "i samsvar med", "sjå"),
    "sv": Wordings(("med stöd av", "med åberopande av", "jämlikt", "i kraft av"), "enligt", "se"),
    "da": Wordings(("i medfør af", "med hjemmel i", "efter"), "i henhold til", "se"),
}


def with_basis(masked: Masked, source: str) -> str:
    """What the models get of a sentence, with words before its acts of law that they read right."""
    text = masked.text
    acts = [name for name, original in masked.originals if PARAGRAPH in original]
    for found in reversed(list(find_bases(text, acts, source))):
        before = text[: found.start()]
        if found[0].casefold() not in COMPARE:
            read = WORDINGS[source].under
        elif before.rstrip()[-1:].isalnum():  # "refused to see" without a comma
            before, read = before.rstrip(), f", {WORDINGS[source].see}"
        else:
            read = WORDINGS[source].see
        text = before + (read.capitalize() if found[0][0].isupper() else read) + text[found.end() :]
    return text


def find_bases(text: str, acts: Iterable[str], source: str) -> Iterator[re.Match[str]]:
    """Where such words stand before an act, which is written in the text as one of ``acts``."""
    names = "|".join(map(re.escape, acts))
    if names and source in WORDINGS:
        phrases = "|".join(map(re.escape, WORDINGS[source].said + COMPARE))
        yield from re.finditer(rf"(?<!\w)(?:{phrases})(?=\s+(?:{names})(?!\w))", text, re.IGNORECASE)

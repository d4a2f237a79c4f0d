"""The words before an act of law that a letter rests on, for models that misread them.

The name of an act is copied, so that a model sees a stand-in: "med hjemmel i barnehageloven § 16" was "with
home in" it, "etter" was "after", "det står i" "it stands in" and "(jf." "(i.". Other words of
the same sense are read right, and no reader sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from replyassist.translation.protection import Masked
from replyassist.translation.sentence import Direction

PARAGRAPH = "§"
# A paragraph, its parts included: "§ 28 første ledd", "§ 24, stk. 2".
REFERENCE = (
    r"§§? ?\d[\w-]*(?:,? (?:(?:første|fyrste|annet|andre|tredje|fjerde|femte|\d\.) ledd|stk\. \d+"
    r"|bokstav [a-z]|nr\. \d+)\b)*"
)
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


def with_basis(masked: Masked, direction: Direction) -> str:
    """What the models get of a sentence, with words before its acts of law that they read right, and the
    paragraph of an act that is called by a name of its own before that name: "§ 28 i" for "§ 28".

    Between the two forms of Norwegian it stays: the law is the same.
    """
    text = masked.text
    if direction.same_law or direction.source not in WORDINGS:
        return text
    acts = [name for name, original in masked.originals if PARAGRAPH in original]
    for name, original in masked.originals:
        if PARAGRAPH not in original:
            text = re.sub(rf"(?<!\w){re.escape(name)} ({REFERENCE})", rf"\1 i {name}", text)
    for found in reversed(list(find_bases(text, acts, direction.source))):
        before, said = text[: found.start()], found[0]
        wordings = WORDINGS[direction.source].items()
        read = next(read for read, several in wordings if said.casefold() in several)
        written = read.capitalize() if said[0].isupper() else read
        if said in COMPARE and before.rstrip()[-1:].isalnum():  # "refused to see" without a comma
            before, written = before.rstrip(), f", {written}"
        text = before + written + text[found.end() :]
    return text


def find_bases(text: str, acts: Iterable[str], source: str) -> Iterator[re.Match[str]]:
    """Where such words stand before a paragraph, or an act that is written in the text as one of ``acts``."""
    said = [phrase for several in WORDINGS.get(source, {}).values() for phrase in several]
    if said:
        phrases = "|".join(map(re.escape, said))
        law = "|".join([PARAGRAPH, *(rf"{re.escape(act)}(?!\w)" for act in acts)])
        yield from re.finditer(rf"(?<!\w)(?:{phrases})(?=\s+(?:{law}))", text, re.IGNORECASE)

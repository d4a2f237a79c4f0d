"""Text of our own, a row for what is said and a column for each language that it is said in.

``nordic``: nb, nn, sv, da and en, with slots for facts; ``citizens``: English and the languages that citizens
write in, without slots. The translation models and the identifier learn from it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
# The last of every so many rows of a file is kept from training, to be measured on.
KEPT_FROM_TRANSLATION = 25
KEPT_FROM_IDENTIFICATION = 5


def read_rows(collection: str, kept: int) -> Iterator[tuple[str, dict[str, str], bool]]:
    """Each row of a collection: its file, language -> text, and whether it is kept from training.

    Args:
        collection: the folder.
        kept: the last of every so many rows of a file is.
    """
    for path in sorted((HERE / collection).glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
                yield path.stem, row, number % kept == kept - 1

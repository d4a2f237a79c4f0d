"""What the checks of a translation make of right ones, and of the same with a limit or a duty lost.

    python -m benchmarks.conditions {nordic,citizens} [--every 10] [--first 0] [--show]

The sentences of our own, in bokmål, nynorsk, Swedish, Danish and English, or in English and the languages
that citizens write in; their slots are filled. In each of the 20 directions, or from each citizens' language
into English, a row is a right translation: what is flagged there is flagged although right. The same with a
word for a limit or a duty taken out of it or turned round (conditions.toml) is wrong: what is not flagged
there is missed. Some of the latter stay right by chance, so that the share found is a lower bound.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from benchmarks.fidelity import failures
from benchmarks.stated import SLOT, TAGS
from models.training.translation.sentences import read_rows

FILLED = {
    "date": "14.03.2026", "time": "10.30", "law": "§ 12", "percent": "5 %", "amount": "500 kr",
    "number": "14", "year": "2026", "phone": "55 12 34 56", "case": "26/1234",
}  # fmt: skip
OTHERWISE = "Berg"

PAIRS = {"nordic": tuple(permutations(TAGS, 2)), "citizens": (("pl", "en"), ("uk", "en"), ("ar", "en"))}

Row = dict[str, str]


def filled_rows(collection: str) -> Iterator[Row]:
    """Language -> text of each row, its slots filled."""
    for _, row, _ in read_rows(collection, 1):
        yield {tag: SLOT.sub(lambda slot: FILLED.get(slot[1], OTHERWISE), row[tag]) for tag in row}


def harmed(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """The text with a word for a limit or a duty lost or turned round, and which it was."""
    for name, changes in _changes()[tag].items():
        for expression, instead in changes:
            changed = re.sub(expression, instead, text, count=1, flags=re.IGNORECASE)
            if changed != text:
                yield name, changed


def _changes() -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def measure(rows: list[Row], pairs: tuple[tuple[str, str], ...], show: bool) -> None:
    """Print what is flagged although right, and what is missed."""
    flagged: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for pair in pairs:
        for row in rows:
            source, target = row[pair[0]], row[pair[1]]
            found = {check.kind for check in failures(source, target, pair)}
            flagged[pair] += bool(found)
            kinds.update(found)
            for name, text in harmed(target, pair[1]):
                planted[name] += 1
                passed = not failures(source, text, pair)
                missed[name] += passed
                if show and passed:
                    print(f"missed {pair} {name}\n  {source}\n  {text}")
            if show and found:
                print(f"flagged although right {pair} {sorted(found)}\n  {source}\n  {target}")
    total = len(rows) * len(pairs)
    print(f"{total} right translations: flagged {flagged.total() / total:.2%}")
    print("  " + ", ".join(f"{kind} {count / total:.2%}" for kind, count in kinds.most_common()))
    worst = flagged.most_common(1)[0]
    print(f"  most in {'-'.join(worst[0])}: {worst[1] / len(rows):.2%}")
    print(f"{planted.total()} with a limit or a duty lost: found {1 - missed.total() / planted.total():.1%}")
    for name, count in planted.items():
        print(f"  {name:8} {count:6} found {1 - missed[name] / count:.1%}")


def main() -> None:
    """Print the measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", choices=sorted(PAIRS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th row alone")
    parser.add_argument("--first", type=int, default=0, help="from this row on")
    parser.add_argument("--show", action="store_true", help="print what was missed or flagged although right")
    arguments = parser.parse_args()
    rows = list(filled_rows(arguments.collection))[arguments.first :: arguments.every]
    measure(rows, PAIRS[arguments.collection], arguments.show)


if __name__ == "__main__":
    main()

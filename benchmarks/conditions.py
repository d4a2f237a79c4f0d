"""What the checks of a translation make of right ones, and of the same with a limit or a duty lost.

    python -m benchmarks.conditions FOLDER [--every 10] [--show]

The folder holds tab-separated sentences that people wrote in bokmål, nynorsk, Swedish, Danish and English;
their slots are filled. In each of the 20 directions a row is a right translation: what is flagged there is
flagged although right. The same with a word for a limit or a duty taken out of it or turned round
(conditions.toml) is wrong: what is not flagged there is missed. Some of the latter stay right by chance, so
that the share found is a lower bound.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path

from benchmarks.fidelity import failures
from benchmarks.stated import SLOT, TAGS

FILLED = {
    "date": "14.03.2026", "time": "10.30", "law": "§ 12", "percent": "5 %", "amount": "500 kr",
    "number": "14", "year": "2026", "phone": "55 12 34 56", "case": "26/1234",
}  # fmt: skip
OTHERWISE = "Berg"

Row = Mapping[str, str]


def read_rows(folder: Path) -> Iterator[Row]:
    """Sentences by language."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = SLOT.sub(lambda slot: FILLED.get(slot[1], OTHERWISE), line).split("\t")
            if len(cells) >= len(TAGS):
                yield dict(zip(TAGS, cells, strict=False))


def harmed(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """The text with a word for a limit or a duty lost or turned round, and which it was."""
    for name, changes in _changes()[tag].items():
        for expression, instead in changes:
            changed = re.sub(expression, instead, text, count=1, flags=re.IGNORECASE)
            if changed != text:
                yield name, changed


def _changes() -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def measure(rows: list[Row], show: bool) -> None:
    """Print what is flagged although right, and what is missed."""
    flagged, kinds, planted, missed = Counter(), Counter(), Counter(), Counter()
    for pair in permutations(TAGS, 2):
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
    total = len(rows) * len(flagged)
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
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th row alone")
    parser.add_argument("--show", action="store_true", help="print what was missed or flagged although right")
    arguments = parser.parse_args()
    measure(list(read_rows(arguments.folder))[:: arguments.every], arguments.show)


if __name__ == "__main__":
    main()

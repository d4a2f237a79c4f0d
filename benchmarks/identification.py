"""Language identification against langdetect and lingua, all measured in one run on the same texts.

    python models/training/identification/train.py ../shared/data OUT --held-out var/identification-held-out
    python benchmarks/identification.py ../shared/data/identification/development.tsv [--peers 600]

Only the documents of folds 0 and 1 count: the model that is measured did not learn from them. (The model that
ships did, and is measured on the project's own messages beside it.)
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
import sys
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from langdetect import DetectorFactory, LangDetectException, detect

from replyassist.identification import Identifier

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = {0, 1}
GROUP = {"bs": "sh", "hr": "sh", "sr": "sh", "no": "nb"}
NORDIC = ("nb", "nn", "sv", "da")
CONDITIONS = ("full", "w5", "w3", "typo", "signature", "no diacritics", "capitals")
UNDECOMPOSED = str.maketrans("øØðÐłŁıđĐ", "oOdDlLidD")
Answer = tuple[str | None, float]
Detector = Callable[[str], Answer]


@dataclass(frozen=True)
class Row:
    """A text, the condition it is in and the languages that count as right."""

    text: str
    language: str
    condition: str
    accepted: frozenset[str]


def grouped(tag: str | None) -> str | None:
    """One tag for what is not told apart, and nb for a detector that only knows Norwegian."""
    return GROUP.get(tag, tag) if tag else None


def read_rows(path: Path) -> list[Row]:
    """The rows of the held-out folds, with those made from the whole sentences."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if int(row["base_id"].rsplit("-", 1)[1]) % 5 not in HELD_OUT:
                continue
            text = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], row["text"])
            accepted = frozenset(GROUP.get(tag, tag) for tag in row["accept"].split("|"))
            language = GROUP.get(row["lang"], row["lang"])
            rows.append(Row(text, language, row["condition"], accepted))
            if row["condition"] == "full":
                rows.append(Row(strip_diacritics(text), language, "no diacritics", accepted))
                rows.append(Row(text.upper(), language, "capitals", accepted))
    return rows


def strip_diacritics(text: str) -> str:
    """Latin ``text`` as typed on a keyboard without diacritics; other scripts as they are."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    bare = bare.replace("æ", "ae").replace("Æ", "AE").replace("þ", "th").replace("ß", "ss")
    return unicodedata.normalize("NFC", bare).translate(UNDECOMPOSED)


def make_mixed(rows: Sequence[Row], size: int) -> list[tuple[str, frozenset[str]]]:
    """Messages of two sentences in languages of different families, with their languages."""
    chance = random.Random(3)
    sentences = [row for row in rows if row.condition == "full" and 25 < len(row.text) < 200]
    mixed = []
    while len(mixed) < size:
        one, other = chance.sample(sentences, 2)
        if one.language != other.language and not {one.language, other.language} <= set(NORDIC):
            mixed.append((f"{one.text} {other.text}", frozenset({one.language, other.language})))
    return mixed


def memory() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def build_ours(folder: Path) -> Detector:
    """The project's identifier."""
    identifier = Identifier.load(folder)

    def answer(text: str) -> Answer:
        found = identifier.identify(text)
        return found.language, found.confidence

    return answer


def build_langdetect() -> Detector:
    """langdetect, seeded so that it keeps to its answers."""
    DetectorFactory.seed = 0

    def answer(text: str) -> Answer:
        try:
            return detect(text), 1.0
        except LangDetectException:
            return None, 0.0

    answer("warm up")
    return answer


def build_lingua() -> Detector:
    """lingua, all its languages, high accuracy."""
    from lingua import LanguageDetectorBuilder  # noqa: PLC0415 - optional: only where it is installed

    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()

    def answer(text: str) -> Answer:
        found = detector.detect_language_of(text)
        return (found.iso_code_639_1.name.lower(), 1.0) if found else (None, 0.0)

    return answer


def macro(pairs: Iterable[tuple[str, bool]]) -> float:
    """Accuracy in percent, the mean of the languages."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for language, correct in pairs:
        right[language] += correct
        total[language] += 1
    return 100 * sum(right[tag] / total[tag] for tag in total) / max(len(total), 1)


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error (0-1), ten bins of equal width (Guo et al. 2017)."""
    error = 0.0
    for low in range(10):
        inside = [pair for pair in answers if low / 10 < pair[0] <= (low + 1) / 10]
        if inside:
            sure = sum(p for p, _ in inside) / len(inside)
            error += len(inside) / len(answers) * abs(sure - sum(ok for _, ok in inside) / len(inside))
    return error


def measure(name: str, build: Callable[[], Detector], rows: Sequence[Row]) -> list[tuple[Row, Answer]]:
    """Answers of a detector to all rows; prints accuracy, speed, load time and memory."""
    before, start = memory(), time.process_time()
    detector = build()
    load, held = time.process_time() - start, memory() - before
    start = time.process_time()
    answers = [(row, (grouped((found := detector(row.text))[0]), found[1])) for row in rows]
    speed = len(rows) / (time.process_time() - start)
    cells = []
    for condition in CONDITIONS:
        pairs = [
            (row.language, answer[0] in row.accepted) for row, answer in answers if row.condition == condition
        ]
        cells.append(f"{macro(pairs):5.1f}/{macro([pair for pair in pairs if pair[0] in NORDIC]):5.1f}")
    print(f"{name:<12}", *cells, f"{speed:7.0f}/s load {load:.2f} s memory {held:.0f} MB", sep="  ")
    return answers


def report_ours(answers: Sequence[tuple[Row, Answer]]) -> None:
    """Accuracy per language, confusion of the Nordic four and calibration."""
    print("\nper language:", *CONDITIONS)
    for language in sorted({row.language for row, _ in answers}):
        cells = []
        for condition in CONDITIONS:
            chosen = [
                (row, a) for row, a in answers if (row.language, row.condition) == (language, condition)
            ]
            cells.append(f"{100 * sum(a[0] in row.accepted for row, a in chosen) / max(len(chosen), 1):6.1f}")
        print(f"{language:<4}", *cells)
    print("\nconfusion, full sentences (rows: right; columns: answered)")
    for language in NORDIC:
        given = Counter(a[0] if a[0] in NORDIC else "else" for row, a in answers
                        if (row.language, row.condition) == (language, "full"))  # fmt: skip
        print(f"{language:<4}", *(f"{tag} {given[tag]:3d}" for tag in (*NORDIC, "else")))
    told = [(a[1], a[0] in row.accepted) for row, a in answers if a[0]]
    high = [correct for sure, correct in told if sure >= 0.9]
    print(f"\nexpected calibration error {calibration_error(told):.4f}")
    print(f"answers with >= 0.9: {100 * len(high) / len(answers):.1f} % of all,", end=" ")
    print(f"{100 * sum(high) / max(len(high), 1):.2f} % of them right")
    print(f"no answer: {100 * (1 - len(told) / len(answers)):.2f} %")


def report_mixed(folder: Path, rows: Sequence[Row], size: int) -> None:
    """How often the set of languages of a message is exactly right, in two languages and in one."""
    identifier = Identifier.load(folder)
    mixed = make_mixed(rows, size)
    exact = sum({span.language for span in identifier.identify(text).spans} == right for text, right in mixed)
    single = [row for row in rows if row.condition == "full"]
    false = sum(len({span.language for span in identifier.identify(row.text).spans}) > 1 for row in single)
    print(f"\nmixed: exact set {100 * exact / size:.1f} % of {size};", end=" ")
    print(f"false alarms in {100 * false / len(single):.1f} % of {len(single)} whole sentences")


def report_messages(path: Path) -> None:
    """The project's own held-out messages, by the model that ships."""
    messages = tomllib.loads(path.read_text(encoding="utf-8"))["message"]
    identifier = Identifier.load()
    wrong = [m["id"] for m in messages if identifier.identify(m["text"]).language != m["language"]]
    print(f"\ntests/letters: {len(messages) - len(wrong)} of {len(messages)} messages right; wrong: {wrong}")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("development", type=Path)
    parser.add_argument("--model", type=Path, default=ROOT / "var" / "identification-held-out")
    parser.add_argument(
        "--peers", type=int, default=3000, help="texts for the peers, chosen by chance; 0: none"
    )
    parser.add_argument("--mixed", type=int, default=400, help="mixed messages to make")
    arguments = parser.parse_args()
    rows = read_rows(arguments.development)
    print(
        "accuracy in percent, mean over languages: all / nb, nn, sv, da\n            ", *CONDITIONS, sep="  "
    )
    answers = measure("replyassist", lambda: build_ours(arguments.model), rows)
    if arguments.peers:
        some = random.Random(1).sample(rows, min(arguments.peers, len(rows)))
        measure("(same texts)", lambda: build_ours(arguments.model), some)
        measure("langdetect", build_langdetect, some)
        try:
            measure("lingua", build_lingua, some)
        except ImportError:
            print("lingua is not installed (pip install lingua-language-detector)", file=sys.stderr)
    report_ours(answers)
    report_mixed(arguments.model, rows, arguments.mixed)
    report_messages(ROOT / "tests" / "letters" / "messages.toml")


if __name__ == "__main__":
    main()

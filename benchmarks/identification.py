"""Language identification against langdetect and lingua, all measured in one run on the same texts.

    python -m models.training.identification.train ../shared/data OUT --held-out var/identification-held-out
    python -m benchmarks.identification ../shared/data/identification/development.tsv [--peers 600]

Only the documents of folds 0 and 1 count: the model that is measured did not learn from them. (The model that
ships did, and is measured on the project's own messages beside it.) Last comes every goal of the issue with
what was reached, and which fall short. Speed is messages per second of processor time of this process.
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
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from langdetect import DetectorFactory, LangDetectException, detect_langs

from models.training.translation.sentences import KEPT_FROM_IDENTIFICATION
from models.training.translation.sentences import read_rows as read_own
from replyassist.identification import Identifier

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = {0, 1}
GROUP = {"bs": "sh", "hr": "sh", "sr": "sh", "no": "nb"}
NORDIC = ("nb", "nn", "sv", "da")
CONDITIONS = ("full", "w5", "w3", "typo", "signature", "no diacritics", "capitals", "decomposed")
UNDECOMPOSED = str.maketrans("øØðÐłŁıđĐ", "oOdDlLidD")
Answer = tuple[str | None, float]
Mixed = tuple[str, frozenset[str]]
SURE = 0.9
# Share of a message that langdetect must give a language for it to count as one of the message's.
LEAST_SHARE = 0.2


@dataclass(frozen=True)
class Detector:
    """A system: its answer to a message with how sure it is, and the languages that it finds in one."""

    answer: Callable[[str], Answer]
    find_all: Callable[[str], set[str | None]]


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
                rows.append(Row(unicodedata.normalize("NFD", text), language, "decomposed", accepted))
    return rows


def strip_diacritics(text: str) -> str:
    """Latin ``text`` as typed on a keyboard without diacritics; other scripts as they are."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    bare = bare.replace("æ", "ae").replace("Æ", "AE").replace("þ", "th").replace("ß", "ss")
    return unicodedata.normalize("NFC", bare).translate(UNDECOMPOSED)


def make_mixed(rows: Sequence[Row], size: int) -> list[Mixed]:
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

    return Detector(answer, lambda text: {span.language for span in identifier.identify(text).spans})


def build_langdetect() -> Detector:
    """langdetect, seeded so that it keeps to its answers."""
    DetectorFactory.seed = 0

    def find(text: str) -> list[tuple[str, float]]:
        try:
            return [(found.lang, found.prob) for found in detect_langs(text)]
        except LangDetectException:
            return []

    find("warm up")
    return Detector(
        lambda text: (find(text) or [(None, 0.0)])[0],
        lambda text: {grouped(tag) for tag, share in find(text) if share >= LEAST_SHARE},
    )


def build_lingua() -> Detector:
    """lingua, all its languages, high accuracy."""
    from lingua import LanguageDetectorBuilder  # noqa: PLC0415 - optional: only where it is installed

    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()

    def answer(text: str) -> Answer:
        best = detector.compute_language_confidence_values(text)[:1]
        return (best[0].language.iso_code_639_1.name.lower(), best[0].value) if best else (None, 0.0)

    def find_all(text: str) -> set[str | None]:
        parts = detector.detect_multiple_languages_of(text)
        return {grouped(part.language.iso_code_639_1.name.lower()) for part in parts}

    return Detector(answer, find_all)


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


@dataclass(frozen=True)
class Measured:
    """A system's answers to the rows, with its speed (messages a second of processor time)."""

    answers: list[tuple[Row, Answer]]
    speed: float

    def score(self, condition: str, languages: Collection[str] = ()) -> float:
        """Accuracy in percent in a condition, the mean of the languages (all when none is named)."""
        return macro(
            (row.language, answer[0] in row.accepted) for row, answer in self.answers
            if row.condition == condition and (not languages or row.language in languages)
        )  # fmt: skip


def measure(
    name: str, build: Callable[[], Detector], rows: Sequence[Row], mixed: Sequence[Mixed]
) -> Measured:
    """Answers of a detector to all rows; prints accuracy, mixed messages, speed, load time and memory."""
    before, start = memory(), time.process_time()
    detector = build()
    load, held = time.process_time() - start, memory() - before
    start = time.process_time()
    answers = [(row, (grouped((found := detector.answer(row.text))[0]), found[1])) for row in rows]
    measured = Measured(answers, len(rows) / (time.process_time() - start))
    cells = [f"{measured.score(c):5.1f}/{measured.score(c, NORDIC):5.1f}" for c in CONDITIONS]
    exact = 100 * sum(detector.find_all(text) == right for text, right in mixed) / max(len(mixed), 1)
    print(f"{name:<12}", *cells, f"{exact:5.1f}", sep="  ", end="  ")
    print(f"{measured.speed:6.0f}/s  load {load:.2f} s  memory {held:.0f} MB", flush=True)
    return measured


def report_languages(measured: Measured) -> None:
    """Accuracy per language and condition, and the confusion of the Nordic four."""
    print("\naccuracy per language:", *CONDITIONS, sep="  ")
    for language in sorted({row.language for row, _ in measured.answers}):
        print(
            f"{language:<4}", *(f"{measured.score(condition, {language}):6.1f}" for condition in CONDITIONS)
        )
    for condition in ("full", "w3"):
        print(f"\nconfusion, {condition} (rows: right; columns: answered)")
        for language in NORDIC:
            given = Counter(a[0] if a[0] in NORDIC else "else" for row, a in measured.answers
                            if (row.language, row.condition) == (language, condition))  # fmt: skip
            print(f"{language:<4}", *(f"{tag} {given[tag]:3d}" for tag in (*NORDIC, "else")))


def report_calibration(measured: Measured) -> float:
    """Calibration per condition; the least share of right ones among the answers given with 0.9 and more."""
    least = 100.0
    print("\ncondition, expected calibration error, % answered with >= 0.9, % of these right, % unanswered")
    for condition in (*CONDITIONS, "all"):
        answers = [(row, a) for row, a in measured.answers if condition in {row.condition, "all"}]
        told = [(a[1], a[0] in row.accepted) for row, a in answers if a[0]]
        high = [correct for sure, correct in told if sure >= SURE]
        right = 100 * sum(high) / max(len(high), 1)
        least = min(least, right)
        print(
            f"{condition:<14} {calibration_error(told):.4f}  {100 * len(high) / len(answers):5.1f}", end="  "
        )
        print(f"{right:6.2f}  {100 * (1 - len(told) / len(answers)):5.2f}")
    return least


def report_short(folder: Path, rows: Sequence[Row]) -> None:
    """The first one, two and three words of whole sentences: many are right in several languages, of which
    only that of the sentence counts.
    """
    answer = build_ours(folder).answer
    print("\nfirst words, % right, expected calibration error, % answered with >= 0.9, % of these right")
    for size in (1, 2, 3):
        cut = [(row, row.text.split()) for row in rows if row.condition == "full"]
        found = [(answer(" ".join(words[:size])), row) for row, words in cut if len(words) > size]
        told = [(sure, tag in row.accepted) for (tag, sure), row in found if tag]
        high = [correct for sure, correct in told if sure >= SURE]
        right = 100 * sum(correct for _, correct in told) / len(found)
        print(
            f"{size}  {right:5.1f}  {calibration_error(told):.4f}  {100 * len(high) / len(found):5.1f}"
            f"  {100 * sum(high) / max(len(high), 1):6.2f}"
        )


def report_false_alarms(folder: Path, rows: Sequence[Row]) -> None:
    """How often whole sentences in one language are said to hold two."""
    find_all = build_ours(folder).find_all
    single = [row for row in rows if row.condition == "full"]
    false = sum(len(find_all(row.text)) > 1 for row in single)
    print(
        f"\ntwo languages found in {100 * false / len(single):.1f} % of {len(single)} whole sentences in one"
    )


def report_own(folder: Path) -> None:
    """The sentences of our own that nothing was learned from: % right."""
    answer = build_ours(folder).answer
    kept = [row for _, row, is_kept in read_own("nordic", KEPT_FROM_IDENTIFICATION) if is_kept]
    rows = [row for row in kept if row["nb"][0].isupper() and " " in row["nb"]]
    print(f"\nown sentences kept from training, {len(rows)} in each language, % right:", *NORDIC, sep="  ")
    for size in (None, 5, 3):
        cut = [
            {tag: " ".join(re.sub(r"\{\w+\}", "", row[tag]).split()[:size]) for tag in NORDIC} for row in rows
        ]
        # What reads the same in two languages is right in both.
        accepted: dict[str, set[str]] = {}
        for row in cut:
            for tag, text in row.items():
                accepted.setdefault(text, set()).add(tag)
        right = [
            100 * sum(answer(row[tag])[0] in accepted[row[tag]] for row in cut) / len(cut) for tag in NORDIC
        ]
        print(f"{f'{size} words' if size else 'full':<8}", *(f"{share:5.1f}" for share in right))


def report_messages(path: Path) -> None:
    """The project's own held-out messages, by the model that ships: what is wrong, and how surely."""
    messages = tomllib.loads(path.read_text(encoding="utf-8"))["message"]
    identifier = Identifier.load()
    found = [(message, identifier.identify(message["text"])) for message in messages]
    wrong = [(m["id"], f.language, round(f.confidence, 2)) for m, f in found if f.language != m["language"]]
    print(f"\ntests/letters: {len(messages) - len(wrong)} of {len(messages)} messages right; not right:")
    for entry in wrong:
        print("   ", *entry)


def report_goals(measured: Measured, least_right: float) -> None:
    """The goals of the issue, and whether they are reached."""
    goals = [("full sentences, all languages", measured.score("full"), 99.0)]
    goals += [(f"full sentences, {tag}", measured.score("full", {tag}), 97.0) for tag in NORDIC]
    goals += [
        ("three words, Nordic", measured.score("w3", NORDIC), 80.0),
        ("messages a second", measured.speed, 2000.0),
        ("right of answers with >= 0.9, every condition", least_right, 90.0),
    ]
    print("\ngoals")
    for name, reached, goal in goals:
        print(
            f"{name:<46} {reached:7.1f}  goal {goal:6.0f}  {'reached' if reached >= goal else 'FALLS SHORT'}"
        )


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments of whatever measures a model on the development set."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("development", type=Path)
    parser.add_argument("--model", type=Path, default=ROOT / "var" / "identification-held-out")
    return parser


def main() -> None:
    """Measure everything and print it."""
    parser = make_parser(__doc__)
    parser.add_argument(
        "--peers", type=int, default=3000, help="texts for the peers, chosen by chance; 0: none"
    )
    parser.add_argument("--mixed", type=int, default=400, help="mixed messages to make")
    arguments = parser.parse_args()
    rows = read_rows(arguments.development)
    mixed = make_mixed(rows, arguments.mixed)
    print("accuracy in percent, mean over languages: all / nb, nn, sv, da; mixed: the exact set of languages")
    print("            ", *CONDITIONS, "mixed", sep="  ")
    ours = measure("replyassist", lambda: build_ours(arguments.model), rows, mixed)
    if arguments.peers:
        some = random.Random(1).sample(rows, min(arguments.peers, len(rows)))
        few = mixed[: max(arguments.peers // 10, 1)]
        measure("(same texts)", lambda: build_ours(arguments.model), some, few)
        measure("langdetect", build_langdetect, some, few)
        try:
            measure("lingua", build_lingua, some, few)
        except ImportError:
            print("lingua is not installed (pip install lingua-language-detector)", file=sys.stderr)
    report_languages(ours)
    least = report_calibration(ours)
    report_short(arguments.model, rows)
    report_false_alarms(arguments.model, rows)
    report_own(arguments.model)
    report_messages(ROOT / "tests" / "letters" / "messages.toml")
    report_goals(ours, least)


if __name__ == "__main__":
    main()

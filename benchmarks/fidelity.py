"""Does a translation state what its letter states, and is it said where it does not?

    python benchmarks/fidelity.py [--sentences 100] [--only checks,translations,letters] [--otherwise]

Three measurements, in every direction offered among the five languages. None asks the checks whether they are
right: what a sentence states is known from its template, and how each language may write it is spelled out
in stated.py, or with ``--otherwise`` in stated_otherwise.py, for facts of other shapes.

- **checks**: our own wording of a sentence in both languages is a right translation: what is flagged there is
  flagged although right. The same with one fact changed or left out, or with the opposite sentence: what is
  not flagged there is missed.
- **translations**: generated sentences through the models: facts that arrive or are flagged, and facts
  flagged although they arrived; beside the same sentences without stand-ins and repairs.
- **letters**: the facts that the corpus' own lists name, in tests/letters; never its holdout.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from benchmarks.stated import TAGS, Drawing, harmed, sentences, templates
from benchmarks.stated_otherwise import OtherDrawing
from replyassist import languages
from replyassist.config import Settings, data_folder
from replyassist.domain import Check, Span, Translation
from replyassist.translation import Translator
from replyassist.translation.checks import check_segment
from replyassist.translation.sentence import Direction, Sentence

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "tests" / "letters"
FACT_KINDS = {
    "date", "time", "amount", "percentage", "number", "case-number", "law", "phone", "national-id", "email",
    "url", "name", "placeholder", "property", "iban", "negation", "address",
}  # fmt: skip
# What opens a name of the lists and is translated.
TRANSLATED = {"Förskolan"}
ADDRESS_WORD = r"(?!Box|Postboks)\b[A-ZÆØÅÄÖ][\w-]+|\d+"
PARTS = ("checks", "translations", "letters")


def failures(source: str, target: str, pair: tuple[str, str]) -> list:
    """The checks that a pair of sentences does not pass."""
    direction = Direction.of(*pair)
    checks = check_segment(Sentence.read(source, direction), target, direction)
    return [check for check in checks if not check.passed]


def measure_checks(count: int, seed: int, kind: type[Drawing], show: bool) -> None:
    """The checks on right translations and on harmed ones."""
    right, wrong = Counter(), Counter()
    flagged, missed = Counter(), Counter()
    for pair in permutations(TAGS, 2):
        for texts, facts in sentences(pair[0], count, seed, kind):
            source, target = texts[pair[0]], texts[pair[1]]
            found = failures(source, target, pair)
            right["sentences"] += 1
            flagged["sentences"] += bool(found)
            if show and found:
                _tell_flagged(pair, source, target, found)
            for check in found:
                flagged[check.kind] += 1
            for fact in facts:
                right[fact.kind] += 1
                for text in harmed(fact, target, pair[1]):
                    wrong[fact.kind] += 1
                    passed = not failures(source, text, pair)
                    missed[fact.kind] += passed
                    if show and passed:
                        print(f"harm missed {pair} {fact.kind}\n  {source}\n  {text}")
        for opposite in templates(kind.file)["opposite"]:
            for n in (0, 1):
                source, target, wrong_one = (
                    opposite[pair[0]][n], opposite[pair[1]][n], opposite[pair[1]][1 - n]
                )  # fmt: skip
                found, passed = failures(source, target, pair), not failures(source, wrong_one, pair)
                right["negation"] += 1
                flagged["negation"] += bool(found)
                wrong["negation"] += 1
                missed["negation"] += passed
                if show and found:
                    _tell_flagged(pair, source, target, found)
                if show and passed:
                    print(f"opposite missed {pair}\n  {source}\n  {wrong_one}")
    print(f"checks alone: right sentences flagged {flagged['sentences']}/{right['sentences']}")
    for name in sorted(wrong):
        print(
            f"  {name:12} flagged although right {flagged[name]:4}/{right[name]:<5}"
            f" harm missed {missed[name]:4}/{wrong[name]}"
        )


def _tell_flagged(pair: tuple[str, str], source: str, target: str, checks: Sequence[Check]) -> None:
    """Print a right translation and what it was flagged for."""
    told = [
        (c.kind, c.detail, c.source.of(source) if c.source else "", c.target.of(target) if c.target else "")
        for c in checks
    ]
    print(f"flagged although right {pair}\n  {source}\n  {target}\n  {told}")


def measure_parallel(folder: Path, show: bool) -> None:
    """The checks on what people translated: most of it is right, so that most of what is flagged is not."""
    for path in sorted(folder.glob("*/*.tsv")):
        pair = tuple(path.parent.name.split("-"))
        if set(pair) <= set(TAGS):
            flagged, rows = Counter(), path.read_text(encoding="utf-8").splitlines()
            for source, target, *_ in (row.split("\t") for row in rows):
                found = failures(source, target, pair)
                flagged["any"] += bool(found)
                flagged.update({check.kind for check in found})
                if show and found:
                    print(source, "|", target, [(c.kind, c.detail) for c in found])
            shares = ", ".join(f"{kind} {count / len(rows):.1%}" for kind, count in flagged.most_common())
            print(f"{path.parent.name} {path.stem:32} {len(rows):4} pairs flagged: {shares}")


def tally(translation: Translation, spans: Sequence[tuple[Span, bool, str]], counts: Counter) -> None:
    """Count facts: arrived, flagged where not, missed, flagged although right."""
    failed = [
        check.source for s in translation.segments for check in s.checks if not check.passed and check.source
        and check.kind in FACT_KINDS
    ]  # fmt: skip
    for span, arrived, kind in spans:
        said = any(span.overlaps(other) for other in failed)
        outcome = ("right" if not said else "flagged although right") if arrived else (
            "flagged" if said else "MISSED"
        )  # fmt: skip
        counts[outcome] += 1
        counts[f"{kind}: {outcome}"] += 1


def report(name: str, counts: Counter) -> None:
    """One line of shares, and what kinds fell short."""
    right, doubted = counts["right"], counts["flagged although right"]
    total = right + doubted + counts["flagged"] + counts["MISSED"]
    safe, sound = total - counts["MISSED"], right + doubted
    print(
        f"{name:26} {total:5} facts: arrived {sound / total:.2%}, arrived or flagged {safe / total:.2%},"
        f" flagged although right {doubted / max(1, sound):.2%}"
    )
    for key, count in sorted(counts.items()):
        if ":" in key and not key.endswith(": right"):
            print(f"    {key} {count}")


def measure_translations(
    translator: Translator, count: int, seed: int, kind: type[Drawing], show: bool
) -> None:
    """Generated sentences through the models."""
    everything = Counter()
    for pair in permutations(TAGS, 2):
        drawn = list(sentences(pair[0], count, seed, kind))
        translated = translator.translate_many([texts[pair[0]] for texts, _ in drawn], *pair)
        counts = Counter()
        for (texts, facts), translation in zip(drawn, translated, strict=True):
            source, spans = texts[pair[0]], []
            for fact in facts:
                start = source.index(fact.written[pair[0]])
                span = Span(start, start + len(fact.written[pair[0]]))
                spans.append((span, fact.arrived(translation.text, pair[1]), fact.kind))
            before = counts["MISSED"], counts["flagged although right"]
            tally(translation, spans, counts)
            if show and before != (counts["MISSED"], counts["flagged although right"]):
                details = [
                    (c.kind, c.detail, c.source and c.source.of(source))
                    for s in translation.segments for c in s.checks if not c.passed
                ]  # fmt: skip
                print(f"{pair}\n  {source}\n  {translation.text}\n  {details}")
        report("-".join(pair), counts)
        everything.update(counts)
    report("generated, all directions", everything)


def measure_letters(translator: Translator, show: bool) -> None:
    """The facts that the corpus' own lists name."""
    everything = Counter()
    for source in TAGS:
        folders = sorted(path.parent for path in (LETTERS / source).glob("*/letter.toml"))
        letters = [(f / name).read_bytes().decode() for f in folders for name in ("today.txt", "plain.txt")]
        listed = [tomllib.loads((f / "letter.toml").read_text(encoding="utf-8"))["facts"] for f in folders]
        for target in (tag for tag in TAGS if tag != source):
            counts = Counter()
            for i, translation in enumerate(translator.translate_many(letters, source, target)):
                # A period ("P3W") may be in words, which no list of forms can know.
                facts = [
                    f for f in listed[i // 2]
                    if f["kind"] in FACT_KINDS and not str(f["value"]).startswith("P")
                ]  # fmt: skip
                spans = list(_in_letter(translation, facts))
                before = counts["MISSED"], counts["flagged although right"]
                tally(translation, spans, counts)
                if show and before != (counts["MISSED"], counts["flagged although right"]):
                    print(source, target, folders[i // 2].name, [
                        (kind, span.of(letters[i]), arrived) for span, arrived, kind in spans
                    ])  # fmt: skip
            report(f"letters {source}-{target}", counts)
            everything.update(counts)
    report("letters, all directions", everything)


def _in_letter(translation: Translation, facts: Sequence[dict]) -> Iterator[tuple[Span, bool, str]]:
    """Each place of a fact that is within a segment, and whether the segment's translation states it."""
    for fact in facts:
        for match in re.finditer(rf"(?<!\w){re.escape(fact['text'])}(?!\w)", translation.source_text):
            span = Span(*match.span())
            for segment in translation.segments:
                if segment.source.contains(span):
                    text = segment.target.of(translation.text)
                    yield span, _arrived(fact, text, translation.target), fact["kind"]


def _arrived(fact: dict, text: str, tag: str) -> bool:
    """Whether a segment's translation states a fact of the corpus' lists."""
    text = " ".join(text.replace("\u00a0", " ").split())
    kind = fact["kind"]
    if kind == "date":
        return _date_arrived(str(fact["value"]), text, tag)
    if kind == "name":
        # "Havsgårdens skola" is a name and a word that is translated; in English the genitive goes, or gets
        # an apostrophe ("Havsgården's").
        said = {re.sub(r"[’']s?\Z", "", word) for word in _words(text)}
        named = [word for word in fact["text"].split() if word[0].isupper() and word not in TRANSLATED]
        names = [word.casefold() for word in named]
        return all({name, name.removesuffix("s")} & said for name in names)
    if kind == "address":
        # Streets, places and their numbers; "og", "Postboks" and "etasje" are translated.
        return all(word in text for word in re.findall(ADDRESS_WORD, fact["text"]))
    if kind in {"email", "url", "case-number", "phone", "property"}:
        whole = fact["text"].casefold() in text.casefold()
        return whole or (kind == "property" and _digits(fact["text"]) in _digits(text))
    if kind == "time":
        hour, minute = (int(part) for part in str(fact["value"]).split(":"))
        return re.search(rf"\b(?:0?{hour}|{hour % 12 or 12})(?:[.:]{minute:02}|\b)", text) is not None
    # The figures, one by one: "7 kap. 18 c §" is 7 and 18; "2 260 kroner" is 2260.
    figures = [f.group() for f in re.finditer(r"\d[\d .,]*", fact["text"])]
    return all(re.search(rf"(?<!\d){re.escape(_plain(f))}(?!\d)", _plain(text)) for f in figures)


def _date_arrived(value: str, text: str, tag: str) -> bool:
    year, month, day = [*value.split("-"), ""][:3]
    name = languages.load(tag).months[int(month) - 1]
    if not day:
        return re.search(rf"{name} {year}", text, re.IGNORECASE) is not None
    shows = (
        rf"\b0?{int(day)}(?:\.|st|nd|rd|th)? (?:of )?{name}|\b{name} 0?{int(day)}(?:st|nd|rd|th)?\b"
        rf"|{value}|\b0?{int(day)}[./-] ?0?{int(month)}\b"
    )
    return re.search(shows, text, re.IGNORECASE) is not None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w’'-]+", text.casefold()))


def _plain(text: str) -> str:
    """Numbers without grouping signs and idle zeros, with a point for decimals."""
    text = re.sub(r"(?<=\d)[ .,](?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return re.sub(r"(?<=\d)\.0+(?!\d)", "", text).strip(" .,")


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def main() -> None:
    """Print the three measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100, help="for each of the five languages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="checks,translations", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--otherwise", action="store_true", help="facts of other shapes")
    parser.add_argument("--show", action="store_true", help="print what was missed or flagged although right")
    parser.add_argument("--parallel", type=Path, help="a folder <pair>/<corpus>.tsv of human translations")
    arguments = parser.parse_args()
    if arguments.parallel:
        measure_parallel(arguments.parallel, arguments.show)
        return
    parts, kind = arguments.only.split(","), OtherDrawing if arguments.otherwise else Drawing
    if "checks" in parts:
        measure_checks(arguments.sentences, arguments.seed, kind, arguments.show)
    if {"translations", "letters"} & set(parts):
        translator = Translator.load(Settings(time_limit=3600.0), data_folder("models") / "translation")
    if "translations" in parts:
        measure_translations(translator, arguments.sentences, arguments.seed, kind, arguments.show)
    if "letters" in parts:
        measure_letters(translator, arguments.show)


if __name__ == "__main__":
    main()

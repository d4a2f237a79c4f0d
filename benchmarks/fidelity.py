"""Does a translation state what its letter states, and is it said where it does not?

    python benchmarks/fidelity.py [--sentences 100] [--letters] [--seed 1]

Three measurements, in every direction offered among the five languages. None asks the checks whether they are
right: what a sentence states is known from its template, and how each language may write it is spelled out
here.

- **checks**: our own wording of a sentence in both languages is a right translation: what is flagged there is
  flagged although right. The same with one fact changed or left out, or with the opposite sentence: what is
  not flagged there is missed.
- **translations**: generated sentences through the models: facts that arrive or are flagged, and facts
  flagged although they arrived; beside the same sentences without stand-ins and repairs.
- **letters** (``--letters``): the facts that the corpus' own lists name, in tests/letters; never its holdout.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

from replyassist import languages
from replyassist.config import Settings, data_folder
from replyassist.domain import Span, Translation
from replyassist.text.facts.identity import is_norwegian, is_swedish
from replyassist.translation import Translator
from replyassist.translation.checks import check_segment
from replyassist.translation.sentence import Direction, Sentence

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "tests" / "letters"
TAGS = ("nb", "nn", "sv", "da", "en")
SLOT = re.compile(r"\{(\w+)\}")
CURRENCY = {"nb": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK", "en": "NOK"}
PERCENT = {"nb": "prosent", "nn": "prosent", "sv": "procent", "da": "procent", "en": "per cent"}
FACT_KINDS = {
    "date", "time", "amount", "percentage", "number", "case-number", "law", "phone", "national-id", "email",
    "url", "name", "placeholder", "property",
}  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """A fact of a sentence: how each language writes it, and what shows that it arrived."""

    kind: str
    written: dict[str, str]
    shows: dict[str, str]

    def arrived(self, text: str, tag: str) -> bool:
        """Whether a text in the language states it."""
        return re.search(self.shows[tag], " ".join(text.split()), re.IGNORECASE) is not None


def templates() -> dict[str, list[dict[str, str]]]:
    """The sentences, the opposites and what fills the slots."""
    return tomllib.loads((Path(__file__).parent / "fidelity.toml").read_text(encoding="utf-8"))


class Drawing:
    """Values for the slots, for sentences that are written in ``home``."""

    def __init__(self, home: str, seed: str, fill: dict[str, list[str]]) -> None:
        self.home, self.chance, self.fill = home, random.Random(seed), fill

    def draw(self, slot: str) -> Stated:
        """A value for a slot."""
        return getattr(self, f"_{slot}")()

    def _date(self) -> Stated:
        day = date(2024, 1, 1) + timedelta(days=self.chance.randrange(1200))
        written, shows = {}, {}
        numeric = self.chance.random() < 0.2
        for tag in TAGS:
            month = languages.load(tag).months[day.month - 1]
            dot = "" if tag in {"sv", "en"} else "."
            month = month.capitalize() if tag == "en" else month
            written[tag] = f"{day.day}{dot} {month} {day.year}"
            if numeric and tag != "en":
                written[tag] = day.isoformat() if tag == "sv" else f"{day:%d.%m.%Y}"
            forms = [
                rf"\b0?{day.day}(?:\.|st|nd|rd|th)? (?:of )?{month},? {day.year}\b",
                rf"\b{month} 0?{day.day}(?:st|nd|rd|th)?,? {day.year}\b", rf"\b{day.isoformat()}\b",
                rf"\b0?{day.day}[./-] ?0?{day.month}[./-] ?(?:20)?{day:%y}\b",
            ]  # fmt: skip
            shows[tag] = "|".join(forms)
        return Stated("date", written, shows)

    def _time(self) -> Stated:
        hour, minute = self.chance.randrange(7, 21), self.chance.choice((0, 15, 30, 45, 20, 5))
        twelve, half = hour % 12 or 12, "am" if hour < 12 else "pm"
        clock = f"{hour:02}.{minute:02}"
        written = dict.fromkeys(TAGS, f"kl. {clock}") | {"en": f"at {twelve}.{minute:02} {half}"}
        zero = "?" if minute == 0 else ""
        show = rf"\b0?{hour}(?:[.:]{minute:02}){zero}\b|\b0?{twelve}(?:[.:]{minute:02}){zero} ?{half[0]}\.?m"
        return Stated("time", written, dict.fromkeys(TAGS, show))

    def _amount(self) -> Stated:
        crowns = self.chance.choice((350, 1450, 17400, 980, 2394, 108750, 1250000, 62))
        crowns += self.chance.randrange(40)
        cents = self.chance.choice((0, 0, 50, 25))
        code, written, shows = CURRENCY[self.home], {}, {}
        for tag in TAGS:
            group, mark = {"en": (",", "."), "da": (".", ",")}.get(tag, (" ", ","))
            digits = f"{crowns:,}".replace(",", group) + (f"{mark}{cents}" if cents else "")
            crown = {"sv": "kronor", "da": "kr."}.get(tag, "kr")
            abroad = tag == "en" or self.home == "en"
            written[tag] = f"{code} {digits}" if abroad else f"{digits} {crown}"
            grouped = "[ .,]?".join(f"{crowns:,}".split(","))
            names = "NOK|SEK|DKK|kr|crown|krone|kronor"
            figure = rf"(?<![\d.,]){grouped}" + (
                rf"[.,]{cents}" if cents else r"(?:[.,](?:00|-)|(?![.,]?\d))"
            )
            shows[tag] = rf"(?:{code}|kr\.?) {figure}|{figure} ?(?:{names})"
        return Stated("amount", written, shows)

    def _percentage(self) -> Stated:
        value = self.chance.choice((5, 12.5, 30, 2.4, 75, 66.7, 18))
        plain = f"{value:g}"
        written = {tag: f"{plain if tag == 'en' else plain.replace('.', ',')} {PERCENT[tag]}" for tag in TAGS}
        show = rf"(?<![\d.,]){plain.replace('.', '[.,]')} ?(?:%|pro[sc]ent|per ?cent|p[cs]t\.|proc\.)"
        return Stated("percentage", written, dict.fromkeys(TAGS, show))

    def _number(self) -> Stated:
        return self._same("number", str(self.chance.randrange(21, 99_000)))

    def _case(self) -> Stated:
        year, number = self.chance.randrange(2022, 2028), self.chance.randrange(100, 99_999)
        shapes = {
            "sv": f"MBN {year}-{number:04}",
            "da": f"{year}-{number:06}",
            "en": f"B-{year % 100}-{number:05}",
        }
        if self.home == "en":
            word = {"nb": "saksnummer", "nn": "saksnummer", "sv": "ärendenummer", "da": "sagsnummer"}
            shape = shapes["en"]
            written = {tag: f"{word.get(tag, 'case no.')} {shape}" for tag in TAGS}
            return Stated("case-number", written, dict.fromkeys(TAGS, _exactly(shape)))
        return self._same("case-number", shapes.get(self.home, f"{year}/{number}"))

    def _law(self) -> Stated:
        number = self.chance.randrange(2, 30)
        section = f"{number}-{self.chance.randrange(1, 12)}" if self.home in {"nb", "nn"} else str(number)
        written = dict.fromkeys(TAGS, f"§ {section}") | {"en": f"section {section}", "sv": f"{section} §"}
        name = "(?:§|section|sec.|paragra(?:ph|f(?:en)?)|article)"
        show = rf"{name} ?{section}(?![-\d])|(?<![-\d]){section}\.? ?§"
        return Stated("law", written, dict.fromkeys(TAGS, show))

    def _phone(self) -> Stated:
        pairs = [f"{self.chance.randrange(100):02}" for _ in range(3)]
        shape = (
            "0980-" + "".join(pairs[:2])[:3] + f" {pairs[2]}"
            if self.home == "sv"
            else " ".join(["55", *pairs])
        )
        return self._same("phone", shape)

    def _id(self) -> Stated:
        return self._same("national-id", national_id(self.home, self.chance))

    def _email(self) -> Stated:
        return self._same("email", f"{self.chance.choice(('post', 'bygg', 'svar-2'))}@{self._of('hosts')}")

    def _url(self) -> Stated:
        return self._same("url", f"https://www.{self._of('hosts')}{self._of('pages')}")

    def _name(self) -> Stated:
        return self._same("name", self._of("names"))

    def _field(self) -> Stated:
        return self._same("placeholder", self._of("fields"))

    def _property(self) -> Stated:
        first, second = self.chance.randrange(2, 300), self.chance.randrange(1, 400)
        shapes = {"sv": f"Ekbacken {first}:{second}", "da": f"matr.nr. {first}b Egeby By"}
        return self._same("property", shapes.get(self.home, f"gnr. {first}, bnr. {second}"))

    def _of(self, key: str) -> str:
        return self.chance.choice(self.fill[key])

    @staticmethod
    def _same(kind: str, shape: str) -> Stated:
        """What is written the same everywhere."""
        return Stated(kind, dict.fromkeys(TAGS, shape), dict.fromkeys(TAGS, _exactly(shape)))


def _exactly(shape: str) -> str:
    return rf"(?<![\w-]){re.escape(shape)}(?![\w-])"


def national_id(home: str, chance: random.Random) -> str:
    """A number with the check digits of the country; of nobody in particular."""
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(25_000))
    while True:
        if home == "sv":
            number = f"{born:%y%m%d}{chance.randrange(10_000):04}"
            if is_swedish(number):
                return f"{number[:6]}-{number[6:]}"
        elif home == "da":
            return f"{born:%d%m%y}-{chance.randrange(10_000):04}"
        else:
            number = f"{born:%d%m%y}{chance.randrange(100_000):05}"
            if is_norwegian(number):
                return f"{number[:6]} {number[6:]}"


def sentences(home: str, count: int, seed: int) -> Iterator[tuple[dict[str, str], list[Stated]]]:
    """Sentences in all five languages and what they state, as a municipality of ``home`` would write them."""
    data = templates()
    drawing = Drawing(home, f"{seed}-{home}", data["fill"])
    for i in range(count):
        template = data["sentence"][i % len(data["sentence"])]
        facts = {slot: drawing.draw(slot) for slot in SLOT.findall(template["nb"])}
        texts = {tag: _filled(template[tag], facts, tag) for tag in TAGS}
        yield texts, list(facts.values())


def _filled(template: str, facts: dict[str, Stated], tag: str) -> str:
    return SLOT.sub(lambda slot: facts[slot[1]].written[tag], template)


def failures(source: str, target: str, pair: tuple[str, str]) -> list:
    """The checks that a pair of sentences does not pass."""
    direction = Direction.of(*pair)
    checks = check_segment(Sentence.read(source, direction), target, direction)
    return [check for check in checks if not check.passed]


def harmed(fact: Stated, text: str, tag: str) -> Iterator[str]:
    """The text with a fact left out, and with one of its digits (or letters) changed."""
    written = fact.written[tag]
    yield text.replace(written, "").replace("  ", " ")
    digits = [i for i, c in enumerate(written) if c.isdigit()]
    if digits:
        at = digits[-1]
        changed = written[:at] + str((int(written[at]) + 3) % 10) + written[at + 1 :]
        yield text.replace(written, changed)
    else:
        yield text.replace(written, written[:1] + written[2:])


def measure_checks(count: int, seed: int) -> None:
    """The checks on right translations and on harmed ones."""
    right, wrong = Counter(), Counter()
    flagged, missed = Counter(), Counter()
    for pair in permutations(TAGS, 2):
        for texts, facts in sentences(pair[0], count, seed):
            source, target = texts[pair[0]], texts[pair[1]]
            found = failures(source, target, pair)
            right["sentences"] += 1
            flagged["sentences"] += bool(found)
            for check in found:
                flagged[check.kind] += 1
            for fact in facts:
                right[fact.kind] += 1
                for text in harmed(fact, target, pair[1]):
                    wrong[fact.kind] += 1
                    missed[fact.kind] += not failures(source, text, pair)
        for opposite in templates()["opposite"]:
            for n in (0, 1):
                source, target = opposite[pair[0]][n], opposite[pair[1]][n]
                right["negation"] += 1
                flagged["negation"] += bool(failures(source, target, pair))
                wrong["negation"] += 1
                missed["negation"] += not failures(source, opposite[pair[1]][1 - n], pair)
    print(f"checks alone: right sentences flagged {flagged['sentences']}/{right['sentences']}")
    for kind in sorted(wrong):
        print(
            f"  {kind:12} flagged although right {flagged[kind]:4}/{right[kind]:<5}"
            f" harm missed {missed[kind]:4}/{wrong[kind]}"
        )


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


def measure_translations(translator: Translator, count: int, seed: int, show: bool) -> None:
    """Generated sentences through the models."""
    everything = Counter()
    for pair in permutations(TAGS, 2):
        drawn = list(sentences(pair[0], count, seed))
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
    text = " ".join(text.replace("\u00a0", " ").split())
    value = str(fact["value"])
    if fact["kind"] == "date":
        year, month, day = [*value.split("-"), ""][:3]
        if not day:
            return re.search(rf"{languages.load(tag).months[int(month) - 1]} {year}", text, re.I) is not None
        name = languages.load(tag).months[int(month) - 1]
        shows = (
            rf"\b0?{int(day)}(?:\.|st|nd|rd|th)? (?:of )?{name}|\b{name} 0?{int(day)}\b"
            rf"|{value}|\b0?{int(day)}[./-] ?0?{int(month)}\b"
        )
        return re.search(shows, text, re.IGNORECASE) is not None
    if fact["kind"] == "name":
        # "Havsgårdens skola" is somebody's name and a word that is translated.
        return all(word.casefold() in text.casefold() for word in fact["text"].split() if word[0].isupper())
    if fact["kind"] in {"email", "url", "case-number", "phone", "property"}:
        return fact["text"].casefold() in text.casefold() or (
            fact["kind"] == "property" and _digits(fact["text"]) in _digits(text)
        )
    # The figures, one by one: "7 kap. 18 c §" is 7 and 18; "2 260 kroner" is 2260.
    figures = [f.group() for f in re.finditer(r"\d[\d .,]*", fact["text"])]
    plain = _plain(text)
    if fact["kind"] == "time":
        hour, minute = (int(part) for part in value.split(":"))
        twelve = hour % 12 or 12
        return re.search(rf"\b(?:0?{hour}|{twelve})(?:[.:]{minute:02}|\b)", text) is not None
    return all(re.search(rf"(?<!\d){re.escape(_plain(f))}(?!\d)", plain) for f in figures)


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
    parser.add_argument("--letters", action="store_true")
    parser.add_argument("--only-checks", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was missed or flagged although right")
    parser.add_argument("--parallel", type=Path, help="a folder <pair>/<corpus>.tsv of human translations")
    arguments = parser.parse_args()
    if arguments.parallel:
        measure_parallel(arguments.parallel, arguments.show)
        return
    measure_checks(arguments.sentences, arguments.seed)
    if arguments.only_checks:
        return
    translator = Translator.load(Settings(time_limit=3600.0), data_folder("models") / "translation")
    measure_translations(translator, arguments.sentences, arguments.seed, arguments.show)
    if arguments.letters:
        measure_letters(translator, arguments.show)


if __name__ == "__main__":
    main()

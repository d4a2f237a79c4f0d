"""What a sentence of a letter states, written as each of the five languages writes it, and what shows that it
arrived. Nothing here asks the program that is measured.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from replyassist import languages
from replyassist.text.facts.identity import is_norwegian, is_swedish

TAGS = ("nb", "nn", "sv", "da", "en")
SLOT = re.compile(r"\{(\w+)\}")
CURRENCY = {"nb": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK", "en": "NOK"}
PERCENT = {"nb": "prosent", "nn": "prosent", "sv": "procent", "da": "procent", "en": "per cent"}


@dataclass(frozen=True)
class Stated:
    """A fact of a sentence: how each language writes it, and what shows that it arrived."""

    kind: str
    written: dict[str, str]
    shows: dict[str, str]
    core: dict[str, str] = field(default_factory=dict)  # what must not change, where that is not all of it

    def arrived(self, text: str, tag: str) -> bool:
        """Whether a text in the language states it."""
        return re.search(self.shows[tag], " ".join(text.split()), re.IGNORECASE) is not None


def templates(file: str = "fidelity") -> dict[str, Any]:
    """The sentences, the opposites and what fills the slots."""
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))


class Drawing:
    """Values for the slots of the sentences in ``file``, which are written in ``home``."""

    file = "fidelity"

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


def sentences(
    home: str, count: int, seed: int, kind: type[Drawing] = Drawing
) -> Iterator[tuple[dict[str, str], list[Stated]]]:
    """Sentences in all five languages and what they state, as a municipality of ``home`` would write them."""
    data = templates(kind.file)
    drawing = kind(home, f"{seed}-{home}", data["fill"])
    for i in range(count):
        template = data["sentence"][i % len(data["sentence"])]
        facts = {slot: drawing.draw(slot) for slot in SLOT.findall(template["nb"])}
        texts = {tag: _filled(template[tag], facts, tag) for tag in TAGS}
        yield texts, list(facts.values())


def _filled(template: str, facts: dict[str, Stated], tag: str) -> str:
    return SLOT.sub(lambda slot: facts[slot[1]].written[tag], template)


def harmed(fact: Stated, text: str, tag: str) -> Iterator[str]:
    """The text with a fact left out, and with one of its digits (or letters) changed."""
    written = fact.written[tag]
    yield text.replace(written, "").replace("  ", " ")
    digits = [i for i, c in enumerate(written) if c.isdecimal()]
    if digits:
        at = digits[-1]
        changed = written[:at] + str((int(written[at]) + 3) % 10) + written[at + 1 :]
        yield text.replace(written, changed)
    else:
        core = fact.core.get(tag, written)
        yield text.replace(written, written.replace(core, core[:1] + core[2:]))

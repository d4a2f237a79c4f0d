"""Step 3: sentences and terms of our own (sentences/), with the same made-up facts in two languages.

    python -m models.training.translation.fill WORK

Slots such as {date} stand for what a letter states in the Nordic sentences, and a row with slots is written
``FILLS`` times. Writes WORK/clean/own-<pair>.tsv for every pair that a model is trained on, and what is kept
from training to WORK/held-out/own-<pair>.tsv, which ``evaluate --own`` measures.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from pathlib import Path

from models.training.translation.sentences import KEPT_FROM_TRANSLATION, read_rows

HERE = Path(__file__).parent
RECIPE = tomllib.loads((HERE / "recipe.toml").read_text())
LANGUAGES = HERE.parents[2] / "replyassist" / "languages"
PAIRS = {
    "nordic": ("nb-en", "nn-en", "sv-en", "da-en", "nb-nn"),
    "citizens": ("pl-en", "uk-en", "ar-en"),
}
FILLS = 16
GIVEN = (
    "Kari",
    "Ola",
    "Anna",
    "Erik",
    "Fatima",
    "Ingrid",
    "Mikkel",
    "Åse",
    "Søren",
    "Björn",
    "Amina",
    "Jonas",
    "Oksana",
)
FAMILY = (
    "Nordmann",
    "Hansen",
    "Lind",
    "Berg",
    "Ali",
    "Dahl",
    "Jensen",
    "Ødegård",
    "Sjöberg",
    "Kovalenko",
    "Nilsen",
)
STREETS = (
    "Storgata",
    "Kirkeveien",
    "Skolgatan",
    "Nørregade",
    "Havnegata",
    "Ekvägen",
    "Åsveien",
    "Bygdøyveien",
    "Vestergade",
)
LAWS = ("§ {0}", "§ {0}-{1}", "§ {0} a", "§§ {0} og {1}")
CURRENCY = {"nb": "kr", "nn": "kr", "sv": "kr", "da": "kr.", "en": "kr"}


def calendar() -> dict[str, tuple[list[str], list[str]]]:
    """Language -> months and weekdays."""
    found = {}
    for tag in ("nb", "nn", "sv", "da", "en"):
        data = tomllib.loads((LANGUAGES / tag / "language.toml").read_text(encoding="utf-8"))
        names = data["months"], data["weekdays"]
        found[tag] = tuple([n.capitalize() for n in group] if tag == "en" else group for group in names)
    return found


def date(tag: str, months: list[str], rng: random.Random, state: tuple[int, int, int, bool]) -> str:
    """A date as a letter in the language writes it; ``state``: day, month, year, whether it is in numbers."""
    day, month, year, numeric = state
    if numeric:
        if tag == "en":
            return f"{day} {months[month - 1]} {year}"
        return f"{year}-{month:02}-{day:02}" if tag == "sv" else f"{day}.{month}.{year}"
    if tag == "en":
        return f"{day} {months[month - 1]} {year}"
    return f"{day} {months[month - 1]} {year}" if tag == "sv" else f"{day}. {months[month - 1]} {year}"


def values(
    rng: random.Random, calendars: dict[str, tuple[list[str], list[str]]]
) -> dict[str, dict[str, str]]:
    """Language -> slot -> the same made-up fact."""
    state = (rng.randint(1, 28), rng.randint(1, 12), rng.randint(2015, 2031), rng.random() < 0.2)
    weekday, hour, minute = rng.randrange(7), rng.randint(7, 18), rng.choice((0, 15, 30, 45))
    crowns, cents = (
        rng.choice((rng.randint(50, 999), rng.randint(1000, 99999))),
        rng.choice((0, 0, 0, 50, 75)),
    )
    number, first, second = str(rng.randint(2, 60)), rng.randint(1, 40), rng.randint(1, 30)
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    phone = " ".join(f"{rng.randint(0, 99):02}" for _ in range(4))
    user = name.lower().replace(" ", ".").translate(str.maketrans("åøöæ", "aooe"))
    same = {
        "number": number, "year": str(state[2]), "name": name, "phone": phone,
        "case": f"{state[2]}/{rng.randint(10, 99999)}",
        "email": f"{user}@{rng.choice(('bergen.kommune.no', 'sigtuna.se', 'aarhus.dk', 'post.example'))}",
        "street": f"{rng.choice(STREETS)} {rng.randint(1, 140)}",
    }  # fmt: skip
    law, percent = (
        rng.choice(LAWS),
        rng.choice((str(rng.randint(1, 30)), f"{rng.randint(1, 9)},{rng.randint(1, 9)}")),
    )
    holding, unit = rng.randint(1, 300), rng.randint(1, 900)
    found = {}
    for tag, (months, weekdays) in calendars.items():
        whole = f"{crowns:,}".replace(",", "," if tag == "en" else "." if tag == "da" else " ")
        part = "" if not cents else f"{'.' if tag == 'en' else ','}{cents:02}"
        money = f"NOK {whole}{part}" if tag == "en" and cents else f"{whole}{part} {CURRENCY[tag]}"
        paragraph = law.format(first, second)
        found[tag] = {
            **same,
            "date": date(tag, months, rng, state),
            "day": weekdays[weekday],
            "time": f"{hour}:{minute:02}" if tag == "en" else f"{hour:02}.{minute:02}",
            "amount": money,
            "percent": f"{percent.replace(',', '.')}%"
            if tag == "en"
            else f"{percent} %"
            if tag != "da"
            else f"{percent} procent",
            "law": paragraph.replace(" og ", {"en": " and ", "sv": " och "}.get(tag, " og ")),
            "property": f"gnr. {holding} bnr. {unit}",
        }
    return found


def corpus_of(text: str) -> str:
    """The name by which recipe.toml weighs a row: facts, whole sentences, or terms."""
    if "{" in text:
        return "own-facts"
    return "own-sentences" if text.lstrip("\"'“‘")[0].isupper() or text[-1] in ".?!" else "own-terms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    calendars = calendar()
    clean, held = arguments.work / "clean", arguments.work / "held-out"
    held.mkdir(parents=True, exist_ok=True)
    for collection, pair in ((name, pair) for name, pairs in PAIRS.items() for pair in pairs):
        source, target = pair.split("-")
        rng = random.Random(f"{RECIPE['seed']} {pair}")
        name = f"own-{pair}.tsv"
        with (
            (clean / name).open("w", encoding="utf-8") as out,
            (held / name).open("w", encoding="utf-8") as kept,
        ):
            for _, row, is_held in read_rows(collection, KEPT_FROM_TRANSLATION):
                corpus = corpus_of(row["en"])
                for _ in range(FILLS if corpus == "own-facts" and not is_held else 1):
                    facts = values(rng, calendars)
                    sides = [row[tag].format_map(facts.get(tag, {})) for tag in (source, target)]
                    (kept if is_held else out).write("\t".join((*sides, corpus)) + "\n")


if __name__ == "__main__":
    main()

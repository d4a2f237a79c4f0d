"""Step 11: which gender nouns have, for the articles of a translation.

    python -m models.training.translation.genders WORK models/genders [--languages nb sv]

From the Nordic sides of WORK/clean/. A noun is a word that is met behind articles of one gender, and with the
article of that gender at its end; the last part of compounds a word that ends several of one gender. An
adjective is met in two forms, each behind articles of its own gender, or in one behind both.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from replyassist import languages
from replyassist.languages import Language
from replyassist.translation.agreement import (
    ADJECTIVE,
    INDEFINITE,
    LAST_PART,
    POSSESSIVE,
    SHORTEST_FIRST,
    SHORTEST_LAST,
)

# A language -> its pairs, and the side of them that it is on.
SIDES = {
    "nb": {"nb-en": 0, "nb-nn": 0},
    "nn": {"nn-en": 0, "nb-nn": 1},
    "sv": {"sv-en": 0},
    "da": {"da-en": 0},
}
TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[^\s\w]|\d")
SHARE = 0.97  # of the times behind an article, those behind one of its gender
FEWEST_OF_BOTH, LEAST_OF_BOTH = 10, 0.1  # the same for each gender of an adjective with one form
FEWEST_DEFINITE = 2
# Forms with another gender's article at their end, for each with its own. Swedish neuters have "-en" in the
# plural.
OTHERS, OTHERS_OF_NEUTER = 0.1, {"sv": 3.4}
FEWEST_COMPOUNDS = 3
VOWELS = "aeiouyåäöæø"
DOUBLED = {"da": "bdfgklmnprst", "nb": "m", "nn": "m", "sv": "mn"}  # "program, programmet"
# Bokmål may write a feminine noun as a masculine one; which it does is a matter of style.
SAME = {"nb": {"m": "mf", "f": "mf"}}
# Participles stand where nouns do.
PARTICIPLE = {"da": "ende", "nb": "ende", "nn": "ande"}


def sentences(clean: Path, tag: str) -> Iterator[str]:
    """What people wrote, in lower case."""
    for pair, side in SIDES[tag].items():
        for path in (clean / f"{pair}.tsv", clean / f"own-{pair}.tsv"):
            if path.exists():
                with path.open(encoding="utf-8") as lines:
                    for line in lines:
                        yield line.split("\t")[side].lower()


def count(clean: Path, language: Language) -> tuple[Mapping[str, Counter[str]], Counter[str]]:
    """Word -> how often it stands behind the articles of each gender; and how often at all."""
    genders = {}
    for article in (*INDEFINITE[language.tag], *POSSESSIVE.get(language.tag, ())):
        index = next(iter(language.articles.values())).index(article)
        genders |= {column[index]: gender for gender, column in language.articles.items()}
    behind: dict[str, Counter[str]] = defaultdict(Counter)
    uses: Counter[str] = Counter()
    for sentence in sentences(clean, language.tag):
        tokens = TOKEN.findall(sentence)
        uses.update(tokens)
        for before, word in pairwise(tokens):
            if before in genders and word[0].isalpha():
                behind[word][genders[before]] += 1
    return behind, uses


def definite_forms(noun: str, tag: str) -> dict[str, set[str]]:
    """How a noun may be written with the article of each gender at its end."""
    stems = {noun}
    if noun[-1] in DOUBLED[tag]:
        stems.add(noun + noun[-1])
    if re.search("e[lnr]$", noun):
        stems.add(noun[:-2] + noun[-1])  # "nummer, numret"
    common = {noun + "n"} if noun[-1] in VOWELS else {stem + "en" for stem in stems}
    neuter = {stem + "et" for stem in stems}
    if noun[-1] in VOWELS:
        neuter = {noun + "t"} if noun[-1] == "e" else neuter | {noun + "t"}
    if tag == "sv":
        common |= {noun + "n"} if noun[-1] in "lr" else set()
        common |= {noun} if noun.endswith("an") else set()  # "ansökan"
    if tag in SAME or tag == "nn":
        return {"m": common, "f": {stem.removesuffix("e") + "a" for stem in stems}, "n": neuter}
    return {"c": common, "n": neuter}


def definite_of(word: str, genders: str, uses: Counter[str], tag: str) -> list[str]:
    """A noun with the article of its gender at its end, in the forms that are met; none for no noun."""
    if word in languages.load(tag).function_words or word.endswith(PARTICIPLE.get(tag, "-")):
        return []
    forms = definite_forms(word, tag)
    used = {gender: sum(uses[form] for form in forms[gender]) for gender in forms}
    own = sum(used[gender] for gender in genders)
    others = sum(times for gender, times in used.items() if gender not in genders)
    limit = OTHERS_OF_NEUTER.get(tag, OTHERS) if genders == "n" else OTHERS
    if own < FEWEST_DEFINITE or others > limit * own:
        return []
    return sorted(form for gender in genders for form in forms[gender] if uses[form])


def clear(met: Counter[str]) -> str:
    """The genders that nearly all are of, empty where they differ."""
    likeliest, times = met.most_common(1)[0]
    return likeliest if times >= SHARE * met.total() else ""


def nouns(behind: Mapping[str, Counter[str]], uses: Counter[str], tag: str) -> Iterator[tuple[str, str, str]]:
    """Each noun and last part of compounds, its genders, and its forms with an article at the end."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    firsts: Counter[str] = Counter()
    for word, met in behind.items():
        genders: Counter[str] = Counter()
        for gender, times in met.items():
            genders[SAME.get(tag, {}).get(gender, gender)] += times
        if gender := clear(genders):
            if forms := definite_of(word, gender, uses, tag):
                yield word, gender, " ".join(forms)
            for at in range(SHORTEST_FIRST, len(word) - SHORTEST_LAST + 1):
                ends[word[at:]][gender] += 1
                firsts[word[at:]] += uses[word[:at].removesuffix("s")] >= FEWEST_COMPOUNDS
    for end, genders in ends.items():
        if min(genders.total(), firsts[end]) < FEWEST_COMPOUNDS:
            continue
        if (gender := clear(genders)) and (forms := definite_of(end, gender, uses, tag)):
            yield LAST_PART + end, gender, " ".join(LAST_PART + form for form in forms)


def neuter_of(word: str, behind: Mapping[str, Counter[str]]) -> str:
    """The neuter of an adjective; empty for what is none."""
    met = behind[word]
    neuter, times = met["n"], met.total()
    if times >= FEWEST_OF_BOTH and LEAST_OF_BOTH * times <= neuter <= (1 - LEAST_OF_BOTH) * times:
        return word
    if neuter > (1 - SHARE) * times:
        return ""
    stem = word[:-1]
    forms = [word + "t", *([stem + "t"] if word[-1] in "dn" else []), *([stem] if word[-1] == "n" else [])]
    return next((form for form in forms if form in behind and clear(behind[form]) == "n"), "")


def main() -> None:
    """Write a table for each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--languages", nargs="+", choices=SIDES, default=SIDES)
    arguments = parser.parse_args()
    arguments.out.mkdir(exist_ok=True)
    for tag in arguments.languages:
        behind, uses = count(arguments.work / "clean", languages.load(tag))
        known = {word: row for word, *row in nouns(behind, uses, tag)}
        rows = ["\t".join((word, *row)) for word, row in known.items()]
        for word in behind:
            neuter = neuter_of(word, behind)
            if neuter and not known.keys() & {word, neuter}:
                rows.append(f"{word}\t{ADJECTIVE}\t{neuter}")
        text = "".join(f"{row}\n" for row in sorted(rows))
        # Without a time in it, the same text makes the same file.
        (arguments.out / f"{tag}.tsv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        print(tag, f"{len(known)} nouns, {len(rows) - len(known)} adjectives", flush=True)


if __name__ == "__main__":
    main()

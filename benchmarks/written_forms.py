"""Where a word tells bokmål from nynorsk, and where none does: how often the identifier is right in each.

    python -m benchmarks.written_forms ../shared/data/identification/development.tsv

A word tells when the dictionary of the sentence's own written form has it and that of the other form has
not. "Har du lyst til å drikke litt te med meg?" stands in the nynorsk part of the development set and is
bokmål just as well: no identifier can do better than chance there. It needs hunspell with the dictionaries
of both forms (Debian: hunspell, hunspell-no), and the model that benchmarks/identification.py measures.
"""

from __future__ import annotations

import re
import subprocess

from benchmarks.identification import Row, make_parser, read_rows
from replyassist.identification.identifier import Identifier

DICTIONARY = {"nb": "nb_NO", "nn": "nn_NO"}
OTHER = {"nb": "nn", "nn": "nb"}
CONDITIONS = ("full", "w5", "w3")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def unknown(words: set[str], form: str) -> set[str]:
    """The words that the dictionary of a written form doesn't have."""
    command = ["hunspell", "-i", "utf-8", "-d", DICTIONARY[form], "-l"]
    listed = subprocess.run(
        command, input="\n".join(sorted(words)), text=True, capture_output=True, check=True
    )
    return set(listed.stdout.split())


def report(rows: list[Row], form: str, identifier: Identifier) -> None:
    """Print one line for each condition: texts that a word tells, and those that none does."""
    words = {word for row in rows for word in WORD.findall(row.text)}
    telling = unknown(words, OTHER[form]) - unknown(words, form)
    for condition in CONDITIONS:
        right: dict[bool, list[bool]] = {True: [], False: []}
        for row in rows:
            if row.condition == condition:
                is_told = not telling.isdisjoint(WORD.findall(row.text))
                right[is_told].append(identifier.identify(row.text).language in row.accepted)
        told, open_ = right[True], right[False]
        print(
            f"{form} {condition:5} a word tells: {sum(told):3} of {len(told):3} right"
            f"   none does: {sum(open_):3} of {len(open_):3} right"
        )


def main() -> None:
    """Measure both written forms and print what was found."""
    arguments = make_parser(__doc__).parse_args()
    identifier = Identifier.load(arguments.model)
    rows = read_rows(arguments.development)
    for form in DICTIONARY:
        report([row for row in rows if row.language == form], form, identifier)


if __name__ == "__main__":
    main()

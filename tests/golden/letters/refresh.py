"""Write what the safe suggestions make of each letter anew; read every difference before it is committed.

python tests/golden/letters/refresh.py
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft, Identification
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

HERE = Path(__file__).parent


def main() -> None:
    """Write ``<language>-<slug>.txt`` for each letter of the corpus but the holdout."""
    assessor = Assessor.load(profiles=load_profiles())
    for letter in sorted(HERE.parents[1].joinpath("letters").glob("??/*/letter.toml")):
        facts = tomllib.loads(letter.read_text(encoding="utf-8"))
        tag, text = facts["language"], letter.with_name("today.txt").read_bytes().decode()
        blocks = find_structure(text, languages.load(tag))
        draft = Draft(text, tag, facts["audience"], blocks=blocks)
        simpler = assessor.simplify(draft, Identification(tag, 1.0)).text
        HERE.joinpath(f"{tag}-{letter.parent.name}.txt").write_bytes(simpler.encode())


if __name__ == "__main__":
    main()

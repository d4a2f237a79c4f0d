"""Translation of the corpus's letters, beside argostranslate itself on the same package in the same run.

    .venv/bin/python benchmarks/translation.py [--source nb] [--target en] [--letters 8]

Prints, for each contestant in a process of its own: seconds a letter, letters a second with 1 and 4 clients,
and peak
memory; then what the letters state against what arrived. argostranslate gets the sentence splitter of this
project: its
own would have to be downloaded. Beam 4 is its setting; beam 2 is ours.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from replyassist.config import Settings, data_folder
from replyassist.translation import Translator
from replyassist.translation.store import export

LETTERS = Path(__file__).parent.parent / "tests" / "letters"
CLIENTS = (1, 4)


def read_letters(source: str, count: int) -> list[str]:
    """Letters as they are written today; never the holdout."""
    paths = sorted((LETTERS / source).glob("*/today.txt"))[:count]
    return [path.read_bytes().decode("utf-8") for path in paths]


def open_ours(source: str, target: str, beam: int) -> Callable[[str], str]:
    """Our translator, warm."""
    translator = Translator.load(Settings(beam=beam), data_folder("models") / "translation")
    translator.warm()
    return lambda text: translator.translate(text, source, target).text


def open_argos(source: str, target: str) -> Callable[[str], str]:
    """argostranslate's own translation, with the bundled package exported and installed in a folder of its
    own."""
    home = Path(tempfile.mkdtemp(prefix="benchmark-argos-"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home)
    os.environ["ARGOS_PACKAGES_DIR"] = str(home / "packages")
    (home / "packages").mkdir()
    from argostranslate import package, sbd, translate  # noqa: PLC0415 (reads the environment when imported)

    from replyassist import languages  # noqa: PLC0415
    from replyassist.text.sentences import split_sentences  # noqa: PLC0415

    class Splitter(sbd.ISentenceBoundaryDetectionModel):  # type: ignore[misc]
        def split_sentences(self, text: str, lang_code: str | None = None) -> list[str]:
            return [span.of(text) for span in split_sentences(text, languages.load(source))]

    export(f"translate-{source}_{target}", home / "x.argosmodel", Settings())
    package.install_from_path(home / "x.argosmodel")
    translation = translate.get_translation_from_codes(source, target)
    translation.underlying.sentencizer = Splitter()
    return lambda text: str(translation.underlying.translate(text))


def measure(translate: Callable[[str], str], letters: list[str]) -> dict[str, float]:
    """Seconds a letter, letters a second with several clients, peak memory in MB."""
    translate(letters[0])
    found = {}
    begin = time.perf_counter()
    for letter in letters:
        translate(letter)
    found["seconds a letter"] = (time.perf_counter() - begin) / len(letters)
    for clients in CLIENTS:
        with ThreadPoolExecutor(clients) as pool:
            begin = time.perf_counter()
            list(pool.map(translate, letters * 2))
            found[f"letters/s, {clients} clients"] = 2 * len(letters) / (time.perf_counter() - begin)
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def print_fidelity(source: str, target: str, letters: list[str]) -> None:
    """How many of the facts that the letters state arrived, and how many of the rest were flagged."""
    translator = Translator.load(Settings(), data_folder("models") / "translation")
    arrived = flagged = 0
    segments = doubtful = 0
    for letter in letters:
        for segment in translator.translate(letter, source, target).segments:
            segments += 1
            doubtful += not segment.passed
            for check in segment.checks:
                if check.source and check.kind not in {
                    "negation",
                    "length",
                    "decision",
                    "repetition",
                    "untranslated",
                }:
                    arrived += check.passed
                    flagged += not check.passed
    print(f"facts: {arrived} arrived, {flagged} flagged; segments to look at: {doubtful} of {segments}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", default="nb")
    parser.add_argument("--target", default="en")
    parser.add_argument("--letters", type=int, default=8)
    parser.add_argument("--only", choices=("ours-2", "ours-4", "argos"))
    arguments = parser.parse_args()
    letters = read_letters(arguments.source, arguments.letters)
    pair = arguments.source, arguments.target
    if arguments.only:
        translate = (
            open_argos(*pair) if arguments.only == "argos" else open_ours(*pair, int(arguments.only[-1]))
        )
        print(json.dumps(measure(translate, letters)))
        return
    results = {}
    for name in ("argos", "ours-4", "ours-2"):
        command = [sys.executable, __file__, "--only", name, "--source", pair[0], "--target", pair[1]]
        done = subprocess.run(
            [*command, "--letters", str(len(letters))], capture_output=True, text=True, check=True
        )
        results[name] = json.loads(done.stdout.splitlines()[-1])
    print(f"{'':22}{'argos, beam 4':>16}{'ours, beam 4':>16}{'ours, beam 2':>16}")
    for measured in results["argos"]:
        print(f"{measured:22}" + "".join(f"{results[name][measured]:16.3f}" for name in results))
    print_fidelity(*pair, letters)


if __name__ == "__main__":
    main()

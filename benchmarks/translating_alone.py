"""The memory of a process that translates and does nothing else, run by benchmarks/translation.py --alone.

    python benchmarks/translating_alone.py ours|argos SOURCE TARGET LETTER...

Prints the most proportional memory (PSS, MB) that it held after any of the letters, which it translates twice
with a beam of 4. Neither pays for a server; argostranslate reads its packages where ``ARGOS_PACKAGES_DIR``
says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def load(kind: str, source: str, target: str) -> Callable[[str], str]:
    """What translates; each environment has one of the two."""
    if kind == "argos":
        import argos_offline  # noqa: F401, PLC0415
        from argostranslate import translate  # noqa: PLC0415

        return translate.get_translation_from_codes(source, target).translate
    from replyassist.config import Settings, data_folder  # noqa: PLC0415
    from replyassist.translation import Translator  # noqa: PLC0415

    translator = Translator.load(Settings(beam=4), data_folder("models") / "translation")
    return lambda text: translator.translate(text, source, target).text


def held() -> float:
    """Proportional set size of this process, in MB."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Translate the letters and print what it took."""
    kind, source, target, *paths = sys.argv[1:]
    translate = load(kind, source, target)
    most = 0.0
    for path in (*paths, *paths):
        assert translate(Path(path).read_bytes().decode("utf-8"))
        most = max(most, held())
    print(f"{most:.1f}")


if __name__ == "__main__":
    main()

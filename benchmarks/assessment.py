"""Speed and memory of the assessment, beside its peers in one run on one core and the same letters.

    OMP_NUM_THREADS=1 python benchmarks/assessment.py [nb en ...]

Every contender runs in a process of its own, one after the other, and reads all letters of a language, both
versions. Time is that of the processor, the best of several rounds; memory is the process's peak, with all
that it had to load. Ours begins with plain text, so telling the letter's parts apart is in it.
TextDescriptives gets our own small pipeline, the same size, and every figure is asked for, since it works
them out only then. It and proselint are not among the project's dependencies (`pip install .[benchmarks]`): a
peer that is not installed is said to be missing.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "tests" / "letters"
ROUNDS = 5
LETTER = 300  # words
MARKS = count()
COMPONENTS = ("descriptive_stats", "readability")  # its others want a tagger, a parser or vectors
Work = Callable[[list[str]], object]


@dataclass(frozen=True)
class Measured:
    """Words a second of processor time, and peak memory in MB."""

    speed: float
    memory: float


def letters(tag: str) -> list[str]:
    """All letters of a language, both versions."""
    return [file.read_bytes().decode() for file in sorted(LETTERS.glob(f"{tag}/*/*.txt"))]


def our_fast_path(tag: str) -> Work:
    """All measures that need neither tagger nor patterns."""
    return _ours(tag, "measure")


def our_assessment(tag: str) -> Work:
    """Measures, findings, suggestions, score."""
    return _ours(tag, "assess")


def _ours(tag: str, job: str) -> Work:
    from replyassist import languages  # noqa: PLC0415  # each contender loads what is its own
    from replyassist.documents.structure import find_structure  # noqa: PLC0415
    from replyassist.domain import Draft, Identification  # noqa: PLC0415
    from replyassist.plainlanguage import Assessor  # noqa: PLC0415
    from replyassist.profiles import load_profiles  # noqa: PLC0415

    work = getattr(Assessor.load(profiles=load_profiles()), job)
    language, sure = languages.load(tag), Identification(tag, 1.0)
    return lambda texts: [work(Draft(t, tag, blocks=find_structure(t, language)), sure) for t in texts]


def textstat_lix(_: str) -> Work:
    """textstat's LIX; a mark that differs each time keeps its cache from answering."""
    import textstat  # noqa: PLC0415

    return lambda texts: [float(textstat.lix(f"{text}\n{next(MARKS)}")) for text in texts]


def text_descriptives(tag: str) -> Work:
    """Our small pipeline with components of TextDescriptives on top."""
    import spacy  # noqa: PLC0415
    import textdescriptives  # noqa: F401, PLC0415  # registers its components

    pipeline = spacy.load(ROOT / "models" / "spacy" / tag)
    pipeline.add_pipe("sentencizer", first=True)
    for component in COMPONENTS:
        pipeline.add_pipe(f"textdescriptives/{component}")
    return lambda texts: [[getattr(doc._, c) for c in COMPONENTS] for doc in pipeline.pipe(texts)]


def proselint(_: str) -> Work:
    """proselint with all its checks."""
    from proselint.checks import __register__  # noqa: PLC0415
    from proselint.registry import CheckRegistry  # noqa: PLC0415
    from proselint.tools import LintFile  # noqa: PLC0415

    CheckRegistry().register_many(__register__)
    return lambda texts: [LintFile("letter.txt", content=text).lint() for text in texts]


def measure(prepare: Callable[[str], Work], tag: str) -> Measured:
    """The best of several rounds, after one to warm up; run in a fresh process."""
    texts = letters(tag)
    words = sum(len(text.split()) for text in texts)
    work = prepare(tag)
    work(texts)
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work(texts)
        best = min(best, time.process_time() - started)
    return Measured(words / best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def alone(prepare: Callable[[str], Work], tag: str) -> Measured:
    """Measure in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, prepare, tag).result()


def report(name: str, measured: Measured, ours: Measured | None = None) -> None:
    """One line: words a second, memory, and how many times faster we are."""
    ratio = f"   we are {ours.speed / measured.speed:5.1f} times as fast" if ours else ""
    print(f"{name:44} {measured.speed:10,.0f} words/s {measured.memory:6.0f} MB{ratio}")


def compare(tag: str) -> None:
    """Ours, then the peers, on the letters of one language."""
    print(f"{tag}: {len(letters(tag))} letters, {sum(len(t.split()) for t in letters(tag))} words")
    fast, full = alone(our_fast_path, tag), alone(our_assessment, tag)
    report("replyassist, fast path", fast)
    report("replyassist, full assessment", full)
    print(f"{'a letter of 300 words, fully assessed':44} {1000 * LETTER / full.speed:10.1f} ms CPU")
    report("textstat, LIX alone", alone(textstat_lix, tag), fast)
    if find_spec("textdescriptives"):
        report("TextDescriptives", alone(text_descriptives, tag), fast)
    else:
        print("TextDescriptives is not installed: no ratio")
    if tag == "en" and find_spec("proselint"):
        report("proselint (beside the full assessment)", alone(proselint, tag), full)
    elif tag == "en":
        print("proselint is not installed: no ratio")


if __name__ == "__main__":
    for language_tag in sys.argv[1:] or ("nb", "en"):
        compare(language_tag)

"""Speed of the assessment, beside its peers in one run on one core and the same text.

    OMP_NUM_THREADS=1 python benchmarks/assessment.py

Prints words a second and memory, and the ratios to TextDescriptives (with our own small pipeline, the same
size), to textstat's LIX, and to proselint on English. TextDescriptives and proselint are not among the
project's dependencies: a peer that is not installed is said to be missing, and its ratio is not printed.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import spacy
import textstat

from replyassist import languages
from replyassist.documents.structure import find_structure
from replyassist.domain import Draft, Identification
from replyassist.plainlanguage import Assessor
from replyassist.profiles import load_profiles

ROOT = Path(__file__).parents[1]
LETTERS = ROOT / "tests" / "letters"
ROUNDS = 5
MARKS = count()


def letters(tag: str) -> list[str]:
    """All letters of a language, both versions."""
    return [file.read_bytes().decode() for file in sorted(LETTERS.glob(f"{tag}/*/*.txt"))]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the best of several rounds, after one to warm up."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def peak_memory() -> float:
    """Peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def report(name: str, words: int, spent: float, ours: float | None = None) -> None:
    """One line: words a second, and how many times faster we are."""
    ratio = f", we are {spent / ours:.1f} times as fast" if ours else ""
    print(f"{name:34} {words / spent:10,.0f} words/s{ratio}")


def main() -> None:
    """Measure ours, then the peers."""
    assessor = Assessor.load(profiles=load_profiles())
    for tag in ("nb", "en"):
        texts = letters(tag)
        words = sum(len(text.split()) for text in texts)
        identification = Identification(tag, 1.0)
        drafts = [Draft(t, tag, blocks=find_structure(t, languages.load(tag))) for t in texts]
        print(f"{tag}: {len(texts)} letters, {words} words")
        fast = seconds(lambda d=drafts, i=identification: [assessor.measure(draft, i) for draft in d])
        report("replyassist, fast path", words, fast)
        full = seconds(lambda d=drafts, i=identification: [assessor.assess(draft, i) for draft in d])
        report("replyassist, full assessment", words, full)
        print(f"{'a letter of 300 words':34} {1000 * full / words * 300:10.1f} ms CPU")
        print(f"{'peak memory so far':34} {peak_memory():10.0f} MB")
        report("textstat, LIX alone", words, seconds(lambda t=texts: [lix_of(x) for x in t]), fast)
        if find_spec("textdescriptives") and (ROOT / "models" / "spacy" / tag).is_dir():
            pipeline = described(tag)
            report("TextDescriptives", words, seconds(lambda t=texts, p=pipeline: describe(p, t)), fast)
        else:
            print("TextDescriptives, or a pipeline for it, is not installed: no ratio")
        if tag == "en":
            compare_with_proselint(texts, words, full)


def lix_of(text: str) -> float:
    """textstat's LIX; a mark that differs each time keeps its cache from answering."""
    return float(textstat.lix(f"{text}\n{next(MARKS)}"))


def described(tag: str) -> spacy.language.Language:
    """Our small pipeline with TextDescriptives' readability and descriptive statistics on top."""
    import textdescriptives  # noqa: F401, PLC0415  # registers its components

    pipeline = spacy.load(ROOT / "models" / "spacy" / tag)
    pipeline.add_pipe("sentencizer", first=True)
    pipeline.add_pipe("textdescriptives/descriptive_stats")
    pipeline.add_pipe("textdescriptives/readability")
    return pipeline


def describe(pipeline: spacy.language.Language, texts: list[str]) -> list[object]:
    """Its figures are worked out when they are asked for."""
    return [(doc._.descriptive_stats, doc._.readability) for doc in pipeline.pipe(texts)]


def compare_with_proselint(texts: list[str], words: int, full: float) -> None:
    """proselint checks wordings, so it stands beside the full assessment."""
    if not find_spec("proselint"):
        print("proselint is not installed: no ratio")
        return
    from proselint.checks import __register__  # noqa: PLC0415
    from proselint.registry import CheckRegistry  # noqa: PLC0415
    from proselint.tools import LintFile  # noqa: PLC0415

    CheckRegistry().register_many(__register__)
    spent = seconds(lambda: [LintFile("letter.txt", content=text).lint() for text in texts])
    report("proselint", words, spent, full)


if __name__ == "__main__":
    main()

"""The peer of benchmarks/batch.py: the plain loop of trafilatura and textstat over the pages in a folder.

python benchmarks/plain_loop.py FOLDER [JOBS]
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import textstat
import trafilatura


def check_plainly(path: Path) -> tuple[float, ...] | None:
    """The plain loop's work on a page, with measures that need no dictionary from the network."""
    text = trafilatura.extract(path.read_bytes())
    if not text:
        return None
    return (
        float(textstat.lix(text)),
        float(textstat.rix(text)),
        float(textstat.automated_readability_index(text)),
        float(textstat.words_per_sentence(text)),
    )


def main() -> None:
    """Check every page, by one process or several."""
    paths, jobs = sorted(Path(sys.argv[1]).rglob("*.html")), int(sys.argv[2])
    if jobs == 1:
        for path in paths:
            check_plainly(path)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(check_plainly, paths, chunksize=16))


if __name__ == "__main__":
    main()

"""How far a run has come: how many pages are known of, and a bar of those done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]

from replyassist.batch.crawl import INDEX
from replyassist.batch.rows import Row
from replyassist.batch.sources import count_files

# Called with each row and the number of pages known of so far.
Watch = Callable[[Row, int], None]


class Found:
    """The pages that a run knows of: files are counted when first asked, pages of the web as they come."""

    def __init__(self, names: Sequence[str], crawl_folder: Path) -> None:
        self._names, self._index = names, crawl_folder / INDEX
        self._files: int | None = None
        self._lines = self._place = 0

    def count(self) -> int:
        """How many there are now; only what is new in the crawl's index is read."""
        if self._files is None:
            self._files = count_files(self._names)
        if self._index.exists():
            with self._index.open("rb") as index:
                index.seek(self._place)
                for chunk in iter(lambda: index.read(1 << 16), b""):
                    self._lines += chunk.count(b"\n")
                self._place = index.tell()
        return self._files + self._lines


def tell(rows: Iterable[Row], found: Found, watch: Watch) -> Iterator[Row]:
    """The rows; the watcher is told of each."""
    for row in rows:
        watch(row, found.count())
        yield row


def show(rows: Iterable[Row], found: Found) -> Iterator[Row]:
    """The rows, with a bar of the pages done, the rate and the time left on standard error."""
    with tqdm(total=found.count() or None, unit="page", file=sys.stderr) as bar:
        for row in rows:
            bar.total = found.count()
            bar.update()
            yield row

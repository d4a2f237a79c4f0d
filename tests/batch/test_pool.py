"""Many processes: rows in order, no page lost with a worker, no more under way than there must be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from replyassist.batch.pool import WINDOW, check_in_order, open_cluster, open_local
from replyassist.batch.rows import Row
from replyassist.batch.sources import Source
from replyassist.cli import main
from replyassist.errors import ConfigurationError

from .conftest import HARD

WORKERS = 2
PATIENCE = 60.0  # seconds: a machine with two cores may be busy


def check_slowly_first(source: Source) -> Row:
    """The earlier a page, the later it is done."""
    time.sleep(0.05 if int(source.address) % 4 == 0 else 0)
    return Row(source.address, language="nb")


def die_once(folder: Path, source: Source) -> Row:
    """Page 7 takes its worker with it, but only the first time."""
    mark = folder / "died"
    if source.address == "7" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Row(source.address, language="nb")


def die_always(source: Source) -> Row:
    """No worker survives page 7."""
    if source.address == "7":
        os.kill(os.getpid(), signal.SIGKILL)
    return Row(source.address, language="nb")


def take_long(folder: Path, source: Source) -> Row:
    """A page that is under way when the run is killed; which worker has it stands in ``folder``."""
    (folder / str(os.getpid())).touch()
    time.sleep(PATIENCE)
    return Row(source.address)


def pages(count: int) -> list[Source]:
    return [Source(str(number), None) for number in range(count)]


def expected(count: int) -> list[Row]:
    return [Row(str(number), language="nb") for number in range(count)]


def test_rows_come_in_the_order_of_the_pages() -> None:
    assert list(check_in_order(pages(40), open_local(check_slowly_first, WORKERS))) == expected(40)


def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    rows = list(check_in_order(pages(30), open_local(partial(die_once, tmp_path), WORKERS)))
    assert (tmp_path / "died").exists()
    assert rows == expected(30)


def test_only_the_page_that_kills_its_worker_fails() -> None:
    rows = list(check_in_order(pages(12), open_local(die_always, WORKERS)))
    assert [(row.address, row.reason) for row in rows if row.status == "failed"] == [("7", "worker-died")]
    assert [row for row in rows if row.status == "checked"] == [
        row for row in expected(12) if row.address != "7"
    ]


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    run = (
        "import sys; from functools import partial; from pathlib import Path\n"
        "from batch import test_pool as t\n"
        "check = partial(t.take_long, Path(sys.argv[1]))\n"
        "list(t.check_in_order(t.pages(9), t.open_local(check, t.WORKERS)))"
    )
    path = os.pathsep.join((str(Path(__file__).parents[1]), *sys.path))
    process = subprocess.Popen([sys.executable, "-c", run, tmp_path], env=os.environ | {"PYTHONPATH": path})
    wait_until(lambda: len(list(tmp_path.iterdir())) == WORKERS)
    workers = [int(mark.name) for mark in tmp_path.iterdir()]
    process.kill()
    process.wait()
    wait_until(lambda: not any(is_alive(worker) for worker in workers))


def wait_until(is_so: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_process_that_hands_out_the_pages_reads_no_models() -> None:
    told = "import sys, replyassist.batch.run; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert not {"spacy", "numpy", "trafilatura", "sqlalchemy", "ctranslate2"} & set(loaded.split())


def test_only_a_window_of_pages_is_under_way() -> None:
    taken = 0

    def endless() -> Iterator[Source]:
        nonlocal taken
        while True:
            taken += 1
            yield Source(str(taken), None)

    rows = check_in_order(endless(), open_local(check_slowly_first, WORKERS))
    for _ in range(3):
        next(rows)
    assert taken <= 3 + WORKERS * WINDOW
    rows.close()  # type: ignore[attr-defined]


def test_a_cluster_gives_the_same_rows_also_when_a_worker_dies(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    settings = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**settings) as cluster:
        pool = open_cluster(partial(die_once, tmp_path), cluster.scheduler_address)
        assert list(check_in_order(pages(30), pool)) == expected(30)
    assert (tmp_path / "died").exists()


def test_the_command_gives_the_same_bytes_by_a_cluster_whose_worker_is_killed(tmp_path: Path) -> None:
    """The workers are processes elsewhere, which get the pages with their bytes and load their own models."""
    distributed = pytest.importorskip("distributed")
    folder = tmp_path / "brev"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02d}.txt").write_text(f"{HARD}Saken har nummer {number}.\n", encoding="utf-8")
    shared = ["check", str(folder), "--format", "csv", "--quiet", "--output"]
    settings = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**settings) as cluster:
        rows = tmp_path / "cluster" / "pages.jsonl"

        def kill_a_worker() -> None:
            while not rows.exists() or not rows.stat().st_size:
                time.sleep(0.02)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            killed.set()

        killed = threading.Event()
        killer = threading.Thread(target=kill_a_worker)
        killer.start()
        code = main([*shared, str(tmp_path / "cluster"), "--scheduler", cluster.scheduler_address])
        killer.join()
    assert killed.is_set()
    assert code == 0
    assert main([*shared, str(tmp_path / "alone"), "--jobs", "1"]) == 0
    for name in ("pages.jsonl", "report.csv"):
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def test_a_cluster_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replyassist.batch.pool.CONNECT_TIME", 0.5)
    pytest.importorskip("distributed")
    for address in ("tcp://127.0.0.1:9", "no-address", "tcp://127.0.0.1:port"):
        with pytest.raises(ConfigurationError, match="no Dask scheduler"):
            open_cluster(check_slowly_first, address)

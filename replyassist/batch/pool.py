"""Checking many pages at once, in order: on the cores of this machine, or on a Dask cluster.

Rows come in the order of the pages, whichever worker was first, so that a result is the same to the byte and
a stopped run can go on by counting. Only a small window of pages is under way, so memory stays flat.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from typing import Any

from replyassist.batch.rows import Row
from replyassist.batch.sources import Source
from replyassist.batch.worker import PRELOADED, begin_work
from replyassist.errors import ConfigurationError

Check = Callable[[Source], Row]
# Pages under way for each worker: enough that a slow page leaves the others work to do.
WINDOW = 8
# A page that so many workers have died of, with no other page under way, is not given to another.
TRIES = 2
CONNECT_TIME = 10.0  # seconds that a scheduler has to answer


class Pool:
    """Worker processes that can be started again when one of them dies."""

    died: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)

    def __init__(self, check: Check, start: Callable[[], Executor], workers: int, **ending: bool) -> None:
        self._check, self._start, self.window, self._ending = check, start, workers * WINDOW, ending
        self._executor: Executor | None = None

    def submit(self, source: Source) -> Future[Row]:
        """Have a page checked."""
        self._executor = self._executor or self._start()
        try:
            return self._executor.submit(self._check, source)
        except BrokenExecutor as error:
            broken: Future[Row] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """End the workers; pages under way are given up."""
        if self._executor is not None:
            self._executor.shutdown(**self._ending)
            self._executor = None


def open_local(check: Check, workers: int) -> Pool:
    """Workers on this machine, each a process of its own.

    Args:
        check: what each does with a page; importable by name, as it is sent to the workers.
        workers: how many.
    """
    # A process for each core has no use for threads of its own within numpy; read when the workers import it.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # This process may have threads, and forking it could hang; the one that workers are forked from has none.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))

    def start() -> Executor:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=begin_work)

    return Pool(check, start, workers, cancel_futures=True)


def open_cluster(check: Check, scheduler: str) -> Pool:
    """Workers of a Dask cluster; they need replyassist installed, and get the pages with their bytes.

    Raises:
        ConfigurationError: Dask is not installed, or there is no scheduler at that address.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  # an optional extra
    except ImportError as error:
        raise ConfigurationError("Install replyassist[cluster] to check on a Dask cluster.") from error
    try:
        client: Any = Client(scheduler, timeout=CONNECT_TIME, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:  # nobody there, or no address
        raise ConfigurationError(f"There is no Dask scheduler at {scheduler}.") from error
    workers = max(1, sum(client.nthreads().values()))
    # pure=False: the same page twice is two pages; Dask itself tries the pages of a dead worker on another.
    pool = Pool(check, lambda: client.get_executor(pure=False, retries=0), workers, wait=False)
    pool.died = (*Pool.died, KilledWorker)
    return pool


def check_in_order(sources: Iterable[Source], pool: Pool) -> Iterator[Row]:
    """The rows of ``sources``, in their order, as they are done.

    A worker that dies loses no page: those under way are checked again, one at a time, so that a page that
    kills its worker is told from those that were beside it.
    """
    under_way: deque[tuple[Source, Future[Row]]] = deque()
    try:
        for source in sources:
            under_way.append((source, pool.submit(source)))
            # Rows go on their way as soon as they may: pages of the web come slowly, and a stop loses less.
            while under_way and (len(under_way) >= pool.window or under_way[0][1].done()):
                yield from _settle(under_way, pool)
        while under_way:
            yield from _settle(under_way, pool)
    finally:
        pool.close()


def _settle(under_way: deque[tuple[Source, Future[Row]]], pool: Pool) -> Iterator[Row]:
    """The row of the first page under way, or those of all when a worker has died."""
    source, future = under_way[0]
    try:
        row = future.result()
    except pool.died:
        pool.close()
        while under_way:
            source, future = under_way.popleft()
            is_done = future.done() and not future.cancelled() and future.exception() is None
            yield future.result() if is_done else _check_alone(source, pool)
        return
    under_way.popleft()
    yield row


def _check_alone(source: Source, pool: Pool) -> Row:
    """The row of a page that is under way alone, so that a worker that dies has died of it."""
    for _ in range(TRIES):
        try:
            return pool.submit(source).result()
        except pool.died:
            pool.close()
    return Row(source.address, source.section, source.named, status="failed", reason="worker-died")

"""Worker processes: chunks out, results back in the order of the chunks.

Each worker loads the model once and talks over a pipe of its own, so that the death of either end
is noticed by the other: a dead worker ends the run with one line instead of a wait for ever, and
workers whose parent was killed go too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from stance.batch.chunks import Chunk
from stance.batch.scoring import ChunkResult, Work
from stance.errors import StanceError

CHUNKS_AHEAD = 4
"""Chunks per worker that may be finished ahead of the next one to be written; bounds the memory."""

HELD = (signal.SIGINT, signal.SIGTERM)


class WorkerError(StanceError):
    """A worker process that ended before its work did."""


@dataclass(eq=False, slots=True)
class Worker:
    """One process, its end of the pipe here, and the number of the chunk that it has in hand."""

    process: BaseProcess
    pipe: Connection
    chunk: int | None = None


class Pool:
    """Worker processes for one `Work`; use as a context manager, which ends them."""

    def __init__(self, work: Work, count: int) -> None:
        self._workers: list[Worker] = []
        try:
            with signals_held():
                self._workers.extend(started(work) for _ in range(count))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def processes(self) -> list[int]:
        """The ids of the worker processes."""
        return [worker.process.pid or 0 for worker in self._workers]

    def results(self, chunks: Iterable[Chunk]) -> Iterator[ChunkResult]:
        """Score `chunks` on all workers and yield their results in order.

        Raises WorkerError when a worker dies.
        """
        done: dict[int, ChunkResult] = {}
        due = 0
        ahead = CHUNKS_AHEAD * len(self._workers)
        for number, chunk in enumerate(chunks):
            while (worker := self._idle()) is None or number - due >= ahead:
                self._collect(done)
                while due in done:
                    yield done.pop(due)
                    due += 1
            self._hand_over(worker, number, chunk)
        while any(worker.chunk is not None for worker in self._workers) or done:
            if due not in done:
                self._collect(done)
            while due in done:
                yield done.pop(due)
                due += 1

    def _end(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()

    def _idle(self) -> Worker | None:
        return next((worker for worker in self._workers if worker.chunk is None), None)

    def _hand_over(self, worker: Worker, number: int, chunk: Chunk) -> None:
        try:
            worker.pipe.send(chunk)
        except OSError:
            raise died(worker) from None
        worker.chunk = number

    def _collect(self, done: dict[int, ChunkResult]) -> None:
        """Wait for at least one worker and put what has come into `done`."""
        busy = {worker.pipe: worker for worker in self._workers if worker.chunk is not None}
        for pipe in wait(list(busy)):
            worker = busy[pipe]  # type: ignore[index]
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                raise died(worker) from None
            assert worker.chunk is not None
            done[worker.chunk] = result
            worker.chunk = None


def started(work: Work) -> Worker:
    """Start one worker process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(work, there), daemon=True)
    process.start()
    there.close()
    return Worker(process, here)


def died(worker: Worker) -> WorkerError:
    """Return the error that tells how a worker ended."""
    worker.process.join(5)
    code = worker.process.exitcode
    how = (
        f"was killed ({signal.Signals(-code).name})"
        if code and code < 0
        else f"ended with status {code}"
    )
    return WorkerError(
        f"a worker process {how}, perhaps for want of memory; "
        "run the same command with --resume, and fewer --workers if it happens again"
    )


def serve(work: Work, pipe: Connection) -> None:
    """Score chunks from `pipe` until the other end is closed; the body of a worker process."""
    scorer = work.load(1)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work.score(scorer, pipe.recv()))


@contextmanager
def signals_held() -> Iterator[None]:
    """Have Ctrl-C and its like wait while worker processes are started.

    A process that is interrupted while it starts another leaves that one with half of what it
    needs. The workers inherit the signals' being blocked and keep it: a Ctrl-C that the terminal
    sends to all of them is for the parent alone to handle.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[int] = []
    # Starting the tracker lets signals through again, so it has to come first.
    resource_tracker.ensure_running()
    handlers = {number: signal.signal(number, lambda n, _: received.append(n)) for number in HELD}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for one in received:
            signal.raise_signal(one)


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0))

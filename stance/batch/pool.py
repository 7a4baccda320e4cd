"""Worker processes together: chunks out, results back in the order of the chunks.

An article that kills the process that scores it, for want of memory or by a fault of a library, is
found by scoring its chunk item by item, reported like any other failure, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import wait

from stance.batch.chunks import Chunk
from stance.batch.items import Item
from stance.batch.scoring import ChunkResult, Failure, Work
from stance.batch.worker import DeadWorkerError, Worker, signals_held
from stance.errors import StanceError

CHUNKS_AHEAD = 4
"""Chunks per worker that may be finished ahead of the next one to be written; bounds the memory."""

MAX_STILLBORN = 3
"""Workers that may die before they have loaded the model: more than chance has a hand in it."""

MAX_DEATHS = 20
"""Dead workers in one run after which something other than the articles must be wrong."""


class WorkerError(StanceError):
    """Worker processes that cannot do their work at all."""


class Pool:
    """Worker processes for one `Work`; use as a context manager, which ends them."""

    def __init__(self, work: Work, count: int) -> None:
        self._work = work
        self._deaths = self._stillborn = 0
        self._workers: list[Worker] = []
        try:
            with signals_held():
                self._workers.extend(Worker(work) for _ in range(count))
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
        return [worker.id for worker in self._workers]

    def results(self, chunks: Iterable[Chunk]) -> Iterator[ChunkResult]:
        """Score `chunks` on all workers and yield their results in order.

        Raises WorkerError when workers die again and again, not least before they can begin.
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
        while any(worker.chunk for worker in self._workers) or done:
            if due not in done:
                self._collect(done)
            while due in done:
                yield done.pop(due)
                due += 1

    def _idle(self) -> Worker | None:
        return next((worker for worker in self._workers if worker.chunk is None), None)

    def _hand_over(self, worker: Worker, number: int, chunk: Chunk) -> None:
        try:
            worker.take(number, chunk)
        except DeadWorkerError as death:
            self._hand_over(self._replaced(worker, death), number, chunk)

    def _collect(self, done: dict[int, ChunkResult]) -> None:
        """Wait for a message of at least one worker and put the results into `done`."""
        busy = [worker for worker in self._workers if worker.chunk is not None]
        heard = wait([worker.pipe for worker in busy])
        for worker in busy:
            number, chunk = worker.number, worker.chunk
            if worker.pipe not in heard or number is None or chunk is None:
                continue
            result = None
            try:
                result = worker.receive()
            except DeadWorkerError as death:
                successor = self._replaced(worker, death)
                if worker.ready:
                    result = self._item_by_item(successor, chunk)
                else:
                    self._hand_over(successor, number, chunk)
            if result is not None:
                done[number] = result

    def _item_by_item(self, worker: Worker, chunk: Chunk) -> ChunkResult:
        """Score a chunk that killed a worker so that only the culprit in it is lost."""
        results = []
        for item in chunk.items:
            worker, result = self._alone(worker, item, chunk.bytes_read)
            results.append(result)
        return joined(results)

    def _alone(self, worker: Worker, item: Item, bytes_read: int) -> tuple[Worker, ChunkResult]:
        """Score one item; return the worker that is there afterwards, and the result."""
        while True:
            try:
                return worker, worker.score(Chunk((item,), bytes_read))
            except DeadWorkerError as death:
                began = worker.ready
                worker = self._replaced(worker, death)
                if began:
                    return worker, lost(item, death, bytes_read)

    def _replaced(self, worker: Worker, death: DeadWorkerError) -> Worker:
        """Start a worker in the place of a dead one; raises WorkerError where that is no use."""
        self._deaths += 1
        self._stillborn += not worker.ready
        if self._stillborn > MAX_STILLBORN or self._deaths > MAX_DEATHS:
            raise WorkerError(
                f"a worker process {death}, perhaps for want of memory: "
                "run the same command with --resume and fewer --workers"
            )
        worker.kill()
        worker.join()
        with signals_held():
            successor = Worker(self._work)
        self._workers[self._workers.index(worker)] = successor
        return successor

    def _end(self) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.join()


def lost(item: Item, death: DeadWorkerError, bytes_read: int) -> ChunkResult:
    """Return the result of an item that killed the process that scored it."""
    identity = getattr(item.content, "id", None)
    reason = f"the process that scored it {death}, perhaps for want of memory"
    failure = Failure(item.input, item.line, identity, reason)
    return ChunkResult(b"", (failure,), items=1, statements=0, bytes_read=bytes_read)


def joined(results: Iterable[ChunkResult]) -> ChunkResult:
    """Return the results of a chunk's parts as one."""
    first, *others = results
    for other in others:
        first = replace(
            first,
            payload=first.payload + other.payload,
            failures=first.failures + other.failures,
            items=first.items + other.items,
            statements=first.statements + other.statements,
            dropped=first.dropped | other.dropped,
        )
    return first

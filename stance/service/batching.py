"""Dynamic batching: the statements of all requests under way share the encoder's batches."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from stance.model.engine import Engine, Logits
from stance.model.inputs import EncodedStatement
from stance.model.spec import N_LOGITS

OnBatch = Callable[[int, float], None]
"""Told of each batch: how many statements it had, and the seconds that it took."""

Progress = Callable[[int, int], None]
"""Told of statements that are done, and of how many there are."""


class ClosedError(Exception):
    """The batcher was closed before the statements were scored."""


@dataclass(slots=True, eq=False)
class _Job:
    """The statements of one call, and their logits as far as they are there."""

    statements: Sequence[EncodedStatement]
    future: asyncio.Future[Logits]
    progress: Progress | None
    rows: Logits
    taken: int = 0
    done: int = 0


@dataclass(slots=True, eq=False)
class _Share:
    """Successive statements of one job that are in the batch under way."""

    job: _Job
    start: int
    end: int

    @property
    def statements(self) -> Sequence[EncodedStatement]:
        return self.job.statements[self.start : self.end]

    def deliver(self, logits: Logits) -> None:
        """Hand over the logits, shape (end − start, 11); the last ones complete the job."""
        job = self.job
        if job.future.done():
            return
        job.rows[self.start : self.end] = logits
        job.done += self.end - self.start
        if job.progress is not None:
            try:
                job.progress(job.done, len(job.statements))
            except Exception as error:  # whatever a caller's function raises is the caller's
                return self.fail(error)
        if job.done == len(job.statements):
            job.future.set_result(job.rows)

    def fail(self, error: Exception) -> None:
        """End the job with an error."""
        if not self.job.future.done():
            self.job.future.set_exception(error)


@dataclass(slots=True, eq=False)
class Lane:
    """The statements of one request, which wait in line behind each other and nobody else.

    `since` is the event loop's time at which the first of them came.
    """

    batcher: Batcher
    jobs: deque[_Job] = field(default_factory=deque)
    since: float = 0.0

    @property
    def waiting(self) -> int:
        """Statements that no batch has taken yet."""
        return sum(len(job.statements) - job.taken for job in self.jobs)

    async def logits(
        self, statements: Sequence[EncodedStatement], progress: Progress | None = None
    ) -> Logits:
        """Return the logits of statements, shape (statements, 11), in order.

        Cancelling the call drops what no batch has taken yet.

        Raises:
            ClosedError: The batcher was closed.
        """
        return await self.batcher.enter(self, statements, progress)


class Batcher:
    """Fills the encoder's batches from the lanes of all requests, in turns.

    Half of each batch goes to the lane that has had statements waiting for longest, the rest in
    equal shares to all, so that a request of a thousand statements does not hold up one of three,
    and comes to its end however many of three there are. Belongs to one event loop, that of the
    first call.
    """

    def __init__(self, engine: Engine, size: int, on_batch: OnBatch | None = None) -> None:
        self._engine = engine
        self._size = size
        self._on_batch = on_batch
        self._jobs: set[_Job] = set()
        self._lanes: deque[Lane] = deque()
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self.seconds_each = 0.005
        """Seconds that a statement took of late."""

    @property
    def waiting(self) -> int:
        """Statements that no batch has taken yet."""
        return sum(lane.waiting for lane in self._lanes)

    def lane(self) -> Lane:
        """Return a place in line for one request."""
        return Lane(self)

    async def enter(
        self, lane: Lane, statements: Sequence[EncodedStatement], progress: Progress | None
    ) -> Logits:
        """Wait in `lane` for the logits of `statements`; see `Lane.logits`."""
        if self._closed:
            raise ClosedError
        rows = np.empty((len(statements), N_LOGITS), dtype=np.float32)
        if not statements:
            return rows
        loop = asyncio.get_running_loop()
        if self._task is None:
            self._task = loop.create_task(self._dispatch())
        job = _Job(statements, loop.create_future(), progress, rows)
        self._jobs.add(job)
        if not lane.jobs:
            lane.since = loop.time()
            self._lanes.append(lane)
        lane.jobs.append(job)
        self._wake.set()
        try:
            return await job.future
        finally:
            self._drop(lane, job)

    async def close(self) -> None:
        """End every call with `ClosedError`; the batch under way runs to its end unheard."""
        self._closed = True
        for job in self._jobs:
            if not job.future.done():
                job.future.set_exception(ClosedError())
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._thread.shutdown(wait=False)

    def _drop(self, lane: Lane, job: _Job) -> None:
        """Take what is left of a job out of the line."""
        self._jobs.discard(job)
        if job in lane.jobs:
            lane.jobs.remove(job)
            if not lane.jobs:
                self._lanes.remove(lane)

    async def _dispatch(self) -> None:
        while True:
            await self._wake.wait()
            shares = self._next_batch()
            if shares:
                await self._run(shares)
            else:
                self._wake.clear()

    def _next_batch(self) -> list[_Share]:
        """Take up to `size` statements: from the oldest lane, then from the others in turns."""
        shares: dict[_Job, _Share] = {}
        room = self._size
        oldest = min(self._lanes, key=lambda lane: lane.since, default=None)
        if oldest is not None:
            room -= self._take(oldest, room if len(self._lanes) == 1 else max(1, room // 2), shares)
        while room and self._lanes:
            lane = self._lanes[0]
            self._lanes.rotate(-1)
            if lane is not oldest or len(self._lanes) == 1:
                room -= self._take(lane, 1, shares)
        return list(shares.values())

    def _take(self, lane: Lane, most: int, shares: dict[_Job, _Share]) -> int:
        """Move up to `most` statements of a lane's first job to its share; return how many.

        A lane that is left empty goes.
        """
        job = lane.jobs[0]
        start, job.taken = job.taken, min(job.taken + most, len(job.statements))
        shares.setdefault(job, _Share(job, start, start)).end = job.taken
        if job.taken == len(job.statements):
            lane.jobs.popleft()
            if not lane.jobs:
                self._lanes.remove(lane)
        return job.taken - start

    async def _run(self, shares: Sequence[_Share]) -> None:
        """Score the shares in one call, or one by one to find the culprit where that fails."""
        statements = [one for share in shares for one in share.statements]
        started = perf_counter()
        try:
            loop = asyncio.get_running_loop()
            logits = await loop.run_in_executor(self._thread, self._engine.logits, statements)
        except Exception as error:
            if len(shares) == 1:
                shares[0].fail(error)
                return
            for share in shares:
                await self._run([share])
            return
        seconds = perf_counter() - started
        self.seconds_each += 0.1 * (seconds / len(statements) - self.seconds_each)
        if self._on_batch is not None:
            self._on_batch(len(statements), seconds)
        position = 0
        for share in shares:
            size = share.end - share.start
            share.deliver(logits[position : position + size])
            position += size

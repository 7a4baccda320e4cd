"""One worker process and the pipe to it.

A pipe belongs to two processes alone, so that each notices the death of the other: the parent gets
an error instead of waiting for ever, and workers whose parent was killed go too.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from stance.batch.chunks import Chunk
from stance.batch.scoring import ChunkResult, Work

READY = "ready"
"""A worker's first message, once it has loaded the model."""

HELD = (signal.SIGINT, signal.SIGTERM)


class DeadWorkerError(Exception):
    """A worker process that ended while it was wanted; the message tells how it ended."""


class Worker:
    """A process that loads the model once and then scores one chunk at a time.

    `number` and `chunk` are what it has in hand; `ready` tells whether the model is loaded.
    """

    def __init__(self, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, there = context.Pipe()
        self._process = context.Process(target=serve, args=(work, there), daemon=True)
        self._process.start()
        there.close()
        self.number: int | None = None
        self.chunk: Chunk | None = None
        self.ready = False

    @property
    def id(self) -> int:
        """The process id."""
        return self._process.pid or 0

    def take(self, number: int, chunk: Chunk) -> None:
        """Begin to score `chunk`; raises DeadWorkerError."""
        try:
            self.pipe.send(chunk)
        except OSError:
            raise self._death() from None
        self.number, self.chunk = number, chunk

    def receive(self) -> ChunkResult | None:
        """Wait for a message: None when it says that the model is loaded, else the result.

        Raises DeadWorkerError.
        """
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            raise self._death() from None
        if message == READY:
            self.ready = True
            return None
        self.number = self.chunk = None
        result: ChunkResult = message
        return result

    def score(self, chunk: Chunk) -> ChunkResult:
        """Score one chunk and wait for it; raises DeadWorkerError."""
        self.take(0, chunk)
        result = self.receive()
        while result is None:
            result = self.receive()
        return result

    def kill(self) -> None:
        """End the process; it holds nothing that could be lost."""
        self.pipe.close()
        self._process.kill()

    def join(self) -> None:
        """Wait until the process has ended."""
        self._process.join()

    def _death(self) -> DeadWorkerError:
        self._process.join(5)
        code = self._process.exitcode
        if code is None or code >= 0:
            return DeadWorkerError(f"ended with status {code}")
        return DeadWorkerError(f"was killed by {signal.Signals(-code).name}")


def serve(work: Work, pipe: Connection) -> None:
    """Score chunks from `pipe` until the other end is closed; the body of a worker process."""
    scorer = work.load(1)
    with suppress(EOFError, OSError):
        pipe.send(READY)
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

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from batch.fakes import FakeLoader
from stance.batch.chunks import Chunk, chunked
from stance.batch.encoders import JsonLines
from stance.batch.items import Item
from stance.batch.pool import CHUNKS_AHEAD, Pool, WorkerError
from stance.batch.scoring import Work
from stance.records import Article

WORK = Work(FakeLoader(), JsonLines())


def chunks(texts: list[str]) -> Iterator[Chunk]:
    for number, text in enumerate(texts):
        yield Chunk((Item("in", number, Article(f'"{text}"', id=str(number))),), number)


def test_results_come_in_order_and_never_far_ahead() -> None:
    taken = 0

    def watched() -> Iterator[Chunk]:
        nonlocal taken
        for chunk in chunks([str(n) for n in range(60)]):
            taken += 1
            yield chunk

    with Pool(WORK, 2) as pool:
        for due, result in enumerate(pool.results(watched())):
            assert result.bytes_read == due
            assert taken <= due + 1 + 2 * CHUNKS_AHEAD
    assert taken == 60


def test_dead_worker_ends_the_run_with_one_line() -> None:
    with Pool(WORK, 2) as pool, pytest.raises(WorkerError, match=r"killed \(SIGKILL\).*--resume"):
        list(pool.results(chunks(["fine", "deadly", "fine", "fine", "fine"])))


def test_dead_idle_worker_is_noticed() -> None:
    with Pool(WORK, 1) as pool:
        list(pool.results(chunks(["one"])))
        [worker] = pool.processes
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkerError):
            list(pool.results(chunks(["two", "three"])))


def test_workers_are_gone_afterwards() -> None:
    with Pool(WORK, 2) as pool:
        processes = pool.processes
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_chunks_close_at_either_limit() -> None:
    short = [Item("in", n, Article("x")) for n in range(33)]
    assert [len(chunk.items) for chunk in chunked(short, lambda: 0)] == [32, 1]
    long = [Item("in", n, Article("x" * 80_000)) for n in range(3)]
    assert [len(chunk.items) for chunk in chunked(long, lambda: 0)] == [2, 1]
    assert list(chunked([], lambda: 0)) == []

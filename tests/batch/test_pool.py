from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.fakes import FakeLoader
from stance.batch.chunks import Chunk, chunked
from stance.batch.encoders import JsonLines
from stance.batch.items import Item
from stance.batch.pool import CHUNKS_AHEAD, Pool, WorkerError
from stance.batch.scoring import Work
from stance.records import Article

TEXTS = ("a", "b", "c", "deadly", "e", "f")
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


def test_article_that_kills_its_worker_costs_itself_alone() -> None:
    articles = [Item("in", n, Article(f'"{text}"', str(n))) for n, text in enumerate(TEXTS)]
    with Pool(WORK, 2) as pool:
        pairs = (Chunk(tuple(articles[at : at + 2]), 0) for at in (0, 2, 4))
        results = list(pool.results(pairs))
    assert [result.items for result in results] == [2, 2, 2]
    [failure] = [failure for result in results for failure in result.failures]
    assert (failure.line, failure.id) == (3, "3")
    assert "the process that scored it was killed by SIGKILL" in failure.reason
    rows = b"".join(result.payload for result in results).splitlines()
    assert [json.loads(row)["quote"] for row in rows] == ["a", "b", "c", "e", "f"]


def test_idle_worker_that_was_killed_is_replaced() -> None:
    with Pool(WORK, 1) as pool:
        list(pool.results(chunks(["one"])))
        [worker] = pool.processes
        os.kill(worker, signal.SIGKILL)
        assert [result.statements for result in pool.results(chunks(["two", "three"]))] == [1, 1]
        assert pool.processes != [worker]


def test_workers_that_cannot_start_end_the_run_with_one_line(
    capfd: pytest.CaptureFixture[str],
) -> None:
    work = Work(FakeLoader("stillborn"), JsonLines())
    with Pool(work, 2) as pool, pytest.raises(WorkerError, match=r"SIGKILL.*fewer --workers"):
        list(pool.results(chunks(["one", "two"])))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("texts", [TEXTS, ["one"]])
def test_worker_that_dies_while_it_starts_costs_nothing(
    tmp_path: Path, texts: list[str] | tuple[str, ...]
) -> None:
    for number in range(2):
        (tmp_path / str(number)).touch()
    with Pool(Work(FakeLoader(deaths=tmp_path), JsonLines()), 1) as pool:
        results = list(pool.results(chunks(list(texts))))
    quotes = [json.loads(row)["quote"] for one in results for row in one.payload.splitlines()]
    assert quotes == [text for text in texts if text != "deadly"]
    assert not list(tmp_path.iterdir())


def test_workers_that_die_all_the_time_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.batch.pool.MAX_DEATHS", 3)
    with Pool(WORK, 1) as pool, pytest.raises(WorkerError, match="perhaps for want of memory"):
        list(pool.results(chunks(["deadly"] * 3)))


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

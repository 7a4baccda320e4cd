from __future__ import annotations

import asyncio

import pytest

from service.fakes import HeldEngine, encoded
from stance.model.engine import Logits
from stance.service.batching import Batcher, ClosedError, Lane

pytestmark = pytest.mark.anyio


def first(logits: Logits) -> list[float]:
    return logits[:, 0].tolist()


async def waiting(*calls: tuple[Lane, range]) -> list[asyncio.Task[Logits]]:
    """Put the statements of each call in line, in order."""
    tasks = [asyncio.create_task(lane.logits(encoded(*tokens))) for lane, tokens in calls]
    await asyncio.sleep(0)
    return tasks


async def held_by(engine: HeldEngine, batcher: Batcher) -> asyncio.Task[Logits]:
    """Give the engine a statement that it holds."""
    task = asyncio.create_task(batcher.lane().logits(encoded(0)))
    await asyncio.to_thread(engine.started.wait)
    return task


async def test_statements_of_several_requests_share_a_batch() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    before = await held_by(engine, batcher)
    tasks = await waiting((batcher.lane(), range(1, 3)), (batcher.lane(), range(11, 13)))
    engine.release.set()
    assert [first(one) for one in await asyncio.gather(*tasks)] == [[1, 2], [11, 12]]
    assert engine.batches == [[0], [1, 2, 11, 12]]
    await before
    await batcher.close()


async def test_a_long_request_does_not_hold_up_a_short_one() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    before = await held_by(engine, batcher)
    tasks = await waiting((batcher.lane(), range(100, 120)), (batcher.lane(), range(1, 3)))
    engine.release.set()
    assert first(await tasks[1]) == [1, 2]
    assert engine.batches[1] == [100, 101, 1, 2]
    assert first(await tasks[0]) == list(range(100, 120))
    await before
    await batcher.close()


async def test_half_goes_to_the_oldest_request_and_the_rest_takes_turns() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    before = await held_by(engine, batcher)
    tasks = await waiting(*((batcher.lane(), range(10 * i, 10 * i + 4)) for i in (1, 2, 3, 4)))
    engine.release.set()
    await asyncio.gather(before, *tasks)
    assert engine.batches[1:] == [
        [10, 11, 20, 30],
        [12, 13, 40, 21],
        [22, 23, 31, 41],
        [32, 33, 42, 43],
    ]
    await batcher.close()


@pytest.mark.parametrize("size", [1, 2, 3, 16])
async def test_every_statement_is_scored_once(size: int) -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, size)
    before = await held_by(engine, batcher)
    ranges = [range(100 * i, 100 * i + i) for i in range(1, 9)]
    tasks = await waiting(*((batcher.lane(), tokens) for tokens in ranges))
    engine.release.set()
    assert [first(one) for one in await asyncio.gather(*tasks)] == [list(one) for one in ranges]
    scored = [token for batch in engine.batches[1:] for token in batch]
    assert sorted(scored) == [token for one in ranges for token in one]
    assert all(len(batch) <= size for batch in engine.batches)
    await before
    await batcher.close()


async def test_articles_of_one_request_stand_in_one_line() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    before = await held_by(engine, batcher)
    many, one = batcher.lane(), batcher.lane()
    tasks = await waiting((many, range(10, 13)), (many, range(20, 23)), (one, range(1, 3)))
    engine.release.set()
    await asyncio.gather(before, *tasks)
    assert engine.batches[1] == [10, 11, 1, 2]
    await batcher.close()


async def test_what_a_cancelled_call_waits_for_is_dropped() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    before = await held_by(engine, batcher)
    gone, stays = await waiting((batcher.lane(), range(10, 90)), (batcher.lane(), range(1, 3)))
    assert batcher.waiting == 82
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert batcher.waiting == 2
    engine.release.set()
    assert first(await stays) == [1, 2]
    await before
    assert engine.batches == [[0], [1, 2]]
    await batcher.close()


async def test_a_call_cancelled_in_its_batch_leaves_the_others_unharmed() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    gone = await held_by(engine, batcher)
    (stays,) = await waiting((batcher.lane(), range(1, 3)))
    gone.cancel()
    engine.release.set()
    assert first(await stays) == [1, 2]
    await batcher.close()


async def test_only_the_call_fails_whose_statement_does() -> None:
    engine = HeldEngine(held=True, poison=13)
    batcher = Batcher(engine, 8)
    before = await held_by(engine, batcher)
    good, bad = await waiting((batcher.lane(), range(1, 3)), (batcher.lane(), range(12, 14)))
    engine.release.set()
    assert first(await good) == [1, 2]
    with pytest.raises(ValueError, match="poisoned"):
        await bad
    await before
    assert batcher.waiting == 0
    await batcher.close()


async def test_progress_is_told_batch_by_batch() -> None:
    batcher = Batcher(HeldEngine(), 2)
    told: list[tuple[int, int]] = []
    await batcher.lane().logits(encoded(*range(5)), lambda *counts: told.append(counts))
    assert told == [(2, 5), (4, 5), (5, 5)]
    await batcher.close()


async def test_a_failing_progress_ends_its_own_call_alone() -> None:
    batcher = Batcher(HeldEngine(), 2)

    def fail(done: int, total: int) -> None:
        raise RuntimeError("no screen")

    with pytest.raises(RuntimeError, match="no screen"):
        await batcher.lane().logits(encoded(1, 2, 3), fail)
    assert first(await batcher.lane().logits(encoded(4))) == [4]
    await batcher.close()


async def test_nothing_to_score_needs_no_batch() -> None:
    engine = HeldEngine()
    batcher = Batcher(engine, 2)
    assert (await batcher.lane().logits([])).shape == (0, 11)
    assert engine.batches == []


async def test_batches_are_measured() -> None:
    sizes: list[int] = []
    batcher = Batcher(HeldEngine(), 2, lambda size, seconds: sizes.append(size))
    await batcher.lane().logits(encoded(1, 2, 3))
    assert sizes == [2, 1]
    await batcher.close()


async def test_closing_ends_what_waits() -> None:
    engine = HeldEngine(held=True)
    batcher = Batcher(engine, 4)
    under_way = await held_by(engine, batcher)
    (task,) = await waiting((batcher.lane(), range(1, 3)))
    await batcher.close()
    engine.release.set()
    for one in (task, under_way):
        with pytest.raises(ClosedError):
            await one
    with pytest.raises(ClosedError):
        await batcher.lane().logits(encoded(1))

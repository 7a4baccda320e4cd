from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from service.fakes import PATIENCE
from stance.scorer import Scorer
from stance.service.lifecycle import Lifecycle
from stance.service.limits import Limits
from stance.service.metrics import Metrics
from stance.service.problems import HttpError
from stance.service.scoring import BusyError, ScoringService

pytestmark = pytest.mark.anyio


class Page:
    """Remembers whether it is open."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    @asynccontextmanager
    async def opening(self, _: ScoringService) -> AsyncIterator[ASGIApp]:
        self.seen.append("open")
        yield FastAPI()
        self.seen.append("closed")


async def until_ready(lifecycle: Lifecycle) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return lifecycle.check_ready()
            except HttpError:
                await asyncio.sleep(0.01)


async def test_it_is_ready_between_loading_and_stopping(scorer: Scorer) -> None:
    loaded = threading.Event()
    page = Page()
    lifecycle = Lifecycle(
        lambda: scorer if loaded.wait(PATIENCE) else None, Limits(), Metrics(), page.opening
    )
    async with lifecycle.lifespan(FastAPI()):
        for ask in (lifecycle.check_ready, lifecycle.service):
            with pytest.raises(HttpError, match="being loaded") as refusal:
                ask()
            assert refusal.value.status == 503
            assert int(refusal.value.headers["Retry-After"]) > 0
        loaded.set()
        await until_ready(lifecycle)
        service = lifecycle.service()
        await lifecycle.finish()
        with pytest.raises(HttpError, match="stopping"):
            lifecycle.check_ready()
    assert page.seen == ["open", "closed"]
    with pytest.raises(BusyError, match="stopping"):
        await service.score_statements(["Talks."], [None], [None])


async def test_a_stop_while_the_model_is_loaded_opens_nothing(scorer: Scorer) -> None:
    loaded = threading.Event()
    page = Page()
    lifecycle = Lifecycle(
        lambda: scorer if loaded.wait(PATIENCE) else None, Limits(), Metrics(), page.opening
    )
    async with lifecycle.lifespan(FastAPI()):
        await asyncio.sleep(0.01)
    loaded.set()
    assert page.seen == []
    assert lifecycle.failure is None


async def test_a_failure_is_kept_and_told() -> None:
    def load() -> Scorer:
        raise RuntimeError("a fault")

    told = asyncio.Event()
    lifecycle = Lifecycle(load, Limits(), Metrics(), when_failed=told.set)
    async with lifecycle.lifespan(FastAPI()), asyncio.timeout(PATIENCE):
        await told.wait()
    assert str(lifecycle.failure) == "a fault"

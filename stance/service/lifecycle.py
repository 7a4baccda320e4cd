"""From start to stop: the model is loaded and warmed, the page opened, the work finished."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from fastapi import FastAPI
from starlette.types import ASGIApp

from stance.scorer import Scorer
from stance.service.limits import Limits
from stance.service.logs import note
from stance.service.metrics import Metrics
from stance.service.problems import busy
from stance.service.scoring import ScoringService

LoadScorer = Callable[[], Scorer]
OpenPage = Callable[[ScoringService], AbstractAsyncContextManager[ASGIApp]]

WARM_UP = "Both sides want the talks to go on"
"""Scored once before the service is ready: the first pass of an engine takes longer."""


@asynccontextmanager
async def no_page(_: ScoringService) -> AsyncIterator[None]:
    """Open nothing, for a service without the page."""
    yield None


@dataclass(slots=True, eq=False)
class Lifecycle:
    """What the service is at the moment: starting, ready, stopping, or failed to start.

    `when_ready` is called once the model is warm and the page open, `when_failed` when it does not
    come to that; `failure` then tells why. `open_page` is None for a service without the page.
    """

    load: LoadScorer
    limits: Limits
    metrics: Metrics
    open_page: OpenPage | None = None
    when_ready: Callable[[], None] = lambda: None
    when_failed: Callable[[], None] = lambda: None
    failure: Exception | None = None
    page: ASGIApp | None = None
    stopping: bool = False
    _scoring: ScoringService | None = None
    _ready: bool = False
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def service(self) -> ScoringService:
        """Return the service, or raise a 503 `HttpError` while the model is being loaded."""
        if self._scoring is None:
            raise busy("the model is being loaded", 2)
        return self._scoring

    def check_ready(self) -> None:
        """Raise a 503 `HttpError` when new work should not be sent here."""
        if self.stopping:
            raise busy("the server is stopping")
        if not self._ready:
            raise busy("the model is being loaded", 2)

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Start behind an open socket, and stop what is left at the end."""
        running = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._stop.set()
            if not self._ready:
                running.cancel()
            await asyncio.wait((running,))

    async def finish(self) -> None:
        """Wait until what is under way is done, then refuse the rest; bounded by `stop_seconds`."""
        self.stopping = True
        end = monotonic() + self.limits.stop_seconds
        service = self._scoring
        while service is not None and service.requests and monotonic() < end:
            await asyncio.sleep(0.05)
        if service is not None:
            await service.close()

    async def _run(self) -> None:
        try:
            started = monotonic()
            scorer = await asyncio.to_thread(self.load)
            service = ScoringService(scorer, limits=self.limits, on_batch=self.metrics.batch)
            await service.score_statements([WARM_UP], [None], [None])
            self._scoring = service
            self.metrics.watch(service)
            note("model ready", model=scorer.name, seconds=round(monotonic() - started, 1))
            async with (self.open_page or no_page)(service) as self.page:
                self._ready = True
                self.when_ready()
                await self._stop.wait()
            await service.close()
        except Exception as error:  # whatever it is, a service that cannot start must end
            self.failure = error
            self.when_failed()

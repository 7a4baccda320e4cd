"""The whole site as one ASGI application: the API, and the page at every other address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stance.errors import StanceError
from stance.service.api import ADDRESSES, GUARDED, create_api
from stance.service.lifecycle import Lifecycle, OpenPage
from stance.service.middleware import PAGE, Guarded, Observed, Received, Watched
from stance.service.problems import busy
from stance.service.scoring import ScoringService


class Site:
    """Sends each request to the API or to the page."""

    def __init__(self, lifecycle: Lifecycle, token: str | None, origins: Sequence[str]) -> None:
        self._lifecycle = lifecycle
        self._open: set[asyncio.Task[None]] = set()
        self._closed = False
        self._api = self._around_api(token, origins)
        self._page = self._around_page()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or take part in the server's start and stop."""
        is_page = (
            scope["type"] == "http"
            and self._lifecycle.open_page is not None
            and not scope["path"].startswith(ADDRESSES)
        )
        await (self._page if is_page else self._api)(scope, receive, send)

    async def close_page(self) -> None:
        """End the page's streams, which last as long as a browser shows it."""
        self._closed = True
        for task in self._open:
            task.cancel()

    def _around_api(self, token: str | None, origins: Sequence[str]) -> ASGIApp:
        lifecycle = self._lifecycle
        app: ASGIApp = create_api(lifecycle, lifecycle.metrics, guarded=token is not None)
        app = Received(Watched(app), lifecycle.limits)
        if token is not None:
            app = Guarded(app, token, GUARDED)
        app = Observed(app, lifecycle.metrics)
        if origins:
            app = CORSMiddleware(
                app,
                allow_origins=origins,
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
                expose_headers=["Retry-After", "X-Request-ID"],
            )
        return app

    def _around_page(self) -> ASGIApp:
        return Observed(Received(self._show_page, self._lifecycle.limits), self._lifecycle.metrics)

    async def _show_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["path"] = PAGE
        page, task = self._lifecycle.page, asyncio.current_task()
        if page is None or task is None:
            refusal = busy("the page opens when the model is loaded", 2)
            refusal.headers = {**refusal.headers, "Refresh": "2"}
            raise refusal
        started = complete = False

        async def sending(message: Message) -> None:
            nonlocal started, complete
            started = True
            complete = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        self._open.add(task)
        try:
            await page(scope, receive, sending)
        except asyncio.CancelledError:
            if not self._closed:
                raise
            if not started:
                raise busy("the server is stopping") from None
            if not complete:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._open.discard(task)


def page_opener(token: str | None, origins: Sequence[str] = ()) -> OpenPage:
    """Return what opens the page, behind the token as its password where there is one.

    `origins` are those of other sites whose scripts may ask.
    """

    @asynccontextmanager
    async def open_page(service: ScoringService) -> AsyncIterator[ASGIApp]:
        app = await asyncio.to_thread(_page, service, token, origins)
        async with app.router.lifespan_context(app):
            yield app

    return open_page


def _page(service: ScoringService, token: str | None, origins: Sequence[str]) -> FastAPI:
    try:
        from stance.web import mount_page  # noqa: PLC0415 - Gradio takes seconds to import
    except ModuleNotFoundError as error:
        raise StanceError(
            f"the page needs {error.name}: pip install 'stance[serve]', or leave it out (--no-page)"
        ) from error
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, telemetry={"tracing": False})
    mount_page(app, service, token=token, origins=origins)
    return app

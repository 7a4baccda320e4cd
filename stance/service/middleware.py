"""What stands between the socket and the applications, as plain ASGI.

From the outside in: `Observed` gives each request an id and accounts for it, `Guarded` asks for
the token, `Received` takes the body within its limits, `Watched` ends work whose client left.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stance.service.limits import Limits
from stance.service.logs import log, note
from stance.service.metrics import Metrics
from stance.service.problems import HttpError, busy

CLIENT_LEFT = 499
"""The status, in log and metrics, of a request whose client went away before its answer."""

PAGE = "page"
"""What stands for the addresses of the page in log and metrics; the page has hundreds."""

OTHER = "other"
"""What stands for the documentation, and for addresses where there is nothing."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Observed:
    """Gives each request an id, and counts, times and logs its answer.

    An id that the client sends in `X-Request-ID` is taken if it is letters, digits and `._-`. An
    error that nothing else caught is answered with 500.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and account for it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        facts = scope.setdefault("state", {})
        facts["request_id"] = request_id = _request_id(Headers(scope=scope).get("x-request-id"))
        started = perf_counter()
        status = 0
        complete = False

        async def sending(message: Message) -> None:
            nonlocal status, complete
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)
            complete = message["type"] == "http.response.body" and not message.get("more_body")

        try:
            await self._app(scope, receive, sending)
        except HttpError as problem:
            await problem.answer(scope, receive, sending)
        except Exception:
            log.exception("failed", extra={"facts": {"request_id": request_id}})
            if not status:
                await HttpError(500, "something went wrong here").answer(scope, receive, sending)
            elif not complete:
                raise
        finally:
            self._account(scope, status or CLIENT_LEFT, perf_counter() - started)

    def _account(self, scope: Scope, status: int, seconds: float) -> None:
        path = _template(scope)
        self._metrics.request(scope["method"], path, status, seconds)
        facts = {
            name: scope["state"][name]
            for name in ("request_id", "articles", "statements")
            if name in scope["state"]
        }
        note(
            f"{scope['method']} {path} {status} {seconds * 1000:.0f} ms",
            logging.INFO if status >= 400 or path.startswith("/v1/") else logging.DEBUG,
            method=scope["method"],
            path=path,
            status=status,
            ms=round(seconds * 1000, 1),
            **facts,
        )


def _request_id(wanted: str | None) -> str:
    return wanted if wanted and _REQUEST_ID.fullmatch(wanted) else secrets.token_hex(8)


def _template(scope: Scope) -> str:
    """Return the template of the address that answered, never the address as it was asked for."""
    return str(getattr(scope.get("route"), "path", None) or scope["state"].get("path", OTHER))


class Guarded:
    """Asks for `Authorization: Bearer TOKEN` where the address begins with `prefix`."""

    def __init__(self, app: ASGIApp, token: str, prefix: str) -> None:
        self._app = app
        self._expected = f"bearer {token}".encode()
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it before its body is read."""
        if scope["type"] == "http" and scope["path"].startswith(self._prefix):
            kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
            given = f"{kind.lower()} {token.strip()}".encode("latin-1")
            if not secrets.compare_digest(given, self._expected):
                raise HttpError(
                    401,
                    "this needs the header 'Authorization: Bearer TOKEN'",
                    {"WWW-Authenticate": "Bearer"},
                )
        await self._app(scope, receive, send)


class Received:
    """Takes the whole body of a request before passing it on, within size and time.

    The bodies of all requests under way are bounded together, too.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body in one piece."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        self._check(int(Headers(scope=scope).get("content-length", 0)))
        body = bytearray()
        try:
            try:
                async with asyncio.timeout(self._limits.body_seconds):
                    here = await self._take(receive, body)
            except TimeoutError:
                raise HttpError(
                    408,
                    f"the body did not arrive within {self._limits.body_seconds:g} s",
                    {"Connection": "close"},
                ) from None
            if here:
                await self._app(scope, _replaying(bytes(body), receive), send)
        finally:
            self._held -= len(body)

    async def _take(self, receive: Receive, body: bytearray) -> bool:
        """Take the body; False where the client left before its end."""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            piece = message.get("body", b"")
            body += piece
            self._held += len(piece)
            self._check(len(body))
            if self._held > self._limits.held_bytes:
                raise busy("too many large requests at the moment")
            more = message.get("more_body", False)
        return True

    def _check(self, size: int) -> None:
        if size > self._limits.body_bytes:
            raise HttpError(413, f"a body may have {self._limits.body_bytes:,} bytes at most")


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body, then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class Watched:
    """Ends the work on a request when its client goes away before the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, whose body is whole, and cancel it when its client leaves."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        body = await receive()
        left = asyncio.ensure_future(_until_left(receive))
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                await asyncio.wait((left,))
                return {"type": "http.disconnect"}
            given = True
            return body

        work = asyncio.ensure_future(_run(self._app, scope, replay, send))
        try:
            await asyncio.wait((left, work), return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            work.cancel()
            await asyncio.wait((work,))
        if not work.cancelled():
            work.result()


async def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

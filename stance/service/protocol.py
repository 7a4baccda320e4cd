"""Uvicorn's HTTP connection with the bounds that it lacks.

Uvicorn waits for ever for the rest of a header, reads what is left of a refused body as long as it
comes, and for ever holds an answer that nobody reads; each is bounded here. So is the number of
connections, which it only checks once a connection has sent a request.
"""

from __future__ import annotations

import asyncio
import resource
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from stance.service.limits import Limits
from stance.service.problems import HttpError, busy

BACKLOG = 128
"""Connections that the system accepts before they are looked at; they are open files, too."""

LEAST_READ = 16 * 2**10
"""Bytes that a client has to read of an answer in `Limits.write_seconds`."""

OTHER_FILES = 256
"""Open files left for everything that is no connection."""


class LingeringTransport:
    """A transport that takes in what a client still sends when it is closed.

    A client that has not sent all of a refused body would else find the connection reset, and the
    answer lost. `owes` tells whether the client has more to send, for which it has `seconds`;
    `closing` is called when the transport is closed.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        owes: Callable[[], bool],
        seconds: float,
        closing: Callable[[], None],
    ) -> None:
        self._transport = transport
        self._owes = owes
        self._seconds = seconds
        self._closing = closing
        self._lingering = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else is the transport's
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Tell whether the transport was closed, though it may linger."""
        return self._lingering or self._transport.is_closing()

    def close(self) -> None:
        """Close after what was written; where the client owes something, when it has sent it."""
        if self.is_closing():
            return
        self._closing()
        if not self._owes():
            return self._transport.close()
        self._lingering = True
        self._transport.write_eof()
        self._transport.resume_reading()
        asyncio.get_running_loop().call_later(self._seconds, self._transport.abort)


class BoundedProtocol(H11Protocol):
    """One connection; `limits` is set by a subclass of each server, since uvicorn makes these."""

    limits: Limits

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._header_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it with 503 where there are too many."""
        if len(self.connections) >= self.limits.connections:
            transport.write(_raw(busy("too many connections at the moment")))
            transport.close()
            self.transport = transport
            return
        lingering = LingeringTransport(
            transport, self._owes, self.limits.header_seconds, self._watch_reader
        )
        super().connection_made(cast("asyncio.Transport", lingering))
        self._watch_header()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        for timer in (self._header_timer, self._write_timer):
            if timer is not None:
                timer.cancel()
        if self in self.connections:
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, and see that a header which began to come comes to its end."""
        if self.flow is not None and not self.transport.is_closing():
            super().data_received(data)
            self._watch_header()

    def on_response_complete(self) -> None:
        """Go on to the next request, whose header may have begun to come."""
        super().on_response_complete()
        self._watch_header()

    def pause_writing(self) -> None:
        """Wait for a client that reads slowly, but not for one that does not read."""
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        """Go on writing."""
        super().resume_writing()
        if self._write_timer is not None and not self.transport.is_closing():
            self._write_timer.cancel()
            self._write_timer = None

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, in the shape of every other error."""
        self._refuse(HttpError(400, "this is no HTTP request that the service can read"))

    def _owes(self) -> bool:
        """Tell whether the client has not sent all of its request, or what is no request."""
        return self.conn.their_state in (h11.SEND_BODY, h11.ERROR)

    def _watch_header(self) -> None:
        """Time what is sent between requests: headers, and bodies that were refused."""
        between = self.cycle is None or self.cycle.response_complete
        if between and self._header_timer is None:
            self._header_timer = self.loop.call_later(self.limits.header_seconds, self._too_slow)
        elif not between and self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _watch_reader(self) -> None:
        """Time how the client reads what waits for it."""
        if self._write_timer is None:
            waiting = self.transport.get_write_buffer_size()
            self._write_timer = self.loop.call_later(
                self.limits.write_seconds, self._check_reader, waiting
            )

    def _check_reader(self, waited: int) -> None:
        """Give up on a client that read next to nothing of the `waited` bytes."""
        self._write_timer = None
        waiting = self.transport.get_write_buffer_size()
        if waiting and waited - waiting < LEAST_READ:
            self.transport.abort()
        elif waiting:
            self._watch_reader()

    def _too_slow(self) -> None:
        """Close a connection that sent no whole header in its time."""
        answered = self.cycle is not None
        if answered or not self.conn.trailing_data[0]:
            self.transport.abort()
        else:
            self._refuse(HttpError(408, "the header did not arrive in time"))

    def _refuse(self, error: HttpError) -> None:
        """Answer in place of the application, unless it has begun to, and close."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started:
                return self.transport.abort()
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.write(_raw(error))
        self.transport.close()


def _raw(error: HttpError) -> bytes:
    """Return an error as the bytes of an answer after which the connection is closed."""
    request_id = secrets.token_hex(8)
    body = error.body(request_id)
    lines = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        "X-Request-ID": request_id,
        **error.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    phrase = HTTPStatus(error.status).phrase
    return f"HTTP/1.1 {error.status} {phrase}\r\n{head}\r\n".encode() + body


def bounded_connections(wanted: int) -> int:
    """Return how many connections the limit on open files allows, raising it where it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + BACKLOG + OTHER_FILES
    if soft < needed and (hard == resource.RLIM_INFINITY or soft < hard):
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(wanted, soft - BACKLOG - OTHER_FILES))

"""The server process: a bounded Uvicorn around the site, from an open port to the last answer."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import FrameType

import uvicorn

from stance.errors import StanceError
from stance.service import logs
from stance.service.lifecycle import Lifecycle, LoadScorer
from stance.service.limits import Limits
from stance.service.metrics import Metrics
from stance.service.protocol import BACKLOG, BoundedProtocol, bounded_connections
from stance.service.site import Site, page_opener

LAST_WORDS = 5
"""Seconds for answers to leave after the work on them ended."""


class ServeError(StanceError):
    """A server that cannot start."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service is reached: where it listens, who may use it, and whether it has the page.

    `token` is asked of clients of the API, and as the password of the page. `origins` are those of
    other sites whose scripts may call the API. Port 0 takes any that is free.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    token: str | None = None
    origins: Sequence[str] = ()
    page: bool = True
    limits: Limits = field(default_factory=Limits)


def serve(load: LoadScorer, settings: Settings) -> None:
    """Serve until a signal to stop; the log tells the address when all is ready.

    Raises:
        ServeError: The address cannot be listened at.
        ModelError: The model cannot be loaded.
    """
    logs.configure()
    limits = replace(settings.limits, connections=bounded_connections(settings.limits.connections))
    listener = listening_socket(settings.host, settings.port)
    address = f"http://{bracketed(settings.host)}:{listener.getsockname()[1]}"
    lifecycle = Lifecycle(
        load,
        limits,
        Metrics(),
        page_opener(settings.token, settings.origins) if settings.page else None,
        when_ready=lambda: logs.note(f"ready at {address} (API: {address}/docs)", address=address),
    )
    server = Server(lifecycle, settings, limits)
    lifecycle.when_failed = server.give_up
    try:
        server.run([listener])
    except KeyboardInterrupt:
        logs.note("stopped")
    finally:
        listener.close()
    if lifecycle.failure is not None:
        raise lifecycle.failure


class Server(uvicorn.Server):
    """Uvicorn with bounds on connections, that turns `readyz` red before it stops accepting."""

    def __init__(self, lifecycle: Lifecycle, settings: Settings, limits: Limits) -> None:
        self._lifecycle = lifecycle
        self._site = Site(lifecycle, settings.token, settings.origins)
        config = uvicorn.Config(
            self._site,
            http=type("Protocol", (BoundedProtocol,), {"limits": limits}),
            ws="none",
            loop="asyncio",
            lifespan="on",
            backlog=BACKLOG,
            log_config=None,
            log_level=logging.ERROR,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=round(limits.stop_seconds) + LAST_WORDS,
        )
        super().__init__(config)

    def give_up(self) -> None:
        """Stop at once, for want of a model."""
        self.should_exit = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Turn red on a signal to stop; a second Ctrl-C does not wait."""
        self._lifecycle.stopping = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let balancers see that it is red, stop accepting, finish what is under way, close."""
        if self._lifecycle.failure is None:
            logs.note("stopping")
            await asyncio.sleep(self._lifecycle.limits.drain_seconds)
        finishing = asyncio.create_task(self._finish())
        await super().shutdown(sockets)
        finishing.cancel()

    async def _finish(self) -> None:
        await self._lifecycle.finish()
        await asyncio.sleep(0.2)  # for the page to pass on what was just finished
        await self._site.close_page()


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address.

    Raises:
        ServeError: The port is in use, or there is no such address on this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServeError(
            f"cannot listen at {bracketed(host)}:{port}: {reason.lower()}; "
            "choose another with --host and --port"
        ) from error
    return listener


def bracketed(host: str) -> str:
    """Return a host as addresses write it."""
    return f"[{host}]" if ":" in host else host

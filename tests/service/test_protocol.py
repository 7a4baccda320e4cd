from __future__ import annotations

import asyncio
from collections.abc import Callable
from unittest.mock import Mock

import pytest
import uvicorn
from uvicorn.server import ServerState

from stance.service import protocol
from stance.service.limits import Limits
from stance.service.protocol import LEAST_READ, BoundedProtocol


class Loop:
    """An event loop whose time passes when a test says so."""

    def __init__(self) -> None:
        self.timers: list[Callable[[], None]] = []

    def call_later(self, _: float, call: Callable[..., None], *arguments: object) -> Mock:
        def run() -> None:
            call(*arguments)

        self.timers.append(run)
        return Mock(cancel=lambda: self.timers.remove(run))

    def pass_time(self) -> None:
        due, self.timers = self.timers, []
        for timer in due:
            timer()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def transport() -> Mock:
    mock = Mock(spec=asyncio.Transport)
    mock.is_closing.return_value = False
    mock.get_extra_info.return_value = None
    mock.get_write_buffer_size.return_value = 10 * LEAST_READ
    return mock


@pytest.fixture
def connection(loop: Loop, transport: Mock) -> BoundedProtocol:
    config = uvicorn.Config(Mock(), log_config=None, interface="asgi3")
    config.load()
    made = type("Made", (BoundedProtocol,), {"limits": Limits()})(config, ServerState(), {}, loop)
    made.connection_made(transport)
    loop.timers.clear()  # that of the header
    return made


def test_a_slow_reader_is_waited_for(
    connection: BoundedProtocol, loop: Loop, transport: Mock
) -> None:
    connection.pause_writing()
    for left in (9, 7, 6, 5):
        transport.get_write_buffer_size.return_value = left * LEAST_READ
        loop.pass_time()
    transport.abort.assert_not_called()
    transport.get_write_buffer_size.return_value -= LEAST_READ - 1
    loop.pass_time()
    transport.abort.assert_called_once()


def test_a_reader_that_caught_up_has_its_time_anew(
    connection: BoundedProtocol, loop: Loop, transport: Mock
) -> None:
    connection.pause_writing()
    connection.resume_writing()
    assert loop.timers == []
    connection.pause_writing()
    assert len(loop.timers) == 1
    transport.abort.assert_not_called()


def test_what_is_left_at_the_close_is_waited_for_as_well(
    connection: BoundedProtocol, loop: Loop, transport: Mock
) -> None:
    connection.transport.close()
    transport.close.assert_called_once()
    loop.pass_time()
    transport.abort.assert_called_once()


def test_a_close_with_nothing_left_needs_no_patience(
    connection: BoundedProtocol, loop: Loop, transport: Mock
) -> None:
    transport.get_write_buffer_size.return_value = 0
    connection.transport.close()
    loop.pass_time()
    transport.abort.assert_not_called()


@pytest.mark.parametrize(
    ("files", "wanted", "allowed"),
    [
        ((1024, 4096), 1000, 1000),
        ((1024, 1024), 1000, 1024 - protocol.BACKLOG - protocol.OTHER_FILES),
        ((256, 256), 1000, 1),
        ((1024, -1), 5000, 5000),
    ],
)
def test_connections_fit_the_open_files(
    monkeypatch: pytest.MonkeyPatch, files: tuple[int, int], wanted: int, allowed: int
) -> None:
    monkeypatch.setattr(protocol.resource, "getrlimit", lambda _: files)
    monkeypatch.setattr(protocol.resource, "setrlimit", lambda *_: None)
    assert protocol.bounded_connections(wanted) == allowed

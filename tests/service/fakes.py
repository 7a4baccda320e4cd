"""Engines and servers that tests can hold still."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from stance.model.engine import Engine, Logits
from stance.model.inputs import EncodedStatement
from stance.model.spec import N_LOGITS
from stance.scorer import Scorer
from stance.service.lifecycle import Lifecycle
from stance.service.limits import Limits
from stance.service.metrics import Metrics
from stance.service.server import Server, Settings, listening_socket

PATIENCE = 60
"""Seconds that a test waits for what comes at once on a quiet machine."""


def encoded(*tokens: int) -> list[EncodedStatement]:
    """Return statements of one token each."""
    return [EncodedStatement([token], [0]) for token in tokens]


class HeldEngine:
    """Answers each statement with its first token, once it is let go; remembers its batches."""

    device = "cpu"

    def __init__(self, *, held: bool = False, poison: int | None = None) -> None:
        self.batches: list[list[int]] = []
        self.started = threading.Event()
        self.release = threading.Event()
        self._poison = poison
        if not held:
            self.release.set()

    def logits(self, statements: Sequence[EncodedStatement]) -> Logits:
        tokens = [one.input_ids[0] for one in statements]
        self.batches.append(tokens)
        self.started.set()
        assert self.release.wait(PATIENCE)
        if self._poison in tokens:
            raise ValueError("poisoned")
        return np.repeat(np.array(tokens, dtype=np.float32)[:, None], N_LOGITS, axis=1)


class HeldScorer:
    """A scorer whose encoder waits until it is let go."""

    device = "cpu"

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.engine: Engine = self
        self.started = threading.Event()
        self.release = threading.Event()
        self.passes = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._scorer, name)

    def logits(self, statements: Sequence[EncodedStatement]) -> Logits:
        self.started.set()
        assert self.release.wait(PATIENCE)
        self.passes += len(statements)
        return self._scorer.engine.logits(statements)


@dataclass(frozen=True)
class Reply:
    """An answer as it came over a socket."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error."""
        return str(self.json["error"]["code"])


@dataclass(frozen=True)
class LiveServer:
    """A server on a port of this machine, in a thread of this process."""

    server: Server
    lifecycle: Lifecycle
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, data: bytes) -> Reply:
        with self.connect() as connection:
            connection.sendall(data)
            return read_reply(connection)

    def get(self, path: str, **headers: str) -> Reply:
        return self.send(request("GET", path, **headers))

    def post(self, path: str, content: object, **headers: str) -> Reply:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.send(request("POST", path, body, **headers))


def request(method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
    """Return the bytes of a request."""
    lines = {"Host": "test", "Connection": "close"}
    if body is not None:
        lines |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b"")


def read_reply(connection: socket.socket) -> Reply:
    """Read one answer, which has a Content-Length."""
    with connection.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        headers = {}
        while line := stream.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return Reply(status, headers, stream.read(int(headers.get("content-length", 0))))


def is_closed(connection: socket.socket) -> bool:
    """Wait until the other side closes, reading what comes before."""
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


@contextmanager
def serving(
    load: Callable[[], Any],
    limits: Limits | None = None,
    *,
    token: str | None = None,
    origins: Sequence[str] = (),
) -> Iterator[LiveServer]:
    """Run a server without the page while the block lasts."""
    limits = replace(limits or Limits(), drain_seconds=0.0)
    ready = threading.Event()
    lifecycle = Lifecycle(load, limits, Metrics(), when_ready=ready.set)
    settings = Settings(token=token, origins=origins, page=False, limits=limits)
    server = Server(lifecycle, settings, limits)
    listener = listening_socket("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield LiveServer(server, lifecycle, listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()

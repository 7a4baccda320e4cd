"""Clients that break off, drip, stall or lie, over real sockets."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from service.fakes import PATIENCE, HeldScorer, LiveServer, is_closed, read_reply, request, serving
from stance.scorer import Scorer
from stance.service.limits import Limits

TEXT = "“We want talks with Moscow,” said the envoy, Ann Lee."
BODY = json.dumps({"articles": [{"text": TEXT}]}).encode()
POST = request("POST", "/v1/articles", BODY)
HEAD = POST[: -len(BODY)]

SHORT = Limits(
    body_bytes=1_000_000,
    held_bytes=1_500_000,
    connections=20,
    header_seconds=0.5,
    body_seconds=0.5,
    write_seconds=0.5,
)


@pytest.fixture(scope="module")
def strict(scorer: Scorer) -> Iterator[LiveServer]:
    """A server of little patience."""
    with serving(lambda: scorer, SHORT) as server:
        yield server


@pytest.fixture
def held(scorer: Scorer) -> Iterator[tuple[LiveServer, HeldScorer]]:
    """A server whose encoder waits until it is let go, and which takes two requests."""
    engine = HeldScorer(scorer)
    engine.release.set()  # for the first statement, which warms the engine
    with serving(lambda: engine, Limits(requests=2, stop_seconds=1)) as server:
        engine.release.clear()
        engine.started.clear()
        yield server, engine
        engine.release.set()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what should come true soon."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def drip(connection: socket.socket, data: bytes) -> None:
    """Send a byte now and then, until the other side has closed."""
    try:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)
    except OSError:  # closed here or there
        return


def test_a_silent_connection_is_closed(strict: LiveServer) -> None:
    with strict.connect() as connection:
        assert is_closed(connection)


def test_a_dripping_header_is_cut_off(strict: LiveServer) -> None:
    with strict.connect() as connection:
        threading.Thread(target=drip, args=(connection, HEAD), daemon=True).start()
        reply = read_reply(connection)
    assert (reply.status, reply.code) == (408, "request_timeout")


def test_a_dripping_second_header_is_cut_off(strict: LiveServer) -> None:
    with strict.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert read_reply(connection).status == 200
        threading.Thread(target=drip, args=(connection, HEAD), daemon=True).start()
        assert is_closed(connection)


def test_a_dripping_body_is_cut_off(strict: LiveServer) -> None:
    with strict.connect() as connection:
        connection.sendall(HEAD)
        threading.Thread(target=drip, args=(connection, BODY), daemon=True).start()
        reply = read_reply(connection)
        assert (reply.status, reply.code) == (408, "request_timeout")
        assert is_closed(connection)


def test_a_gigabyte_announced_is_refused_unread(strict: LiveServer) -> None:
    with strict.connect() as connection:
        connection.sendall(request("POST", "/v1/articles", b"", Content_Length="1000000000"))
        reply = read_reply(connection)
        assert (reply.status, reply.code) == (413, "body_too_large")
        assert is_closed(connection)


def test_a_client_that_sends_all_before_it_reads_learns_why(strict: LiveServer) -> None:
    reply = strict.post("/v1/articles", b" " * 5_000_000)
    assert (reply.status, reply.code) == (413, "body_too_large")


def test_a_body_of_unknown_length_is_bounded(strict: LiveServer) -> None:
    head = request("POST", "/v1/articles", b"", Transfer_Encoding="chunked")
    head = head.replace(b"Content-Length: 0\r\n", b"")
    with strict.connect() as connection:
        connection.sendall(head + (b"10000\r\n" + b" " * 0x10000 + b"\r\n") * 20)
        assert read_reply(connection).status == 413


def test_bodies_are_bounded_together(strict: LiveServer) -> None:
    head = request("POST", "/v1/articles", b"", Content_Length="900001")
    with strict.connect() as one, strict.connect() as other:
        one.sendall(head + b" " * 900_000)
        other.sendall(head + b" " * 900_000)
        replies = sorted(read_reply(each).status for each in (one, other))
    assert replies == [408, 503]
    assert strict.send(POST).status == 200


@pytest.mark.parametrize("length", [10, len(HEAD), len(HEAD) + 20])
def test_a_request_cut_in_the_middle_harms_nobody(strict: LiveServer, length: int) -> None:
    with strict.connect() as connection:
        connection.sendall(POST[:length])
    assert strict.send(POST).status == 200


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_refused(strict: LiveServer, data: bytes) -> None:
    reply = strict.send(data)
    assert (reply.status, reply.code) == (400, "bad_request")


def test_connections_beyond_the_limit_are_refused_and_the_others_time_out(
    strict: LiveServer,
) -> None:
    connections = [strict.connect() for _ in range(SHORT.connections + 30)]
    try:
        statuses = [read_reply(one).status for one in connections[-5:]]
        assert statuses == [503] * 5
        assert all(is_closed(one) for one in connections)
    finally:
        for one in connections:
            one.close()
    assert strict.send(POST).status == 200


def test_an_answer_that_nobody_reads_is_given_up(strict: LiveServer) -> None:
    ask = b"GET /docs-static/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", strict.port))
        connection.sendall(ask * 5)
        until(lambda: bool(strict.server.server_state.connections))
        until(lambda: not strict.server.server_state.connections)


def test_a_full_queue_answers_at_once(held: tuple[LiveServer, HeldScorer]) -> None:
    server, engine = held
    with server.connect() as one, server.connect() as other:
        one.sendall(POST)
        other.sendall(POST)
        until(lambda: server.lifecycle.service().requests == 2)
        refused = server.send(POST)
        assert (refused.status, refused.code) == (503, "busy")
        assert int(refused.headers["retry-after"]) >= 1
        assert server.get("/healthz").status == 200
        engine.release.set()
        assert [read_reply(each).status for each in (one, other)] == [200, 200]


def test_a_client_that_goes_away_frees_its_work(held: tuple[LiveServer, HeldScorer]) -> None:
    server, engine = held
    with server.connect() as one:
        one.sendall(POST)
        until(lambda: server.lifecycle.service().requests == 1)
    until(lambda: server.lifecycle.service().requests == 0)
    engine.release.set()
    assert server.send(POST).status == 200


def test_what_takes_too_long_is_given_up(scorer: Scorer) -> None:
    engine = HeldScorer(scorer)
    engine.release.set()
    with serving(lambda: engine, Limits(request_seconds=0.3)) as server:
        engine.release.clear()
        reply = server.send(POST)
        engine.release.set()
    assert (reply.status, reply.code) == (504, "timeout")


def test_stopping_finishes_what_is_under_way(held: tuple[LiveServer, HeldScorer]) -> None:
    server, engine = held
    with server.connect() as one:
        one.sendall(POST)
        until(lambda: server.lifecycle.service().requests == 1)
        server.server.should_exit = True
        until(lambda: server.lifecycle.stopping)
        engine.release.set()
        assert read_reply(one).status == 200


def test_stopping_is_bounded(held: tuple[LiveServer, HeldScorer]) -> None:
    server, _ = held
    with server.connect() as one:
        one.sendall(POST)
        until(lambda: server.lifecycle.service().requests == 1)
        server.server.should_exit = True
        reply = read_reply(one)
    assert (reply.status, reply.code) == (503, "busy")


def test_ready_turns_red_before_the_port_closes(scorer: Scorer) -> None:
    with serving(lambda: scorer) as server:
        assert server.get("/readyz").status == 200
        server.lifecycle.stopping = True
        assert (server.get("/readyz").status, server.get("/healthz").status) == (503, 200)
        assert server.send(POST).status == 200

"""The command, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.fakes import PATIENCE, Reply, is_closed, read_reply, request
from stance.cli import cli
from stance.cli import serve as command
from stance.errors import ModelError, StanceError
from stance.scorer import Scorer
from stance.service import server
from stance.service.limits import Limits
from stance.service.server import ServeError, Settings, listening_socket

TEXT = "“We want talks with Moscow,” said the envoy, Ann Lee.\n\n"


@contextmanager
def process(*options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run `stance serve` on a free port until the block ends; yield it and its port."""
    line = [sys.executable, "-c", "from stance.cli import main; main()", "serve", "--port", "0"]
    running = subprocess.Popen(
        [*line, *options], stderr=subprocess.PIPE, text=True, env=os.environ | environment
    )
    assert running.stderr is not None
    try:
        for message in running.stderr:
            if address := json.loads(message).get("address"):
                yield running, int(address.rpartition(":")[2])
                return
        pytest.fail("it ended before it was ready")
    finally:
        running.kill()
        running.wait()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def answer(port: int, data: bytes) -> Reply:
    with connect(port) as connection:
        connection.sendall(data)
        return read_reply(connection)


def test_a_signal_finishes_what_is_under_way() -> None:
    articles = json.dumps({"articles": [{"text": TEXT * 10}] * 20}).encode()
    with process() as (running, port):
        with connect(port) as stream, connect(port) as client:
            page = answer(port, request("GET", "/", Origin="https://evil.example"))
            assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert not any(name.startswith("access-control") for name in page.headers)
            stream.sendall(request("GET", "/gradio_api/heartbeat/session"))
            assert stream.recv(100)
            client.sendall(request("POST", "/v1/articles", articles))
            while (
                b"stance_scoring_requests 1.0" not in answer(port, request("GET", "/metrics")).body
            ):
                pass
            running.send_signal(signal.SIGTERM)
            reply = read_reply(client)
            assert reply.status == 200
            assert sum(len(one["statements"]) for one in reply.json["articles"]) == 200
            assert is_closed(stream)
        assert running.wait(PATIENCE) == 0
        assert running.stderr is not None
        assert '"level": "error"' not in running.stderr.read()


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Collects the settings of servers instead of running them."""
    collected: list[Settings] = []
    monkeypatch.setattr(server, "serve", lambda _, settings: collected.append(settings))
    return collected


def test_it_listens_on_this_machine_alone_unless_told(settings: list[Settings]) -> None:
    assert CliRunner(env={"STANCE_TOKEN": ""}).invoke(cli, ["serve"]).exit_code == 0
    assert settings == [Settings("127.0.0.1", 7860, None, (), page=True, limits=Limits())]


def test_options_reach_the_server(settings: list[Settings]) -> None:
    line = "serve --host 0.0.0.0 --port 80 --no-page --cors https://a --max-body 9 --max-seconds 5"
    result = CliRunner(env={"STANCE_TOKEN": "secret"}).invoke(cli, line.split())
    limits = Limits(body_bytes=9 * 2**20, request_seconds=5)
    assert result.output == ""
    assert settings == [
        Settings("0.0.0.0", 80, "secret", ("https://a",), page=False, limits=limits)
    ]


def test_an_open_door_is_remarked(settings: list[Settings]) -> None:
    result = CliRunner(env={"STANCE_TOKEN": ""}).invoke(cli, ["serve", "--host", "::"])
    assert "STANCE_TOKEN is not set" in result.output


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"127.0.0.1:{port}: address already in use; .*--port"):
            listening_socket("127.0.0.1", port)


def test_a_missing_model_is_one_line(tmp_path: Path) -> None:
    load = lambda: command.load_scorer(str(tmp_path / "none"), None)  # noqa: E731
    with pytest.raises(ModelError, match="no model folder at"):
        server.serve(load, Settings(port=0, page=False))


def test_a_fault_at_the_start_ends_the_server() -> None:
    def load() -> Scorer:
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"):
        server.serve(load, Settings(port=0, page=False))


def test_a_page_without_gradio_is_one_line(monkeypatch: pytest.MonkeyPatch, scorer: Scorer) -> None:
    monkeypatch.setitem(sys.modules, "gradio", None)
    for name in [name for name in sys.modules if name.startswith("stance.web")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(StanceError, match=r"gradio.*--no-page"):
        server.serve(lambda: scorer, Settings(port=0))


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stance.service.server", None)
    result = CliRunner().invoke(cli, ["serve"])
    assert "pip install 'stance[serve]'" in str(result.exception)

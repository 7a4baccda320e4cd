from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from batch.fakes import FakeScorer

from stance.cli import cli, reported

Stance = Callable[..., tuple[int, str, str]]


@pytest.fixture
def stance(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Stance:
    """Run the command with the fake scorer; return status, standard output and standard error."""

    def load(*_: object, **__: object) -> FakeScorer:
        return FakeScorer()

    monkeypatch.setattr("stance.load", load)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: object) -> tuple[int, str, str]:
        command: click.Group = cli
        status = reported(lambda: command.main(list(map(str, arguments)), standalone_mode=False))
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from batch.fakes import FakeLoader
from stance.batch.inputs import Inputs
from stance.batch.output import Destination
from stance.batch.readers import Reading
from stance.batch.run import Job

Rows = Iterable[Mapping[str, object]]


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[[Rows], Path]:
    """Write rows as JSON lines and return the file's path."""

    def write(rows: Rows, name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def job() -> Callable[..., Job]:
    """Make a job with the fake scorer, in this process alone unless told otherwise."""

    def make(
        *paths: Path,
        reading: Reading | None = None,
        load: FakeLoader | None = None,
        workers: int = 1,
        out: Path | None = None,
    ) -> Job:
        return Job(
            inputs=Inputs(tuple(map(str, paths)), Destination(out).files() if out else frozenset()),
            reading=reading or Reading(),
            load=load or FakeLoader(),
            workers=workers,
        )

    return make


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "rows.jsonl"

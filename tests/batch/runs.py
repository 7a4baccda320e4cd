"""What the tests of runs share: inputs, and a look at what a run left."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from batch.conftest import Rows
from stance.batch.output import Destination
from stance.batch.run import Job

Jsonl = Callable[..., Path]
MakeJob = Callable[..., Job]

FORMATS = ("jsonl", "csv", "parquet", "jsonl.gz")


def article(number: int) -> dict[str, object]:
    said = f'"We met {number} times," the envoy said. "Nothing came of it."'
    return {"id": str(number), "text": said, "title": f"Talks {number}"}


def archive(count: int) -> Rows:
    return ({"id": "bad", "text": None} if n % 50 == 7 else article(n) for n in range(count))


def errors_of(out: Path) -> list[dict[str, object]]:
    lines = Destination(out).errors.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}

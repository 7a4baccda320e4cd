"""Labelled rows: reading and splitting them, and what a model reads and learns of them."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.errors import InputError
from stance.model.inputs import StatementText, speaker_text
from stance.model.spec import HEADS, IGNORED

Row = Mapping[str, Any]
"""A labelled statement: `quote`; `paragraph` (or
`context`), `previous`, `title`, `speaker` to read; `stance`, `sentiment`, `side` to learn, any of
which may be absent; `certain` 0 for a borderline case; `article` to split by."""


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Read JSONL files (also gzipped) of labelled rows; raise `InputError` naming a bad line."""
    rows: list[Row] = []
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        try:
            with opener(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines, start=1):
                    rows.append(_parse(line, f"{path}:{number}"))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise InputError(f"cannot read {path}: {error}") from error
    return rows


def _parse(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("quote"), str):
        raise InputError(f"{where}: a row needs a text in 'quote'")
    for head, labels in HEADS.items():
        if row.get(head) is not None and row[head] not in labels:
            raise InputError(f"{where}: {head} is {row[head]!r}, not one of {', '.join(labels)}")
    return row


def split_by_article(rows: Sequence[Row], share: float, seed: int) -> tuple[list[Row], list[Row]]:
    """Hold out about `share` (0 to 1) of the articles; return the rows (kept, held out).

    Rows without an article are each an article of their own.
    """
    keys = [str(row.get("article") or row.get("id") or number) for number, row in enumerate(rows)]
    articles = sorted(set(keys))
    random.Random(seed).shuffle(articles)
    held = set(articles[: round(len(articles) * share)])
    kept_rows = [row for row, key in zip(rows, keys, strict=True) if key not in held]
    held_rows = [row for row, key in zip(rows, keys, strict=True) if key in held]
    return kept_rows, held_rows


def statement_text(row: Row) -> StatementText:
    """Return what the model reads of a labelled row."""
    known = row.get("speaker") not in (None, "unknown")
    return StatementText.from_quote(
        row["quote"],
        row.get("paragraph") or row.get("context"),
        previous=row.get("previous"),
        title=row.get("title"),
        speaker=speaker_text(row["speaker"], row.get("role")) if known else "",
    )


def targets(row: Row) -> list[int]:
    """Return one class index a head, `IGNORED` where the row has no label."""
    return [
        IGNORED if row.get(head) is None else labels.index(row[head])
        for head, labels in HEADS.items()
    ]


def class_indices(rows: Sequence[Row]) -> npt.NDArray[np.int64]:
    """Return the class indices of rows, shape (rows, heads), `IGNORED` where there is no label."""
    return np.array([targets(row) for row in rows], dtype=np.int64).reshape(-1, len(HEADS))

"""Labelled rows: reading them, splitting them by article, and encoding them for the Trainer."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from datasets import Dataset

from stance.errors import InputError
from stance.model.inputs import InputEncoder, StatementText, speaker_text
from stance.model.modeling import IGNORED
from stance.model.spec import HEADS

Row = Mapping[str, Any]
"""A labelled statement, with the columns that `Row` files have: `quote`; `paragraph` (or
`context`), `previous`, `title`, `speaker` to read; `stance`, `sentiment`, `side` to learn, any of
which may be absent; `certain` 0 for a borderline case; `article` to split by."""

BORDERLINE_WEIGHT = 0.7
"""Weight of a row whose label is marked as uncertain."""


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Read JSONL files (also gzipped) of labelled rows; raise `InputError` naming a bad line."""
    rows: list[Row] = []
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        try:
            with opener(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines, start=1):
                    rows.append(_parse(line, f"{path}:{number}"))
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror or error}") from error
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


def encode_rows(rows: Sequence[Row], encoder: InputEncoder) -> Dataset:
    """Return a dataset of `input_ids`, `token_type_ids`, `labels`, `weights` and `length`."""

    def examples() -> Iterable[dict[str, Any]]:
        for row in rows:
            encoded = encoder.encode(statement_text(row))
            yield {
                "input_ids": encoded.input_ids,
                "token_type_ids": encoded.token_type_ids,
                "labels": targets(row),
                "weights": 1.0 if row.get("certain", 1) else BORDERLINE_WEIGHT,
                "length": len(encoded.input_ids),
            }

    return Dataset.from_list(list(examples()))

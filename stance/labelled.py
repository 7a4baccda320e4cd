"""Labelled rows: reading and splitting them, and what a model reads and learns of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.errors import InputError
from stance.jsonl import read_jsonl
from stance.model.inputs import StatementText, speaker_text
from stance.model.spec import HEADS, IGNORED

Row = Mapping[str, Any]
"""A labelled statement: `quote`, and anything of the rest.

`paragraph` (or `context`), `previous`, `title`, `speaker`, `role` to read; `stance`, `sentiment`,
`side` to learn; `certain` 0 for a borderline case; `probabilities`, what a teacher says: a list
over the labels for each head; `id`; `article` to split by, `segments`, its places there; `split`,
`CHALLENGE` for rows that are only measured on; `date`, `source`, `phenomenon`, `era` to tell
groups by; `pair`, what rows of a challenge set were written as one."""

_TEXTS = ("paragraph", "context", "previous", "title", "speaker", "role", "date", "source")
_NAMES = ("article", "id", "pair", "phenomenon", "era")
"""What a row may hold as text besides its quote. A number there is taken as it is written."""


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Read JSONL files (also gzipped) of labelled rows; raise `InputError` naming a bad line."""
    return [_row(values, where) for path in paths for where, values in read_jsonl(path)]


def read_labels(path: Path) -> dict[str, Row]:
    """Read a JSONL file (also gzipped) of labels alone, by the `id` of the row that they are for.

    Raises:
        InputError: A line cannot be read, or has no id.
    """
    found = {}
    for where, values in read_jsonl(path):
        row = _labels(values, where)
        if not row.get("id"):
            raise InputError(f"{where}: labels need the 'id' of their row")
        found[row["id"]] = row
    return found


def _row(values: object, where: str) -> Row:
    if not isinstance(values, dict) or not isinstance(values.get("quote"), str):
        raise InputError(f"{where}: a row needs a text in 'quote'")
    return _labels(values, where)


def _labels(values: object, where: str) -> Row:
    """Return a row whose labels are known and whose texts are texts."""
    if not isinstance(values, dict):
        raise InputError(f"{where}: not a JSON object")
    for head, labels in HEADS.items():
        label = values.get(head)
        if label is not None and label not in labels:
            raise InputError(f"{where}: {head} is {label!r}, not one of {', '.join(labels)}")
    texts = {
        name: _text(values[name], name, where) for name in (*_TEXTS, *_NAMES) if name in values
    }
    return values | texts


def _text(value: object, name: str, where: str) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, type(None))):
        raise InputError(f"{where}: {name} is {value!r}, not a text")
    return value if value is None else str(value)


def article_of(row: Row, number: int) -> str:
    """Return what stands for a row's article, for the row numbered so among others.

    A row without one is an article of its own.
    """
    return str(row.get("article") or row.get("id") or number)


def articles_of(rows: Iterable[Row]) -> set[str]:
    """Return the articles that rows name."""
    return {row["article"] for row in rows if row.get("article")}


CHALLENGE = "challenge"
"""Rows whose `split` says so are kept from training: they are there to be measured on."""


def split_for_training(
    rows: Sequence[Row], calibration_share: float
) -> tuple[list[Row], list[Row]]:
    """Return the rows to learn from and those to calibrate with, neither with `CHALLENGE` rows.

    Calibrating anew finds the same rows as training did.
    """
    usable = [row for row in rows if row.get("split") != CHALLENGE]
    return split_by_article(usable, calibration_share, seed=0)


def split_by_article(rows: Sequence[Row], share: float, seed: int) -> tuple[list[Row], list[Row]]:
    """Hold out about `share` (0 to 1) of the articles; return the rows (kept, held out).

    An article's own name decides, so it falls on the same side whatever rows are added. Rows
    without an article are each an article of their own.
    """
    kept: list[Row] = []
    held: list[Row] = []
    for number, row in enumerate(rows):
        digest = hashlib.sha256(f"{seed}:{article_of(row, number)}".encode()).digest()
        (held if int.from_bytes(digest[:8]) < share * 2**64 else kept).append(row)
    return kept, held


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


def distributions(row: Row, smoothing: float = 0.0, teacher_share: float = 0.5) -> list[float]:
    """Return what to learn of a row: each head's probabilities side by side, 11 numbers.

    A gold label gives `smoothing` away to all labels; beside one, a teacher's probabilities count
    for `teacher_share`, and where there is none for all. A head with neither is all zeros.
    """
    found: list[float] = []
    for head, labels in HEADS.items():
        gold, taught = row.get(head), (row.get("probabilities") or {}).get(head)
        hard = [smoothing / len(labels) + (1 - smoothing) * (label == gold) for label in labels]
        if gold is None:
            found += taught or [0.0] * len(labels)
        elif taught is None:
            found += hard
        else:
            pairs = zip(hard, taught, strict=True)
            found += [(1 - teacher_share) * h + teacher_share * t for h, t in pairs]
    return found


def class_indices(rows: Sequence[Row]) -> npt.NDArray[np.int64]:
    """Return the class indices of rows, shape (rows, heads), `IGNORED` where there is no label."""
    return np.array([targets(row) for row in rows], dtype=np.int64).reshape(-1, len(HEADS))

"""Labelled rows as the Trainer takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from datasets import Dataset

from stance.labelled import Row, distributions, statement_text, targets
from stance.model.inputs import InputEncoder

BORDERLINE_WEIGHT = 0.7
"""Weight of a row whose label is marked as uncertain."""


def encode_rows(
    rows: Sequence[Row], encoder: InputEncoder, smoothing: float = 0.0, teacher_share: float = 0.5
) -> Dataset:
    """Return a dataset of `input_ids`, `token_type_ids`, `labels`, `targets`, `weights`, `length`.

    `labels` are class indices, one a head; `targets` the `distributions` to learn.
    """

    def examples() -> Iterable[dict[str, Any]]:
        for row in rows:
            encoded = encoder.encode(statement_text(row))
            yield {
                "input_ids": encoded.input_ids,
                "token_type_ids": encoded.token_type_ids,
                "labels": targets(row),
                "targets": distributions(row, smoothing, teacher_share),
                "weights": 1.0 if row.get("certain", 1) else BORDERLINE_WEIGHT,
                "length": len(encoded.input_ids),
            }

    return Dataset.from_list(list(examples()))

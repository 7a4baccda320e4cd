from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stance.estimation.scored import NEEDED, PROBABILITIES
from stance.records import LEXICAL_SUFFIX, SENTIMENTS, STANCES

MODEL = "tiny 1"


def scored(
    stances: Sequence[str], sure: float = 0.85, skipped: int = 0, **columns: Sequence[str | None]
) -> pa.RecordBatch:
    """Return rows as `stance score` gives them, invented; the last `skipped` skip the encoder."""
    others = (1 - sure) / (len(STANCES) - 1)
    rest = len(stances) - skipped
    names = [MODEL if i < rest else MODEL + LEXICAL_SUFFIX for i in range(len(stances))]
    rows: dict[str, object] = {
        "article_id": [f"a{i // 3}" for i in range(len(stances))],
        "statement_id": [f"s{i}" for i in range(len(stances))],
        "stance": list(stances),
        "sentiment": [SENTIMENTS[i % 3] for i in range(len(stances))],
        "model": names,
    }
    for name, label in zip(PROBABILITIES, STANCES, strict=True):
        rows[name] = np.where(np.array(stances) == label, sure, others)
    assert set(rows) == set(NEEDED)
    return pa.RecordBatch.from_pydict(rows | columns)

"""Kinds of statements, by what the model says of them, that are sampled and corrected apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stance.errors import InputError
from stance.records import LEXICAL_SUFFIX, STANCES

STRATA = (*STANCES, "skipped")
"""The predicted stances, and last the statements that skip the encoder."""


def strata_of(batch: pa.RecordBatch) -> NDArray[np.int64]:
    """Return each row's index in `STRATA`; raises InputError for a stance that is none."""
    stance = batch.column("stance")
    found = pc.index_in(stance, value_set=pa.array(STANCES))
    if found.null_count:
        wrong = stance.filter(pc.is_null(found))[0].as_py()
        raise InputError(f"not a stance: {wrong!r}; the stances are {', '.join(STANCES)}")
    skipped = pc.ends_with(batch.column("model"), LEXICAL_SUFFIX)
    strata = np.asarray(found, dtype=np.int64)
    strata[np.asarray(pc.fill_null(skipped, False), dtype=bool)] = len(STANCES)
    return strata


def allocate(sizes: Sequence[int], spreads: Sequence[float], size: int) -> list[int]:
    """Divide a sample among strata so that the estimates vary least.

    Every stratum gets `FEWEST`, or all it has; each further row goes where it takes most from the
    variance, which is Neyman's allocation in whole numbers (Wright, 2012, The American Statistician
    66).

    Args:
        sizes: rows of each stratum.
        spreads: standard deviation of the model's errors in each, as far as it is known.
        size: rows to sample. What is left where all strata are exhausted stays undrawn.
    """
    weights = np.multiply(sizes, spreads)
    drawn = np.minimum(sizes, FEWEST)
    for _ in range(size - int(drawn.sum())):
        gain = np.where(drawn < sizes, weights**2 / np.maximum(drawn * (drawn + 1.0), 1.0), -1.0)
        at = int(gain.argmax())
        if gain[at] < 0:
            break
        drawn[at] += 1
    return [int(count) for count in drawn]


FEWEST = 10
"""Rows drawn of each stratum, however sure the model is there: its error is to be measured."""

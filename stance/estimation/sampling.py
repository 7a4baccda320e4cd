"""A random sample of scored statements for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stance.errors import InputError
from stance.estimation.scored import PROBABILITIES
from stance.estimation.strata import STRATA, allocate, strata_of

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows drawn at random within each of the `STRATA`, in random order.

    `sizes` tells how many rows each stratum has in all, `drawn` how many were drawn of it.
    """

    rows: list[Row]
    sizes: tuple[int, ...]
    drawn: tuple[int, ...]


class _Reservoir:
    """The rows of one stratum with the smallest random keys, at most `room` of them."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: list[tuple[float, Row]] = []
        self._bound = 1.0

    def add(
        self, keys: NDArray[np.float64], which: NDArray[np.intp], batch: pa.RecordBatch
    ) -> None:
        """Consider the rows `which` of a batch, whose random keys are `keys`."""
        near = np.flatnonzero(keys < self._bound)
        if len(near) > self._room:
            near = near[np.argpartition(keys[near], self._room)[: self._room]]
        if not len(near):
            return
        rows = batch.take(pa.array(which[near])).to_pylist()
        self._kept += zip(keys[near].tolist(), rows, strict=True)
        if len(self._kept) > self._room:
            self._kept = sorted(self._kept, key=_key)[: self._room]
            self._bound = self._kept[-1][0]

    def first(self, count: int) -> list[tuple[float, Row]]:
        """Return the `count` rows with the smallest keys."""
        return sorted(self._kept, key=_key)[:count]


def _key(kept: tuple[float, Row]) -> float:
    return kept[0]


def draw(batches: Iterable[pa.RecordBatch], size: int, seed: int) -> Sample:
    """Draw `size` rows, more of the kinds of statements that the model is less sure of.

    One pass, with no more than `size` rows of each kind in memory. The same rows in the same order
    give the same sample for the same seed.

    Args:
        batches: rows of `stance.estimation.scored.read_scored`.
        size: rows to draw; all there are, where there are fewer.
        seed: of the random draws.

    Raises:
        InputError: There is no row.
    """
    random = np.random.default_rng(seed)
    reservoirs = [_Reservoir(size) for _ in STRATA]
    sizes = np.zeros(len(STRATA), dtype=np.int64)
    variance = np.zeros(len(STRATA))
    for batch in batches:
        keys, strata = random.random(batch.num_rows), strata_of(batch)
        unsure = sum(p * (1 - p) for p in (np.asarray(batch.column(n)) for n in PROBABILITIES))
        sizes += np.bincount(strata, minlength=len(STRATA))
        variance += np.bincount(strata, weights=unsure, minlength=len(STRATA))
        for stratum, reservoir in enumerate(reservoirs):
            which = np.flatnonzero(strata == stratum)
            reservoir.add(keys[which], which, batch)
    if not sizes.any():
        raise InputError("there are no statements to sample")
    drawn = allocate(sizes.tolist(), np.sqrt(variance / np.maximum(sizes, 1)).tolist(), size)
    kept = [reservoir.first(n) for reservoir, n in zip(reservoirs, drawn, strict=True)]
    shuffled = random.permutation(sum(drawn))
    rows = [row for own in kept for _, row in own]
    return Sample([rows[i] for i in shuffled], tuple(sizes.tolist()), tuple(drawn))

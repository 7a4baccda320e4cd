"""Figures with bootstrap intervals over articles.

Statements of one article share speakers and topics, so articles, not rows, are drawn with
replacement: intervals over rows would be too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

RESAMPLES = 1000
"""Bootstrap samples behind each interval.

On 865 rows of 313 articles the bounds of a macro-F1 then vary by 0.002 (standard deviation) from
seed to seed, beside an interval 0.10 wide, and take under 0.1 s.
"""

LEVEL = 0.95
"""Share of the bootstrap samples inside an interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def bootstrap(
    rows: FloatArray,
    articles: Sequence[Hashable],
    figure: Callable[[FloatArray], FloatArray],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """Return `figure` of the summed rows with its interval.

    Args:
        rows: what each row adds to the sums, shape `(rows, ...)`.
        articles: the article of each row.
        figure: maps sums `(samples, ...)` to one value a sample, and `(...)` to one value.
        resamples: number of bootstrap samples.
        seed: of the random draws; the same seed gives the same interval.

    Raises:
        ValueError: there are no rows, or not one article a row.
    """
    of_row, draws = _draws(len(rows), articles, resamples, seed)
    totals = np.zeros((draws.shape[1], *rows.shape[1:]))
    np.add.at(totals, of_row, rows)
    return interval(figure(totals.sum(axis=0)), figure(np.tensordot(draws, totals, axes=1)))


def row_weights(
    rows: int, articles: Sequence[Hashable], *, resamples: int = RESAMPLES, seed: int = 0
) -> FloatArray:
    """Return how often each row stands in each bootstrap sample, shape `(samples, rows)`.

    For figures that are no function of sums over rows.

    Raises:
        ValueError: there are no rows, or not one article a row.
    """
    of_row, draws = _draws(rows, articles, resamples, seed)
    return draws[:, of_row]


def interval(value: FloatArray, sampled: FloatArray) -> Interval:
    """Return a figure with the bounds that hold `LEVEL` of its resampled values `(samples,)`."""
    low, high = np.quantile(sampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(value), float(low), float(high))


def _draws(
    rows: int, articles: Sequence[Hashable], resamples: int, seed: int
) -> tuple[NDArray[np.intp], FloatArray]:
    """Return each row's article by number, and how often each sample holds each article.

    Articles are numbered in order of first appearance; the second has shape `(samples, articles)`.
    """
    if rows == 0 or rows != len(articles):
        raise ValueError(f"{rows} rows with {len(articles)} articles: need one each, not none")
    position: dict[Hashable, int] = {}
    of_row = np.array([position.setdefault(article, len(position)) for article in articles])
    even = np.full(len(position), 1 / len(position))
    draws = np.random.default_rng(seed).multinomial(len(position), even, size=resamples)
    return of_row, draws.astype(np.float64)

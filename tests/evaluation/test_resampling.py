from __future__ import annotations

import numpy as np
import pytest

from stance.evaluation.resampling import bootstrap, row_weights


def total(sums: np.ndarray) -> np.ndarray:
    return sums


def test_weights_of_rows_go_by_article() -> None:
    weights = row_weights(5, "aabbc", resamples=200)
    assert weights.shape == (200, 5)
    assert np.array_equal(weights[:, 0], weights[:, 1])
    assert np.array_equal(weights[:, 2], weights[:, 3])
    assert (weights[:, [0, 2, 4]].sum(axis=1) == 3).all()


def test_both_ways_draw_the_same_samples() -> None:
    values = np.array([1.0, 2, 4, 8, 16])
    found = bootstrap(values, "aabbc", total)
    low, high = np.quantile(row_weights(5, "aabbc") @ values, [0.025, 0.975])
    assert (found.value, found.low, found.high) == (31, low, high)


@pytest.mark.parametrize(("rows", "articles"), [(0, ""), (2, "a")])
def test_one_article_a_row(rows: int, articles: str) -> None:
    with pytest.raises(ValueError, match="need one each"):
        row_weights(rows, articles)
    with pytest.raises(ValueError, match="need one each"):
        bootstrap(np.ones(rows), articles, total)

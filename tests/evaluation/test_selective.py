from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.evaluation.selective import (
    MIN_KEPT,
    NO_THRESHOLD,
    confidences,
    review_threshold,
    score_review,
    score_selective,
)

outcomes = st.lists(st.tuples(st.sampled_from([0.3, 0.5, 0.7, 0.9]), st.booleans()), min_size=1)


def test_a_curve_worked_by_hand() -> None:
    curve = score_selective([0.9, 0.5, 0.8, 0.7], [1, 0, 1, 0], "abcd", target=0.6)
    assert curve.coverage == (0.25, 0.5, 0.75, 1.0)
    assert curve.accuracy == pytest.approx((1, 1, 2 / 3, 1 / 2))
    assert curve.kept.value == 0.75
    assert curve.area.value == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_rows_of_equal_confidence_go_together() -> None:
    curve = score_selective([0.9, 0.9, 0.4], [1, 0, 1], "abc", target=0.9)
    assert curve.coverage == pytest.approx((2 / 3, 1))
    assert curve.kept.value == 0
    assert curve.area.value == pytest.approx(2 / 3 * 1 / 2 + 1 / 3 * 1 / 3)


@settings(deadline=None, max_examples=30)
@given(outcomes)
def test_shares_stay_in_range(rows: list[tuple[float, bool]]) -> None:
    confidence, correct = zip(*rows, strict=True)
    curve = score_selective(confidence, correct, range(len(rows)))
    for figure in (curve.kept, curve.area):
        assert 0 <= figure.low <= figure.high <= 1
        assert 0 <= figure.value <= 1
    assert curve.accuracy[-1] == pytest.approx(np.mean(correct))
    assert curve.coverage[-1] == 1
    constant = score_selective([0.5] * len(rows), correct, range(len(rows)))
    assert constant.area.value == pytest.approx(1 - np.mean(correct))


@settings(deadline=None, max_examples=30)
@given(outcomes)
def test_what_a_threshold_keeps_reaches_the_target(rows: list[tuple[float, bool]]) -> None:
    confidence, correct = (np.array(column * MIN_KEPT) for column in zip(*rows, strict=True))
    threshold = review_threshold(confidence, correct, target=0.8)
    kept, accuracy = score_review(confidence < threshold, correct, range(len(confidence)))
    if threshold == NO_THRESHOLD:
        assert (kept.value, accuracy) == (0, None)
    else:
        assert accuracy is not None
        assert accuracy.value >= 0.8 - 1e-9
        assert (
            kept.value
            == score_selective(confidence, correct, range(len(confidence)), target=0.8).kept.value
        )


def test_a_threshold_where_all_is_good_and_where_nothing_is() -> None:
    half = [0.9, 0.6] * MIN_KEPT
    assert review_threshold(half, [1] * len(half)) == 0.0
    assert review_threshold(half, [1, 0] * MIN_KEPT) == 0.9
    assert review_threshold(half, [0] * len(half)) == NO_THRESHOLD
    for kept, threshold in ((MIN_KEPT - 1, NO_THRESHOLD), (MIN_KEPT, 0.9)):
        assert review_threshold([0.9] * kept + [0.1] * 90, [1] * kept + [0] * 90) == threshold
    assert review_threshold([], []) == NO_THRESHOLD


def test_confidences_of_the_surest_and_of_the_least_sure() -> None:
    found = confidences(np.array([[1.0, 0, 0, 0], [0.4, 0.3, 0.2, 0.1], [0.25] * 4]))
    for values in found.values():
        assert values[0] > values[1] > values[2]
    assert found["top"].tolist() == [1.0, 0.4, 0.25]


def test_rows_are_needed() -> None:
    with pytest.raises(ValueError, match="0 rows"):
        score_selective([], [], [])

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from stance.model.calibration import (
    fit_temperature,
    fit_temperatures,
    probabilities,
    softmax,
    uncalibrated,
)
from stance.model.spec import HEADS, IGNORED, N_LOGITS, head_slices

Floats = npt.NDArray[np.floating]

finite = st.floats(-50, 50, width=32)
logits_of_all_heads = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 12), st.just(N_LOGITS)), elements=finite
)


def nll(logits: Floats, labels: npt.NDArray[np.integer]) -> float:
    rows = np.arange(len(labels))
    return float(-np.log(softmax(logits)[rows, labels] + 1e-12).mean())


def simulated(temperature: float, rows: int = 6000) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Labels drawn from known odds, and logits that are `temperature` times too sure of them."""
    random = np.random.default_rng(11)
    true = random.normal(scale=2.0, size=(rows, 4))
    labels = (true + random.gumbel(size=true.shape)).argmax(axis=1)
    return true * temperature, labels


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_recovered(temperature: float) -> None:
    logits, labels = simulated(temperature)
    assert fit_temperature(logits, labels) == pytest.approx(temperature, rel=0.06)


def test_each_head_is_fitted_to_the_rows_that_have_its_label() -> None:
    stance, gold = simulated(3.0)
    logits = np.zeros((len(gold), N_LOGITS), dtype=np.float32)
    logits[:, head_slices()["stance"]] = stance
    labels = np.full((len(gold), len(HEADS)), IGNORED)
    labels[: len(gold) // 2, 0] = gold[: len(gold) // 2]
    found = fit_temperatures(logits, labels)
    assert found["stance"] == pytest.approx(3.0, rel=0.06)
    assert found["sentiment"] == found["side"] == 1.0


@given(logits_of_all_heads, st.floats(0.25, 8.0))
def test_probabilities_sum_to_one_and_keep_the_order(
    logits: npt.NDArray[np.float32], temperature: float
) -> None:
    found = probabilities(logits, dict.fromkeys(HEADS, temperature))
    plain = probabilities(logits, uncalibrated())
    for head, values in found.items():
        assert np.allclose(values.sum(axis=1), 1.0)
        assert (values >= 0).all()
        best = plain[head].argmax(axis=1)
        rows = np.arange(len(best))
        assert np.array_equal(values[rows, best], values.max(axis=1))


@settings(max_examples=30, deadline=None)
@given(
    hnp.arrays(np.float64, (8, 4), elements=st.floats(-20, 20)),
    hnp.arrays(np.int64, 8, elements=st.integers(0, 3)),
)
def test_a_fitted_temperature_is_no_worse_than_none(
    logits: Floats, labels: npt.NDArray[np.int64]
) -> None:
    fitted = fit_temperature(logits, labels)
    assert nll(logits / fitted, labels) <= nll(logits, labels) + 1e-9

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn")

from stance.evaluation.calibrators import CALIBRATORS, compare_calibrators

LABELS = ("favor", "against", "neutral")


def simulated(rows: int = 600) -> tuple[np.ndarray, list[str]]:
    """Logits that are three times too sure, of labels drawn from known odds."""
    random = np.random.default_rng(5)
    true = random.normal(scale=1.5, size=(rows, 3))
    gold = (true + random.gumbel(size=true.shape)).argmax(axis=1)
    return true * 3, [LABELS[i] for i in gold]


def test_every_calibration_beats_none_on_logits_that_are_too_sure() -> None:
    logits, gold = simulated()
    found = compare_calibrators(logits, gold, LABELS, range(len(gold)))
    assert set(found) == set(CALIBRATORS)
    for name in set(found) - {"none"}:
        assert found[name].nll.value < found["none"].nll.value
        assert found[name].ece.value < found["none"].ece.value
    assert found["temperature"].accuracy == found["none"].accuracy


@pytest.mark.parametrize("name", CALIBRATORS)
def test_calibrators_give_probabilities(name: str) -> None:
    logits, gold = simulated(80)
    targets = np.array([LABELS.index(label) for label in gold])
    values = CALIBRATORS[name](logits, targets)(logits[:20])
    assert values.shape == (20, 3)
    assert np.allclose(values.sum(axis=1), 1)
    assert (values >= 0).all()

"""Turning logits into probabilities that can be taken at their word.

Temperature scaling (Guo et al., 2017, "On Calibration of Modern Neural Networks"): one positive
number a head divides the logits. It changes no label.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from stance.model.engine import Logits
from stance.model.spec import HEADS, head_slices

Probabilities = npt.NDArray[np.float64]

_TEMPERATURES = np.geomspace(0.25, 8.0, 361)
"""Where the best temperature is looked for; neighbours differ by one per cent."""


def softmax(logits: npt.NDArray[np.floating]) -> Probabilities:
    """Return the softmax over the last axis."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    total: Probabilities = exponentials.sum(axis=-1, keepdims=True)
    return np.asarray(exponentials / total)


def probabilities(logits: Logits, temperatures: Mapping[str, float]) -> dict[str, Probabilities]:
    """Return each head's calibrated probabilities, shape (statements, labels)."""
    return {
        head: softmax(logits[:, where] / temperatures[head])
        for head, where in head_slices().items()
    }


def fit_temperature(logits: npt.NDArray[np.floating], labels: npt.NDArray[np.integer]) -> float:
    """Return the temperature with the least negative log-likelihood.

    `logits` has shape (statements, labels), `labels` (statements,). With no statement, 1.0.
    """
    if not len(labels):
        return 1.0
    rows = np.arange(len(labels))
    losses = [-np.log(softmax(logits / t)[rows, labels] + 1e-12).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def fit_temperatures(logits: Logits, labels: npt.NDArray[np.integer]) -> dict[str, float]:
    """Fit every head; `labels` has shape (statements, heads), negative where there is none."""
    temperatures = {}
    for task, (head, where) in enumerate(head_slices().items()):
        known = labels[:, task] >= 0
        temperatures[head] = fit_temperature(logits[known][:, where], labels[known, task])
    return temperatures


def uncalibrated() -> dict[str, float]:
    """Return the temperatures that leave every head as it is."""
    return dict.fromkeys(HEADS, 1.0)

"""Ways to turn logits into probabilities, compared by cross-validation over articles.

The product scales by temperature (`stance.model.calibration`); what is compared here with it costs
more parameters: *vector scaling* a factor and a shift for each label (Guo et al. 2017), *isotonic*
a step function for each label against the rest, then normalised (Zadrozny & Elkan 2002).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from stance.evaluation.metrics import (
    label_indices,
    mean_of_rows,
    score_probabilities,
    score_share,
)
from stance.evaluation.resampling import FloatArray, Interval, bootstrap
from stance.evaluation.selective import score_selective
from stance.model.calibration import fit_temperature, softmax

Indices = NDArray[np.integer]
Calibrator = Callable[[FloatArray], FloatArray]
"""Logits of one head, shape (rows, labels), to probabilities of the same shape."""

FOLDS = 5
"""Articles are dealt into so many parts; each part is calibrated by what the others say."""

_FLOOR = 1e-3
"""Least probability that isotonic regression may give: its steps reach 0, which no rows prove."""


@dataclass(frozen=True, slots=True)
class CalibratorFigures:
    """How good calibrated probabilities are on rows that the calibration has not seen.

    `nll` is the mean negative log-likelihood, `ece` the expected calibration error, `brier` the
    Brier score (lower is better in all), `kept` the share that can be kept at 90 % accuracy.
    """

    nll: Interval
    ece: Interval
    brier: Interval
    kept: Interval
    accuracy: Interval


def uncalibrated(_: FloatArray, __: Indices) -> Calibrator:
    """Take the logits as they are."""
    return softmax


def temperature(logits: FloatArray, gold: Indices) -> Calibrator:
    """Divide by one number."""
    divisor = fit_temperature(logits, gold)
    return lambda values: softmax(values / divisor)


def vector(logits: FloatArray, gold: Indices) -> Calibrator:
    """Scale and shift the logit of each label, for the least negative log-likelihood."""
    labels = logits.shape[1]

    def scaled(parameters: FloatArray, values: FloatArray) -> FloatArray:
        return softmax(values * parameters[:labels] + parameters[labels:])

    def loss(parameters: FloatArray) -> float:
        return float(_nll(scaled(parameters, logits), gold).mean())

    start = np.concatenate((np.full(labels, 1 / fit_temperature(logits, gold)), np.zeros(labels)))
    best: FloatArray = minimize(loss, start, method="L-BFGS-B").x
    return lambda values: scaled(best, values)


def isotonic(logits: FloatArray, gold: Indices) -> Calibrator:
    """Map each label's probability by a rising step function, and let them sum to 1 again."""
    found = softmax(logits)
    steps = [
        IsotonicRegression(y_min=_FLOOR, out_of_bounds="clip").fit(found[:, label], gold == label)
        for label in range(logits.shape[1])
    ]

    def apply(values: FloatArray) -> FloatArray:
        mapped = np.column_stack(
            [step.predict(column) for step, column in zip(steps, softmax(values).T, strict=True)]
        )
        total: FloatArray = mapped.sum(axis=1, keepdims=True)
        return np.asarray(mapped / total)

    return apply


CALIBRATORS: Mapping[str, Callable[[FloatArray, Indices], Calibrator]] = {
    "none": uncalibrated,
    "temperature": temperature,
    "vector scaling": vector,
    "isotonic": isotonic,
}


def compare_calibrators(
    logits: FloatArray, gold: Sequence[str], labels: Sequence[str], articles: Sequence[Hashable]
) -> dict[str, CalibratorFigures]:
    """Calibrate every row by the rows of other articles, in each way, and measure.

    `logits` has shape (rows, labels); the articles are dealt into `FOLDS` parts by their names.
    """
    targets = label_indices(gold, labels)
    fold = np.array([zlib.crc32(str(article).encode()) % FOLDS for article in articles])
    found = {}
    for name, fit in CALIBRATORS.items():
        probabilities = np.zeros(logits.shape)
        for part in np.unique(fold):
            inside = fold == part
            probabilities[inside] = fit(logits[~inside], targets[~inside])(logits[inside])
        found[name] = _figures(probabilities, gold, labels, articles)
    return found


def _figures(
    probabilities: FloatArray,
    gold: Sequence[str],
    labels: Sequence[str],
    articles: Sequence[Hashable],
) -> CalibratorFigures:
    targets = label_indices(gold, labels)
    hits = probabilities.argmax(axis=1) == targets
    losses = np.column_stack((_nll(probabilities, targets), np.ones(len(hits))))
    calibration = score_probabilities(np.clip(probabilities, 0, 1), gold, labels, articles)
    return CalibratorFigures(
        nll=bootstrap(losses, articles, mean_of_rows),
        ece=calibration.error,
        brier=calibration.brier,
        kept=score_selective(probabilities.max(axis=1), hits, articles).kept,
        accuracy=score_share(hits, articles),
    )


def _nll(probabilities: FloatArray, gold: Indices) -> FloatArray:
    """Return each row's negative log-likelihood."""
    losses: FloatArray = -np.log(probabilities[np.arange(len(gold)), gold] + 1e-12)
    return losses

"""Quality figures with bootstrap intervals.

Every figure here is a function of sums over rows (a confusion matrix, the hits in each
confidence bin), so the figure itself and its 1,000 resampled values come from the same few lines:
each function takes sums of shape `(..., …)` and treats leading axes as independent samples.
The `score_…` functions at the end take labels and probabilities and do the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stance.evaluation.resampling import FloatArray, Interval, bootstrap

BINS = 10
"""Equal-width confidence bins of the calibration error, as in Guo et al. 2017."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How well one class is found; `support` is its number of gold rows."""

    label: str
    precision: float
    recall: float
    f1: Interval
    support: int


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How well predicted labels match gold labels.

    `focus_f1` is the mean F1 of the classes asked for as focus (favor and against, as is usual
    for stance). `confusion` counts rows by gold label (rows) and predicted label (columns).
    """

    accuracy: Interval
    macro_f1: Interval
    focus_f1: Interval
    classes: tuple[ClassFigures, ...]
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows whose top-class probability lies in (`low`, `high`].

    `confidence` and `accuracy` are means over the bin's rows, NaN where `count` is 0.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """How far predicted probabilities can be taken at their word; 0 is perfect in both figures.

    `error` is the expected calibration error (0 to 1), `brier` the multi-class Brier score
    (0 to 2).
    """

    error: Interval
    brier: Interval
    bins: tuple[ReliabilityBin, ...]


def accuracy(confusion: FloatArray) -> FloatArray:
    """Return the share of rows on the diagonal: `(..., k, k)` to `(...)`."""
    hits = np.trace(confusion, axis1=-2, axis2=-1)
    return _divide(hits, confusion.sum(axis=(-2, -1)))


def precision(confusion: FloatArray) -> FloatArray:
    """Return each class's precision, 0 where nothing was predicted: `(..., k, k)` to `(..., k)`."""
    return _divide(_diagonal(confusion), confusion.sum(axis=-2))


def recall(confusion: FloatArray) -> FloatArray:
    """Return each class's recall, 0 where there is no gold row: `(..., k, k)` to `(..., k)`."""
    return _divide(_diagonal(confusion), confusion.sum(axis=-1))


def f1(confusion: FloatArray) -> FloatArray:
    """Return each class's F1, 0 for a class that never occurs: `(..., k, k)` to `(..., k)`."""
    marginals = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    return _divide(2 * _diagonal(confusion), marginals)


def macro_f1(confusion: FloatArray) -> FloatArray:
    """Return the unweighted mean of the classes' F1: `(..., k, k)` to `(...)`."""
    mean: FloatArray = f1(confusion).mean(axis=-1)
    return mean


def calibration_error(sums: FloatArray) -> FloatArray:
    """Return the expected calibration error from sums of `reliability_rows`.

    `(..., bins, 3)` to `(...)`: the gap between confidence and accuracy in each bin, weighted by
    the bin's rows (Guo, Pleiss, Sun & Weinberger 2017, “On Calibration of Modern Neural
    Networks”, equation 3).
    """
    gaps = np.abs(sums[..., 1] - sums[..., 2])
    return _divide(gaps.sum(axis=-1), sums[..., 0].sum(axis=-1))


def mean_of_rows(sums: FloatArray) -> FloatArray:
    """Return total / count: `(..., 2)`, each row having given (value, 1), to `(...)`."""
    return _divide(sums[..., 0], sums[..., 1])


def confusion_rows(
    gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]
) -> FloatArray:
    """Return one `(k, k)` matrix a row with a single 1 at (gold, predicted), shape `(rows, k, k)`.

    Raises:
        ValueError: lengths differ, or a label is not among `labels`.
    """
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} gold labels but {len(predicted)} predicted ones")
    rows = np.zeros((len(gold), len(labels), len(labels)))
    rows[np.arange(len(gold)), label_indices(gold, labels), label_indices(predicted, labels)] = 1
    return rows


def reliability_rows(
    probabilities: ArrayLike, gold: Sequence[str], labels: Sequence[str]
) -> FloatArray:
    """Return (1, confidence, correct) in the bin of each row's top class, shape `(rows, BINS, 3)`.

    Raises:
        ValueError: `probabilities` is not one row of `len(labels)` values in 0 to 1 per gold label.
    """
    matrix, target = _checked(probabilities, gold, labels)
    confidence = matrix.max(axis=1)
    correct = matrix.argmax(axis=1) == target
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    rows = np.zeros((len(matrix), BINS, 3))
    rows[np.arange(len(matrix)), bins] = np.column_stack(
        (np.ones(len(matrix)), confidence, correct)
    )
    return rows


def brier_rows(probabilities: ArrayLike, gold: Sequence[str], labels: Sequence[str]) -> FloatArray:
    """Return (squared error over all classes, 1) of each row, shape `(rows, 2)`.

    Raises:
        ValueError: as `reliability_rows`.
    """
    matrix, target = _checked(probabilities, gold, labels)
    errors = ((matrix - np.eye(len(labels))[target]) ** 2).sum(axis=1)
    return np.column_stack((errors, np.ones(len(errors))))


def label_indices(values: Sequence[str], labels: Sequence[str]) -> NDArray[np.intp]:
    """Return the position of each value in `labels`.

    Raises:
        ValueError: a value is not among `labels`.
    """
    position = {label: index for index, label in enumerate(labels)}
    unknown = sorted({value for value in values if value not in position})
    if unknown:
        raise ValueError(f"label {unknown[0]!r} is not one of {', '.join(labels)}")
    return np.array([position[value] for value in values], dtype=np.intp)


def score_labels(
    gold: Sequence[str],
    predicted: Sequence[str],
    labels: Sequence[str],
    articles: Sequence[Hashable],
    *,
    focus: Sequence[str] = (),
    seed: int = 0,
) -> LabelFigures:
    """Compare predicted with gold labels.

    `labels` fixes the classes and their order; `focus` names those of `focus_f1` (all, if empty).

    Raises:
        ValueError: lengths differ, nothing to compare, or a label is not among `labels`.
    """
    rows = confusion_rows(gold, predicted, labels)
    matrix: FloatArray = rows.sum(axis=0)
    focused = label_indices(focus or labels, labels)

    def interval(figure: Callable[[FloatArray], FloatArray]) -> Interval:
        return bootstrap(rows, articles, figure, seed=seed)

    classes = tuple(
        ClassFigures(
            label=label,
            precision=float(precision(matrix)[index]),
            recall=float(recall(matrix)[index]),
            f1=interval(mean_f1_of([index])),
            support=int(matrix[index].sum()),
        )
        for index, label in enumerate(labels)
    )
    return LabelFigures(
        accuracy=interval(accuracy),
        macro_f1=interval(macro_f1),
        focus_f1=interval(mean_f1_of(focused)),
        classes=classes,
        confusion=tuple(tuple(int(count) for count in line) for line in matrix),
    )


def score_gain(
    gold: Sequence[str],
    predicted: Sequence[str],
    baseline: Sequence[str],
    labels: Sequence[str],
    articles: Sequence[Hashable],
    *,
    seed: int = 0,
) -> Interval:
    """Return macro-F1 of `predicted` minus that of `baseline`, on the same resampled articles.

    Raises:
        ValueError: as `score_labels`.
    """
    both = np.stack(
        (confusion_rows(gold, predicted, labels), confusion_rows(gold, baseline, labels)), axis=1
    )

    def gain(sums: FloatArray) -> FloatArray:
        values = macro_f1(sums)
        difference: FloatArray = values[..., 0] - values[..., 1]
        return difference

    return bootstrap(both, articles, gain, seed=seed)


def score_share(hits: ArrayLike, articles: Sequence[Hashable], *, seed: int = 0) -> Interval:
    """Return the share of rows that are hits (1 or true), such as right speakers.

    Raises:
        ValueError: there are no rows, or not one article a row.
    """
    values = np.asarray(hits, dtype=np.float64)
    rows = np.column_stack((values, np.ones(len(values))))
    return bootstrap(rows, articles, mean_of_rows, seed=seed)


def score_probabilities(
    probabilities: ArrayLike,
    gold: Sequence[str],
    labels: Sequence[str],
    articles: Sequence[Hashable],
    *,
    seed: int = 0,
) -> CalibrationFigures:
    """Measure the calibration of class probabilities, shape `(rows, len(labels))`.

    Raises:
        ValueError: shapes do not fit, a value lies outside 0 to 1, or there are no rows.
    """
    rows = reliability_rows(probabilities, gold, labels)
    brier = brier_rows(probabilities, gold, labels)
    return CalibrationFigures(
        error=bootstrap(rows, articles, calibration_error, seed=seed),
        brier=bootstrap(brier, articles, mean_of_rows, seed=seed),
        bins=reliability_bins(rows.sum(axis=0)),
    )


def reliability_bins(sums: FloatArray) -> tuple[ReliabilityBin, ...]:
    """Return a reliability diagram's bins from sums of `reliability_rows`, `(bins, 3)`."""
    width = 1 / len(sums)
    return tuple(
        ReliabilityBin(
            low=index * width,
            high=(index + 1) * width,
            count=int(count),
            confidence=float(confidence / count) if count else float("nan"),
            accuracy=float(correct / count) if count else float("nan"),
        )
        for index, (count, confidence, correct) in enumerate(sums)
    )


def mean_f1_of(classes: Sequence[int] | NDArray[np.intp]) -> Callable[[FloatArray], FloatArray]:
    """Return a figure: the mean F1 of some classes, by index."""

    def figure(confusion: FloatArray) -> FloatArray:
        mean: FloatArray = f1(confusion)[..., classes].mean(axis=-1)
        return mean

    return figure


def _checked(
    probabilities: ArrayLike, gold: Sequence[str], labels: Sequence[str]
) -> tuple[FloatArray, NDArray[np.intp]]:
    """Return probabilities as an array and gold labels as indices, or raise ValueError."""
    matrix = np.asarray(probabilities, dtype=np.float64)
    if matrix.shape != (len(gold), len(labels)):
        raise ValueError(f"probabilities of shape {matrix.shape}, not {(len(gold), len(labels))}")
    if not ((matrix >= 0) & (matrix <= 1)).all():
        raise ValueError("probabilities must lie in 0 to 1")
    return matrix, label_indices(gold, labels)


def _diagonal(matrix: FloatArray) -> FloatArray:
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def _divide(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divide, giving 0 where the denominator is 0."""
    numerator, denominator = np.asarray(numerator), np.asarray(denominator)
    return np.divide(
        numerator, denominator, out=np.zeros(denominator.shape), where=denominator != 0
    )

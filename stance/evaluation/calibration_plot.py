"""The reliability diagram: how often predictions of each confidence are right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stance.evaluation.metrics import CalibrationFigures, ReliabilityBin

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PANEL_INCHES = (4.2, 4.6)


def plot_reliability(figures: Mapping[str, CalibrationFigures], path: Path) -> None:
    """Draw one reliability diagram per task side by side and write them as a PNG.

    Bars show the accuracy of the rows in each confidence bin, points their mean confidence, the
    dashed line perfect calibration, and the strip below each panel how many rows each bin holds.

    Args:
        figures: by the task's name, which becomes the panel's title.
        path: of the PNG file; an existing file is replaced.

    Raises:
        ValueError: there is nothing to draw.
        OSError: the file cannot be written.
    """
    if not figures:
        raise ValueError("no calibration figures to draw")
    width, height = _PANEL_INCHES
    figure = Figure(figsize=(width * len(figures), height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(
        2, len(figures), squeeze=False, sharex=True, gridspec_kw={"height_ratios": (4, 1)}
    )
    for column, (task, task_figures) in enumerate(figures.items()):
        _draw_accuracy(axes[0, column], task, task_figures)
        _draw_counts(axes[1, column], task_figures.bins)
    figure.savefig(path, format="png", dpi=150)


def _draw_accuracy(axis: Axes, task: str, figures: CalibrationFigures) -> None:
    filled = [bin_ for bin_ in figures.bins if bin_.count]
    axis.bar(
        [bin_.low for bin_ in filled],
        [bin_.accuracy for bin_ in filled],
        width=[bin_.high - bin_.low for bin_ in filled],
        align="edge",
        color="#7aa6d6",
        edgecolor="white",
        label="accuracy in the bin",
    )
    axis.plot([0, 1], [0, 1], linestyle="--", color="#444444", label="perfect calibration")
    axis.plot(
        [bin_.confidence for bin_ in filled],
        [bin_.accuracy for bin_ in filled],
        marker="o",
        linestyle="none",
        color="#1f3d66",
        label="mean confidence",
    )
    axis.set(xlim=(0, 1), ylim=(0, 1), ylabel="share of predictions that are right")
    axis.set_title(f"{task}: calibration error {figures.error}", fontsize=10)
    axis.legend(loc="upper left", frameon=False, fontsize=8)


def _draw_counts(axis: Axes, bins: tuple[ReliabilityBin, ...]) -> None:
    axis.bar(
        [bin_.low for bin_ in bins],
        [bin_.count for bin_ in bins],
        width=[bin_.high - bin_.low for bin_ in bins],
        align="edge",
        color="#c8c8c8",
        edgecolor="white",
    )
    axis.set(xlabel="probability of the predicted class", ylabel="rows")
    axis.set_xticks(np.linspace(0, 1, 6))

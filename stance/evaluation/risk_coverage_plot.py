"""The risk–coverage plot: how accurate the labels are that a model is surest of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stance.evaluation.selective import RiskCoverage

_INCHES = (5.2, 4.2)


def plot_risk_coverage(curves: Mapping[str, RiskCoverage], path: Path) -> None:
    """Draw the accuracy of what is kept over the share that is kept, and write it as a PNG.

    The dashed line marks the target accuracy, a dot on each curve how much can be kept at it.

    Args:
        curves: by the name that the legend gives each.
        path: of the PNG file; an existing file is replaced.

    Raises:
        ValueError: there is nothing to draw.
        OSError: the file cannot be written.
    """
    if not curves:
        raise ValueError("no risk–coverage curves to draw")
    figure = Figure(figsize=_INCHES, layout="constrained")
    FigureCanvasAgg(figure)
    axis = figure.subplots()
    for name, curve in curves.items():
        (line,) = axis.plot(curve.coverage, curve.accuracy, label=f"{name}: {curve.kept} kept")
        if curve.kept.value:
            axis.plot([curve.kept.value], [curve.target], marker="o", color=line.get_color())
    for target in sorted({curve.target for curve in curves.values()}):
        axis.axhline(target, linestyle="--", color="#444444", linewidth=1)
    axis.set(xlim=(0, 1), ylim=(0.5, 1.01))
    axis.set(xlabel="share of statements kept, the surest first", ylabel="share of labels right")
    axis.legend(loc="lower left", frameon=False, fontsize=8)
    figure.savefig(path, format="png", dpi=150)

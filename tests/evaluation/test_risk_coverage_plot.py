from pathlib import Path

import pytest

pytest.importorskip("matplotlib")

from stance.evaluation.risk_coverage_plot import plot_risk_coverage
from stance.evaluation.selective import score_selective


def test_writes_a_png(tmp_path: Path) -> None:
    good = score_selective([0.9, 0.8, 0.3], [1, 1, 0], "abc")
    bad = score_selective([0.9, 0.8, 0.3], [0, 0, 0], "abc")
    plot_risk_coverage({"stance": good, "sentiment": bad}, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_nothing_to_draw(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no risk–coverage curves"):
        plot_risk_coverage({}, tmp_path / "none.png")

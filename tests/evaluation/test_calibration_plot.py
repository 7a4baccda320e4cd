from pathlib import Path

import pytest

pytest.importorskip("matplotlib")

from stance.evaluation import metrics
from stance.evaluation.calibration_plot import plot_reliability

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def test_writes_a_png_with_a_panel_for_each_task(tmp_path: Path) -> None:
    figures = metrics.score_probabilities(
        [[0.9, 0.1], [0.4, 0.6], [0.7, 0.3]], ["a", "b", "b"], ("a", "b"), range(3)
    )
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    plot_reliability({"stance": figures}, one)
    plot_reliability({"stance": figures, "sentiment": figures}, two)
    assert one.read_bytes().startswith(PNG_SIGNATURE)
    assert width(two) == pytest.approx(2 * width(one), abs=2)


def test_nothing_to_draw(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no calibration figures"):
        plot_reliability({}, tmp_path / "none.png")


def width(path: Path) -> int:
    """Pixels, from the PNG header."""
    return int.from_bytes(path.read_bytes()[16:20], "big")

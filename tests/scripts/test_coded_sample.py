from __future__ import annotations

import json
from pathlib import Path

import coded_sample
import numpy as np
import pytest
from click.testing import CliRunner

from stance.errors import InputError

QUOTES = {
    "favor": "We want closer ties with Russia and a new treaty",
    "against": "Moscow lied to us again and must pay for it",
    "neutral": "The two presidents will meet in Vienna on Monday",
    "unrelated": "The bridge will be closed for repairs until May",
}


def rows(path: Path, times: int) -> Path:
    """Write invented rows, every fifth label of which the words do not bear out."""
    labels = list(QUOTES)
    with path.open("w") as file:
        for number in range(4 * times):
            stance = labels[number % 4]
            label = labels[(number + 1) % 4] if number % 5 == 0 else stance
            row = {"id": f"{number}", "quote": QUOTES[stance], "stance": label}
            file.write(json.dumps(row) + "\n")
    return path


def test_coded_samples_are_tried_out(tmp_path: Path) -> None:
    gold = rows(tmp_path / "rows.jsonl", 40)
    result = CliRunner().invoke(
        coded_sample.main, ["--gold", str(gold), "--size", "60", "--trials", "20"]
    )
    assert result.exit_code == 0, result.output
    first, _, *lines = result.output.splitlines()
    assert first == "160 statements, 60 of them coded, 20 times"
    assert [line.split()[0] for line in lines] == [*QUOTES, "balance"]
    for line in lines:
        _, truth, _, corrected, *_ = line.split()
        assert float(corrected) == pytest.approx(float(truth), abs=0.04)


def test_an_archive_of_few_related_statements_is_drawn() -> None:
    truth = np.array([0, 1, 2, 3, 3])
    drawn = truth[coded_sample.thinned(truth, 0.05)]
    assert np.mean(drawn != 3) == pytest.approx(0.05, abs=0.01)
    with pytest.raises(InputError, match="rows both related and unrelated"):
        coded_sample.thinned(np.array([3, 3]), 0.05)

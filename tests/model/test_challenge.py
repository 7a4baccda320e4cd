"""The shipped model on a sample of the minimal pairs; `scripts/evaluate.py` has the whole set."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

pytest.importorskip("sklearn")  # the measures come with the `train` extra

from stance.evaluation.quality import measure_challenge, stance_reader
from stance.labelled import Row, read_rows
from stance.model.store import ModelFolder

CHALLENGE = Path(__file__).parents[2] / "scripts" / "data" / "challenge.jsonl"


@pytest.fixture(scope="module")
def sample() -> list[Row]:
    """Every fifth pair of each phenomenon."""
    pairs: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in read_rows([CHALLENGE]):
        pairs[row["phenomenon"]][row["pair"]].append(row)
    chosen = [own for of in pairs.values() for own in list(of.values())[::5]]
    return [row for own in chosen for row in own]


def test_a_sample_of_the_challenge_set(shipped: ModelFolder, sample: list[Row]) -> None:
    figures = measure_challenge(sample, stance_reader(shipped))
    whole = figures["all"]["all"]
    assert len(figures["phenomenon"]) == 17
    # Below by more than the sample's interval would be another model, or broken inputs.
    assert whole["macro_f1"]["value"] > 0.45
    assert whole["pairs"]["value"] > 0.2

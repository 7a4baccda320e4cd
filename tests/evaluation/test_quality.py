from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stance.evaluation.quality import (
    clusters,
    measure,
    measure_challenge,
    measure_review,
    model_logits,
    word_logits,
)
from stance.labelled import targets
from stance.model.calibration import Probabilities
from stance.model.spec import HEADS, N_LOGITS
from stance.model.store import ModelFolder, shipped_model

ROWS: list[dict[str, Any]] = [
    {"article": "a", "quote": "We want peace.", "stance": "favor", "sentiment": "positive"},
    {"article": "a", "quote": "They lied.", "stance": "against", "sentiment": "negative"},
    {"article": "b", "quote": "Talks start at noon.", "stance": "neutral"},
    {"article": "b", "quote": "Bread is dear.", "stance": "unrelated", "sentiment": "negative"},
    {"quote": "Nothing to add."},
]


def sure(rows: list[dict[str, Any]], shift: int = 0) -> dict[str, Probabilities]:
    """Probabilities of a model that is always sure, and wrong by `shift` labels."""
    gold = np.maximum(np.array([targets(row) for row in rows]), 0)
    return {
        head: np.eye(len(labels))[(gold[:, task] + shift) % len(labels)]
        for task, (head, labels) in enumerate(HEADS.items())
    }


@pytest.mark.parametrize(("shift", "share"), [(0, 1.0), (1, 0.0)])
def test_figures_of_the_best_and_of_the_worst_model(shift: int, share: float) -> None:
    quality = measure(sure(ROWS, shift), ROWS)
    assert quality["rows"] == len(ROWS)
    assert quality["stance"]["macro_f1"]["value"] == pytest.approx(share)
    assert quality["sentiment"]["accuracy"]["value"] == pytest.approx(share)
    assert quality["stance"]["ece"]["value"] == pytest.approx(1 - share)
    assert set(quality["stance"]["f1"]) == set(HEADS["stance"])
    assert "side" not in quality
    for figure in (quality["stance"]["macro_f1"], *quality["stance"]["f1"].values()):
        assert figure["low"] <= figure["value"] <= figure["high"]


def test_rows_without_an_article_are_resampled_one_by_one() -> None:
    rows: list[dict[str, Any]] = [{**row, "article": None} for row in ROWS]
    assert len(set(clusters(rows, range(len(rows))))) == len(rows)
    assert clusters([*ROWS, {"quote": "x", "id": "r5"}], [1, 4, 5]) == ["a", "4", "r5"]
    whole = measure(sure(ROWS, 0), rows)["stance"]["macro_f1"]
    assert whole["low"] < whole["value"]  # samples without some of the labels


def test_logits_of_rows() -> None:
    folder = ModelFolder(shipped_model())
    for logits in (model_logits, word_logits):
        assert logits(folder, ROWS).shape == (len(ROWS), N_LOGITS)
        assert logits(folder, []).shape == (0, N_LOGITS)
    alone = model_logits(folder, ROWS[1:2])
    assert np.array_equal(model_logits(folder, ROWS)[1:2], alone)


def test_what_a_threshold_of_review_does() -> None:
    rows: list[dict[str, Any]] = [
        {"quote": "x", "stance": stance} for stance in ("favor", "unrelated", "against")
    ]
    found = np.array([[0.9, 0.1, 0, 0], [0, 0, 0.05, 0.95], [0.6, 0.4, 0, 0]])
    review = measure_review(found, rows, 0.55)
    shares = {name: review[name]["value"] for name in ("kept", "accuracy", "related")}
    assert shares == {"kept": 1.0, "accuracy": 0.6667, "related": 0.5}
    assert measure_review(found, rows, 0.7)["kept"]["value"] == 0.6667
    assert measure_review(found, [{"quote": "x"}] * 3, 0.7) == {}


def test_rows_kept_for_training_are_no_challenge() -> None:
    rows: list[dict[str, Any]] = [*ROWS, {**ROWS[0], "split": "train"}]
    found = measure_challenge(rows, lambda texts: np.tile([0.7, 0.1, 0.1, 0.1], (len(texts), 1)))
    assert found["all"]["all"]["rows"] == 4

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.evaluation import metrics

LABELS = ("favor", "against", "neutral")


def labels_and_articles(size: int, seed: int) -> tuple[list[str], list[str], list[int]]:
    rng = np.random.default_rng(seed)
    gold = rng.choice(LABELS, size=size, p=(0.2, 0.5, 0.3)).tolist()
    predicted = [label if rng.random() < 0.7 else str(rng.choice(LABELS)) for label in gold]
    return gold, predicted, rng.integers(0, max(1, size // 3), size=size).tolist()


def test_figures_agree_with_a_confusion_matrix_worked_by_hand() -> None:
    gold = ["favor", "favor", "against", "against", "neutral"]
    predicted = ["favor", "against", "against", "against", "favor"]
    figures = metrics.score_labels(gold, predicted, LABELS, "abcde", focus=("favor", "against"))
    assert figures.confusion == ((1, 1, 0), (0, 2, 0), (1, 0, 0))
    assert figures.accuracy.value == pytest.approx(3 / 5)
    favor, against, neutral = figures.classes
    assert (favor.precision, favor.recall, favor.f1.value) == (0.5, 0.5, 0.5)
    assert (against.precision, against.recall) == (pytest.approx(2 / 3), 1.0)
    assert (neutral.precision, neutral.recall, neutral.f1.value) == (0.0, 0.0, 0.0)
    assert figures.macro_f1.value == pytest.approx((0.5 + 0.8 + 0) / 3)
    assert figures.focus_f1.value == pytest.approx((0.5 + 0.8) / 2)
    assert [one.support for one in figures.classes] == [2, 2, 1]


@pytest.mark.parametrize("seed", range(3))
def test_figures_agree_with_scikit_learn(seed: int) -> None:
    reference = pytest.importorskip("sklearn.metrics")
    gold, predicted, articles = labels_and_articles(120, seed)
    figures = metrics.score_labels(gold, predicted, LABELS, articles)
    expected = reference.precision_recall_fscore_support(gold, predicted, labels=LABELS)
    got = [(c.precision, c.recall, c.f1.value, c.support) for c in figures.classes]
    assert pytest.approx(np.array(expected)) == np.array(got).T
    assert figures.macro_f1.value == pytest.approx(
        reference.f1_score(gold, predicted, labels=LABELS, average="macro")
    )


def test_bootstrap_repeats_with_its_seed_and_covers_the_figure() -> None:
    gold, predicted, articles = labels_and_articles(300, seed=1)
    first, again, other = (
        metrics.score_labels(gold, predicted, LABELS, articles, seed=seed).macro_f1
        for seed in (0, 0, 1)
    )
    assert first == again != other
    assert first.low < first.value < first.high


def test_bootstrap_draws_articles_not_rows() -> None:
    hits = [1] * 50 + [0] * 50
    of_two_articles = metrics.score_share(hits, [0] * 50 + [1] * 50)
    of_a_hundred = metrics.score_share(hits, range(100))
    assert (of_two_articles.low, of_two_articles.high) == (0, 1)
    assert 0.35 < of_a_hundred.low < of_a_hundred.high < 0.65


def test_gain_is_paired() -> None:
    gold, predicted, articles = labels_and_articles(200, seed=2)
    nothing = metrics.score_gain(gold, predicted, predicted, LABELS, articles)
    assert (nothing.value, nothing.low, nothing.high) == (0, 0, 0)
    majority = ["against"] * len(gold)
    assert metrics.score_gain(gold, predicted, majority, LABELS, articles).low > 0


def test_calibration_figures_worked_by_hand() -> None:
    probabilities = [[0.9, 0.1, 0.0], [0.9, 0.1, 0.0], [0.6, 0.4, 0.0], [0.0, 0.0, 1.0]]
    gold = ["favor", "against", "favor", "neutral"]
    figures = metrics.score_probabilities(probabilities, gold, LABELS, "abcd")
    assert figures.error.value == pytest.approx((2 * 0.4 + 0.4 + 0) / 4)
    assert figures.brier.value == pytest.approx((0.02 + 1.62 + 0.32 + 0) / 4)
    assert [one.count for one in figures.bins] == [0, 0, 0, 0, 0, 1, 0, 0, 2, 1]
    assert figures.bins[8].accuracy == pytest.approx(0.5)
    assert figures.bins[8].confidence == pytest.approx(0.9)
    assert math.isnan(figures.bins[0].confidence)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_calibration_stays_in_range_and_counts_every_row(confidences: list[float]) -> None:
    probabilities = [[value, 1 - value] for value in confidences]
    gold = ["a"] * len(confidences)
    figures = metrics.score_probabilities(probabilities, gold, ("a", "b"), range(len(gold)))
    assert 0 <= figures.error.value <= 1 + 1e-9
    assert 0 <= figures.brier.value <= 2 + 1e-9
    assert sum(one.count for one in figures.bins) == len(confidences)


@pytest.mark.parametrize(
    ("gold", "predicted", "articles", "message"),
    [
        (["favor"], [], "a", "1 gold labels but 0"),
        (["friendly"], ["favor"], "a", "'friendly' is not one of favor, against, neutral"),
        ([], [], "", "0 rows"),
        (["favor"], ["favor"], "ab", "1 rows with 2 articles"),
    ],
)
def test_input_that_does_not_fit(
    gold: list[str], predicted: list[str], articles: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        metrics.score_labels(gold, predicted, LABELS, articles)


@pytest.mark.parametrize("probabilities", [[[0.5, 0.5]], [[1.2, 0.0, -0.2]], [[np.nan, 0.5, 0.5]]])
def test_probabilities_that_do_not_fit(probabilities: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="probabilities"):
        metrics.score_probabilities(probabilities, ["favor"], LABELS, "a")

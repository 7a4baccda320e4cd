from __future__ import annotations

import pytest

from stance.records import StanceLabel
from stance.web.standings import mean_interval, standings, t_quantile
from web.fakes import scored


def test_speakers_are_ordered_by_mean_and_the_unknown_come_last() -> None:
    found = standings(
        [
            scored("against", -0.8, "Bo Reed"),
            scored("favor", 0.9, None),
            scored("favor", 0.2, "Ada Marsh"),
            scored("favor", 0.8, "Ada Marsh"),
            scored("unrelated", 0.0, "Cy Poe"),
        ]
    )
    assert [one.speaker for one in found] == ["Ada Marsh", "Bo Reed", None]
    assert found[0].mean == pytest.approx(0.5)
    assert [one.camp for one in found] == ["favor", "against", "favor"]


@pytest.mark.parametrize(
    ("said", "camp"),
    [
        ([("neutral", -0.22)], "between"),
        ([("against", -0.1)], "against"),
        ([("favor", 0.15), ("favor", 0.1)], "favor"),
        ([("favor", 0.9), ("against", -0.8)], "between"),
        ([("favor", 0.9), ("neutral", 0.1)], "favor"),
    ],
)
def test_camp_contradicts_no_label(said: list[tuple[StanceLabel, float]], camp: str) -> None:
    (one,) = standings([scored(stance, score) for stance, score in said])
    assert one.camp == camp


def test_side_is_that_of_most_statements() -> None:
    (one,) = standings([scored(side="russia"), scored(side="us"), scored(side="russia")])
    assert one.side == "russia"


def test_unknown_speakers_have_neither_side_nor_interval() -> None:
    (one,) = standings([scored(speaker=None, score=score) for score in (0.1, 0.2, 0.9)])
    assert (one.side, one.interval) == ("unknown", None)


def test_unsure_only_if_every_statement_is() -> None:
    assert standings([scored(needs_review=True)])[0].unsure
    assert not standings([scored(needs_review=True), scored()])[0].unsure


@pytest.mark.parametrize("scores", [[], [0.4], [0.4, 0.6]])
def test_few_scores_have_no_interval(scores: list[float]) -> None:
    assert mean_interval(scores) is None


def test_interval_is_students() -> None:
    low, high = mean_interval([0.1, 0.2, 0.3]) or (0.0, 0.0)
    assert (low, high) == (pytest.approx(-0.0484, abs=1e-4), pytest.approx(0.4484, abs=1e-4))


def test_interval_stays_on_the_axis() -> None:
    assert mean_interval([-1.0, 0.0, 1.0]) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("freedom", "expected"), [(2, 4.303), (8, 2.306), (9, 2.262), (20, 2.086), (100, 1.984)]
)
def test_quantiles_are_those_of_the_tables(freedom: int, expected: float) -> None:
    assert t_quantile(freedom) == pytest.approx(expected, abs=0.001)

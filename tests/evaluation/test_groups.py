from __future__ import annotations

from typing import Any

import pytest

from stance.evaluation.groups import (
    MIN_OUTLET,
    archive_dimensions,
    challenge_dimensions,
    score_group,
    score_groups,
)


def row(**columns: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"quote": "We will talk.", "stance": "favor", "side": "us", **columns}


def test_rows_are_sorted_into_groups() -> None:
    rows = [
        row(date="2014-05-01", speaker="Ada Munk", certain=1, id="D0004", source="The Lantern"),
        row(date="Spring 2020", speaker="unknown", certain=0, id="D3004", source="The Gazette"),
        row(side="russia", date="", id="A001", quote="word " * 40),
    ]
    found = archive_dimensions(rows)
    assert found["side of the speaker"].groups == ("us", "russia")
    assert found["year"].of_row == ("2014", "2020", None)
    assert found["period"].groups == ("up to 2018", "2019 and later")
    assert found["speaker"].of_row == ("named or described", "unknown", "unknown")
    assert found["label"].of_row == ("certain", "borderline", None)
    assert found["sample"].of_row == ("by keyword", "by ranker", None)
    assert found["words in the quotation"].groups == ("3 to 3", "40 to 40")


def test_small_outlets_are_one_group() -> None:
    rows = [row(source="The Lantern")] * MIN_OUTLET + [row(source="A"), row(source="B"), row()]
    found = archive_dimensions(rows)["outlet"]
    assert found.groups == ("The Lantern", f"outlets of fewer than {MIN_OUTLET} rows")
    assert found.of_row[-3:] == (found.groups[1], found.groups[1], None)


def test_no_rows_have_no_groups() -> None:
    assert all(not dimension.groups for dimension in archive_dimensions([]).values())
    assert score_groups([], [], archive_dimensions([]), []) == {}


@pytest.mark.parametrize(
    ("rows", "name", "groups"),
    [
        ([row(date="1988"), row(date="2024-01-02")], "decade", ("1980s", "2020s")),
        (
            [row(date="1999", era="1990s"), row(date="1955", era="cold_war")],
            "era",
            ("cold_war", "1990s"),
        ),
    ],
)
def test_challenge_rows_are_sorted_by_era_or_decade(
    rows: list[dict[str, Any]], name: str, groups: tuple[str, ...]
) -> None:
    found = challenge_dimensions(rows)
    assert found[name].groups == groups
    assert found["phenomenon"].groups == ()


def test_figures_of_a_group_worked_by_hand() -> None:
    rows = [row(pair="1"), row(pair="1", stance="against"), row(pair="2"), row(pair="2")]
    figures = score_group(rows, ["favor", "favor", "favor", "favor"], "1122")
    assert figures.rows == 4
    assert figures.accuracy.value == pytest.approx(3 / 4)
    assert figures.macro_f1.value == pytest.approx((6 / 7 + 0) / 2)  # of the two that occur
    assert figures.focus_f1 == figures.macro_f1
    assert figures.pairs is not None
    assert figures.pairs.value == 0.5


def test_a_group_without_a_position_and_without_pairs() -> None:
    figures = score_group([row(stance="neutral")], ["neutral"], "a")
    assert figures.macro_f1.value == 1
    assert figures.focus_f1 is None
    assert figures.pairs is None


def test_dimensions_of_one_group_are_left_out() -> None:
    rows = [row(source="A", certain=1), row(source="B", certain=0)]
    found = score_groups(rows, ["favor", "neutral"], archive_dimensions(rows), "ab")
    assert set(found) == {"label"}
    assert found["label"]["certain"].accuracy.value == 1
    assert found["label"]["borderline"].accuracy.value == 0

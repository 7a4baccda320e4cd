"""The challenge set is well-formed: its pairs measure what they say they measure."""

import datetime
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import join_standoff as join
import pytest

from stance.records import SENTIMENTS, SIDES, STANCES

DATA = Path(__file__).parents[2] / "scripts" / "data"
COLUMNS = {
    "id",
    "pair",
    "phenomenon",
    "era",
    "expect",
    "title",
    "date",
    "previous",
    "paragraph",
    "quote",
    "speaker",
    "role",
    "side",
    "stance",
    "sentiment",
    "certain",
    "split",
}
PHENOMENA = {
    "negation",
    "other_side",
    "reported_speech",
    "irony",
    "conditional_offer",
    "fragment",
    "third_country",
    "denial",
    "polite_accusation",
    "praise_of_hawk",
    "investigation",
    "attitude_of_politicians",
    "announcement",
    "state_of_relations",
    "passing_mention",
    "name_swap",
    "speaker_swap",
}
INVARIANT = {"name_swap", "speaker_swap"}
ERAS = {
    "cold_war": range(1945, 1992),
    "1990s": range(1992, 2000),
    "2000s": range(2000, 2010),
    "2010s": range(2010, 2020),
    "2020s": range(2020, 2030),
}
MARKS = ("“{}”", "“{},”", '"{}"', '"{},"')


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return list(join.read_rows(DATA / "challenge.jsonl"))


def pairs(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for _, group in groupby(rows, key=lambda row: row["pair"]):
        first, second = group
        yield first, second


def test_rows_have_the_columns_and_legal_labels(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row.keys() == COLUMNS, row["id"]
        assert row["phenomenon"] in PHENOMENA, row["id"]
        assert row["stance"] in STANCES, row["id"]
        assert row["sentiment"] in SENTIMENTS, row["id"]
        assert row["side"] in SIDES, row["id"]
        assert (row["certain"], row["split"]) == (1, "challenge"), row["id"]


def test_dates_lie_in_their_era(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert datetime.date.fromisoformat(row["date"]).year in ERAS[row["era"]], row["id"]


def test_quotes_stand_between_marks_in_their_paragraphs(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert any(mark.format(row["quote"]) in row["paragraph"] for mark in MARKS), row["id"]


def test_speakers_and_roles_stand_in_the_shown_text(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        shown = " ".join((row["title"], row["previous"], row["paragraph"])).lower()
        assert (row["speaker"] or "").lower() in shown, row["id"]
        assert (row["role"] or "").lower() in shown, row["id"]


def test_rows_come_in_pairs_that_share_phenomenon_and_era(rows: list[dict[str, Any]]) -> None:
    assert Counter(row["pair"] for row in rows).keys() == {f"C{n:04}" for n in range(1, 416)}
    for first, second in pairs(rows):
        assert (first["id"], second["id"]) == (f"{first['pair']}a", f"{first['pair']}b")
        for column in ("phenomenon", "era", "expect"):
            assert first[column] == second[column], first["pair"]


def test_labels_agree_with_what_a_pair_expects(rows: list[dict[str, Any]]) -> None:
    for first, second in pairs(rows):
        if first["expect"] == "same":
            assert first["stance"] == second["stance"], first["pair"]
            assert first["sentiment"] == second["sentiment"], first["pair"]
        else:
            assert first["expect"] == "differ", first["pair"]
            assert first["stance"] != second["stance"], first["pair"]


def test_swaps_of_names_and_speakers_expect_the_same(rows: list[dict[str, Any]]) -> None:
    swaps = [row for row in rows if row["phenomenon"] in INVARIANT]
    assert [row["id"] for row in swaps if row["expect"] != "same"] == []


def test_swapped_names_keep_the_side(rows: list[dict[str, Any]]) -> None:
    swapped = [row for row in rows if row["phenomenon"] == "name_swap"]
    assert [a["pair"] for a, b in pairs(swapped) if a["side"] != b["side"]] == []


def test_no_paragraph_repeats_here_or_in_the_invented_rows(rows: list[dict[str, Any]]) -> None:
    invented = [row["paragraph"] for row in join.read_rows(DATA / "invented.jsonl")]
    counts = Counter(row["paragraph"] for row in rows)
    assert [text for text, count in counts.items() if count > 1] == []
    assert not counts.keys() & set(invented)


@pytest.mark.parametrize(
    ("column", "groups", "least"), [("phenomenon", 17, 44), ("era", 5, 80), ("stance", 4, 150)]
)
def test_every_group_has_enough_rows(
    rows: list[dict[str, Any]], column: str, groups: int, least: int
) -> None:
    counts = Counter(row[column] for row in rows)
    assert len(counts) == groups
    assert min(counts.values()) >= least


def test_fragments_have_two_to_six_words(rows: list[dict[str, Any]]) -> None:
    fragments = [row for row in rows if row["phenomenon"] == "fragment"]
    assert [r["id"] for r in fragments if not 2 <= len(r["quote"].split()) <= 6] == []

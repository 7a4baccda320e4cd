from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from batch.fakes import FakeScorer

from stance.records import SCORE_COLUMNS, Article
from stance.table import (
    COLUMNS,
    article_schema,
    as_batch,
    as_row,
    as_string,
    carried_names,
    statement_schema,
    without_clashes,
)

[[STATEMENT]] = FakeScorer().score_batch([Article('"We will talk."', id="7", title="Talks")])


def test_row_has_every_column_and_those_that_the_article_has() -> None:
    row = as_row(STATEMENT)
    assert list(row) == [*COLUMNS.names, "title"]
    assert row["segments"] == [[1, 14]]
    assert row["quote"] == "We will talk."
    assert row["needs_review"] is True


def test_carried_column_never_hides_one_of_the_output() -> None:
    row = as_row(replace(STATEMENT, extra={"stance": "mine", "outlet": "The Lantern"}))
    assert (row["stance"], row["input_stance"], row["outlet"]) == ("favor", "mine", "The Lantern")


def test_carried_columns_never_hide_each_other() -> None:
    names = ["input_stance", "stance", "year"]
    assert carried_names(names, SCORE_COLUMNS) == ["input_stance", "input_input_stance", "year"]
    assert without_clashes({"stance": 1, "input_stance": 2}, SCORE_COLUMNS) == {
        "input_input_stance": 1,
        "input_stance": 2,
    }


def test_batch_has_the_types_of_the_schema() -> None:
    schema = article_schema([pa.field("n", pa.int16()), pa.field("stance", pa.string())])
    rows = [as_row(replace(STATEMENT, extra={"n": 4, "stance": {"a": 1}})), as_row(STATEMENT)]
    batch = as_batch(rows, schema)
    assert batch.schema.names[-2:] == ["n", "input_stance"]
    assert batch.column("n").to_pylist() == [4, None]
    assert batch.column("input_stance").to_pylist() == ['{"a": 1}', None]
    assert batch.column("url").to_pylist() == [None, None]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "2020-01-02 03:04:05+00:00"),
        (date(1987, 12, 8), "1987-12-08"),
        (b"x", "x"),
        (True, "true"),
        (7, "7"),
        ([date(1987, 12, 8), float("inf")], '["1987-12-08", null]'),
        ("as it is", "as it is"),
        (None, None),
    ],
)
def test_values_of_text_columns(value: object, text: str | None) -> None:
    assert as_string(value) == text


def test_scores_follow_the_columns_that_came() -> None:
    schema = statement_schema([pa.field("quote", pa.string()), pa.field("model", pa.int64())])
    assert schema.names == ["quote", "input_model", *SCORE_COLUMNS]

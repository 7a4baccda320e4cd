from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from stance.records import SCORE_COLUMNS, Article
from stance.service.schemas import ArticleInput, ArticlesInput, Row, Score, StatementsInput
from stance.table import ARTICLE_COLUMNS, COLUMN_NAMES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["articles", "text", "id", "quote", "x"]), inner, max_size=3
        )
    ),
    max_leaves=10,
)


def test_rows_have_the_columns_of_every_output() -> None:
    assert set(Row.model_fields) == {*COLUMN_NAMES, *ARTICLE_COLUMNS}
    assert set(Score.model_fields) == set(SCORE_COLUMNS)


@pytest.mark.parametrize("model", [ArticlesInput, StatementsInput])
@given(value=JSON)
def test_any_json_is_taken_or_refused(model: type[BaseModel], value: object) -> None:
    try:
        taken = model.model_validate(value)
    except ValidationError:
        return
    assert list(taken.model_dump().values()) != [[]]


@given(st.text(max_size=50), st.integers(-(2**63), 2**64) | st.text(max_size=20) | st.none())
def test_an_article_keeps_its_text_and_id(text: str, identity: str | int | None) -> None:
    article = ArticleInput.model_validate({"text": text, "id": identity}).article()
    assert article == Article(text, None if identity is None else str(identity))


@pytest.mark.parametrize(
    ("article", "place"),
    [
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": "a" * 200_001}, "text"),
        ({"text": "half of a pair: \ud83d"}, "text"),
        ({"text": "", "id": True}, "id"),
        ({"text": "", "id": 1.5}, "id"),
        ({"text": "", "title": "t" * 2_001}, "title"),
        ({"text": "", "tilte": "misspelt"}, "tilte"),
        ({"text": "", "date": 1987}, "date"),
    ],
)
def test_what_is_no_article_is_refused_at_its_place(article: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ArticlesInput.model_validate({"articles": [article]})
    assert refusal.value.errors()[0]["loc"][:3] == ("articles", 0, place)


@pytest.mark.parametrize("quote", ["", None, "q" * 20_001])
def test_a_quote_says_something(quote: str | None) -> None:
    with pytest.raises(ValidationError):
        StatementsInput.model_validate({"statements": [{"quote": quote}]})


@pytest.mark.parametrize(
    "body",
    [
        {f"key {i}": i for i in range(100_000)},
        {"articles": [{f"key {i}": i for i in range(100_000)}]},
        {"articles": [1] * 100_000},
        {"articles": []},
        {"articles": [{"text": ""}] * 101},
    ],
)
def test_a_huge_fault_is_one_error(body: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        ArticlesInput.model_validate(body)
    assert refusal.value.error_count() == 1

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stance
from stance.errors import ArticleError, InputError
from stance.evaluation.articles import (
    best_match,
    read_articles,
    read_marked,
    score_attributions,
    score_whole_articles,
)
from stance.records import Article, Span

TEXT = (
    "The envoys met in the rain.\n\n"
    "“We want better relations with Moscow,” said Ada Quill, the American envoy.\n\n"
    "“Nobody has paid for the boats,” the ferryman Jonas Bell complained."
)
BOATS = "“The boats are rotten and the pier is worse,” said Jonas Bell."


def span(words: str, text: str = TEXT) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def row(words: str, speaker: str, stance_: str, article: str = "river") -> dict[str, Any]:
    text = TEXT if article == "river" else BOATS
    segments = [span(words, text)]
    start, end = segments[0]
    return {
        "article": article,
        "start": start,
        "end": end,
        "segments": segments,
        "quote": words.strip("“”"),
        "speaker": speaker,
        "stance": stance_,
    }


ROWS = [
    row("“We want better relations with Moscow,”", "Ada Quill", "favor"),
    row("“Nobody has paid for the boats,”", "Somebody Else", "unrelated"),
    row("The envoys met in the rain", "unknown", "neutral"),
    row("“The boats are rotten and the pier is worse,”", "Jonas Bell", "against", "boats"),
    {**row("“The boats", "Jonas Bell", "unrelated", "boats"), "article": "nowhere"},
]


def test_whole_articles() -> None:
    articles = {"river": Article(TEXT, "river"), "boats": Article(BOATS, "boats")}
    whole = score_whole_articles(stance.load(threads=1), ROWS, articles)
    assert whole.articles == ["river", "river", "river", "boats"]
    assert [one and one.speaker for one in whole.predicted] == [
        *("Ada Quill", "Jonas Bell"),
        *(None, "Jonas Bell"),
    ]
    assert whole.speaker_hits == [True, False, False, True]
    assert whole.found.covered.hits == 3
    assert whole.found.covered.total == 4
    assert whole.predicted[0] is not None
    assert whole.predicted[0].stance == "favor"
    assert whole.passed_over == 1  # “against” in an article that names no Russia


@pytest.mark.parametrize("segments", [None, [], 3, [3], [[0]], [["a", "b"]], [[5, 2]], [[0, 9999]]])
def test_a_row_that_does_not_tell_where_it_stands(segments: object) -> None:
    rows = [{**ROWS[0], "id": "r1", "segments": segments}]
    with pytest.raises(InputError, match="row 'r1' has no 'segments' that lie in"):
        score_whole_articles(stance.load(threads=1), rows, {"river": Article(TEXT, "river")})


@pytest.mark.parametrize(
    ("candidates", "gold", "expected"),
    [
        ([], [[0, 5]], None),
        ([[(6, 9)]], [[0, 5]], None),
        ([[(6, 9)]], [], None),
        ([[(0, 2)], [(1, 5)], [(4, 9)]], [[0, 5]], 1),
        ([[(0, 2), (8, 10)], [(1, 3)]], [[0, 2], [8, 9]], 0),
        ([[(5, 9)]], [[0, 5]], None),
    ],
)
def test_best_match(
    candidates: list[list[Span]], gold: list[list[int]], expected: int | None
) -> None:
    assert best_match(candidates, gold) == expected


spans = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(st.lists(spans, min_size=1, max_size=1), max_size=6), spans)
def test_a_statement_itself_is_its_best_match(candidates: list[list[Span]], gold: Span) -> None:
    found = best_match([*candidates, [gold]], [gold])
    assert found is not None
    (start, end) = [*candidates, [gold]][found][0]
    assert start <= gold[0] < gold[1] <= end


def test_attributions() -> None:
    boats = "“Nobody has paid for the boats,”"
    attributions = [
        {
            "source": [span("Ada Quill")],
            "cue": [span("said")],
            "content": [span("“We want better relations with Moscow,”")],
        },
        {"source": [span("envoys")], "cue": [], "content": [span(boats)]},
        {"source": [], "cue": [], "content": [span(boats)]},
    ]
    found = score_attributions([{"id": "river", "text": TEXT, "attributions": attributions}])
    assert found.every == [True, False]
    assert found.named == [True]
    assert found.named_articles == ["river"]
    assert found.every_articles == ["river", "river"]
    assert len(found.by_article) == 1


def test_marked_articles_without_id_are_numbered(tmp_path: Path) -> None:
    attribution = {
        "source": [span("Ada Quill")],
        "content": [span("“We want better relations with")],
    }
    article = {"text": TEXT, "attributions": [attribution]}
    path = tmp_path / "marked.jsonl"
    path.write_text(f"{json.dumps(article)}\n" * 2, encoding="utf-8")
    assert score_attributions(read_marked(path)).every_articles == ["0", "1"]


@pytest.mark.parametrize("line", ["[]", '{"text": "x"}', '{"text": 3, "attributions": []}'])
def test_a_marked_article_that_lacks_something_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=r"marked\.jsonl:1: an article needs a 'text' and"):
        read_marked(path)


def test_articles_are_read_by_id(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": "é", "text": TEXT, "title": "T"}).encode()))
    assert read_articles(path) == {"é": Article(TEXT, "é", "T")}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "an article needs an 'id'"),
        ('{"text": "x"}', "an article needs an 'id'"),
        ('{"id": 3, "text": "x"}', "an article needs an 'id'"),
    ],
)
def test_a_line_that_is_no_article_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "b"}) + "\n" + line)
    with pytest.raises(InputError, match=rf"articles\.jsonl:2: {reason}"):
        read_articles(path)


def test_an_article_without_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a"}')
    with pytest.raises(ArticleError, match="needs a 'text'"):
        read_articles(path)

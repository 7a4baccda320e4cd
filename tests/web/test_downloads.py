from __future__ import annotations

import base64
import csv
import io
import json
from codecs import BOM_UTF8

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.errors import ArticleError
from stance.plain import FORMULA_STARTS
from stance.records import Article
from stance.table import COLUMN_NAMES, as_row
from stance.web.downloads import KINDS, download, slug, without_formulas
from stance.web.results import Result
from web.fakes import TEXT, scored

STATEMENTS = (
    scored(title="=1+1", quote="=cmd()|' /C calc'!A0", speaker="@SUM(A1)"),
    scored("against", -0.5, "Bo Reed", title="=1+1"),
)
RESULT = Result.of(Article(TEXT, title="=1+1"), STATEMENTS)


def rows_of_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_every_column_and_no_formula() -> None:
    rows = rows_of_csv(download(RESULT, "csv").data)
    assert set(COLUMN_NAMES) <= set(rows[0])
    assert rows[0]["quote"] == "'=cmd()|' /C calc'!A0"
    assert rows[0]["speaker"] == "'@SUM(A1)"
    assert rows[0]["title"] == "'=1+1"
    assert rows[1]["stance_score"] == "-0.5"


def test_csv_alone_is_marked_as_utf_8() -> None:
    marked = [kind for kind in KINDS if download(RESULT, kind).data.startswith(BOM_UTF8)]
    assert marked == ["csv"]


def test_json_lines_are_the_rows_as_they_are() -> None:
    lines = download(RESULT, "jsonl").data.decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [as_row(one) for one in STATEMENTS]


def test_parquet_has_the_rows() -> None:
    table = pq.read_table(io.BytesIO(download(RESULT, "parquet").data))
    assert table.column("quote").to_pylist() == [one.quote for one in STATEMENTS]
    assert table.column("segments").to_pylist() == [[[12, 27]], [[12, 27]]]


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_pictures(kind: str, start: bytes) -> None:
    assert download(RESULT, kind).data.startswith(start)


def test_without_anyone_on_the_relations_there_is_no_picture() -> None:
    with pytest.raises(ArticleError, match="no picture"):
        download(Result.of(Article(TEXT), (scored("unrelated", 0.0),)), "png")


@pytest.mark.parametrize("kind", KINDS)
def test_browser_gets_name_type_and_bytes(kind: str) -> None:
    made = download(RESULT, kind)
    told = json.loads(made.as_json())
    assert told["name"] == f"1-1-statements.{kind}"
    assert base64.b64decode(told["data"]) == made.data


@pytest.mark.parametrize(
    ("article", "file", "expected"),
    [
        (Article("Envoys Meet\n\n“Yes,” he said."), "own.txt", "envoys-meet-statements.csv"),
        (Article("“Yes,” he said."), "own.page.html", "own-page-statements.csv"),
        (Article("“Yes,” he said."), "", "statements.csv"),
    ],
)
def test_name_is_the_headline_or_that_of_the_file(
    article: Article, file: str, expected: str
) -> None:
    assert download(Result.of(article, (), file), "csv").name == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Don’t Trust US–Russia “Résumés”", "dont-trust-us-russia-resumes"),
        ("../../etc/passwd", "etc-passwd"),
        ("Переговоры", ""),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.one_of(st.none(), st.booleans(), st.floats(), st.text())))
def test_no_text_can_be_a_formula(row: dict[str, object]) -> None:
    for name, value in without_formulas(row).items():
        if isinstance(value, str):
            assert not value.startswith(FORMULA_STARTS)
            assert value.removeprefix("'") == row[name] or value == row[name]
        else:
            assert value is row[name]

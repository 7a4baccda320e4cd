from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.batch.inputs import Inputs
from stance.batch.items import ColumnNames, HtmlPage, Item, QuoteRow, Unusable
from stance.batch.readers import Reading
from stance.batch.streams import Meter, bounded_lines
from stance.records import Article

TEXT = 'The envoy said: "We are ready."\nНовый параграф 🙂'


def read(path: Path, reading: Reading | None = None) -> list[Item]:
    return list((reading or Reading()).read(Inputs((str(path),)), Meter()))


def articles(path: Path, reading: Reading | None = None) -> list[Article]:
    contents = [item.content for item in read(path, reading)]
    assert all(isinstance(content, Article) for content in contents), contents
    return [content for content in contents if isinstance(content, Article)]


def reason(item: Item) -> str:
    assert isinstance(item.content, Unusable)
    return item.content.reason


@pytest.mark.parametrize("data", [TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode()])
def test_text_file_is_one_article_named_like_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert articles(path) == [Article(TEXT, id="a.txt")]


def test_line_ends_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert articles(path)[0].text == "one\r\ntwo\rthree\n"


def test_html_page_is_handed_on_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>x</p>")
    assert [item.content for item in read(path)] == [HtmlPage(b"<p>x</p>", "a.html")]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv"])
def test_compressed_files_read_like_plain_ones(tmp_path: Path, kind: str, ending: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], ["7", TEXT]])
    data = {
        "txt": TEXT,
        "jsonl": json.dumps({"id": 7, "text": TEXT}),
        "csv": table.getvalue(),
    }[kind].encode()
    half = len(data) // 2
    packed = {
        "": data,
        ".gz": gzip.compress(data[:half]) + gzip.compress(data[half:]),
        ".zst": zstandard.compress(data[:half]) + zstandard.compress(data[half:]),
    }[ending]
    path = tmp_path / f"a.{kind}{ending}"
    path.write_bytes(packed)
    [article] = articles(path)
    assert article.text == TEXT
    assert article.id == (path.name if kind == "txt" else "7")


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_file_cut_short_keeps_what_came_before(tmp_path: Path, ending: str) -> None:
    lines = b"".join(json.dumps({"text": f"{n} " + "ab" * n}).encode() + b"\n" for n in range(900))
    packed = gzip.compress(lines) if ending == ".gz" else zstandard.compress(lines)
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(packed[: len(packed) // 2])
    *before, last = read(path)
    assert "cannot be read" in reason(last)
    assert [item.line for item in before] == list(range(1, len(before) + 1))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t ", "only blanks"),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00", "binary file"),
        ("a.txt", b"It was a \x93dear\x94 friend", r"not utf-8 \(byte 0x93 at 9\).*--encoding"),
        ("a.txt", "text".encode("utf-16"), "--encoding utf-16"),
        ("a.html", b"  ", "the file is empty"),
        ("a.jsonl", b"{broken", "not JSON"),
        ("a.jsonl", b"[1, 2]", "not a JSON object but list"),
        ("a.jsonl", b'{"text": null}', "'text' is null"),
        ("a.jsonl", b'{"text": 5}', "'text' is int, not text"),
        ("a.jsonl", b'{"text": ""}', "'text' is empty"),
        ("a.jsonl", b'{"body": "x", "n": 1}', "the columns are: body, n"),
        ("a.jsonl", b'{"text": "\xff"}', "not UTF-8"),
        ("a.jsonl", b'{"text": "\\ud83d alone"}', "half of a surrogate pair"),
        ("a.jsonl", b"[" * 100_000, "not JSON"),
        ("a.csv", b"id,body\n1,x\n", "no column 'text'.*the columns are: id, body"),
        ("a.csv", b"", "no column 'text'"),
        ("a.csv", b"id,text\n1,\xe9t\xe9\n", "not UTF-8"),
        ("a.csv", b"id,text\n1,a,b\n", "3 fields where the header has 2"),
        ("a.csv", b"id,text\n1\n", "'text' is null"),
        ("a.csv", b'id,text\n1,"an open field\n2,b\n', "a quotation mark .* not closed"),
        ("a.parquet", b"PAR1 no it is not", "cannot be read"),
        ("a.txt.gz", b"not gzip at all", "cannot be read"),
        ("a.txt.zst", b"not zstd at all", "cannot be read"),
    ],
)
def test_what_gives_no_article_says_why(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    [item] = read(path)
    assert pytest.raises(AssertionError, match=message).matches(AssertionError(reason(item)))


def test_bad_line_in_the_middle_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one"}\n\nnot json\n{"text": "two"}', encoding="utf-8")
    items = read(path)
    assert [(item.line, type(item.content)) for item in items] == [
        (1, Article),
        (3, Unusable),
        (4, Article),
    ]
    assert items[1].place == f"{path}:3"


def test_csv_fields_may_hold_anything(tmp_path: Path) -> None:
    texts = ['He said, "No."\r\nThen he left.', "x" * 10_000_000, "last"]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "id"], *([text, n] for n, text in enumerate(texts))])
    items = read(path)
    assert [item.content.text for item in items if isinstance(item.content, Article)] == texts
    assert [item.line for item in items] == [2, 4, 5]


def test_encoding_of_text_and_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text\n“Hello”\n".encode("cp1252"))
    assert articles(path, Reading(encoding="cp1252"))[0].text == "“Hello”"


def test_columns_are_renamed_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {"body": "x", "key": 12, "head": "H", "day": "2019", "paper": "P", "link": "u", "n": [1]}
    path.write_text(json.dumps(row), encoding="utf-8")
    columns = ColumnNames(
        text="body", id="key", title="head", date="day", source="paper", url="link", keep=("n",)
    )
    assert articles(path, Reading(columns)) == [
        Article("x", "12", "H", "2019", "P", "u", extra={"n": [1]})
    ]


def test_parquet_rows_keep_types_and_only_needed_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "text": pa.array(["a", None, "c"], pa.large_string()).dictionary_encode(),
            "id": [1, 2, 3],
            "big": [b"x"] * 3,
            "n": pa.array([1, None, 3], pa.int16()),
        }
    )
    pq.write_table(table, path, row_group_size=2)
    items = read(path, Reading(ColumnNames(keep=("n",)), types={"n": pa.int64()}))
    assert [item.line for item in items] == [1, 2, 3]
    assert items[0].content == Article("a", id="1", extra={"n": 1})
    assert reason(items[1]) == "'text' is null"


def test_missing_column_to_keep_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,outlet\nx,y\n", encoding="utf-8")
    [item] = read(path, Reading(ColumnNames(keep=("outlets",))))
    assert "no column 'outlets' to keep; the columns are: text, outlet" in reason(item)


def test_rows_with_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("quote,context,year\nWe agree.,,1987\n,x,1988\n", encoding="utf-8")
    good, bad = read(path, Reading(statements=True))
    values = {"quote": "We agree.", "context": "", "year": "1987"}
    assert good.content == QuoteRow("We agree.", None, None, values)
    assert reason(bad) == "'quote' is empty"


def test_text_file_has_no_rows_with_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    [item] = read(path, Reading(statements=True))
    assert "leave out --statements" in reason(item)


class FakeStdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'\n  \n {"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'\xef\xbb\xbf{"text": "one"}', ["one"]),
        (b"\n\nOne article.\n{not json}", ["\n\nOne article.\n{not json}"]),
    ],
)
def test_standard_input_is_json_lines_or_one_text(
    monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", FakeStdin(data))
    items = list(Reading().read(Inputs(("-",)), Meter()))
    assert [item.content.text for item in items if isinstance(item.content, Article)] == texts


@pytest.mark.parametrize("data", [b'[{"text": "one"}]', b' [\n{"text": "one"},\n'])
def test_json_array_on_standard_input_is_no_article(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", FakeStdin(data))
    [item] = Reading().read(Inputs(("-",)), Meter())
    assert "a JSON array" in reason(item)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quoted_last_field_is_closed(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"a\nb"\n2,"c"{end}', encoding="utf-8", newline="")
    assert [article.text for article in articles(path)] == ["a\nb", "c"]


def test_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("x", encoding="utf-8")
    [item] = read(tmp_path)
    assert item.content == Article("x", id="caf\\xe9.txt")
    assert item.input.isascii()


def test_parquet_value_beyond_python_costs_its_own_row(tmp_path: Path) -> None:
    days = pa.array([0, 99_999_999], pa.int32()).cast(pa.date32())
    notes = pa.array([{"at": datetime(2024, 3, 1, tzinfo=UTC)}, None])
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["one", "two"], "date": days, "source": notes}), path)
    first, second = read(path)
    assert isinstance(first.content, Article)
    assert first.content.date == "1970-01-01"
    assert "2024-03-01" in str(first.content.source)
    assert "cannot be read" in reason(second)


def test_meter_counts_files_as_they_lie_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n' * 1000))
    meter = Meter()
    seen = [meter.bytes_read for _ in Reading().read(Inputs((str(path), str(path))), meter)]
    assert seen == sorted(seen)
    assert meter.bytes_read == 2 * path.stat().st_size


@given(st.binary(max_size=60), st.integers(1, 9))
def test_bounded_lines_never_exceed_the_limit(data: bytes, limit: int) -> None:
    expected = [line if len(line) <= limit else None for line in io.BytesIO(data).readlines()]
    assert list(bounded_lines(io.BytesIO(data), limit)) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.csv.gz"])
)
def test_any_bytes_can_be_read(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    for item in read(path):
        if isinstance(item.content, Article):
            item.content.text.encode("utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_csv_and_jsonl_give_back_any_text(tmp_path: Path, texts: list[str]) -> None:
    visible = [text for text in texts if not text.isspace()]
    table, lines = tmp_path / "a.csv", tmp_path / "a.jsonl"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["text"], *([text] for text in visible)])
    lines.write_text("\n".join(json.dumps({"text": text}) for text in visible), encoding="utf-8")
    assert [article.text for article in articles(table)] == visible
    assert [article.text for article in articles(lines)] == visible

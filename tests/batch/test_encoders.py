from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from stance.batch.encoders import ArrowStream, Compressed, Csv, Encoder, JsonLines
from stance.batch.transcode import GROUP_ROWS, to_parquet

ROWS = [
    {"id": "ü", "quote": 'so "be it",\r\nhe said\r', "segments": [[1, 2]], "score": -0.25},
    {"id": "2", "quote": "\u2028 =1+1", "segments": [], "score": 1.0, "speaker": None},
]
COLUMNS = ("id", "quote", "segments", "score", "speaker")
VALUES = st.text(st.characters(exclude_categories=["Cs"]))


def whole(encoder: Encoder) -> bytes:
    return encoder.header() + encoder.encode(ROWS[:1]) + encoder.encode(ROWS[1:])


def test_json_lines_are_one_object_per_line() -> None:
    data = whole(JsonLines())
    assert [json.loads(line) for line in data.decode().split("\n")[:-1]] == ROWS
    assert "ü" in data.decode()


@pytest.mark.parametrize("encoder", [JsonLines(), Csv(("v",))])
def test_numbers_that_json_has_no_word_for_are_null(encoder: Encoder) -> None:
    data = encoder.encode([{"v": [1.5, float("inf"), {"a": (float("nan"), None)}]}]).decode()
    found = json.loads(data)["v"] if encoder == JsonLines() else next(csv.reader([data]))[0]
    expected = [1.5, None, {"a": [None, None]}]
    assert (json.loads(found) if isinstance(found, str) else found) == expected


def test_csv_is_read_alike_by_three_readers() -> None:
    data = whole(Csv(COLUMNS))
    [header, *records] = csv.reader(io.StringIO(data.decode(), newline=""))
    assert tuple(header) == COLUMNS
    quotes = [row["quote"] for row in ROWS]
    assert [record[1] for record in records] == quotes
    assert pd.read_csv(io.BytesIO(data))["quote"].tolist() == quotes
    options = pa.csv.ParseOptions(newlines_in_values=True)
    assert pa.csv.read_csv(io.BytesIO(data), parse_options=options)["quote"].to_pylist() == quotes
    assert [json.loads(record[2]) for record in records] == [[[1, 2]], []]
    assert [record[4] for record in records] == ["", ""]


@given(st.lists(VALUES, min_size=1))
def test_csv_gives_back_any_text(texts: list[str]) -> None:
    encoder = Csv(("text", "n"))
    data = encoder.header() + encoder.encode([{"text": text, "n": 1} for text in texts])
    [_, *records] = csv.reader(io.StringIO(data.decode(), newline=""))
    assert records == [[text, "1"] for text in texts]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "TRUE"),
        (0.1, "0.1"),
        (datetime.date(1987, 12, 8), "1987-12-08"),
        (b"\xff", "\ufffd"),
        ({"a": [1]}, '{"a": [1]}'),
    ],
)
def test_csv_cells(value: object, cell: str) -> None:
    line = Csv(("v", "w")).encode([{"v": value}]).decode()
    assert next(csv.reader([line])) == [cell, ""]


def test_compressed_chunks_make_one_file() -> None:
    plain = whole(JsonLines())
    assert gzip.decompress(whole(Compressed(JsonLines(), "gz"))) == plain
    zst = zstandard.ZstdDecompressor().stream_reader(
        whole(Compressed(JsonLines(), "zst")), read_across_frames=True
    )
    assert zst.read() == plain


def test_compressed_file_without_rows_is_one() -> None:
    assert gzip.decompress(Compressed(JsonLines(), "gz").header()) == b""
    assert zstandard.decompress(Compressed(JsonLines(), "zst").header()) == b""


def test_unknown_columns_are_named() -> None:
    assert Csv(("id",)).unknown(ROWS) == {"quote", "segments", "score", "speaker"}
    assert JsonLines().unknown(ROWS) == frozenset()


@pytest.mark.parametrize("step", [700, GROUP_ROWS + 1])
def test_parquet_bytes_depend_on_the_rows_alone(tmp_path: Path, step: int) -> None:
    encoder = ArrowStream(pa.schema([("n", pa.int64()), ("text", pa.string())]))
    rows = [{"n": n, "text": str(n % 7)} for n in range(2 * GROUP_ROWS + 10)]

    def written(size: int) -> Path:
        stream = tmp_path / f"{size}.arrows"
        batches = [encoder.encode(rows[at : at + size]) for at in range(0, len(rows), size)]
        stream.write_bytes(encoder.header() + b"".join(batches))
        to_parquet(stream, stream.with_suffix(".parquet"))
        return stream.with_suffix(".parquet")

    target = written(step)
    assert target.read_bytes() == written(len(rows)).read_bytes()
    file = pq.ParquetFile(target)
    assert file.read().to_pylist() == rows
    assert [file.metadata.row_group(i).num_rows for i in range(3)] == [GROUP_ROWS, GROUP_ROWS, 10]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_parquet_without_rows(tmp_path: Path) -> None:
    stream = tmp_path / "empty"
    stream.write_bytes(ArrowStream(pa.schema([("n", pa.int64())])).header())
    to_parquet(stream, tmp_path / "empty.parquet")
    assert pq.read_table(tmp_path / "empty.parquet").num_rows == 0
